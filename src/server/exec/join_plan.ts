/**
 * Plans the join of a query block (MySQL: JOIN::optimize, make_join_query_block, make_join_readinfo).
 *
 *   1. LEFT JOINs whose WHERE rejects NULLs become inner joins
 *   2. tables whose unique key is given by constants are read first, as constants
 *   3. the others are ordered by cost, each with its access path
 *   4. every conjunct is checked as soon as its tables are there; those on index columns only are pushed to the engine
 */
import { type Item, OUTER_ROWS } from "../expr/item.ts";
import type { ChosenAccess } from "../optimizer/access_path.ts";
import { constAccess } from "../optimizer/choose_access.ts";
import { planState } from "../optimizer/plan_state.ts";
import { decidedConditions } from "./constant_conditions.ts";
import { impliedEqualities } from "./equalities.ts";
import { explainExtra } from "./join_extra.ts";
import { addNotNull } from "./join_not_null.ts";
import { type Candidate, orderTables, type Placed } from "./join_order.ts";
import {
  type JoinNode,
  type JoinPlan,
  type JoinRequest,
  type JoinStep,
  type JoinTable,
  NO_CONSTANT_ROW,
} from "./join_types.ts";
import { columnsRead, type PredicateTable, predicateOf, splitConjuncts } from "./predicate_of.ts";

interface Flat {
  readonly table: JoinTable;
  /** Conjuncts of its own ON, when it is the inner side of a LEFT JOIN. */
  readonly on: readonly Item[] | null;
  readonly dependsOn: number;
}

export function planJoin(request: JoinRequest): JoinPlan {
  const written = [...splitConjuncts(request.where)];
  const flat = request.from === null ? [] : flatten(request.from, written, 0);
  written.push(...impliedEqualities(written, request.env));
  const tables = flat.flatMap(({ table }) => predicateTable(request, table) ?? []);
  const where = decidedConditions(written, tables, request.env);
  const falsehood = where.find((item) => item.isConst && item.eval !== null && isFalse(item));
  if (falsehood !== undefined) return impossiblePlan(request, "Impossible WHERE", flat);

  const constants: JoinStep[] = [];
  let mask = 0;
  for (const one of flat) {
    const chosen = one.on === null ? constantAccess(request, one.table, where) : null;
    if (chosen === null) continue;
    mask |= bit(one.table);
    constants.push({
      table: one.table,
      chosen,
      outer: [],
      pushed: [],
      conditions: conditionsOn(where, mask, bit(one.table)),
      leftJoin: null,
      hash: null,
    });
  }
  const rest = flat.filter((one) => (bit(one.table) & mask) === 0);
  const candidates = rest.map(
    (one): Candidate => ({
      table: one.table,
      conjuncts: one.on ?? where,
      dependsOn: one.dependsOn & ~mask,
    }),
  );
  const placed = orderTables(request, candidates, mask);
  const impossible = placed.find(
    (one) =>
      one.chosen.path.kind === "none" &&
      rest.find((flatOne) => flatOne.table === one.candidate.table)?.on === null,
  );
  if (impossible !== undefined) return impossiblePlan(request, NO_CONSTANT_ROW, flat);

  const steps: JoinStep[] = [];
  for (const one of placed) {
    const before = mask;
    mask |= bit(one.candidate.table);
    const on = rest.find((flatOne) => flatOne.table === one.candidate.table)?.on ?? null;
    steps.push(stepOf(request, one, where, on, before, mask, steps.length > 0));
  }
  addNotNull(steps);
  const isOrdered =
    request.order.length === 0 ||
    (steps.length === 0 ? true : steps.length === 1 && (steps[0]?.chosen.isOrdered ?? false));
  const expectedRows = placed.at(-1)?.rows ?? 1;
  const plan: JoinPlan = {
    request,
    impossible: null,
    constants,
    steps,
    isOrdered,
    expectedRows,
  };
  emitPlans(plan);
  return plan;
}

function isFalse(item: Item): boolean {
  const value = item.eval?.() ?? null;
  return value === null || value === 0;
}

function bit(table: JoinTable): number {
  return 2 ** table.scope.position;
}

