/** One execution of a join plan. */
import type { Row } from "../../innodb/api.ts";
import type { Answer } from "../context.ts";
import type { HashTable } from "./hash_join.ts";
import { type JoinPlan, type JoinTable, type JoinTree, nullRow } from "./join_types.ts";
import type { Handlers, LastLookup, RowReader } from "./step_reader.ts";

/** Called with every table's row in its slot; false stops the join. */
export type Body = () => Answer<boolean>;

/** One execution of a plan. */
export interface Run {
  readonly plan: JoinPlan;
  /** The rows of a part of the plan; false when the body wants no more. */
  readonly produce: (tree: JoinTree, body: Body) => Answer<boolean>;
  readonly handlers: Handlers;
  /** The row that the body got last is of no use to it. */
  readonly wasRefused: () => boolean;
  readonly readers: Map<JoinTable, RowReader>;
  readonly hashes: Map<JoinTree, HashTable>;
  /** Which record a row was read from, where rows are weeded out. */
  readonly records: Map<Row, number>;
  readonly lookups: Map<JoinTable, LastLookup>;
}

/** Rows of NULLs for the inner side of an outer join. */
export function placeNulls(tables: readonly JoinTable[]): void {
  for (const table of tables) table.scope.slot.row = nullRow(table);
}
