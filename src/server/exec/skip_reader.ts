/**
 * Skip scan: in each group of entries with the same first parts, the range of the part behind them.
 *
 *   next group ─▶ first entry behind the group before ─▶ its range, from its first row ─▶ next, next ... ─▶ next group
 *
 * MySQL: IndexSkipScanIterator (sql/range_optimizer/index_skip_scan.cc).
 */
import { settled } from "../../base/answer.ts";
import type { Datum, DbError, Handler, Row, Steps } from "../../innodb/api.ts";
import type { AccessPath } from "../optimizer/access_path.ts";
import { type KeyRange, rangesOf } from "../optimizer/key_ranges.ts";
import type { KeyTree } from "../optimizer/key_tree.ts";
import type { AccessReader, AccessRequest } from "./cursor_reader.ts";
import { combinations } from "./loose_reader.ts";
import { comparePrefix, firstInRange, isBeforeEnd, nextInRange } from "./range_reader.ts";

type SkipPath = Extract<AccessPath, { readonly kind: "skip" }>;

export class SkipReader implements AccessReader {
  readonly #handler: Handler;
  readonly #path: SkipPath;
  /** What equalities give of the first parts, in the index's order. */
  readonly #equals: readonly (readonly Datum[])[];
  #equalsAt = 0;
  #group: readonly Datum[] | null = null;
  /** The range of the group that the cursor stands in. */
  #range: KeyRange | null = null;
  #isOpen = false;

  constructor({ handler }: AccessRequest, path: SkipPath) {
    this.#handler = handler;
    this.#path = path;
    this.#equals = combinations(path.equals);
  }

  *next(): Steps<Row | DbError | null> {
    const handler = this.#handler;
    if (!this.#isOpen) handler.indexInit(this.#path.index.id, { keyRead: true, pushed: null });
    this.#isOpen = true;
    for (;;) {
      const isInside = this.#range !== null;
      if (!isInside) {
        const found = yield* this.#nextGroup();
        if (found === "end" || (found !== null && "err" in found)) {
          return found === "end" ? null : found;
        }
      }
      const range = this.#range as KeyRange | null;
      if (range === null) continue;
      const result = yield* settled(
        isInside ? nextInRange(handler, range) : firstInRange(handler, range),
      );
      if (result !== "notFound") {
        if ("err" in result) return result;
        if (isBeforeEnd(handler, this.#path.index, result.row, range)) return result.row;
        handler.unlockRow();
      }
      this.#range = null;
    }
  }

  /** Leaves no range behind where the equalities' next values are to be tried. */
  *#nextGroup(): Steps<DbError | "end" | null> {
    const handler = this.#handler;
    const equals = this.#equals[this.#equalsAt] ?? [];
    handler.setEndRange(null);
    const found = yield* settled(
      this.#group !== null
        ? handler.indexRead(this.#group, "after")
        : equals.length === 0
          ? handler.indexFirst()
          : handler.indexRead(equals, "orNext"),
    );
    if (found === "notFound") return "end";
    if ("err" in found) return found;
    const { index, key, prefixParts, range } = this.#path;
    this.#group = key.parts.slice(0, prefixParts).map(({ column }) => found.row[column] ?? null);
    if (comparePrefix(handler, index, found.row, equals) > 0) {
      this.#equalsAt += 1;
      this.#group = null;
      return this.#equalsAt < this.#equals.length ? null : "end";
    }
    const tree = this.#group.reduceRight<KeyTree>(
      (next, value, part) => ({
        part,
        intervals: [{ low: { value, inclusive: true }, high: { value, inclusive: true }, next }],
      }),
      { part: prefixParts, intervals: [{ ...range, next: null }] },
    );
    const [whole] = rangesOf(tree, key);
    this.#range = whole === undefined ? null : { ...whole, isUnique: false };
    return null;
  }
}
