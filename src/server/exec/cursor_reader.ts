/**
 * The common part of the readers of access paths: which call comes next, and what came of it.
 *
 * MySQL: RowIterator::Read.
 */
import { isPending, settled } from "../../base/answer.ts";
import type { Answer, Datum, DbError, Handler, ReadResult, Row, Steps } from "../../innodb/api.ts";
import type { ChosenAccess } from "../optimizer/access_path.ts";
import type { Operand } from "../optimizer/predicate.ts";

export interface AccessRequest {
  readonly handler: Handler;
  readonly chosen: ChosenAccess;
  /** The value of an operand that comes from a table read before, now. */
  readonly outerValue: (operand: Extract<Operand, { readonly kind: "outer" }>) => Datum;
  /** The pushed index condition (ICP), or null. */
  readonly pushed: ((row: Row) => boolean) | null;
  /** One more cursor on the same table, reading with the same locks; a clone forgets NOWAIT and SKIP LOCKED. */
  readonly another: (how: "same" | "clone") => Handler;
}

/** Waits for nothing but locks; call `next` until it gives null. */
export interface AccessReader {
  readonly next: () => Answer<Row | DbError | null>;
  /** As `Handler.takeAhead`, behind a row that was found. */
  readonly takeAhead?: (take: (row: Row) => void) => number;
}

export function isDbError(result: Row | DbError | null): result is DbError {
  return result !== null && !Array.isArray(result);
}

export function outcome(result: ReadResult): Row | DbError | null {
  if (result === "notFound") return null;
  return "row" in result ? result.row : result;
}

/**
 * The reads of one access path: `ask` makes the next call, `take` says what came of it. Classes, because a statement that
 * reads one row makes one of these and little else.
 */
export abstract class CursorReader implements AccessReader {
  /** Null at the end. */
  protected abstract ask(): Answer<ReadResult> | null;
  /** "next": there is more to ask for. */
  protected abstract take(result: ReadResult): Row | DbError | null | "next";

  next(): Answer<Row | DbError | null> {
    for (;;) {
      const asked = this.ask();
      if (asked === null) return null;
      if (isPending(asked)) return this.#waitFor(asked);
      const taken = this.take(asked);
      if (taken !== "next") return taken;
    }
  }

  *#waitFor(asked: Steps<ReadResult>): Steps<Row | DbError | null> {
    const taken = this.take(yield* asked);
    return taken === "next" ? yield* settled(this.next()) : taken;
  }
}
