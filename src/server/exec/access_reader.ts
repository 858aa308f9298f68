/**
 * Reads the rows of an access path through a `Handler`, with exactly the calls MySQL's iterators make, because those
 * calls decide which records and gaps are locked.
 *
 *   const   one exact read
 *   ref     exact, then next-same (reverse: last of the prefix, then previous)
 *   range   per range: first by exact / or-next / after with the end set, then next; reverse from the last range down
 *   index   first, next ...  or last, previous ...
 *   merge   several ranges at once (merge_reader.ts)
 *   all     the clustered index from end to end
 *
 * MySQL: handler::read_range_first and read_range_next, IndexRangeScanIterator, ReverseIndexRangeScanIterator,
 * RefIterator, IndexScanIterator, TableScanIterator.
 */
import { unreachable } from "../../base/assert.ts";
import type {
  Datum,
  DbError,
  Handler,
  IndexInfo,
  ReadResult,
  Row,
  Steps,
} from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import { prefixOf } from "../../innodb/dictionary.ts";
import type { AccessPath, ChosenAccess, IndexScan, RefPart } from "../optimizer/access_path.ts";
import type { KeyRange } from "../optimizer/key_ranges.ts";
import type { Operand } from "../optimizer/predicate.ts";
import { mergeReader } from "./merge_reader.ts";

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

/** Yields nothing but waits; call `next` until it gives null. */
export interface AccessReader {
  readonly next: () => Steps<Row | DbError | null>;
}

export function openAccess(request: AccessRequest): AccessReader {
  const { path } = request.chosen;
  switch (path.kind) {
    case "none":
      return { next: nothing };
    case "const":
      return new ConstReader(request, path);
    case "ref":
      return new RefReader(request, path);
    case "range":
      return path.isReverse
        ? new ReverseRangeReader(request, path)
        : new RangeReader(request, path);
    case "index":
      return new IndexReader(request, path);
    case "merge":
      return mergeReader(request, path);
    case "all":
      return new TableReader(request.handler);
    default:
      return unreachable(path);
  }
}

export function isDbError(result: Row | DbError | null): result is DbError {
  return result !== null && "err" in result;
}

// biome-ignore lint/correctness/useYield: an empty result waits for nothing
function* nothing(): Steps<null> {
  return null;
}

function outcome(result: ReadResult): Row | DbError | null {
  if (result === "notFound") return null;
  return "row" in result ? result.row : result;
}

/** Classes, because a statement that reads one row makes one of these and little else. */
class ConstReader implements AccessReader {
  readonly #handler: Handler;
  readonly #index: IndexInfo;
  readonly #key: readonly Datum[];
  readonly #keyRead: boolean;
  #isDone = false;

  constructor({ handler, chosen }: AccessRequest, path: Extract<AccessPath, { kind: "const" }>) {
    this.#handler = handler;
    this.#index = path.index;
    this.#key = path.key;
    this.#keyRead = chosen.keyRead;
  }

