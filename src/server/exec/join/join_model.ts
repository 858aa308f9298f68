/**
 * A join as the planner sees it: its tables in the order written, each in the nest of outer or semi join it is part of,
 * and the conditions of WHERE.
 *
 *   a LEFT JOIN (b JOIN c ON 1) ON 2 WHERE 3 AND a.x IN (SELECT d.x FROM d)      [ ] outer-join nest   < > semi-join nest
 *   ──▶ a  [b c | 1 AND 2]  <d>        WHERE 3 AND a.x = d.x
 *
 * MySQL: simplify_joins (sql_resolver.cc), pull_out_semijoin_tables, JOIN::propagate_dependencies (sql_optimizer.cc).
 */
import { append } from "../../../base/lists.ts";
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { NOTHING_OFF, type SwitchedOff } from "../../optimizer/switches.ts";
import { splitConjuncts } from "../predicate_of.ts";
import type { JoinNode, JoinTable, SemijoinLink } from "./join_types.ts";
import { lateralOf } from "./lateral.ts";

/** Tables that are joined to the others as one. */
export interface JoinNest {
  readonly kind: "left" | "anti" | "semi";
  readonly parent: JoinNest | null;
  /** Mask of its tables, those of nests in it included. */
  tables: number;
  /** left, anti: the conjuncts of ON. A semi-join's stand in WHERE, or in the ON around it. */
  readonly on: Item[];
  /** semi, anti: equalities between the subquery and the tables around it. */
  readonly links: readonly SemijoinLink[];
  /** semi, anti: strategies that it may not be run by. */
  readonly off: SwitchedOff;
  /** semi, anti: the number of the subquery's first block, for EXPLAIN. */
  readonly block: number | null;
  /** Mask of the tables around it that its conditions read, and of those that others than the links read. */
  dependsOn: number;
  correlated: number;
}

export interface JoinMember {
  readonly table: JoinTable;
  readonly bit: number;
  /** The innermost nest it is in. */
  nest: JoinNest | null;
  /** Mask of tables that have to be read before it. */
  dependsOn: number;
}

export interface JoinModel {
  readonly members: readonly JoinMember[];
  readonly nests: readonly JoinNest[];
  readonly where: readonly Item[];
}

export function joinModel(from: JoinNode | null, where: Item | null): JoinModel {
  const draft: Draft = { members: [], nests: [] };
  const conjuncts = [...splitConjuncts(where)];
  if (from !== null) flatten(from, conjuncts, null, draft);
  const order = from === null ? [] : leaves(from);
  draft.members.sort((a, b) => order.indexOf(a.table) - order.indexOf(b.table));
  pullOut(draft, conjuncts);
  return { ...draft, where: conjuncts };
}

/** From left to right; a RIGHT JOIN is a LEFT JOIN with its sides changed. */
export function leaves(node: JoinNode): readonly JoinTable[] {
  return node.kind === "table" ? [node.table] : [...leaves(node.left), ...leaves(node.right)];
}

/** The nest of the given kinds nearest around a table. */
export function nestAround(
  nest: JoinNest | null,
  kinds: readonly JoinNest["kind"][],
): JoinNest | null {
  for (let at = nest; at !== null; at = at.parent) if (kinds.includes(at.kind)) return at;
  return null;
}

