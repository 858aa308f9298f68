/** LIMIT and OFFSET as numbers, and a sink that keeps to them. MySQL: LimitOffsetIterator. */
import type { Limit } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { notSupported } from "../errors.ts";
import type { RowSink } from "./query_types.ts";

export interface RowLimit {
  readonly offset: number;
  /** Infinity without LIMIT. */
  readonly count: number;
}

const NO_LIMIT: RowLimit = { offset: 0, count: Number.POSITIVE_INFINITY };

export function rowLimit(node: Limit | null): RowLimit {
  if (node === null) return NO_LIMIT;
  return { count: numberOf(node.count), offset: node.offset === null ? 0 : numberOf(node.offset) };
}

function numberOf(value: Limit["count"]): number {
  if (value.kind !== "integer") throw notSupported("parameters outside prepared statements");
  return Number(value.text);
}

/** Passes on what lies within the limit. `countsAll`: goes on taking rows behind it (SQL_CALC_FOUND_ROWS). */
export class LimitedSink {
  /** Rows offered so far. */
  offered = 0;
  sent = 0;
  readonly #limit: RowLimit;
  readonly #countsAll: boolean;
  readonly #sink: RowSink;

  constructor(limit: RowLimit, countsAll: boolean, sink: RowSink) {
    this.#limit = limit;
    this.#countsAll = countsAll;
    this.#sink = sink;
  }

  readonly sink: RowSink = (row) => {
    const { offset, count } = this.#limit;
    const countsAll = this.#countsAll;
    this.offered += 1;
    if (this.offered <= offset) return true;
    if (this.sent >= count) return countsAll;
    this.sent += 1;
    const goesOn = countsAll || this.sent < count;
    const wantsMore = this.#sink(row);
    return typeof wantsMore === "boolean" ? wantsMore && goesOn : andThen(wantsMore, goesOn);
  };

  /** It passes all on. */
  get isWithoutLimit(): boolean {
    const { offset, count } = this.#limit;
    return offset === 0 && count === Number.POSITIVE_INFINITY;
  }

  /** A row went past it. */
  noteSent(): void {
    this.offered += 1;
    this.sent += 1;
  }

  /** The row offered last lies before the OFFSET. */
  wasSkipped(): boolean {
    return this.offered <= this.#limit.offset;
  }
}

function* andThen(wantsMore: Exec<boolean>, goesOn: boolean): Exec<boolean> {
  return (yield* wantsMore) && goesOn;
}
