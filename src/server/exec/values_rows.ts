/** VALUES ROW(1, 2), ROW(3, 4) as a query; its columns are column_0, column_1. MySQL: Table_value_constructor. */

import type { Datum } from "../../innodb/api.ts";
import type { ValuesRows } from "../../sql/ast_query.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import { inType } from "../expr/case.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { newScope, type Scope } from "../expr/scope.ts";
import { mergeTypes } from "../types/sql_type.ts";
import { messageRow } from "./explain/explained.ts";
import { binderIn } from "./nested_queries.ts";
import type { OpenQuery, QueryContext } from "./query_types.ts";
import { resultType } from "./select_list.ts";

export function openValues(
  node: ValuesRows,
  parent: Scope | null,
  context: QueryContext,
): OpenQuery {
  const { env } = context.statement;
  const scope = newScope(parent);
  const binder = binderIn(context, scope, "field list");
  const bound = node.rows.map(({ values }) =>
    values.map((value): Item => {
      if (value.kind === "default")
        throw mysqlError("ER_TABLE_VALUE_CONSTRUCTOR_CANNOT_HAVE_DEFAULT");
      return bindExpression(value, binder);
    }),
  );
  const width = bound[0]?.length ?? 0;
  for (const [at, row] of bound.entries()) {
    if (row.length === 0) throw mysqlError("ER_TABLE_VALUE_CONSTRUCTOR_MUST_HAVE_COLUMNS");
    if (row.length !== width) throw mysqlError("ER_WRONG_VALUE_COUNT_ON_ROW", at + 1);
  }
  const types = Array.from({ length: width }, (_unused, at) =>
    mergeTypes(bound.map((row) => (row[at] as Item).type)),
  );
  const rows = bound.map((row) => row.map((item, at) => inType(item, types[at] ?? item.type, env)));
  return {
    columns: types.map((type, at) => ({
      name: `column_${at}`,
      type: resultType(type),
      nullable: bound.some((row) => row[at]?.nullable ?? true),
    })),
    outerTables: scope.outerTables,
    estimate: rows.length,
    *eachRow(sink) {
      for (const row of rows) {
        const values: Datum[] = [];
        for (const item of row) values.push(yield* evalItem(item));
        const wantsMore = sink(values);
        if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return;
      }
    },
    foundRows: () => rows.length,
    // biome-ignore lint/correctness/useYield: its rows are written in it
    *explain(selectType) {
      const { explained } = context.statement;
      explained?.rows.push(messageRow(explained.numberOf(node), selectType, "No tables used"));
    },
  };
}
