/**
 * Reads rows through several indexes of a table at once. Every scan has a cursor of its own and gives clustered keys;
 * the rows are then read by them through the statement's own cursor, which locks them once more.
 *
 *   union        the scans' keys merged as they come, each once
 *   intersect    the scans catch up with each other; what only some of them have is unlocked
 *   sort_union   all keys collected and sorted, then the range of the clustered index
 *
 * MySQL: RowIDUnionIterator, RowIDIntersectionIterator, IndexMergeIterator (sql/range_optimizer).
 */
import { settled } from "../../base/answer.ts";
import { PriorityQueue } from "../../base/priority_queue.ts";
import type { DbError, Handler, Row, RowRef, Steps } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { IndexScan, MergePart, MergePath } from "../optimizer/access_path.ts";
import { type AccessReader, type AccessRequest, isDbError } from "./cursor_reader.ts";
import { comparePrefix, RangeReader } from "./range_reader.ts";

/** Gives clustered keys in ascending order. */
interface KeyScan {
  readonly next: () => Steps<Found | DbError | null>;
  readonly unlock: () => void;
}

interface Found {
  readonly ref: RowRef;
  readonly row: Row;
}

export function mergeReader(request: AccessRequest, path: MergePath): AccessReader {
  if (path.how === "sort_union") return sortedUnionReader(request, path);
  const { handler } = request;
  const keys =
    path.how === "intersect" ? commonKeys(request, path, "same") : allKeys(request, path);
  return {
    *next() {
      for (;;) {
        const found = yield* keys.next();
        if (found === null || isFailure(found)) return found;
        if (path.isCovering) return found.row;
        const result = yield* settled(handler.rndPos(found.ref));
        if (result !== "notFound") return "row" in result ? result.row : result;
      }
    },
  };
}

function isFailure(found: Found | DbError): found is DbError {
  return "err" in found;
}

function keyScan(request: AccessRequest, part: MergePart): KeyScan {
  if (!("how" in part)) return indexKeys(request.another("clone"), part);
  return part.how === "intersect" ? commonKeys(request, part, "clone") : allKeys(request, part);
}

/** One range of one index; only the index is read, unless it holds no more than the beginning of a column. */
function indexKeys(handler: Handler, scan: IndexScan): KeyScan {
  const keyRead = scan.index.parts.every(({ prefix }) => prefix === null);
  const reader = new RangeReader({ handler, pushed: null, chosen: { keyRead } }, scan);
  return {
    *next() {
      const row = yield* settled(reader.next());
      return row === null || isDbError(row) ? row : { ref: handler.position(), row };
    },
    unlock: () => handler.unlockRow(),
  };
}

function allKeys(request: AccessRequest, path: MergePath): KeyScan {
  const scans = path.parts.map((part) => keyScan(request, part));
  let heads: PriorityQueue<Head> | null = null;
  let last: RowRef | null = null;
  return {
    *next() {
      if (heads === null) {
        heads = new PriorityQueue(
          (a, b) => compareRefs(request.handler, a.found.ref, b.found.ref) > 0,
        );
        for (const scan of scans) {
          const found = yield* scan.next();
          if (found !== null && isFailure(found)) return found;
          if (found !== null) heads.push({ scan, found });
        }
      }
      for (;;) {
        const head = heads.top;
        if (head === undefined) return null;
        const { found } = head;
        const following = yield* head.scan.next();
        if (following !== null && isFailure(following)) return following;
        if (following === null) heads.pop();
        else {
          head.found = following;
          heads.updateTop();
        }
        if (last !== null && compareRefs(request.handler, found.ref, last) === 0) continue;
        last = found.ref;
        return found;
      }
    },
    unlock: () => {},
  };
}

/** What a scan of a union has read and not given yet. */
interface Head {
  readonly scan: KeyScan;
  found: Found;
}

/**
 * `first`: how the first scan opens its cursor (MySQL: reuse_handler). Scans that have every column between them leave
 * the statement's own cursor to it, which so stands on the row that is given.
 */
