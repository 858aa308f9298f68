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

export interface LimitedSink {
  readonly sink: RowSink;
  /** Rows offered so far. */
  readonly offered: () => number;
  readonly sent: () => number;
  /** The row offered last lies before the OFFSET. */
  readonly wasSkipped: () => boolean;
}

/** Passes on what lies within the limit. `countsAll`: goes on taking rows behind it (SQL_CALC_FOUND_ROWS). */
export function limitedSink(limit: RowLimit, countsAll: boolean, sink: RowSink): LimitedSink {
  let offered = 0;
  let sent = 0;
  return {
    sink(row) {
      offered += 1;
      if (offered <= limit.offset) return true;
      if (sent >= limit.count) return countsAll;
      sent += 1;
      const goesOn = countsAll || sent < limit.count;
      const wantsMore = sink(row);
      return typeof wantsMore === "boolean" ? wantsMore && goesOn : andThen(wantsMore, goesOn);
    },
    offered: () => offered,
    sent: () => sent,
    wasSkipped: () => offered <= limit.offset,
  };
}

function* andThen(wantsMore: Exec<boolean>, goesOn: boolean): Exec<boolean> {
  return (yield* wantsMore) && goesOn;
}