  *next(): Steps<Row | DbError | null> {
    if (this.#isDone) return null;
    this.#isDone = true;
    this.#handler.indexInit(this.#index.id, { keyRead: this.#keyRead, pushed: null });
    return outcome(yield* this.#handler.indexRead(this.#key, "exact"));
  }
}

class RefReader implements AccessReader {
  readonly #request: AccessRequest;
  readonly #path: Extract<AccessPath, { kind: "ref" }>;
  readonly #keys: readonly (readonly Datum[])[];
  #at = -1;
  #isOpen = false;

  constructor(request: AccessRequest, path: Extract<AccessPath, { kind: "ref" }>) {
    this.#request = request;
    this.#path = path;
    this.#keys = refKeys(request, path);
  }

  *next(): Steps<Row | DbError | null> {
    const { handler, chosen, pushed } = this.#request;
    const path = this.#path;
    if (this.#at === -1) {
      handler.indexInit(path.index.id, {
        keyRead: chosen.keyRead,
        pushed: path.isReverse ? null : pushed,
      });
      handler.setEndRange(null);
      this.#at = 0;
    }
    for (; this.#at < this.#keys.length; this.#at += 1) {
      const key = this.#keys[this.#at] as readonly Datum[];
      if (this.#isOpen && path.isUnique) return null;
      const result: ReadResult = this.#isOpen
        ? yield* nextSame(handler, path, key)
        : yield* firstOf(handler, path, key);
      this.#isOpen = true;
      if (result !== "notFound") return outcome(result);
      this.#isOpen = false;
    }
    return null;
  }
}

function firstOf(
  handler: Handler,
  path: { readonly isReverse: boolean },
  key: readonly Datum[],
): Steps<ReadResult> {
  return handler.indexRead(key, path.isReverse ? "prefixLast" : "exact");
}

function* nextSame(
  handler: Handler,
  path: { readonly isReverse: boolean; readonly index: IndexInfo },
  key: readonly Datum[],
): Steps<ReadResult> {
  if (!path.isReverse) return yield* handler.indexNextSame();
  const result = yield* handler.indexPrev();
  if (result === "notFound" || "err" in result) return result;
  return comparePrefix(handler, path.index, result.row, key) === 0 ? result : "notFound";
}

/** The keys to look up: none when an `=` operand is NULL; two for `= x OR IS NULL`. */
function refKeys(
  request: AccessRequest,
  path: Extract<AccessPath, { kind: "ref" }>,
): readonly (readonly Datum[])[] {
  const operandValue = (part: RefPart) =>
    part.operand.kind === "const" ? part.operand.value : request.outerValue(part.operand);
  const key = path.key.map(operandValue);
  const isRejected = path.key.some((part, at) => part.rejectsNull && key[at] === null);
  const keys = isRejected ? [] : [key];
  if (path.orNull) keys.push(path.key.map((part, at) => (part.orNull ? null : (key[at] ?? null))));
  return keys;
}

export class RangeReader implements AccessReader {
  readonly #handler: Handler;
  readonly #path: IndexScan;
  readonly #keyRead: boolean;
  readonly #pushed: AccessRequest["pushed"];
  #at = -1;
  #isOpen = false;

  constructor(
    {
      handler,
      chosen,
      pushed,
    }: Pick<AccessRequest, "handler" | "pushed"> & {
      readonly chosen: { readonly keyRead: boolean };
    },
    path: IndexScan,
  ) {
    this.#handler = handler;
    this.#path = path;
    this.#keyRead = chosen.keyRead;
    this.#pushed = pushed;
  }

  *next(): Steps<Row | DbError | null> {
    const handler = this.#handler;
    const pushed = this.#pushed;
    const { ranges, index } = this.#path;
    if (this.#at === -1) {
      handler.indexInit(index.id, { keyRead: this.#keyRead, pushed });
      this.#at = 0;
    }
    for (; this.#at < ranges.length; this.#at += 1) {
      const range = ranges[this.#at] as KeyRange;
      const result = this.#isOpen
        ? yield* nextInRange(handler, range)
        : yield* firstInRange(handler, range);
      if (result !== "notFound" && "err" in result) return result;
      if (result !== "notFound") {
        this.#isOpen = true;
        if (pushed !== null || isBeforeEnd(handler, index, result.row, range)) return result.row;
        handler.unlockRow();
      }
      this.#isOpen = false;
    }
    handler.setEndRange(null);
    return null;
  }
}

/** MySQL: read_range_first. */
function firstInRange(handler: Handler, range: KeyRange): Steps<ReadResult> {
  handler.setEndRange(range.high);
  if (range.low === null) return handler.indexFirst();
  if (range.isPoint) return handler.indexRead(range.low.key, "exact");
  return handler.indexRead(range.low.key, range.low.inclusive ? "orNext" : "after");
}

/** MySQL: multi_range_read_next: a unique point has no second row. */
function* nextInRange(handler: Handler, range: KeyRange): Steps<ReadResult> {
  if (range.isUnique) return "notFound";
  return range.isPoint ? yield* handler.indexNextSame() : yield* handler.indexNext();
}

function isBeforeEnd(handler: Handler, index: IndexInfo, row: Row, range: KeyRange): boolean {
  if (range.high === null || range.isPoint) return true;
  const order = comparePrefix(handler, index, row, range.high.key);
  return order < 0 || (order === 0 && range.high.inclusive);
}

function isBehindStart(handler: Handler, index: IndexInfo, row: Row, range: KeyRange): boolean {
  if (range.low === null) return true;
  const order = comparePrefix(handler, index, row, range.low.key);
  return order > 0 || (order === 0 && range.low.inclusive);
}

class ReverseRangeReader implements AccessReader {
  readonly #request: AccessRequest;
  readonly #path: RangePath;
  #at: number;
  /** The range the scan is inside, null before its first row. */
  #open: KeyRange | null = null;

  constructor(request: AccessRequest, path: RangePath) {
    this.#request = request;
    this.#path = path;
    this.#at = path.ranges.length;
  }

  *next(): Steps<Row | DbError | null> {
    const { handler, chosen, pushed } = this.#request;
    const path = this.#path;
    if (this.#at === path.ranges.length && this.#open === null)
      handler.indexInit(path.index.id, { keyRead: chosen.keyRead, pushed });
    for (;;) {
      if (this.#open !== null) {
        const result: ReadResult = isWholeKey(path, this.#open)
          ? yield* handler.indexNextSame()
          : yield* handler.indexPrev();
        if (result !== "notFound" && "err" in result) return result;
        if (result !== "notFound" && isBehindStart(handler, path.index, result.row, this.#open))
          return result.row;
      }
      this.#open = null;
      this.#at -= 1;
      const range = path.ranges[this.#at];
      if (range === undefined) {
        handler.setEndRange(null);
        this.#at = -1;
        return null;
      }
      handler.setEndRange(pushed !== null && !isWholeKey(path, range) ? range.low : null);
      const result = yield* lastInRange(handler, path, range);
      if (result === "notFound") continue;
      if ("err" in result) return result;
      if (!isBehindStart(handler, path.index, result.row, range)) continue;
      this.#open = range.isUnique ? null : range;
      return result.row;
    }
  }
}

/** All declared parts of the index are given: rows with that key come in the same order both ways. */
function isWholeKey(path: RangePath, range: KeyRange): boolean {
  return range.isPoint && !path.reachesPrimaryKey && range.parts === path.index.parts.length;
}

type RangePath = Extract<AccessPath, { readonly kind: "range" }>;

/** MySQL: ReverseIndexRangeScanIterator::Read. */
function lastInRange(handler: Handler, path: RangePath, range: KeyRange): Steps<ReadResult> {
  if (range.high !== null && isWholeKey(path, range)) {
    return handler.indexRead(range.high.key, "exact");
  }
  if (range.high === null) return handler.indexLast();
  return handler.indexRead(range.high.key, range.high.inclusive ? "prefixLastOrPrev" : "before");
}

class IndexReader implements AccessReader {
  readonly #request: AccessRequest;
  readonly #path: Extract<AccessPath, { kind: "index" }>;
  #isOpen = false;

  constructor(request: AccessRequest, path: Extract<AccessPath, { kind: "index" }>) {
    this.#request = request;
    this.#path = path;
  }

  *next(): Steps<Row | DbError | null> {
    const { handler, chosen } = this.#request;
    const { index, isReverse } = this.#path;
    if (this.#isOpen)
      return outcome(isReverse ? yield* handler.indexPrev() : yield* handler.indexNext());
    this.#isOpen = true;
    handler.indexInit(index.id, { keyRead: chosen.keyRead, pushed: null });
    handler.setEndRange(null);
    return outcome(isReverse ? yield* handler.indexLast() : yield* handler.indexFirst());
  }
}

class TableReader implements AccessReader {
  readonly #handler: Handler;
  #isOpen = false;

  constructor(handler: Handler) {
    this.#handler = handler;
  }

  *next(): Steps<Row | DbError | null> {
    if (!this.#isOpen) this.#handler.rndInit();
    this.#isOpen = true;
    return outcome(yield* this.#handler.rndNext());
  }
}

/** The row's index columns against a key prefix; NULL sorts first. */
export function comparePrefix(
  handler: Handler,
  index: IndexInfo,
  row: Row,
  key: readonly Datum[],
): number {
  const primary = handler.table.indexes[0];
  const parts = [
    ...index.parts,
    ...(primary === undefined || primary === index
      ? []
      : primary.parts.filter((part) => !index.parts.some((own) => own.column === part.column))),
  ];
  for (const [at, value] of key.entries()) {
    const part = parts[at];
    const column = part === undefined ? undefined : handler.table.columns[part.column];
    if (part === undefined || column === undefined) return 0;
    const own = row[part.column] ?? null;
    const held = part.prefix === null ? own : prefixOf(own, part.prefix);
    const order = compareDatum(column.type, held, value);
    if (order !== 0) return part.desc ? -order : order;
  }
  return 0;
}
