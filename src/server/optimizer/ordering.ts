/**
 * ORDER BY through an index (MySQL: test_if_order_by_key, test_if_cheaper_ordering).
 */
import type { Draft } from "./choose_access.ts";
import { pageReadCost, tableScanCost } from "./cost.ts";
import { type KeyInfo, keysOf } from "./key_info.ts";
import { type OrderColumn, type PlanTable, recordsPerKey } from "./plan_table.ts";
import { conjuncts, type Operand, type Predicate } from "./predicate.ts";

/** 1: the index gives the order, -1: read backwards it does, 0: it does not. */
export type OrderMatch = 1 | -1 | 0;

/** Parts of an index that a SELECT looks up by a constant (MySQL: TABLE::const_key_parts, update_ref_and_keys). */
export function constantColumns(where: Predicate): ReadonlySet<number> {
  return columnsHeld(where, () => true);
}

/**
 * Columns that ORDER BY need not look at. `column <=> NULL` is none of them.
 *
 * MySQL: check_field_is_const, TABLE::update_const_key_parts.
 */
export function settledColumns(where: Predicate): ReadonlySet<number> {
  return columnsHeld(where, ({ value, isLoose }) => value !== null && isLoose !== true);
}

/** Does ORDER BY name a column that is compared with a constant of another kind? Then no index gives the order. */
export function isLooselyHeld(where: Predicate, order: readonly OrderColumn[]): boolean {
  if (order.length === 0) return false;
  const loose = columnsHeld(where, ({ isLoose }) => isLoose === true);
  return loose.size > 0 && order.some(({ column }) => loose.has(column));
}

function columnsHeld(
  where: Predicate,
  counts: (constant: Extract<Operand, { kind: "const" }>) => boolean,
): ReadonlySet<number> {
  const columns = conjuncts(where).flatMap((part) =>
    part.kind === "isNull" ||
    (part.kind === "compare" &&
      (part.op === "=" || part.op === "<=>") &&
      part.value.kind === "const" &&
      counts(part.value))
      ? [part.column]
      : [],
  );
  return new Set(columns);
}

export function orderMatch(
  table: PlanTable,
  key: KeyInfo,
  order: readonly OrderColumn[],
  constants: ReadonlySet<number>,
): OrderMatch {
  return matchOrder(table, key, order, constants).direction;
}

/**
 * The order is given backwards by an index of ascending and descending parts: ranges are not read that way (MySQL:
 * skip_quick in test_if_order_by_key).
 */
export function isMixedReverse(
  table: PlanTable,
  key: KeyInfo,
  order: readonly OrderColumn[],
  constants: ReadonlySet<number>,
): boolean {
  const { direction, isMixed } = matchOrder(table, key, order, constants);
  return direction === -1 && isMixed;
}

/** The order reaches into the primary key behind a secondary index (MySQL: make_reverse, using_extended_key_parts). */
export function reachesPrimaryKey(
  table: PlanTable,
  key: KeyInfo,
  order: readonly OrderColumn[],
  constants: ReadonlySet<number>,
): boolean {
  return matchOrder(table, key, order, constants).parts > key.declared;
}

function matchOrder(
  table: PlanTable,
  key: KeyInfo,
  order: readonly OrderColumn[],
  constants: ReadonlySet<number>,
): { readonly direction: OrderMatch; readonly parts: number; readonly isMixed: boolean } {
  const none = { direction: 0 as const, parts: 0, isMixed: false };
  let at = 0;
  let direction: OrderMatch = 0;
  let isMixed = false;
  const parts = partsWithPrimary(table, key);
  for (const wanted of order) {
    while (
      at < parts.length &&
      parts[at]?.column !== wanted.column &&
      constants.has(parts[at]?.column ?? -1)
    )
      at += 1;
    const part = parts[at];
    if (part === undefined || part.column !== wanted.column || part.prefix !== null) return none;
    if (wanted.isEitherWay !== true) {
      const here = wanted.desc === part.desc ? 1 : -1;
      if (direction !== 0 && here !== direction) return none;
      direction = here;
    }
    isMixed ||= part.desc !== parts[0]?.desc;
    at += 1;
  }
  return { direction: direction === 0 ? 1 : direction, parts: at, isMixed };
}