function commonKeys(request: AccessRequest, path: MergePath, first: "same" | "clone"): KeyScan {
  const scans = path.parts.map((part, at) =>
    at === 0 && !("how" in part)
      ? indexKeys(
          path.isCovering && first === "same" ? request.handler : request.another("clone"),
          part,
        )
      : keyScan(request, part),
  );
  const { clustered } = path;
  const isInRange = (row: Row): boolean =>
    clustered === null || isWithin(request.handler, clustered, row);
  /** The next key of a scan that the condition on the clustered key lets through. */
  function* nextOf(scan: KeyScan): Steps<Found | DbError | null> {
    for (;;) {
      const found = yield* scan.next();
      if (found === null || isFailure(found) || isInRange(found.row)) return found;
      scan.unlock();
    }
  }
  return {
    *next() {
      let at = 0;
      let holder = scans[at] as KeyScan;
      let candidate = yield* nextOf(holder);
      if (candidate === null || isFailure(candidate)) return candidate;
      let row = candidate.row;
      for (let agreed = 1; agreed < scans.length; ) {
        at = (at + 1) % scans.length;
        const scan = scans[at] as KeyScan;
        let order: number;
        let found: Found | DbError | null;
        do {
          found = yield* scan.next();
          if (found === null || isFailure(found)) {
            holder.unlock();
            return found;
          }
          order = compareRefs(request.handler, found.ref, candidate.ref);
          if (order < 0) scan.unlock();
        } while (order < 0);
        if (order === 0) {
          row = combined(row, found.row);
          agreed += 1;
          continue;
        }
        while (!isInRange(found.row)) {
          scan.unlock();
          found = yield* scan.next();
          if (found === null || isFailure(found)) {
            holder.unlock();
            return found;
          }
        }
        holder.unlock();
        candidate = found;
        row = found.row;
        holder = scan;
        agreed = 1;
      }
      return { ref: candidate.ref, row };
    },
    unlock: () => {},
  };
}

/** Each index holds some of the columns. */
function combined(one: Row, other: Row): Row {
  return one.map((value, column) => value ?? other[column] ?? null);
}

/** The clustered key of an index entry against ranges. */
function isWithin(handler: Handler, { index, ranges }: IndexScan, row: Row): boolean {
  return ranges.some(({ low, high }) => {
    const fromLow = low === null ? 1 : comparePrefix(handler, index, row, low.key);
    const toHigh = high === null ? -1 : comparePrefix(handler, index, row, high.key);
    return (
      (fromLow > 0 || (fromLow === 0 && low?.inclusive === true)) &&
      (toHigh < 0 || (toHigh === 0 && high?.inclusive === true))
    );
  });
}

function sortedUnionReader(request: AccessRequest, path: MergePath): AccessReader {
  const { handler } = request;
  const { clustered } = path;
  let refs: readonly RowRef[] | null = null;
  let at = 0;
  let rest: AccessReader | null = null;
  return {
    *next() {
      if (refs === null) {
        const collected = yield* collect(request, path);
        if ("err" in collected) return collected;
        refs = collected;
      }
      while (at < refs.length) {
        const result = yield* settled(handler.rndPos(refs[at] as RowRef));
        at += 1;
        if (result !== "notFound") return "row" in result ? result.row : result;
      }
      if (clustered === null) return null;
      rest ??= new RangeReader({ handler, pushed: null, chosen: { keyRead: false } }, clustered);
      return yield* settled(rest.next());
    },
  };
}

/** The keys of all scans but those that the clustered range will give, sorted, each once. */
function* collect(request: AccessRequest, path: MergePath): Steps<readonly RowRef[] | DbError> {
  const { handler } = request;
  const { clustered } = path;
  const refs: RowRef[] = [];
  for (const part of path.parts) {
    const scan = "how" in part ? keyScan(request, part) : indexKeys(request.another("same"), part);
    for (;;) {
      const found = yield* scan.next();
      if (found === null) break;
      if (isFailure(found)) return found;
      if (clustered === null || !isWithin(handler, clustered, found.row)) refs.push(found.ref);
    }
  }
  refs.sort((a, b) => compareRefs(handler, a, b));
  return refs.filter((ref, i) => i === 0 || compareRefs(handler, refs[i - 1] as RowRef, ref) !== 0);
}

/** MySQL: handler::cmp_ref; rows without a clustered key are known by their number. */
function compareRefs({ table }: Handler, a: RowRef, b: RowRef): number {
  if (a.key.length === 0) return a.rec - b.rec;
  const parts = table.indexes[0]?.parts ?? [];
  for (const [at, value] of a.key.entries()) {
    const part = parts[at];
    const column = part === undefined ? undefined : table.columns[part.column];
    const other = b.key[at] ?? null;
    const order =
      column === undefined
        ? Number(value) - Number(other)
        : compareDatum(column.type, value, other);
    if (order !== 0) return part?.desc ? -order : order;
  }
  return 0;
}
