/** One table of a statement, as the access choice needs it; made once per statement. */

import type { TableInfo } from "../../innodb/api.ts";
import type { TableStats } from "../../innodb/table_stats.ts";
import type { BaseTable } from "../context.ts";
import { type KeyInfo, keysOf, refLength, shortestRecord } from "./key_info.ts";
import { conjuncts, type Predicate } from "./predicate.ts";
import { NOTHING_OFF, type SwitchedOff } from "./switches.ts";

/** Which indexes hints leave. */
export interface KeyChoice {
  /** USE INDEX or FORCE INDEX names; null when neither was written. */
  readonly only: readonly string[] | null;
  readonly force: boolean;
  readonly ignore: readonly string[];
}

/** What an optimizer hint that lists keys says. */
export interface KeyPermit {
  /** Done whatever it costs. */
  readonly isForced: boolean;
  /** By the name of a key. */
  readonly mayUse: (key: string) => boolean;
  /** No key is named. */
  readonly isWhole: boolean;
}

/** What optimizer hints let be done with the keys that are left. */
export interface KeyPermits {
  readonly mayRange: (key: string) => boolean;
  /** Conditions may be checked on its entries. */
  readonly mayPush: (key: string) => boolean;
  /** Null: no hint says so. */
  readonly merge: KeyPermit | null;
  readonly skip: KeyPermit | null;
}

export interface IndexHints extends KeyChoice {
  /** What optimizer_switch forbids. */
  readonly off: SwitchedOff;
  /** Those that may give an order or groups, where they are others than those that rows are found by. */
  readonly forOrder: KeyChoice | null;
  readonly forGroup: KeyChoice | null;
  readonly permits: KeyPermits | null;
}

export const NO_HINTS: IndexHints = {
  only: null,
  force: false,
  ignore: [],
  off: NOTHING_OFF,
  forOrder: null,
  forGroup: null,
  permits: null,
};

export interface OrderColumn {
  readonly column: number;
  readonly desc: boolean;
  readonly isEitherWay?: boolean;
}

export interface TableQuery {
  readonly table: BaseTable;
  readonly where: Predicate;
  /** Every column the statement reads of this table. */
  readonly needed: ReadonlySet<number>;
  readonly hints: IndexHints;
}

export interface PlanTable {
  readonly query: TableQuery;
  readonly stats: TableStats;
  /** No more rows than these can be in it (InnoDB: ha_innobase::estimate_rows_upper_bound). */
  readonly rowsMax: number;
  /** What hints leave of the keys. */
  readonly keys: readonly KeyInfo[];
  /** Keys that hold every needed column (MySQL: TABLE::covering_keys). */
  readonly covering: ReadonlySet<KeyInfo>;
  readonly refBytes: number;
}

const PAGE_BYTES = 16384;

const NO_KEYS = new Set<KeyInfo>();

export function planTable(query: TableQuery, mayReadKeysOnly: boolean): PlanTable {
  const { info } = query.table;
  const keys = chosenKeys(info, query.hints);
  const { rows, pages, recPerKey, analyzed } = query.table.stats();
  const stats = { rows: Math.max(1, rows), pages: Math.max(1, pages), recPerKey, analyzed };
  let covering = NO_KEYS;
  const readable = query.hints.permits === null ? keys : hintedKeys(query);
  for (const key of mayReadKeysOnly ? readable : []) {
    if (!covers(key, query.needed)) continue;
    if (covering === NO_KEYS) covering = new Set();
    covering.add(key);
  }
  const rowsMax = Math.floor((2 * stats.pages * PAGE_BYTES) / shortestRecord(info));
  const refBytes = refLength(info);
  return { query, stats, rowsMax, keys, covering, refBytes };
}

function chosenKeys(info: TableInfo, { only, ignore }: KeyChoice): readonly KeyInfo[] {
  const known = keysOf(info);
  if (only === null && ignore.length === 0) return known;
  const named = (names: readonly string[], key: KeyInfo) =>
    names.some((name) => name.toLowerCase() === key.index.name.toLowerCase());
  return known.filter((key) => (only === null || named(only, key)) && !named(ignore, key));
}

/** The keys that hints leave for giving rows in an order, or by groups. */
export function orderKeys({ keys, query }: PlanTable, isGroup: boolean): readonly KeyInfo[] {
  const choice = isGroup ? query.hints.forGroup : query.hints.forOrder;
  return choice === null ? keys : chosenKeys(query.table.info, choice);
}

