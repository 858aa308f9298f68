/**
 * Range scans, forwards and backwards.
 *
 * MySQL: handler::read_range_first and read_range_next, IndexRangeScanIterator, ReverseIndexRangeScanIterator.
 */
import type {
  Answer,
  Datum,
  DbError,
  Handler,
  IndexInfo,
  ReadResult,
  Row,
} from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import { prefixOf } from "../../innodb/dictionary.ts";
import type { AccessPath, IndexRanges } from "../optimizer/access_path.ts";
import type { KeyRange } from "../optimizer/key_ranges.ts";
import { type AccessRequest, CursorReader } from "./cursor_reader.ts";

export class RangeReader extends CursorReader {
  readonly #handler: Handler;
  readonly #path: IndexRanges;
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
    path: IndexRanges,
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

  /** Of rows that the engine has compared with the range's end. */
  takeAhead(take: (row: Row) => void): number {
    if (!this.#isOpen || this.#pushed !== null) return 0;
    return this.#path.ranges[this.#at]?.isPoint === false
      ? (this.#handler.takeAhead?.(take) ?? 0)
      : 0;
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
export function firstInRange(handler: Handler, range: KeyRange): Answer<ReadResult> {
  handler.setEndRange(range.high);
  if (range.low === null) return handler.indexFirst();
  if (range.isPoint) return handler.indexRead(range.low.key, "exact");
  return handler.indexRead(range.low.key, range.low.inclusive ? "orNext" : "after");
}

/** MySQL: multi_range_read_next: a unique point has no second row. */
export function nextInRange(handler: Handler, range: KeyRange): Answer<ReadResult> {
  if (range.isUnique) return "notFound";
  return range.isPoint ? handler.indexNextSame() : handler.indexNext();
}

export function isBeforeEnd(
  handler: Handler,
  index: IndexInfo,
  row: Row,
  range: KeyRange,
): boolean {
  if (range.high === null || range.isPoint) return true;
  const order = comparePrefix(handler, index, row, range.high.key);
  return order < 0 || (order === 0 && range.high.inclusive);
}

function isBehindStart(handler: Handler, index: IndexInfo, row: Row, range: KeyRange): boolean {
  if (range.low === null) return true;
  const order = comparePrefix(handler, index, row, range.low.key);
  return order > 0 || (order === 0 && range.low.inclusive);
}

export class ReverseRangeReader extends CursorReader {
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

/** The row's index columns against a key prefix; NULL sorts first. */
export function comparePrefix(
  handler: Handler,
  index: IndexInfo,
  row: Row,
  key: readonly Datum[],
): number {
  // By their places: a list taken apart costs a walk along it.
  const only = key[0];
  const first = index.parts[0];
  if (first !== undefined && key.length === 1 && !first.desc && typeof only === "number") {
    const own = row[first.column];
    if (typeof own === "number") return own - only;
  }
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
