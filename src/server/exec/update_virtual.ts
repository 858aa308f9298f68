/**
 * UPDATE of a table of performance_schema that can be changed.
 *
 * MySQL: ha_perfschema::update_row.
 * Departure: ORDER BY is not looked at.
 */
import { sameData } from "../../innodb/datum.ts";
import type { Update } from "../../sql/ast.ts";
import type { BaseTable as TableNode } from "../../sql/ast_query.ts";
import type { Exec, ExecResult, ServerColumn, VirtualTable } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import { evalItem, isTrue } from "../expr/item.ts";
import { addTable, newScope } from "../expr/scope.ts";
import { binderOf, bindWhere, isBareDefault } from "./binding.ts";
import { storeOf } from "./column_values.ts";
import { limitOf } from "./resolve_modify.ts";
import type { StatementEnv } from "./statement_env.ts";
import { notUpdatable } from "./target_check.ts";

/** Null where the statement is no such UPDATE. */
export function changeableTable(
  { ctx }: StatementEnv,
  { name: { schema, name }, alias }: TableNode,
): VirtualTable | null {
  const place = schema?.text ?? ctx.database;
  if (place.length !== SCHEMA.length || place.toLowerCase() !== SCHEMA) return null;
  const table = ctx.table(place, name.text, alias?.text ?? name.text);
  return table.kind === "virtual" ? table : null;
}

const SCHEMA = "performance_schema";

/** Throws 1142 for what cannot be changed, 1054, 1048, 1265 and 1683. */
export function* updateVirtual(
  statement: StatementEnv,
  node: Update,
  target: TableNode,
  table: VirtualTable,
): Exec<ExecResult> {
  const { change } = table;
  if (change === null) {
    throw notUpdatable({ schema: table.schema, name: table.name }, "UPDATE");
  }
  const { env, ctx } = statement;
  const scope = newScope(null);
  const alias = target.alias?.text ?? target.name.name.text;
  const columns = table.columns.map(asColumn);
  const { slot } = addTable(scope, { alias, schema: table.schema, columns });
  const binder = binderOf(statement, scope, "field list");
  const assignments = node.assignments.map(({ column: { name }, value }) => {
    const at = columns.findIndex((one) => one.name.toLowerCase() === name.text.toLowerCase());
    if (at < 0 || isBareDefault(value)) {
      throw mysqlError("ER_BAD_FIELD_ERROR", name.text, "field list");
    }
    const item = bindExpression(value, binder);
    return { at, item, store: storeOf({ columns }, at, item, env) };
  });
  const where = bindWhere(node.where, statement, scope);
  const limit = limitOf(node.limit) ?? Number.POSITIVE_INFINITY;
  let matched = 0;
  let changed = 0;
  for (const [index, row] of table.rows().entries()) {
    if (matched >= limit) break;
    env.rowNumber = index + 1;
    slot.row = row;
    if (where !== null && !(yield* isTrue(where))) continue;
    matched += 1;
    for (const { at, item, store } of assignments) {
      slot.row = slot.row.with(at, store.store(yield* evalItem(item), true));
      change(index, columns[at]?.name ?? "", slot.row[at] ?? null);
    }
    if (!sameData(row, slot.row)) changed += 1;
  }
  ctx.foundRows.value = matched;
  const info = `Rows matched: ${matched}  Changed: ${changed}  Warnings: 0`;
  return { kind: "ok", affected: changed, info, insertId: 0 };
}

function asColumn({ name, type, nullable }: VirtualTable["columns"][number]): ServerColumn {
  return {
    name,
    type,
    nullable,
    autoIncrement: false,
    default: { kind: "none" },
    onUpdateNow: false,
    comment: "",
  };
}
