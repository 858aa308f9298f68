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
import { isPending, settled } from "../../base/answer.ts";
import { unreachable } from "../../base/assert.ts";
import type {
  Answer,
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

/** Waits for nothing but locks; call `next` until it gives null. */
export interface AccessReader {
  readonly next: () => Answer<Row | DbError | null>;
}

export function openAccess(request: AccessRequest): AccessReader {
  const { path } = request.chosen;
  switch (path.kind) {
    case "none":
      return { next: () => null };
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

function outcome(result: ReadResult): Row | DbError | null {
  if (result === "notFound") return null;
  return "row" in result ? result.row : result;
}

/**
 * The reads of one access path: `ask` makes the next call, `take` says what came of it. Classes, because a statement that
 * reads one row makes one of these and little else.
 */
abstract class CursorReader implements AccessReader {
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

class ConstReader extends CursorReader {
  readonly #handler: Handler;
  readonly #index: IndexInfo;
  readonly #key: readonly Datum[];
  readonly #keyRead: boolean;
  #isDone = false;

  constructor({ handler, chosen }: AccessRequest, path: Extract<AccessPath, { kind: "const" }>) {
    super();
    this.#handler = handler;
    this.#index = path.index;
    this.#key = path.key;
    this.#keyRead = chosen.keyRead;
  }

  protected ask(): Answer<ReadResult> | null {
    if (this.#isDone) return null;
    this.#isDone = true;
    this.#handler.indexInit(this.#index.id, { keyRead: this.#keyRead, pushed: null });
    return this.#handler.indexRead(this.#key, "exact");
  }

  protected take(result: ReadResult): Row | DbError | null {
    return outcome(result);
  }
}

class RefReader extends CursorReader {
  readonly #request: AccessRequest;
  readonly #path: Extract<AccessPath, { kind: "ref" }>;
  readonly #keys: readonly (readonly Datum[])[];
  #at = -1;
  /** The cursor stands on a row of the key. */
  #isOpen = false;

  constructor(request: AccessRequest, path: Extract<AccessPath, { kind: "ref" }>) {
    super();
    this.#request = request;
    this.#path = path;
    this.#keys = refKeys(request, path);
  }

  protected ask(): Answer<ReadResult> | null {
    const { handler, chosen, pushed } = this.#request;
    const { index, isReverse, isUnique } = this.#path;
    if (this.#at === -1) {
      handler.indexInit(index.id, { keyRead: chosen.keyRead, pushed: isReverse ? null : pushed });
      handler.setEndRange(null);
      this.#at = 0;
    }
    const key = this.#keys[this.#at];
    if (key === undefined || (this.#isOpen && isUnique)) return null;
    if (!this.#isOpen) return handler.indexRead(key, isReverse ? "prefixLast" : "exact");
    return isReverse ? handler.indexPrev() : handler.indexNextSame();
  }

  protected take(result: ReadResult): Row | DbError | null | "next" {
    const { index, isReverse } = this.#path;
    const isFollowing = this.#isOpen;
    this.#isOpen = result !== "notFound";
    if (result !== "notFound" && isFollowing && isReverse && "row" in result) {
      const { handler } = this.#request;
      const key = this.#keys[this.#at] as readonly Datum[];
      this.#isOpen = comparePrefix(handler, index, result.row, key) === 0;
    }
    if (this.#isOpen) return outcome(result);
    this.#at += 1;
    return "next";
  }
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

export class RangeReader extends CursorReader {
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
    super();
    this.#handler = handler;
    this.#path = path;
    this.#keyRead = chosen.keyRead;
    this.#pushed = pushed;
  }

  protected ask(): Answer<ReadResult> | null {
    const handler = this.#handler;
    const { ranges, index } = this.#path;
    if (this.#at === -1) {
      handler.indexInit(index.id, { keyRead: this.#keyRead, pushed: this.#pushed });
      this.#at = 0;
    }
    const range = ranges[this.#at];
    if (range === undefined) handler.setEndRange(null);
    if (range === undefined) return null;
    return this.#isOpen ? nextInRange(handler, range) : firstInRange(handler, range);
  }

  protected take(result: ReadResult): Row | DbError | "next" {
    if (result !== "notFound") {
      if ("err" in result) return result;
      const range = this.#path.ranges[this.#at] as KeyRange;
      this.#isOpen = true;
      const { row } = result;
      if (this.#pushed !== null || isBeforeEnd(this.#handler, this.#path.index, row, range))
        return row;
      this.#handler.unlockRow();
    }
    this.#isOpen = false;
    this.#at += 1;
    return "next";
  }
}

/** MySQL: read_range_first. */
function firstInRange(handler: Handler, range: KeyRange): Answer<ReadResult> {
  handler.setEndRange(range.high);
  if (range.low === null) return handler.indexFirst();
  if (range.isPoint) return handler.indexRead(range.low.key, "exact");
  return handler.indexRead(range.low.key, range.low.inclusive ? "orNext" : "after");
}

/** MySQL: multi_range_read_next: a unique point has no second row. */
function nextInRange(handler: Handler, range: KeyRange): Answer<ReadResult> {
  if (range.isUnique) return "notFound";
  return range.isPoint ? handler.indexNextSame() : handler.indexNext();
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

class ReverseRangeReader extends CursorReader {
  readonly #request: AccessRequest;
  readonly #path: RangePath;
  #at: number;
  /** The scan is inside the range; before its first row it is not. */
  #isOpen = false;

  constructor(request: AccessRequest, path: RangePath) {
    super();
    this.#request = request;
    this.#path = path;
    this.#at = path.ranges.length;
  }

  protected ask(): Answer<ReadResult> | null {
    const { handler, chosen, pushed } = this.#request;
    const path = this.#path;
    const { length } = path.ranges;
    if (this.#at === length) {
      handler.indexInit(path.index.id, { keyRead: chosen.keyRead, pushed });
      this.#at = length - 1;
    }
    const range = path.ranges[this.#at];
    if (range === undefined) handler.setEndRange(null);
    if (range === undefined) return null;
    if (this.#isOpen)
      return isWholeKey(path, range) ? handler.indexNextSame() : handler.indexPrev();
    handler.setEndRange(pushed !== null && !isWholeKey(path, range) ? range.low : null);
    return lastInRange(handler, path, range);
  }

  protected take(result: ReadResult): Row | DbError | "next" {
    const { handler } = this.#request;
    const { ranges, index } = this.#path;
    const range = ranges[this.#at] as KeyRange;
    if (result !== "notFound") {
      if ("err" in result) return result;
      if (isBehindStart(handler, index, result.row, range)) {
        // At most one row can be there: the scan goes on with the range before.
        if (range.isUnique) this.#at -= 1;
        this.#isOpen = !range.isUnique;
        return result.row;
      }
    }
    this.#isOpen = false;
    this.#at -= 1;
    return "next";
  }
}

/** All declared parts of the index are given: rows with that key come in the same order both ways. */
function isWholeKey(path: RangePath, range: KeyRange): boolean {
  return range.isPoint && !path.reachesPrimaryKey && range.parts === path.index.parts.length;
}

type RangePath = Extract<AccessPath, { readonly kind: "range" }>;

/** MySQL: ReverseIndexRangeScanIterator::Read. */
function lastInRange(handler: Handler, path: RangePath, range: KeyRange): Answer<ReadResult> {
  if (range.high !== null && isWholeKey(path, range)) {
    return handler.indexRead(range.high.key, "exact");
  }
  if (range.high === null) return handler.indexLast();
  return handler.indexRead(range.high.key, range.high.inclusive ? "prefixLastOrPrev" : "before");
}

class IndexReader extends CursorReader {
  readonly #request: AccessRequest;
  readonly #path: Extract<AccessPath, { kind: "index" }>;
  #isOpen = false;

  constructor(request: AccessRequest, path: Extract<AccessPath, { kind: "index" }>) {
    super();
    this.#request = request;
    this.#path = path;
  }

  protected ask(): Answer<ReadResult> {
    const { handler, chosen } = this.#request;
    const { index, isReverse } = this.#path;
    if (this.#isOpen) return isReverse ? handler.indexPrev() : handler.indexNext();
    this.#isOpen = true;
    handler.indexInit(index.id, { keyRead: chosen.keyRead, pushed: null });
    handler.setEndRange(null);
    return isReverse ? handler.indexLast() : handler.indexFirst();
  }

  protected take(result: ReadResult): Row | DbError | null {
    return outcome(result);
  }
}

class TableReader extends CursorReader {
  readonly #handler: Handler;
  #isOpen = false;

  constructor(handler: Handler) {
    super();
    this.#handler = handler;
  }

  protected ask(): Answer<ReadResult> {
    if (!this.#isOpen) this.#handler.rndInit();
    this.#isOpen = true;
    return this.#handler.rndNext();
  }

  protected take(result: ReadResult): Row | DbError | null {
    return outcome(result);
  }
}

/** The row's index columns against a key prefix; NULL sorts first. */
export function comparePrefix(
  handler: Handler,
  index: IndexInfo,
  row: Row,
  key: readonly Datum[],
): number {
  const { columns } = handler.table;
  const parts = key.length <= index.parts.length ? index.parts : partsWithPrimary(handler, index);
  for (let at = 0; at < key.length; at += 1) {
    const value = key[at] as Datum;
    const part = parts[at];
    const column = part === undefined ? undefined : columns[part.column];
    if (part === undefined || column === undefined) return 0;
    const own = row[part.column] ?? null;
    const held = part.prefix === null ? own : prefixOf(own, part.prefix);
    const order = compareDatum(column.type, held, value);
    if (order !== 0) return part.desc ? -order : order;
  }
  return 0;
}

/** Behind the parts of a secondary index stand those of the clustered one. */
function partsWithPrimary(handler: Handler, index: IndexInfo): IndexInfo["parts"] {
  const primary = handler.table.indexes[0];
  if (primary === undefined || primary === index) return index.parts;
  const missing = primary.parts.filter(
    (part) => !index.parts.some((own) => own.column === part.column),
  );
  return [...index.parts, ...missing];
}
