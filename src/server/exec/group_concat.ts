/**
 * GROUP_CONCAT: the texts of a group in an order, cut off where they become too long.
 *
 * MySQL: Item_func_group_concat.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Aggregate } from "../../sql/ast_expression.ts";
import { mysqlWarning } from "../errors.ts";
import { collationFor } from "../expr/collation_for.ts";
import type { Item } from "../expr/item.ts";
import { TEXT_BYTES_MAX } from "../expr/text_limit.ts";
import { binaryOf, type Present, textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { varchar } from "../types/sql_type.ts";
import type { Accumulator, MadeAggregate } from "./aggregates.ts";
import { blankOf, type SortKey, sortRows } from "./sort_rows.ts";

export function groupConcat(
  node: Aggregate,
  args: readonly Item[],
  order: readonly SortKey[],
  env: EvalEnv,
): MadeAggregate {
  const collation = collationFor(args);
  const read = args.map(({ type }) => (collation === "binary" ? binaryOf(type) : textOf(type)));
  const limitBytes = Number(env.ctx.systemVariable("session", "group_concat_max_len"));
  const limit = Math.min(limitBytes, TEXT_BYTES_MAX);
  const keys = order.map(({ item, desc }, position): SortKey => {
    // NULL sorts among the zeros: MySQL compares the fields' bytes.
    const ofNull = blankOf(item.type);
    const cell = { ...item, eval: () => current[args.length + position] ?? ofNull, steps: null };
    return { item: cell, desc };
  });
  let current: readonly Datum[] = [];
  const open = (): Accumulator => {
    const rows: (readonly Datum[])[] = [];
    return {
      add: (values) => {
        for (let i = 0; i < args.length; i += 1) if (values[i] === null) return;
        rows.push([...values]);
      },
      *result() {
        if (rows.length === 0) return null;
        const sorted = yield* sortRows(rows, keys, (row) => {
          current = row;
        });
        let text = "";
        for (const [at, row] of sorted.entries()) {
          if (at > 0) text += node.separator ?? ",";
          for (const [i, one] of read.entries()) text += one(row[i] as Present);
          if (text.length > limit) break;
        }
        if (text.length <= limit) return text;
        env.ctx.warn(mysqlWarning("Warning", "ER_CUT_VALUE_GROUP_CONCAT", rows.length));
        return text.slice(0, limit);
      },
    };
  };
  return { type: varchar(limit, collation), open };
}
