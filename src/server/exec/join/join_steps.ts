/**
 * The steps of a join whose order and strategies are decided: the access path of each table, and where each condition is
 * looked at.
 *
 * MySQL: make_join_query_block, substitute_for_best_equal_field, add_not_null_conds, push_index_cond, setup_join_buffering.
 */
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { isNullItem } from "../../expr/logic.ts";
import type { ChosenAccess } from "../../optimizer/access_path.ts";
import { rowEvaluateCost } from "../../optimizer/cost.ts";
import { chosenAccess } from "../../optimizer/join_access.ts";
import { isGuaranteedByRef, pushedOf } from "../condition_use.ts";
import { inPlaceOf, type LookupValue } from "../lookup_value.ts";
import { bufferedTables } from "./join_buffers.ts";
import type { Candidate, Conditions } from "./join_candidates.ts";
import { type Attached, attachAll, type Made } from "./join_conditions.ts";
import type { LaidOut, Layout } from "./join_layout.ts";
import {
  isInside,
  type JoinMember,
  type JoinModel,
  type JoinNest,
  nestAround,
} from "./join_model.ts";
import { wantsNoMatch } from "./join_not_null.ts";
import { noted } from "./join_notes.ts";
import { orderedFirst } from "./join_ordering.ts";
import type { Position } from "./join_search.ts";
import { joinTree, type TreeRequest, type TreeTable } from "./join_tree.ts";
import type { JoinRequest, JoinStep, JoinTable, MadeValues, StepEstimate } from "./join_types.ts";
import { isLookedUp, lookedUpBy } from "./made_rows.ts";
import { isSame } from "./multiple_equality.ts";
import { type RecheckedTables, recheckedTables } from "./rechecked_ranges.ts";

export interface StepsRequest {
  readonly request: JoinRequest;
  readonly model: JoinModel;
  readonly conditions: Conditions;
  readonly layout: Layout;
  readonly tables: readonly Candidate[];
  /** Mask of the constant tables. */
  readonly constants: number;
  /** Tables that are read otherwise than the search thought. */
  readonly rechecked?: RecheckedTables;
}

export interface PlannedSteps extends TreeRequest {
  readonly steps: readonly JoinStep[];
  readonly isOrdered: boolean;
  readonly sortsFirst: boolean;
}

/** "impossible": seen with its tables in their places, no row can come. */
export function stepsOf(given: StepsRequest): PlannedSteps | "impossible" {
  const planned = plannedSteps(given);
  const places = given.layout.tables.map(({ position }) => position);
  const rechecked = recheckedTables(given, planned.tables, places);
  if (rechecked === "impossible") return rechecked;
  return rechecked.size === 0 ? planned : plannedSteps({ ...given, rechecked });
}

const OUTER = ["left", "anti"] as const;

function plannedSteps(given: StepsRequest): PlannedSteps {
  const { layout, request } = given;
  const noMatch = new Set<JoinNest>();
  const attached = attachAll(given, null);
  for (const { nest, first, last } of layout.nests) {
    const { position } = layout.tables[first] as LaidOut;
    const above = attached.filter((one) => one.above !== null && isInside(nest, one.above));
    const { table } = position.table.member;
    const items = above.map(({ item }) => item);
    // MySQL: a nest of several tables never ends at its first match.
    if (first === last && wantsNoMatch(table, items)) noMatch.add(nest);
  }
  const buffered = bufferedTables(given);
  const isSimple = buffered.every((uses) => !uses);
  const ordered = orderedFirst(given, isSimple);
  const built = layout.tables.map((one, at) =>
    one.materialized === null
      ? builtTable(given, one.position, at, attached, {
          within: null,
          usesHash: (buffered[at] ?? false) && !(ordered.isOrdered && ordered.chosen !== null),
          chosen: at === 0 ? ordered.chosen : null,
        })
      : builtValues(given, one, attached, at),
  );
  addNotNull(built);
  const tables = built.map((one, at) => noted(one, at, given, noMatch));
  return {
    tables,
    layout,
    wantsNoMatch: (nest) => noMatch.has(nest) && nestAround(nest.parent, OUTER) === null,
    steps: tables.map(({ step }) => step),
    isOrdered: request.order.length === 0 || ordered.isOrdered || tables.length === 0,
    sortsFirst: ordered.sortsFirst,
  };
}

interface Choice {
  readonly usesHash: boolean;
  /** The places of a nest that is materialized, which is a join for itself. */
  readonly within: readonly LaidOut[] | null;
  /** Another access path than the search's, for the sake of the order. */
  readonly chosen: ChosenAccess | null;
}

