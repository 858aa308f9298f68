/**
 * The tables of a join that are to be scanned, looked at once more with the tables before them: some get another range, some
 * are read by whatever range each row of the tables before allows.
 *
 * MySQL: make_join_query_block, DynamicRangeIterator.
 */
import { columnsOf, type Item, OUTER_ROWS } from "../../expr/item.ts";
import { mapShape } from "../../expr/map_shape.ts";
import type { ChosenAccess } from "../../optimizer/access_path.ts";
import { chosenAccess } from "../../optimizer/join_access.ts";
import type { KeyInfo } from "../../optimizer/key_info.ts";
import type { PlanTable } from "../../optimizer/plan_table.ts";
import {
  accessForRow,
  type FoundAgain,
  type RangeAgain,
  rangeAgain,
  wholeTable,
} from "../../optimizer/range_again.ts";
import { predicateOf } from "../predicate_of.ts";
import { predicateTable } from "../predicate_table.ts";
import { withEqualsInside } from "./equal_inside.ts";
import type { Candidate } from "./join_candidates.ts";
import { withConstants } from "./join_constants.ts";
import { nestAround } from "./join_model.ts";
import type { Position } from "./join_search.ts";
import type { StepsRequest } from "./join_steps.ts";
import type { TreeTable } from "./join_tree.ts";
import type { EachRow, JoinRequest, JoinStep, JoinTable } from "./join_types.ts";
import { lowLimitAccess } from "./low_limit_first.ts";

export interface Rechecked {
  readonly chosen: ChosenAccess;
  readonly eachRow: EachRow | null;
}

export type RecheckedTables = ReadonlyMap<JoinTable, Rechecked>;

/** `places`: of the tables, in the order in which they are read. "impossible": no row of one of them can match. */
export function recheckedTables(
  given: StepsRequest,
  tables: readonly TreeTable[],
  places: readonly Position[],
): RecheckedTables | "impossible" {
  const found = new Map<JoinTable, Rechecked>();
  const isBehind = given.constants !== 0 || readsOuterRows(given);
  for (const [at, tree] of tables.entries()) {
    const position = places[at] as Position;
    const candidate = given.tables.find(({ member }) => member === position.table.member);
    if (candidate === undefined || !isScanned(given, tree, position)) continue;
    if (at === 0 && !isBehind) {
      const chosen = lowLimitAccess(given, tree, candidate, position, conditionsOf(tree));
      if (chosen !== null) found.set(tree.step.table, { chosen, eachRow: null });
      continue;
    }
    const again = questionOf(given, tree, candidate);
    if (again === null) continue;
    const answer = rangeAgain(again);
    const { nest } = position.table.member;
    if (answer.kind === "impossible" && nestAround(nest, ["left", "anti"]) === null)
      return "impossible";
    const rechecked = recheckedBy(
      answer,
      again,
      given.request,
      tree,
      candidate,
      position,
      at === 0,
    );
    if (rechecked !== null) found.set(tree.step.table, rechecked);
  }
  return found;
}

function readsOuterRows({ request }: StepsRequest): boolean {
  return ((request.where?.tables ?? 0) & OUTER_ROWS) !== 0;
}

/** Of a nest that is joined as one, only the first table has the nest's conditions. */
function isScanned({ layout }: StepsRequest, { step }: TreeTable, position: Position): boolean {
  const { path } = step.chosen;
  if (!SCANS.has(path.kind) || position.loose !== null || step.made !== null) return false;
  const nest = nestAround(position.table.member.nest, ["left", "anti"]);
  if (nest === null) return true;
  const span = layout.nests.find((one) => one.nest === nest);
  return layout.tables[span?.first ?? -1]?.position === position;
}

const SCANS: ReadonlySet<ChosenAccess["path"]["kind"]> = new Set([
  "all",
  "index",
  "range",
  "merge",
]);

/** Everything that is looked at with the table. */
function conditionsOf({ step, joining, usesHash }: TreeTable): readonly Item[] {
  return [...step.pushed, ...joining, ...(usesHash ? step.conditions : [])];
}

/** The only table of a subquery, whose conditions compare it with rows of the enclosing blocks. */
export function eachRowAlone(
  request: JoinRequest,
  table: JoinTable,
  conditions: readonly Item[],
  { chosen, planned }: { readonly chosen: ChosenAccess; readonly planned: PlanTable | null },
): Pick<JoinStep, "eachRow" | "chosen"> | null {
  if (planned === null || !SCANS.has(chosen.path.kind)) return null;
  if (!conditions.some(({ tables }) => (tables & OUTER_ROWS) !== 0)) return null;
  const own = {
    table: planned,
    readsRows: table.source.kind === "base" && table.source.lock.change !== undefined,
  };
  const again = againBy(request, table, conditions, {
    ...own,
    byKey: chosen.estimates ?? new Map(),
    best: null,
    gathered: gatheredColumns(request, 2 ** table.scope.position),
  });
  const answer = again === null ? null : rangeAgain(again);
  if (answer?.kind !== "each") return null;
  const { considered, cost } = chosen;
  return {
    chosen: { ...wholeTable(planned), considered, cost },
    eachRow: eachRowOf(request, table, conditions, answer.keys, { ...own, isFirst: true }),
  };
}