/** Those that optimizer hints leave for anything. */
function hintedKeys({ table: { info }, hints }: TableQuery): readonly KeyInfo[] {
  const choices = [hints, hints.forOrder ?? hints, hints.forGroup ?? hints];
  const left = new Set(choices.flatMap((choice) => chosenKeys(info, choice)));
  return keysOf(info).filter((key) => left.has(key));
}

/** Does the key hold every one of these columns, and each whole? */
function covers(key: KeyInfo, needed: ReadonlySet<number>): boolean {
  for (const column of needed) {
    const isHeld = key.isClusteredPrimary
      ? key.parts.some((part) => part.column === column && part.prefix === null)
      : key.index.covers.includes(column);
    if (!isHeld) return false;
  }
  return true;
}

/** Keys of which the range optimizer knows nothing else are looked at beside those compared. */
export type OtherKeys =
  /** GROUP BY or DISTINCT may read any of them group by group. */
  | "all"
  /** The only table of a block: a skip scan may read those that hold every column of WHERE. */
  | "skipped"
  | "none";

/**
 * The keys that ranges are looked for in: those whose first column is compared with a constant somewhere, and others.
 * MySQL: JOIN_TAB::const_keys, skip_scan_keys (add_loose_index_scan_and_skip_scan_keys).
 */
export function comparedKeys({ keys, query }: PlanTable, others: OtherKeys): readonly KeyInfo[] {
  if (others === "all" && !conjuncts(query.where).some(({ kind }) => kind === "or")) return keys;
  const compared = new Set<number>();
  noteColumns(query.where, "compared", compared);
  const read = new Set<number>();
  if (others === "skipped") noteColumns(query.where, "read", read);
  // Every key ends in the primary key, unique ones too (MySQL: Field::part_of_key).
  const primary = keys.find((key) => key.isClusteredPrimary)?.parts ?? [];
  const holds = ({ parts }: KeyInfo, column: number): boolean =>
    parts.some((part) => part.column === column) ||
    primary.some((part) => part.column === column && part.prefix === null);
  return keys.filter(
    (key) =>
      compared.has(key.parts[0]?.column ?? -1) ||
      (read.size > 0 && [...read].every((column) => holds(key, column))),
  );
}

/** The keys whose first column is compared with anything. MySQL: JOIN_TAB::keys. */
export function usableKeys({ keys, query }: PlanTable): readonly KeyInfo[] {
  const compared = new Set<number>();
  noteColumns(query.where, "any", compared);
  return keys.filter(({ parts }) => compared.has(parts[0]?.column ?? -1));
}

/** The columns that a condition reads, those that it compares with anything, or those that it compares with constants. */
function noteColumns(
  predicate: Predicate,
  which: "read" | "any" | "compared",
  into: Set<number>,
): void {
  switch (predicate.kind) {
    case "and":
    case "or":
      for (const arg of predicate.args) noteColumns(arg, which, into);
      return;
    case "other":
      if (which === "read") for (const column of predicate.columns) into.add(column);
      return;
    case "compare": {
      const { column, op, value } = predicate;
      // Of column <> column MySQL's add_key_fields takes the first for the value too: it counts for neither.
      const isCounted =
        value.kind === "const" || (which !== "compared" && !(op === "<>" && value.isColumn));
      if (isCounted || which === "read") into.add(column);
      return;
    }
    case "isNull":
    case "isNotNull":
    case "maybe":
      into.add(predicate.column);
  }
}

/** MySQL: find_shortest_key. */
export function shortestKey(table: PlanTable, candidates: ReadonlySet<KeyInfo>): KeyInfo | null {
  let best: KeyInfo | null = null;
  let primary: KeyInfo | null = null;
  for (const key of table.query.hints.permits === null ? table.keys : candidates) {
    if (!candidates.has(key)) continue;
    if (key.isClusteredPrimary) primary = key;
    else if (best === null || key.keyLength < best.keyLength) best = key;
  }
  if (primary !== null && (best === null || best.declared >= table.query.table.columns.length))
    return primary;
  return best;
}

/** rec_per_key for the first `parts` parts of an index. */
export function recordsPerKey(table: PlanTable, key: KeyInfo, parts: number): number {
  return table.stats.recPerKey(key.index.id)?.[parts - 1] ?? 1;
}