function builtTable(
  given: StepsRequest,
  position: Position,
  at: number,
  attached: readonly Attached[],
  choice: Choice,
): TreeTable {
  const { request, tables } = given;
  const { member } = position.table;
  const { table, bit } = member;
  const candidate = tables.find((one) => one.member.bit === bit) as Candidate;
  const rechecked = given.rechecked?.get(table);
  const chosen = choice.chosen ?? rechecked?.chosen ?? pathOf(candidate, position);
  const outer = candidate.outer.map((item) => firstEqual(given, item, member, choice.within));
  const own = attached.filter((one) => one.at === at);
  const below = own
    .filter(({ above }) => above === null)
    .map(({ item }) => item)
    .filter((item) => !isGuaranteedByRef(item, chosen, table, outer));
  const isJoining = (item: Item) =>
    (item.tables & ~bit & ~OUTER_ROWS & ~given.constants) !== 0 || (item.tables & bit) === 0;
  const joining = choice.usesHash ? below.filter(isJoining) : [];
  const rest = below.filter((item) => !joining.includes(item));
  const isTarget = table.source.kind === "base" && table.source.lock.change !== undefined;
  const isOuterHash = choice.usesHash && nestAround(member.nest, OUTER) !== null;
  const mayPush = request.mayPush && !isTarget && !isOuterHash;
  const pushed = mayPush ? pushedOf(rest, chosen, table, request.env) : [];
  const above = own.flatMap((one) =>
    one.above === null ? [] : [{ nest: one.above, item: one.item }],
  );
  const checked = rest.filter((item) => !pushed.includes(item));
  const isMadeLookup = chosen.path.kind === "made" && chosen.path.isLookup;
  const told = isMadeLookup ? checked.filter((item) => !isLookedUp(item, bit)) : checked;
  const { loose } = position;
  return {
    step: {
      table,
      chosen,
      outer,
      pushed,
      conditions: choice.usesHash ? checked : [],
      hasConditions: told.length + joining.length + above.length > 0,
      notes: [],
      made: null,
      eachRow: rechecked?.eachRow ?? null,
      estimate: estimateOf(position, given.layout.tables[at - 1]?.position),
    },
    bit,
    usesHash: choice.usesHash,
    joining: choice.usesHash ? joining : checked,
    above,
    isInner: nestAround(member.nest, ["semi", "anti"]) !== null,
    isOptional: choice.within === null && nestAround(member.nest, OUTER) !== null,
    looseColumns: looseColumns(table, loose?.key.parts.slice(0, loose.parts) ?? []),
    reads: position.access.ref?.tables ?? 0,
  };
}

/** MySQL: SetCostOnTableAccessPath. */
function estimateOf(position: Position, before: Position | undefined): StepEstimate {
  const { access, loose } = position;
  const { readCost, rowsFetched, filterEffect: filter } = access;
  const filtered = rowsFetched * filter;
  const cost = readCost + rowEvaluateCost(filtered);
  // A loose scan was looked for last, and fetches its groups.
  const prefixRows = loose === null ? position.prefixRows : (before?.prefixRows ?? 1) * filtered;
  return {
    cost: prefixRows > 0 ? (cost * filtered) / prefixRows : cost,
    filtered,
    readCost,
    filter,
  };
}

/** Of equal columns a lookup takes the one that is read first. */
function firstEqual(
  { conditions, layout }: StepsRequest,
  item: LookupValue,
  { bit: own, nest }: JoinMember,
  within: readonly LaidOut[] | null,
): LookupValue {
  const around = nestAround(nest, OUTER);
  const { classes } = (around === null ? null : conditions.on.get(around)) ?? conditions.where;
  const equal = classes.find(({ columns }) => columns.some((one) => isSame(one, item)));
  if (equal === undefined) return item;
  for (const { position, materialized } of within ?? layout.tables) {
    const { bit } = position.table.member;
    if (bit === own) return item;
    if (materialized?.isLookup === true) continue;
    const tables = materialized === null ? bit : materialized.nest.tables;
    const found = equal.columns.find(
      (one) =>
        (one.tables & tables) !== 0 &&
        (materialized === null || materialized.nest.links.some((link) => isSame(link.inner, one))),
    );
    if (found !== undefined) return inPlaceOf(item, found);
  }
  return item;
}

function looseColumns(
  table: JoinTable,
  parts: readonly { readonly column: number }[],
): readonly Item[] {
  return parts.map(({ column }) => columnOf(table, column));
}

function columnOf({ scope }: JoinTable, column: number): Item {
  const { slot, position } = scope;
  const info = scope.columns[column];
  return {
    type: info?.type ?? { kind: "null" },
    nullable: true,
    tables: 2 ** position,
    isConst: false,
    shape: { kind: "column", slot, column, table: position },
    text: () => info?.name ?? "",
    eval: () => slot.row[column] ?? null,
    steps: null,
  };
}

function pathOf({ access }: Candidate, { access: found, loose }: Position): ChosenAccess {
  if (access === null) {
    return {
      path: {
        kind: "made",
        isLookup: found.ref !== null,
        columns: found.ref?.parts.map(({ column }) => column) ?? [],
      },
      keyRead: false,
      isOrdered: false,
      rows: found.rowsFetched,
      cost: found.readCost,
      considered: [],
    };
  }
  if (loose === null) return chosenAccess(access, found);
  const { key, ref } = loose;
  if (ref !== null) return chosenAccess(access, { ...found, ref, range: null });
  const range = access.ranges.best;
  if (range?.key === key) return chosenAccess(access, { ...found, range });
  const chosen = chosenAccess(access, { ...found, range: null });
  return {
    ...chosen,
    path: { kind: "index", index: key.index, isReverse: false },
    keyRead: access.table.covering.has(key),
  };
}