export function isInside(nest: JoinNest | null, outer: JoinNest): boolean {
  for (let at = nest; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

interface Draft {
  members: JoinMember[];
  nests: JoinNest[];
}

/** `conditions`: of the WHERE or ON that the node stands under; ONs of inner joins are added to it. */
function flatten(node: JoinNode, conditions: Item[], nest: JoinNest | null, draft: Draft): number {
  if (node.kind === "table") {
    const bit = 2 ** node.table.scope.position;
    const dependsOn = lateralOf(node.table)?.tables ?? 0;
    draft.members.push({ table: node.table, bit, nest, dependsOn });
    return bit;
  }
  const rightTables = maskOf(node.right);
  const isInner =
    node.type === "inner" ||
    node.type === "straight" ||
    (node.type === "left" && (notNullIn(conditions) & rightTables) !== 0);
  if (isInner) {
    append(conditions, splitConjuncts(node.on));
    const right = flatten(node.right, conditions, nest, draft);
    const left = flatten(node.left, conditions, nest, draft);
    if (node.type === "straight") addDependency(draft, right, left);
    return left | right;
  }
  if (node.type === "semi") return flattenSemi(node, conditions, nest, draft);
  const inner: JoinNest = {
    kind: node.type === "anti" ? "anti" : "left",
    parent: nest,
    tables: rightTables,
    on: withoutTruths(splitConjuncts(node.on)),
    links: node.type === "anti" ? node.links : [],
    off: node.type === "anti" ? node.off : NOTHING_OFF,
    block: node.type === "anti" ? node.block : null,
    dependsOn: 0,
    correlated: 0,
  };
  draft.nests.push(inner);
  flatten(node.right, inner.on, inner, draft);
  const left = flatten(node.left, conditions, nest, draft);
  const read = outsideOf(inner.on, rightTables) & ~OUTER_ROWS;
  inner.dependsOn = read === 0 ? left : read;
  inner.correlated = outsideOf(unlinked(inner), rightTables);
  addDependency(draft, rightTables, inner.dependsOn);
  return left | rightTables;
}

/** TRUE is left out beside other conditions. MySQL: Item::remove_eq_conds. */
function withoutTruths(items: readonly Item[]): Item[] {
  const left = items.filter(({ shape, eval: value }) => {
    return shape.kind !== "literal" || value?.() !== 1;
  });
  return left.length === 0 ? items.slice(0, 1) : left;
}

type SemiNode = Extract<JoinNode, { readonly links: unknown }>;

/** A semi-join within another one becomes a part of it. */
function flattenSemi(
  node: SemiNode,
  conditions: Item[],
  nest: JoinNest | null,
  draft: Draft,
): number {
  const rightTables = maskOf(node.right);
  const own = [...splitConjuncts(node.on)];
  const around = nestAround(nest, ["semi", "anti"]);
  let inner = nest;
  if (around === null || nest?.kind === "left") {
    inner = {
      kind: "semi",
      parent: nest,
      tables: rightTables,
      on: [],
      links: node.links,
      off: node.off,
      block: node.block,
      dependsOn: outsideOf(own, rightTables),
      correlated: 0,
    };
    inner.correlated = outsideOf(unlinked({ on: own, links: node.links }), rightTables);
    draft.nests.push(inner);
  }
  append(conditions, own);
  flatten(node.right, conditions, inner, draft);
  return flatten(node.left, conditions, nest, draft) | rightTables;
}

function unlinked({ on, links }: Pick<JoinNest, "on" | "links">): readonly Item[] {
  return on.filter((item) => !links.some((link) => link.item === item));
}

function outsideOf(items: readonly Item[], tables: number): number {
  return items.reduce((mask, item) => mask | item.tables, 0) & ~tables;
}

function addDependency(draft: Draft, tables: number, on: number): void {
  for (const member of draft.members) {
    if ((member.bit & tables) !== 0) member.dependsOn |= on & ~tables;
  }
}

export function maskOf(node: JoinNode): number {
  return node.kind === "table"
    ? 2 ** node.table.scope.position
    : maskOf(node.left) | maskOf(node.right);
}

/** Tables whose columns cannot all be NULL where every condition is true (MySQL: Item::not_null_tables). */
function notNullIn(conditions: readonly Item[]): number {
  return conditions.reduce((mask, item) => mask | notNullTables(item), 0);
}

function notNullTables(item: Item): number {
  const { shape } = item;
  switch (shape.kind) {
    case "column":
      return item.tables & ~OUTER_ROWS;
    case "and":
      return notNullIn(shape.args);
    case "or":
      return shape.args.map(notNullTables).reduce((all, mask) => all & mask, -1 >>> 1);
    case "compare":
      return shape.op === "<=>" ? 0 : notNullTables(shape.left) | notNullTables(shape.right);
    case "between":
      return notNullTables(shape.operand);
    case "in":
    case "like":
      return notNullTables(shape.operand);
    case "isNull":
      return shape.negated ? notNullTables(shape.operand) : 0;
    case "not":
      return notNullTables(shape.arg);
    case "other":
      return shape.isStrict === true ? notNullIn(shape.args) : 0;
    default:
      return 0;
  }
}

/**
 * A subquery's table of which a unique key is given by the tables around joins them as one of them: it has no row twice.
 */
function pullOut(draft: Draft, where: readonly Item[]): void {
  for (const nest of draft.nests) {
    if (nest.kind !== "semi") continue;
    for (let hasNew = true; hasNew; ) {
      hasNew = false;
      for (const member of draft.members) {
        if (member.nest !== nest || !isUniqueIn(member, conditionsOf(nest, where), nest.tables)) {
          continue;
        }
        member.nest = nest.parent;
        nest.tables &= ~member.bit;
        nest.correlated |= member.bit;
        nest.dependsOn |= member.bit;
        hasNew = true;
      }
    }
  }
  draft.nests = draft.nests.filter(({ tables }) => tables !== 0);
}

/** The conditions that a semi-join's stand among. */
function conditionsOf(nest: JoinNest, where: readonly Item[]): readonly Item[] {
  return nestAround(nest.parent, ["left", "anti"])?.on ?? where;
}

/** Do equalities with something outside of `inner` give every part of a unique key? */
function isUniqueIn({ table, bit }: JoinMember, where: readonly Item[], inner: number): boolean {
  const { source } = table;
  if (source.kind !== "base") return false;
  const given = new Set<number>();
  for (const { shape } of where) {
    if (shape.kind !== "compare" || shape.op !== "=") continue;
    for (const [side, other] of [
      [shape.left, shape.right],
      [shape.right, shape.left],
    ] as const) {
      if (side.shape.kind !== "column" || side.tables !== bit) continue;
      if ((other.tables & inner) === 0) given.add(side.shape.column);
    }
  }
  return source.table.info.indexes.some(
    ({ unique, parts }) =>
      unique &&
      parts.length > 0 &&
      parts.every(({ column, prefix }) => prefix === null && given.has(column)),
  );
}