function maskOf(node: JoinNode): number {
  return node.kind === "table" ? bit(node.table) : maskOf(node.left) | maskOf(node.right);
}

/** Tables from left to right; ONs of inner joins go to `where`. */
function flatten(node: JoinNode, where: Item[], dependsOn: number): readonly Flat[] {
  if (node.kind === "table") return [{ table: node.table, on: null, dependsOn }];
  const left = flatten(node.left, where, dependsOn);
  const leftMask = maskOf(node.left);
  if (node.type !== "left" || rejectsNulls(where, maskOf(node.right))) {
    where.push(...splitConjuncts(node.on));
    return [
      ...left,
      ...flatten(node.right, where, node.type === "straight" ? dependsOn | leftMask : dependsOn),
    ];
  }
  const on = [...splitConjuncts(node.on)];
  const right = flatten(node.right, on, dependsOn | leftMask);
  return [
    ...left,
    ...right.map((one) => ({
      ...one,
      on: [...(one.on ?? []), ...on.filter((item) => one.on === null || !one.on.includes(item))],
      dependsOn: one.dependsOn | leftMask,
    })),
  ];
}

/** A conjunct that cannot be true when the inner side is NULL (MySQL: Item::not_null_tables). */
function rejectsNulls(where: readonly Item[], inner: number): boolean {
  return where.some(
    ({ shape, tables }) =>
      (tables & inner) !== 0 &&
      (shape.kind === "compare"
        ? shape.op !== "<=>" && isColumnOf(shape, inner)
        : shape.kind === "between" || shape.kind === "in" || shape.kind === "like"
          ? isColumn(shape.operand, inner)
          : shape.kind === "isNull" && shape.negated && isColumn(shape.operand, inner)),
  );
}

function isColumnOf(shape: { readonly left: Item; readonly right: Item }, inner: number): boolean {
  return isColumn(shape.left, inner) || isColumn(shape.right, inner);
}

function isColumn(item: Item, inner: number): boolean {
  return item.shape.kind === "column" && (item.tables & inner) !== 0;
}

function predicateTable(request: JoinRequest, { source, scope }: JoinTable): PredicateTable | null {
  if (source.kind === "rows") return null;
  return {
    position: scope.position,
    known: request.known,
    columns: source.table.columns,
    env: request.env,
    outer: [],
  };
}

function constantAccess(
  request: JoinRequest,
  table: JoinTable,
  where: readonly Item[],
): ChosenAccess | null {
  const { source, scope } = table;
  const own = predicateTable(request, table);
  if (source.kind === "rows" || own === null) return null;
  const predicate = {
    kind: "and" as const,
    args: where.map((item) => predicateOf(item, own)),
  };
  return constAccess({
    table: source.table,
    where: predicate,
    needed: scope.used,
    hints: source.hints,
  });
}

/** Conjuncts that become computable with the table `added`. */
function conditionsOn(where: readonly Item[], mask: number, added: number): readonly Item[] {
  return where.filter(
    (item) =>
      (item.tables & ~OUTER_ROWS & ~mask) === 0 &&
      ((item.tables & added) !== 0 || (item.tables & ~OUTER_ROWS) === 0) &&
      !isKnownTrue(item),
  );
}

function isKnownTrue(item: Item): boolean {
  return item.isConst && item.eval !== null && !isFalse(item);
}

function stepOf(
  request: JoinRequest,
  placed: Placed,
  where: readonly Item[],
  on: readonly Item[] | null,
  before: number,
  mask: number,
  hasPrefix: boolean,
): JoinStep {
  const { table } = placed.candidate;
  const added = bit(table);
  const isFirst = !hasPrefix;
  const all = conditionsOn(where, mask, added).filter(
    (item) => isFirst || (item.tables & added) !== 0,
  );
  const own = on === null ? all : on;
  const guaranteed = (item: Item) => isGuaranteedByRef(item, placed, table);
  const kept = own.filter((item) => !guaranteed(item));
  // Multi-table changes need the handler on the row that the slots hold: nested loops only.
  const hash = request.mayHash ? hashOf(placed, kept, added, before, hasPrefix) : null;
  const pushed =
    hash === null && request.mayPush ? kept.filter((item) => isPushable(item, placed, table)) : [];
  const left = kept.filter((item) => !pushed.includes(item));
  return {
    table,
    chosen: placed.chosen,
    outer: placed.outer,
    pushed,
    conditions:
      on === null
        ? left
        : conditionsOn(where, mask, added).filter((item) => (item.tables & added) !== 0),
    leftJoin: on === null ? null : { on: left },
    hash,
  };
}

