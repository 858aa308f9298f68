/**
 * The read side of a handler: MySQL's index and table scans in terms of the row search.
 *
 * MySQL: handler::read_range_first, read_range_next (the end of a range). InnoDB: ha_innobase::index_read,
 * general_fetch, index_first, rnd_next, rnd_pos, unlock_row, try_semi_consistent_read (ha_innodb.cc).
 */
import { isPending } from "../../base/answer.ts";
import { assert } from "../../base/assert.ts";
import type {
  Answer,
  Datum,
  FindFlag,
  Handler,
  RangeEnd,
  ReadResult,
  Row,
  RowRef,
  Steps,
} from "../api.ts";
import type { SearchMode } from "../btree/cursor.ts";
import { clusteredIndex, clusteredKeyOf, indexOf, isUsable } from "../dictionary.ts";
import type { Prebuilt } from "../prebuilt.ts";
import type { EngineContext, Index } from "../types.ts";
import { tryUnlock } from "./lock_step.ts";
import { isPlain, stepPlainly, takeAhead } from "./plain_step.ts";
import { goesUp, isLong } from "./range.ts";
import {
  beginAnew,
  type Direction,
  type MatchMode,
  newReadState,
  type ReadState,
  type SearchResult,
  skipsGaps,
} from "./read_state.ts";
import { rowSearch } from "./row_search.ts";

/** What a handler offers for reading. */
export type Reader = Pick<
  Handler,
  | "setReadLock"
  | "trySemiConsistentRead"
  | "wasSemiConsistentRead"
  | "indexInit"
  | "setEndRange"
  | "indexRead"
  | "indexFirst"
  | "indexLast"
  | "indexNext"
  | "takeAhead"
  | "indexPrev"
  | "indexNextSame"
  | "rndInit"
  | "rndNext"
  | "position"
  | "rndPos"
  | "unlockRow"
>;

export function createReader(
  context: EngineContext,
  prebuilt: Prebuilt,
): Reader & { readonly beginAnew: () => void } {
  return new IndexReader(newReadState(context, prebuilt));
}

/** A class, because every statement makes one for each of its tables. */
class IndexReader implements Reader {
  readonly #state: ReadState;

  constructor(state: ReadState) {
    this.#state = state;
  }

