/**
 * Loose index scan: the first entry of each group, and what MIN and MAX want of it.
 *
 * MySQL: GroupIndexSkipScanIterator (sql/range_optimizer/group_index_skip_scan.cc).
 */
import { settled } from "../../base/answer.ts";
import type { Datum, DbError, Handler, ReadResult, Row, Steps } from "../../innodb/api.ts";
import type { AccessPath } from "../optimizer/access_path.ts";
import type { KeyRange } from "../optimizer/key_ranges.ts";
import type { AccessReader, AccessRequest } from "./cursor_reader.ts";
import { comparePrefix } from "./range_reader.ts";

type LoosePath = Extract<AccessPath, { readonly kind: "loose" }>;

export class LooseReader implements AccessReader {
  readonly #handler: Handler;
  readonly #path: LoosePath;
  /** Rows of the present group that have not been asked for. */
  #rows: Row[] = [];
  #prefix: readonly Datum[] | null = null;
  #last: readonly Datum[] | null = null;
  #range: KeyRange | null = null;
  #rangeAt = 0;
  #state: "closed" | "open" | "done" = "closed";

  constructor({ handler }: AccessRequest, path: LoosePath) {
    this.#handler = handler;
    this.#path = path;
  }

  *next(): Steps<Row | DbError | null> {
    if (this.#state === "closed") {
      const failure = yield* this.#open();
      if (failure !== null) return failure;
    }
    while (this.#rows.length === 0 && this.#state !== "done") {
      const failure = yield* this.#nextGroup();
      if (failure !== null) return failure;
    }
    return this.#rows.shift() ?? null;
  }

  /** The last group is looked for first: behind it nothing needs to be. */
  *#open(): Steps<DbError | null> {
    const handler = this.#handler;
    handler.indexInit(this.#path.index.id, { keyRead: true, pushed: null });
    handler.setEndRange(null);
    this.#state = "open";
    const last = yield* settled(handler.indexLast());
    if (last === "notFound") this.#state = "done";
    else if ("err" in last) return last;
    else this.#last = this.#prefixOf(last.row);
    return null;
  }