/** The tables of a nest that is materialized. */
function builtWithin(
  given: StepsRequest,
  positions: readonly Position[],
  attached: readonly Attached[],
): readonly TreeTable[] {
  const within = positions.map((position) => ({ position, materialized: null }));
  const built = (rechecked: RecheckedTables): TreeTable[] => {
    const own = positions.map((one, i) => {
      const isEach = (rechecked.get(one.table.member.table)?.eachRow ?? null) !== null;
      return builtTable({ ...given, rechecked }, one, i, attached, {
        usesHash: i > 0 && one.access.usesBuffer && given.request.mayHash && !isEach,
        within,
        chosen: null,
      });
    });
    addNotNull(own);
    return own;
  };
  const first = built(new Map());
  const rechecked = recheckedTables(given, first, positions);
  return rechecked === "impossible" || rechecked.size === 0 ? first : built(rechecked);
}

/** The values of a semi-join's nest. */
function builtValues(
  given: StepsRequest,
  { position, materialized }: LaidOut,
  outside: readonly Attached[],
  at: number,
): TreeTable {
  const { nest, isLookup, positions } = materialized as Made;
  const attached = attachAll(given, nest);
  const own = builtWithin(given, positions, attached);
  const layout: Layout = {
    tables: positions.map((one) => ({ position: one, materialized: null })),
    firstMatches: [],
    looseScans: [],
    weedouts: [],
    nests: [],
  };
  const { links } = nest;
  const bits = own.reduce((mask, { bit }) => mask | bit, 0);
  const tree = joinTree({ tables: own, layout, wantsNoMatch: () => false });
  const conditions = links.flatMap(({ inner }) =>
    inner.nullable ? [isNullItem(inner, true)] : [],
  );
  const made: MadeValues = {
    tree: conditions.length === 0 ? tree : { kind: "filter", source: tree, conditions },
    steps: own.map(({ step }) => step),
    inner: links.map(({ inner }) => inner),
    key: isLookup ? links.map(({ outer }) => outer) : null,
    isOptional: nest.kind === "anti",
    block: nest.block,
  };
  const rows = isLookup ? 1 : position.access.rowsFetched;
  const below = outside.filter((one) => one.at === at);
  const { table } = position.table.member;
  return {
    step: {
      table,
      chosen: {
        path: { kind: "made", isLookup, columns: [] },
        keyRead: false,
        isOrdered: false,
        rows,
        cost: 0,
        considered: [],
      },
      outer: [],
      pushed: [],
      conditions: [],
      hasConditions: below.length > 0,
      notes: [],
      made,
      eachRow: null,
      estimate: estimateOf(position, given.layout.tables[at - 1]?.position),
    },
    bit: bits,
    usesHash: false,
    joining: below.filter(({ above }) => above === null).map(({ item }) => item),
    above: [],
    isInner: true,
    isOptional: nestAround(nest, OUTER) !== null,
    looseColumns: [],
    reads: 0,
  };
}

/**
 * A row whose column is the key of a later lookup by `=` can go at once when it is NULL; not for a table that is written on
 * the inner side of an outer join, be it an inner join now. Changes `tables` in place.
 */
function addNotNull(tables: TreeTable[]): void {
  for (const { step, isOptional, joining } of [...tables]) {
    if (isOptional || step.table.scope.isNullable) continue;
    for (const column of lookupColumns(step, joining)) {
      const at = tables.findIndex(({ bit }) => bit === column.tables);
      const table = tables[at];
      if (table === undefined || table.isOptional) continue;
      const condition = isNullItem(column, true);
      tables[at] = {
        ...table,
        joining: table.usesHash ? table.joining : [...table.joining, condition],
        step: {
          ...table.step,
          hasConditions: true,
          conditions: table.usesHash
            ? [...table.step.conditions, condition]
            : table.step.conditions,
        },
      };
    }
  }
}

function lookupColumns(
  { chosen: { path }, outer, made, table }: JoinStep,
  joining: readonly Item[],
): readonly Item[] {
  const isColumn = (item: Item | undefined): item is Item =>
    item?.shape.kind === "column" && item.tables !== OUTER_ROWS && item.nullable;
  if (made !== null) return (made.key ?? []).filter(isColumn);
  if (path.kind === "made" && path.isLookup) {
    const bit = 2 ** table.scope.position;
    return joining.flatMap((item) => lookedUpBy(item, bit) ?? []).filter(isColumn);
  }
  if (path.kind !== "ref" || path.orNull) return [];
  return path.key.flatMap(({ operand, rejectsNull }) => {
    const item = operand.kind === "outer" ? outer[operand.id] : undefined;
    return isColumn(item) && rejectsNull ? [item] : [];
  });
}
