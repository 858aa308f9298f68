/** One execution of a join plan. */
import type { Row } from "../../../innodb/api.ts";
import type { Answer } from "../../context.ts";
import type { HashTable } from "./hash_join.ts";
import { type JoinPlan, type JoinTable, type JoinTree, nullRow } from "./join_types.ts";
import type { Handlers, LastLookup, RowReader } from "./step_reader.ts";

/** Called with every table's row in its slot; false stops the join. */
export type Body = () => Answer<boolean>;

/** One execution of a plan. What few plans need is made when it is asked for. */
export class Run {
  readonly plan: JoinPlan;
  /** The rows of a part of the plan; false when the body wants no more. */
  readonly produce: (run: Run, tree: JoinTree, body: Body) => Answer<boolean>;
  readonly handlers: Handlers;
  /** The row that the body got last is of no use to it. */
  readonly wasRefused: () => boolean;
  /** By table position. */
  readonly readers: (RowReader | undefined)[];
  #hashes: Map<JoinTree, HashTable> | null = null;
  #records: Map<Row, number> | null = null;
  #lookups: Map<JoinTable, LastLookup> | null = null;

  constructor(
    plan: JoinPlan,
    handlers: Handlers,
    wasRefused: Run["wasRefused"],
    produce: Run["produce"],
  ) {
    this.plan = plan;
    this.readers = plan.request.scope.tables.map(noReader);
    this.handlers = handlers;
    this.wasRefused = wasRefused;
    this.produce = produce;
  }

  get hashes(): Map<JoinTree, HashTable> {
    this.#hashes ??= new Map();
    return this.#hashes;
  }

  /** Which record a row was read from, where rows are weeded out. */
  get records(): Map<Row, number> {
    this.#records ??= new Map();
    return this.#records;
  }

  get lookups(): Map<JoinTable, LastLookup> {
    this.#lookups ??= new Map();
    return this.#lookups;
  }
}

function noReader(): undefined {
  return undefined;
}

/** Rows of NULLs for the inner side of an outer join. */
export function placeNulls(tables: readonly JoinTable[]): void {
  for (const table of tables) table.scope.slot.row = nullRow(table);
}