  *#nextGroup(): Steps<DbError | null> {
    const { prefixes, readsAll, infix, extreme } = this.#path;
    const found =
      prefixes !== null
        ? yield* this.#nextInRanges(prefixes)
        : this.#prefix === null
          ? yield* settled(this.#handler.indexFirst())
          : readsAll
            ? yield* this.#nextDifferent(this.#prefix)
            : yield* this.#after(this.#prefix);
    if (found === "notFound") this.#state = "done";
    if (found === "notFound") return null;
    if ("err" in found) return found;
    this.#prefix = this.#prefixOf(found.row);
    const isLast = this.#isSame(found.row, this.#last ?? []);
    if (infix.length === 0 && extreme === null) {
      this.#rows.push(found.row);
      return null;
    }
    for (const values of combinations(infix)) {
      const failure = yield* this.#readGroup([...this.#prefix, ...values], found.row);
      if (failure !== null) return failure;
      if (extreme === null && this.#rows.length > 0) return null;
    }
    if (isLast && this.#rows.length === 0) this.#state = "done";
    return null;
  }

  /** The rows that are wanted of the entries with this key; `first` is the group's first. */
  *#readGroup(key: readonly Datum[], first: Row): Steps<DbError | null> {
    const handler = this.#handler;
    const { extreme, infix } = this.#path;
    if (extreme === null) return this.#took(yield* settled(handler.indexRead(key, "exact")));
    const { min, max, desc } = extreme;
    const atFront = infix.length > 0;
    const ends: readonly ("min" | "max")[] = desc ? ["max", "min"] : ["min", "max"];
    for (const end of ends) {
      if (!(end === "min" ? min : max)) continue;
      const isFront = (end === "min") !== desc;
      const before = this.#rows.length;
      if (isFront && !atFront) this.#rows.push(first);
      else {
        const flag = isFront ? "exact" : "prefixLast";
        // It is read from behind, where the end of the range is no end.
        if (!isFront) handler.setEndRange(null);
        const failure = this.#took(yield* settled(handler.indexRead(key, flag)));
        if (failure !== null) return failure;
        if (this.#rows.length === before) return null;
      }
      if (end === "min") {
        const failure = yield* this.#skipNull(key);
        if (failure !== null) return failure;
      }
    }
    return null;
  }

  /** MIN of a group that begins with NULL is the entry behind its NULLs, if there is one. */
  *#skipNull(key: readonly Datum[]): Steps<DbError | null> {
    const { extreme } = this.#path;
    const row = this.#rows.at(-1);
    if (extreme === null || row === undefined || row[extreme.column] !== null) return null;
    const flag = extreme.desc ? "before" : "after";
    const found = yield* settled(this.#handler.indexRead([...key, null], flag));
    if (found === "notFound") return null;
    if ("err" in found) return found;
    if (this.#isSame(found.row, key)) this.#rows[this.#rows.length - 1] = found.row;
    return null;
  }

  #took(result: ReadResult): DbError | null {
    if (result === "notFound") return null;
    if ("err" in result) return result;
    this.#rows.push(result.row);
    return null;
  }

  *#after(prefix: readonly Datum[]): Steps<ReadResult> {
    this.#handler.setEndRange(null);
    return yield* settled(this.#handler.indexRead(prefix, "after"));
  }

  /** MySQL: index_next_different with is_index_scan. */
  *#nextDifferent(prefix: readonly Datum[]): Steps<ReadResult> {
    this.#handler.setEndRange(null);
    for (;;) {
      const found = yield* settled(this.#handler.indexNext());
      if (found === "notFound" || "err" in found || !this.#isSame(found.row, prefix)) return found;
    }
  }

  /** MySQL: get_next_prefix. */
  *#nextInRanges(ranges: readonly KeyRange[]): Steps<ReadResult> {
    const handler = this.#handler;
    for (;;) {
      if (this.#range !== null && this.#prefix !== null) {
        const found = yield* this.#after(this.#prefix);
        const { high } = this.#range;
        if (found === "notFound" || "err" in found || high === null) return found;
        if (this.#isInside(found.row, high)) return found;
      }
      const range = ranges[this.#rangeAt];
      this.#rangeAt += 1;
      if (range === undefined) {
        this.#range = null;
        return "notFound";
      }
      handler.setEndRange(range.high);
      const found = yield* settled(
        range.low === null
          ? handler.indexFirst()
          : handler.indexRead(
              range.low.key,
              range.isPoint ? "exact" : range.low.inclusive ? "orNext" : "after",
            ),
      );
      this.#range = range.isUnique ? null : range;
      if (found !== "notFound") {
        if ("err" in found || range.high === null || this.#isInside(found.row, range.high))
          return found;
        handler.unlockRow();
      }
      this.#range = null;
    }
  }

  #isInside(row: Row, high: NonNullable<KeyRange["high"]>): boolean {
    const order = comparePrefix(this.#handler, this.#path.index, row, high.key);
    return order < 0 || (order === 0 && high.inclusive);
  }

  #isSame(row: Row, key: readonly Datum[]): boolean {
    return comparePrefix(this.#handler, this.#path.index, row, key) === 0;
  }

  #prefixOf(row: Row): readonly Datum[] {
    const { index, groupParts } = this.#path;
    const { columns } = this.#handler.table;
    const clustered = this.#handler.table.indexes[0]?.parts ?? [];
    const behind = clustered.filter(
      (part) => !index.parts.some((own) => own.column === part.column),
    );
    const parts = [...index.parts, ...behind].slice(0, groupParts);
    return parts.map(({ column }) =>
      columns[column] === undefined ? null : (row[column] ?? null),
    );
  }
}

export function combinations(lists: readonly (readonly Datum[])[]): readonly (readonly Datum[])[] {
  return lists.reduce<readonly (readonly Datum[])[]>(
    (before, values) => before.flatMap((one) => values.map((value) => [...one, value])),
    [[]],
  );
}
