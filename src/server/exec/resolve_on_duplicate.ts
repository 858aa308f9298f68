/**
 * ON DUPLICATE KEY UPDATE: what its assignments may name.
 *
 * MySQL: Sql_cmd_insert_base::resolve_update_expressions.
 */
import type { Insert } from "../../sql/ast.ts";
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import { sameName } from "../catalog/names.ts";
import type { BaseTable } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import { addTable, columnItem, newScope, resolveColumn, type ScopeTable } from "../expr/scope.ts";
import { binderOf, columnPosition, defaultItems, isBareDefault } from "./binding.ts";
import { defaultItem } from "./default_item.ts";
import { bindGenerated, refuseGiven } from "./generated.ts";
import type { InsertPlan } from "./insert_rows.ts";
import type { AssignmentPlan } from "./row_changer.ts";
import { SELECTED, type SelectedColumns } from "./selected_columns.ts";
import type { StatementEnv } from "./statement_env.ts";

/**
 * The assignments see the row in the way under the table's name, the row being inserted through VALUES(column) and the
 * row alias.
 */
export function resolveOnDuplicate(
  statement: StatementEnv,
  node: Insert,
  options: {
    readonly table: BaseTable;
    readonly columns: readonly number[];
    readonly inserted: ScopeTable;
    readonly selected: SelectedColumns;
  },
): NonNullable<InsertPlan["onDuplicate"]> {
  const { table, columns, inserted, selected } = options;
  const scope = newScope(null);
  const present = addTable(scope, {
    alias: table.name,
    schema: table.schema,
    columns: table.columns,
    defaultOf: (column) => defaultItem(statement, table, column),
  });
  if (node.rowAlias !== null) {
    refuseBadAlias(node.rowAlias, table, columns.length);
    scope.tables.push(aliasTable(node.rowAlias, table, columns, inserted, scope.tables.length));
    scope.visible = scope.tables;
  }
  if (selected.count > 0) {
    const { slot } = selected;
    const names = selected.tableColumns;
    scope.tables.push({
      ...present,
      slot,
      columns: names,
      alias: SELECTED,
      position: scope.tables.length,
    });
    scope.visible = scope.tables;
  }
  const binder = {
    ...binderOf(statement, scope, "field list" as const),
    insertedValue(column: ColumnReference) {
      const { table: named, name } = column;
      if (named !== null && named.text !== table.name) {
        throw mysqlError("ER_BAD_FIELD_ERROR", `${named.text}.${name.text}`, "field list");
      }
      return columnItem(inserted, columnPosition(table, name.text));
    },
  };
  const assignments = selected.assignments;
  const bound = assignments.map(({ column, value }): AssignmentPlan => {
    const item = resolveColumn(
      { ...scope, visible: [present] },
      column,
      "field list",
      statement.ctx.database,
    );
    if (item.shape.kind !== "column")
      throw mysqlError("ER_BAD_FIELD_ERROR", column.name.text, "field list");
    const assigned = { column: item.shape.column, value: assignedValue(value) };
    refuseGiven(table, assigned.column, value);
    return assigned;
  });
  const changed = bound.map(({ column }) => column);
  const generated = bindGenerated(table, statement, present, changed);
  const own = { ...scope, tables: [present], visible: [present] };
  return {
    assignments: bound,
    generated,
    defaultItem: defaultItems(table, statement, own),
    slot: present.slot,
  };

  function assignedValue(value: Expression): AssignmentPlan["value"] {
    return isBareDefault(value) ? "default" : bindExpression(value, binder);
  }
}

/** Throws 1066, 1060 and 1353. */
function refuseBadAlias(
  { name, columns }: NonNullable<Insert["rowAlias"]>,
  table: BaseTable,
  count: number,
): void {
  if (sameName(name.text, table.name)) throw mysqlError("ER_NONUNIQ_TABLE", name.text);
  if (columns.length > 0 && columns.length !== count) throw mysqlError("ER_VIEW_WRONG_LIST");
  for (const [at, { text }] of columns.entries()) {
    const first = columns.findIndex((other) => sameName(other.text, text));
    if (first < at) throw mysqlError("ER_DUP_FIELDNAME", text);
  }
}

/** No identifier is empty. */
const NAMELESS = "";

/** `AS new(a, b)`: the inserted row under a name of its own, its columns renamed where names are given. */
function aliasTable(
  alias: NonNullable<Insert["rowAlias"]>,
  table: BaseTable,
  columns: readonly number[],
  inserted: ScopeTable,
  position: number,
): ScopeTable {
  const renamed = table.columns.map((column, at) => {
    const place = columns.indexOf(at);
    // Columns that are not given have no name there.
    const name = place < 0 ? NAMELESS : (alias.columns[place]?.text ?? column.name);
    return { ...column, name };
  });
  return { ...inserted, alias: alias.name.text, schema: null, columns: renamed, position };
}