function questionOf(
  { request }: StepsRequest,
  tree: TreeTable,
  { access, member }: Candidate,
): RangeAgain | null {
  if (access === null) return null;
  const { table, ranges, readsRows } = access;
  const gathered = gatheredColumns(request, member.bit);
  return againBy(request, tree.step.table, conditionsOf(tree), {
    table,
    readsRows,
    byKey: ranges.byKey,
    best: ranges.best,
    gathered,
  });
}

function gatheredColumns(
  { gatheredBy }: Pick<JoinRequest, "gatheredBy">,
  bit: number,
): readonly number[] {
  if (gatheredBy === undefined || gatheredBy.some(({ tables }) => tables !== bit)) return [];
  return gatheredBy.flatMap((item) => columnsOf(item, bit));
}

/** Null where nothing is compared with the table's columns. */
function againBy(
  request: Pick<JoinRequest, "env" | "known" | "limitWritten">,
  table: JoinTable,
  items: readonly Item[],
  own: Pick<RangeAgain, "table" | "readsRows" | "byKey" | "best" | "gathered">,
): RangeAgain | null {
  const predicates = predicateTable(request, table);
  if (predicates === null || items.length === 0) return null;
  return {
    ...own,
    conditions: items.map((item) =>
      predicateOf(withEqualsInside(item, 2 ** table.scope.position, request.env), predicates),
    ),
    available: ~(2 ** table.scope.position),
    limit: request.limitWritten ?? null,
  };
}

function recheckedBy(
  answer: FoundAgain,
  { table, readsRows }: RangeAgain,
  request: JoinRequest,
  tree: TreeTable,
  candidate: Candidate,
  { access }: Position,
  isFirst: boolean,
): Rechecked | null {
  if (answer.kind === "each") {
    const { considered, cost } = tree.step.chosen;
    return {
      chosen: { ...wholeTable(table), considered, cost },
      eachRow: eachRowOf(request, tree.step.table, conditionsOf(tree), answer.keys, {
        table,
        readsRows,
        isFirst,
      }),
    };
  }
  if (answer.kind !== "other" || candidate.access === null) return null;
  const { best } = answer;
  const chosen =
    best === null
      ? wholeTable(table)
      : chosenAccess(candidate.access, { ...access, ref: null, range: best });
  return { chosen, eachRow: null };
}

/**
 * The rows of the tables before stand in their slots when a way to read the table is asked for. The first table that is no
 * constant is read by what constants say: rows of the enclosing blocks count as known when EXPLAIN asks, and not when it runs.
 *
 * MySQL: DynamicRangeIterator::Init, with prefix_tables() & ~added_tables().
 */
function eachRowOf(
  request: Pick<JoinRequest, "env" | "known">,
  joined: JoinTable,
  items: readonly Item[],
  keys: readonly KeyInfo[],
  own: { readonly table: PlanTable; readonly readsRows: boolean; readonly isFirst: boolean },
): EachRow {
  const bit = 2 ** joined.scope.position;
  const known = own.table.query.table.info.indexes;
  const map = keys.reduce((mask, key) => mask | (1n << BigInt(placeOf(key))), 0n);
  function placeOf({ index }: KeyInfo): number {
    return known.findIndex(({ id }) => id === index.id);
  }
  return {
    keyMap: map.toString(16).toUpperCase(),
    access: () => {
      const predicates = predicateTable(request, joined);
      if (predicates === null) return wholeTable(own.table);
      const conditions = items.map((item) =>
        predicateOf(
          own.isFirst ? item : withRows(withEqualsInside(item, bit, request.env), bit),
          predicates,
        ),
      );
      return accessForRow(own, keys, conditions);
    },
  };
}

/** The tables' own columns compared with values of rows read before; what those rows alone decide stays open. */
function withRows(item: Item, bit: number): Item {
  const { shape } = item;
  if (shape.kind === "and" || shape.kind === "or")
    return { ...item, shape: mapShape(shape, (part) => withRows(part, bit)) };
  return (item.tables & bit) === 0 ? item : withConstants(item, ~bit);
}