  beginAnew(): void {
    beginAnew(this.#state);
  }
  setReadLock(lock: Prebuilt["lockMode"], onConflict: Prebuilt["onConflict"]): void {
    this.#state.isPlain = false;
    this.#state.prebuilt.lockMode = lock;
    this.#state.prebuilt.onConflict = onConflict;
    this.#state.isStart = true;
  }
  trySemiConsistentRead(on: boolean): void {
    this.#state.semi = on && skipsGaps(this.#state) ? "try" : "off";
  }
  wasSemiConsistentRead(): boolean {
    return this.#state.semi === "did";
  }
  unlockRow(): void {
    unlockRow(this.#state);
  }

  indexInit(...[index, { keyRead, pushed }]: Parameters<Handler["indexInit"]>): void {
    const { prebuilt } = this.#state;
    switchIndex(this.#state, indexOf(prebuilt.table, index));
    this.#state.keyRead = keyRead;
    this.#state.pushed = pushed;
  }
  setEndRange(end: RangeEnd | null): void {
    this.#state.isPlain = false;
    this.#state.endRange = end === null ? null : cutEnd(this.#state.prebuilt.index, end);
  }
  indexRead(key: readonly Datum[], flag: FindFlag): Answer<ReadResult> {
    return open(this.#state, key, MODES[flag], MATCHES[flag]);
  }
  indexFirst(): Answer<ReadResult> {
    return open(this.#state, [], "G", "any");
  }
  indexLast(): Answer<ReadResult> {
    return open(this.#state, [], "L", "any");
  }
  indexNext(): Answer<ReadResult> {
    const state = this.#state;
    if (state.isPlain && stepPlainly(state)) return { row: state.prebuilt.row as Row };
    return read(state, "next", "any", true);
  }
  takeAhead(take: (row: Row) => void): number {
    return this.#state.isPlain ? takeAhead(this.#state, take) : 0;
  }
  indexPrev(): Answer<ReadResult> {
    return read(this.#state, "prev", "any", false);
  }
  indexNextSame(): Answer<ReadResult> {
    return read(this.#state, "next", this.#state.lastMatch, true);
  }

  rndInit(): void {
    switchIndex(this.#state, clusteredIndex(this.#state.prebuilt.table));
    this.#state.isStartOfScan = true;
  }
  rndNext(): Answer<ReadResult> {
    if (!this.#state.isStartOfScan) return this.indexNext();
    this.#state.isStartOfScan = false;
    return this.indexFirst();
  }
  position(): RowRef {
    return position(this.#state);
  }
  rndPos(ref: RowRef): Answer<ReadResult> {
    switchIndex(this.#state, clusteredIndex(this.#state.prebuilt.table));
    this.#state.semi = "off";
    return open(this.#state, ref.key, "GE", "exact");
  }
}

/** InnoDB: convert_search_mode_to_innobase. */
const MODES: Readonly<Record<FindFlag, SearchMode>> = {
  exact: "GE",
  orNext: "GE",
  after: "G",
  before: "L",
  orPrev: "LE",
  prefixLast: "LE",
  prefixLastOrPrev: "LE",
};

const MATCHES: Readonly<Record<FindFlag, MatchMode>> = {
  exact: "exact",
  orNext: "any",
  after: "any",
  before: "any",
  orPrev: "any",
  prefixLast: "exactPrefix",
  prefixLastOrPrev: "any",
};

function switchIndex(state: ReadState, index: Index): void {
  state.prebuilt.index = index;
  state.keyRead = false;
  state.pushed = null;
  state.endRange = null;
  state.at = null;
}

function open(
  state: ReadState,
  key: readonly Datum[],
  mode: SearchMode,
  match: MatchMode,
): Answer<ReadResult> {
  state.key = cutToPrefixes(state.prebuilt.index, key);
  state.mode = mode;
  state.lastMatch = match;
  state.stopFound = false;
  state.isReadingRange = state.endRange !== null && goesUp(mode);
  state.isPlain = isLong(state.prebuilt.index) && isPlain(state);
  state.foreseen = null;
  if (!isUsable(state.prebuilt.index, state.prebuilt.trx.readView))
    return { err: "tableDefinitionChanged" };
  return read(state, "open", match, goesUp(mode));
}

/** A key part of so many characters is searched by so many (InnoDB: row_sel_convert_mysql_key_to_innobase). */
function cutToPrefixes(index: Index, key: readonly Datum[]): readonly Datum[] {
  if (!index.fields.some((field) => field.prefix !== null)) return key;
  return key.map((datum, at) => {
    const prefix = index.fields[at]?.prefix ?? null;
    const isLonger = prefix !== null && typeof datum === "string" && datum.length > prefix;
    return isLonger ? [...datum].slice(0, prefix).join("") : datum;
  });
}

/** Behind a value that was cut, others with its prefix may lie within the range. */
function cutEnd(index: Index, end: RangeEnd): RangeEnd {
  const key = cutToPrefixes(index, end.key);
  const isCut = key.some((datum, at) => datum !== end.key[at]);
  return { key, inclusive: end.inclusive || isCut };
}

function read(
  state: ReadState,
  direction: Direction,
  match: MatchMode,
  movesUp: boolean,
): Answer<ReadResult> {
  const result = rowSearch(state, direction, match);
  return isPending(result) ? readLater(state, result, movesUp) : rowOf(state, result, movesUp);
}

function* readLater(
  state: ReadState,
  search: Steps<SearchResult>,
  movesUp: boolean,
): Steps<ReadResult> {
  return rowOf(state, yield* search, movesUp);
}

function rowOf(state: ReadState, result: SearchResult, movesUp: boolean): ReadResult {
  if (result !== "found") return result;
  const { row } = state.prebuilt;
  assert(row !== null, "a row was found");
  // With an index condition InnoDB has looked at the end of the range itself.
  if (state.pushed === null && state.isOutside) {
    if (movesUp) unlockRow(state);
    return "notFound";
  }
  return { row };
}

/** A covering read has the clustered key without having seen the clustered record. */
function position({ at, prebuilt }: ReadState): RowRef {
  const rec = prebuilt.clustRec ?? at;
  assert(rec !== null, "the cursor is on a row");
  const { index } = rec.page;
  return { rec: rec.id, key: index.clustered ? rec.key : clusteredKeyOf(index, rec.key) };
}

/** MySQL: unlock_row. A row that was read semi-consistently cost no lock. */
function unlockRow(state: ReadState): void {
  if (state.prebuilt.lockMode === "none") return;
  if (state.semi === "did") state.semi = "try";
  tryUnlock(state);
}
