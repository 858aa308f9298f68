/**
 * Generated columns: their values are computed from the row whenever it is written, after every other column has its own.
 *
 * MySQL: TABLE::mark_generated_columns, update_generated_write_fields (sql/table.cc), validate_gc_assignment (sql_base.cc).
 * Departure: InnoDB keeps VIRTUAL columns in secondary indexes alone and computes them when a row is read; here the row
 * has them, as they were when it was written, which is the same. They count no bytes in the clustered record.
 */
import { assert } from "../../base/assert.ts";
import type { Row } from "../../innodb/api.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { BaseTable, ServerColumn } from "../context.ts";
import { columnsIn } from "../ddl/stored_expression.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Item } from "../expr/item.ts";
import { addTable, newScope, type ScopeTable } from "../expr/scope.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { binderOf, isBareDefault } from "./binding.ts";
import { columnStore } from "./column_values.ts";
import type { StatementEnv } from "./statement_env.ts";

export interface GeneratedItem {
  readonly column: number;
  readonly item: Item;
}

export function isGenerated(column: ServerColumn | undefined): boolean {
  return column?.default.kind === "generated";
}

/** The columns to compute when those in `assigned` get values (null: all do); `row` is the table whose row it is. */
export function bindGenerated(
  table: Pick<BaseTable, "columns"> & { readonly info?: BaseTable["info"] },
  statement: StatementEnv,
  row: ScopeTable,
  assigned: Iterable<number> | null,
): readonly GeneratedItem[] {
  const found: GeneratedItem[] = [];
  if (!table.columns.some(isGenerated)) return found;
  const changed = new Set([...(assigned ?? [])].map((at) => table.columns[at]?.name.toLowerCase()));
  const isChanged = (expression: Expression) =>
    assigned === null ||
    columnsIn(expression).some((base) => changed.has(base.name.text.toLowerCase()));
  const scope = { ...newScope(null), tables: [row], visible: [row] };
  const isIndexed = (at: number) =>
    table.info?.indexes.some(({ parts }) => parts.some(({ column }) => column === at));
  for (const [at, { name, default: given }] of table.columns.entries()) {
    if (given.kind !== "generated" || !isChanged(given.expr)) continue;
    changed.add(name.toLowerCase());
    const read = new Set(row.used);
    found.push({
      column: at,
      item: bindExpression(given.expr, binderOf(statement, scope, "field list")),
    });
    // Nobody has to know a column's value that is stored nowhere.
    if (given.stored || isIndexed(at)) continue;
    for (const one of row.used) if (!read.has(one)) row.used.delete(one);
  }
  return found;
}

/** Computes rows anew, each in the slot that the items read. */
export class Generator {
  readonly #columns: readonly {
    readonly column: number;
    readonly compute: () => Row[number];
  }[];

  constructor(items: readonly GeneratedItem[], table: Pick<BaseTable, "columns">, env: EvalEnv) {
    this.#columns = items.map(({ column, item }) => {
      const { store } = columnStore(table, column, item.type, env);
      const { eval: value } = item;
      assert(value !== null, "a generated column waits for nothing");
      return { column, compute: () => store(value(), true) };
    });
  }

  fill(slot: { row: Row }): Row {
    for (const { column, compute } of this.#columns) slot.row = slot.row.with(column, compute());
    return slot.row;
  }
}

/** What fills in all of a table's generated columns, where no statement of its own does: ALTER TABLE. */
export function generatorOf(
  table: Pick<BaseTable, "schema" | "name" | "columns">,
  env: EvalEnv,
): (row: Row) => Row {
  const scope = newScope(null);
  const row = addTable(scope, { alias: table.name, ...table, defaultOf: null });
  const statement = { ctx: env.ctx, env, kind: "insert", assigned: new Set<string>() } as const;
  const items = bindGenerated(table, statement, row, null);
  if (items.length === 0) return (given) => given;
  const generator = new Generator(items, table, env);
  return (given) => {
    row.slot.row = given;
    return generator.fill(row.slot);
  };
}

/** Throws 3105: only DEFAULT may be given; null is a value that is no expression. */
export function refuseGiven(table: BaseTable, column: number, value: Expression | null): void {
  const target = table.columns[column];
  if (!isGenerated(target) || (value !== null && isBareDefault(value))) return;
  throw mysqlError("ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN", target?.name ?? "", table.name);
}