/** MySQL: test_if_ref: an equality that the ref lookup has already made sure of. */
function isGuaranteedByRef(item: Item, placed: Placed, table: JoinTable): boolean {
  const { path } = placed.chosen;
  const { shape } = item;
  if (path.kind !== "ref" || path.orNull) return false;
  const column =
    shape.kind === "compare" && shape.op === "="
      ? equalColumn(shape.left, shape.right, table)
      : null;
  return (
    column !== null &&
    path.key.some((part) => part.column === column) &&
    !path.index.parts.some((part) => part.column === column && part.prefix !== null)
  );
}

/** Not for CHAR, whose ends are padded, nor for floating point, which is not exact. */
function equalColumn(left: Item, right: Item, table: JoinTable): number | null {
  for (const side of [left, right]) {
    const { kind } = side.type;
    const isExact =
      (!("collation" in side.type) || kind === "varchar") && kind !== "double" && kind !== "float";
    if (isExact && side.shape.kind === "column" && side.tables === bit(table)) {
      return side.shape.column;
    }
  }
  return null;
}

/** A scan behind another table, joined without an index: its rows are matched through a hash table. */
function hashOf(
  placed: Placed,
  conjuncts: readonly Item[],
  added: number,
  before: number,
  hasPrefix: boolean,
): JoinStep["hash"] {
  const { kind } = placed.chosen.path;
  if (!hasPrefix || kind === "ref" || kind === "const" || kind === "none") return null;
  const keys = conjuncts.flatMap(({ shape }) => {
    if (
      shape.kind !== "compare" ||
      shape.op !== "=" ||
      shape.left.type.kind !== shape.right.type.kind
    )
      return [];
    const { left, right } = shape;
    if (left.tables === added && (right.tables & ~before) === 0 && right.tables !== 0)
      return [{ inner: left, outer: right }];
    if (right.tables === added && (left.tables & ~before) === 0 && left.tables !== 0)
      return [{ inner: right, outer: left }];
    return [];
  });
  return { keys };
}

/** MySQL: make_cond_for_index, uses_index_fields_only. */
function isPushable(item: Item, placed: Placed, table: JoinTable): boolean {
  const { path, keyRead } = placed.chosen;
  if (
    (path.kind !== "ref" && path.kind !== "range") ||
    (path.isReverse && path.kind === "ref") ||
    keyRead ||
    path.index.clustered ||
    item.eval === null ||
    (item.shape.kind === "or" && item.shape.isRowList === true)
  )
    return false;
  const columns = columnsRead(item, table.scope.position);
  if (columns.length === 0) return false;
  return columns.every(
    (column) =>
      path.index.covers.includes(column) &&
      !path.index.parts.some((part) => part.column === column && part.prefix !== null),
  );
}

function impossiblePlan(request: JoinRequest, why: string, tables: readonly Flat[]): JoinPlan {
  const [first] = tables;
  if (first?.table.source.kind === "base") {
    const chosen: ChosenAccess = {
      path: { kind: "none", why },
      keyRead: false,
      isOrdered: true,
      rows: 0,
      cost: 0,
      considered: [],
    };
    request.ctx.planChosen(
      planState(first.table.scope.alias, first.table.source.table.info, chosen, why, () => "?"),
    );
  }
  return { request, impossible: why, constants: [], steps: [], isOrdered: true, expectedRows: 0 };
}

function emitPlans(plan: JoinPlan): void {
  for (const step of [...plan.constants, ...plan.steps]) {
    const { source, scope } = step.table;
    if (source.kind !== "base") continue;
    plan.request.ctx.planChosen(
      planState(
        scope.alias,
        source.table.info,
        step.chosen,
        explainExtra(plan, step),
        (id) => step.outer[id]?.text() ?? "?",
      ),
    );
  }
}