/** InnoDB's secondary indexes end in the primary key, unique ones too. */
export function partsWithPrimary(table: PlanTable, key: KeyInfo): KeyInfo["parts"] {
  if (key.parts.length > key.declared || key.isClusteredPrimary) return key.parts;
  const primary = keysOf(table.query.table.info).find((candidate) => candidate.isClusteredPrimary);
  return primary === undefined ? key.parts : [...key.parts, ...primary.parts];
}

export interface OrderedKey {
  readonly key: KeyInfo;
  readonly direction: 1 | -1;
}

export interface OrderingQuestion {
  readonly order: readonly OrderColumn[];
  readonly limit: number | null;
  /** The key of the chosen ref, range or index scan. */
  readonly current: KeyInfo | null;
  /** The chosen access reads everything: a full table or index scan. */
  readonly isFullScan: boolean;
  /** The order is that of GROUP BY: an index is always taken before a sort or a temporary table. */
  readonly isGroup: boolean;
  readonly readCost: number;
  /** Rows the current access path fetches. */
  readonly rows: number;
  readonly rangeRows: (key: KeyInfo) => number | null;
}

/** An index that gives the order and is thought cheaper than the current access and a sort. */
export function cheaperOrdering(
  table: PlanTable,
  question: OrderingQuestion,
  constants: ReadonlySet<number>,
): OrderedKey | null {
  const { stats } = table;
  let best: (OrderedKey & { readonly rows: number; readonly isCovering: boolean }) | null = null;
  // MySQL goes on with the number of rows that it worked out for the key before.
  let wanted = question.limit;
  const { hints } = table.query;
  const isOrderForced = (hints.forOrder ?? hints).force;
  for (const key of table.keys) {
    const direction = orderMatch(table, key, question.order, constants);
    if (direction === 0) continue;
    const isCovering = table.covering.has(key) || key.isClusteredPrimary;
    const isForced = isOrderForced || question.isGroup;
    if (!isCovering && wanted === null && !(isForced && question.current === null)) continue;
    if (question.isGroup && wanted !== null) {
      // A group of so many rows gives one.
      const inGroup = Math.max(1, recordsPerKey(table, key, question.order.length));
      wanted = wanted > stats.rows / inGroup ? stats.rows : Math.floor(wanted * inGroup);
    }
    wanted ??= stats.rows;
    if (wanted > question.rows) wanted = stats.rows;
    else if (stats.rows >= question.rows)
      wanted = Math.floor((wanted * stats.rows) / question.rows);
    const perKey = Math.max(1, recordsPerKey(table, key, key.declared));
    const cost = (wanted / perKey) * Math.min(pageReadCost(perKey), tableScanCost(stats));
    if (!(question.isFullScan && (isCovering || isForced)) && cost >= question.readCost) continue;
    const currentLimit =
      question.current !== null && table.covering.has(question.current)
        ? question.rows
        : Number.POSITIVE_INFINITY;
    if ((best?.isCovering && !isCovering) || (isCovering && currentLimit < wanted)) continue;
    const quickRows = question.rangeRows(key) ?? stats.rows;
    const isBetter =
      best === null ||
      (wanted <= Math.min(quickRows, best.rows)
        ? key.declared < best.key.declared
        : quickRows < best.rows) ||
      direction > best.direction;
    if (isBetter) best = { key, direction, rows: quickRows, isCovering };
  }
  return best === null || best.key === question.current ? null : best;
}

/** The same scan from its other end; a range over ascending and descending parts is not read that way. */
export function reversed(
  table: PlanTable,
  draft: Draft,
  order: readonly OrderColumn[],
  constants: ReadonlySet<number>,
): Draft {
  const { path, key } = draft;
  switch (path.kind) {
    case "range": {
      if (key !== null && isMixedReverse(table, key, order, constants)) return draft;
      const reaches = key !== null && reachesPrimaryKey(table, key, order, constants);
      const backward = { ...path, isReverse: true, reachesPrimaryKey: reaches };
      return { ...draft, path: backward, isOrdered: true };
    }
    case "ref":
    case "index":
      return { ...draft, path: { ...path, isReverse: true }, isOrdered: true };
    default:
      return draft;
  }
}
