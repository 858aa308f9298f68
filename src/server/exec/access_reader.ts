/**
 * Reads the rows of an access path through a `Handler`, with exactly the calls MySQL's iterators make, because those
 * calls decide which records and gaps are locked.
 *
 *   const   one exact read
 *   ref     exact, then next-same (reverse: last of the prefix, then previous)
 *   range   per range: first by exact / or-next / after with the end set, then next; reverse from the last range down
 *   index   first, next ...  or last, previous ...
 *   skip    in each group of an index's first parts, the range of the part behind them (skip_reader.ts)
 *   merge   several ranges at once (merge_reader.ts)
 *   all     the clustered index from end to end
 *
 * MySQL: ConstIterator, RefIterator, IndexScanIterator, TableScanIterator; range_reader.ts, merge_reader.ts.
 */
import { unreachable } from "../../base/assert.ts";
import type {
  Answer,
  Datum,
  DbError,
  Handler,
  IndexInfo,
  ReadResult,
  Row,
} from "../../innodb/api.ts";
import type { AccessPath, RefPart } from "../optimizer/access_path.ts";
import { type AccessReader, type AccessRequest, CursorReader, outcome } from "./cursor_reader.ts";
import { LooseReader } from "./loose_reader.ts";
import { mergeReader } from "./merge_reader.ts";
import { comparePrefix, RangeReader, ReverseRangeReader } from "./range_reader.ts";
import { SkipReader } from "./skip_reader.ts";

export function openAccess(request: AccessRequest): AccessReader {
  const { path } = request.chosen;
  switch (path.kind) {
    case "none":
    case "system":
    case "made":
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
    case "loose":
      return new LooseReader(request, path);
    case "skip":
      return new SkipReader(request, path);
    case "merge":
      return mergeReader(request, path);
    case "all":
      return new TableReader(request.handler);
    default:
      return unreachable(path);
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

  takeAhead(take: (row: Row) => void): number {
    return this.#handler.takeAhead?.(take) ?? 0;
  }

  protected take(result: ReadResult): Row | DbError | null {
    return outcome(result);
  }
}
