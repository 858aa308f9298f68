/**
 * From the tables in order to the tree of joins that the executor runs.
 *
 * MySQL: ConnectJoins, FindSubstructure, CreateHashJoinAccessPath (sql_executor.cc).
 */

import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { typeText } from "../../show/type_text.ts";
import type { SortKey } from "../sort_rows.ts";
import type { Layout, Span } from "./join_layout.ts";
import type { JoinNest } from "./join_model.ts";
import type { JoinStep, JoinTable, JoinTree, JoinType } from "./join_types.ts";

/** A step with the conditions that are looked at where it is joined. */
export interface TreeTable {
  readonly step: JoinStep;
  readonly bit: number;
  readonly usesHash: boolean;
  /** Conditions that read tables before it too. */
  readonly joining: readonly Item[];
  /** Conditions of WHERE, and of the ONs around, that are true only of the row an outer join gives. */
  readonly above: readonly { readonly nest: JoinNest; readonly item: Item }[];
  /** A semi-join's own table: it has no part in telling rows apart. */
  readonly isInner: boolean;
  /** The inner side of an outer join or antijoin: its columns may be NULL for want of a row. */
  readonly isOptional: boolean;
  /** Columns of the loose scan's groups. */
  readonly looseColumns: readonly Item[];
  /** Values its access path takes from other tables: their mask. */
  readonly reads: number;
}

export interface TreeRequest {
  readonly tables: readonly TreeTable[];
  readonly layout: Layout;
  /** The outer joins that want rows without a match only. */
  readonly wantsNoMatch: (nest: JoinNest) => boolean;
  /** What the first table's rows are sorted by before the others are joined. */
  readonly order?: readonly SortKey[];
}

interface Context {
  readonly kind: "top" | "outer" | "semi" | "weedout";
  /** The stretches that are being connected, from the outermost in. */
  readonly open: readonly OpenSpan[];
}

/** `nest`: of an outer join. */
type OpenSpan = Span & { readonly nest?: JoinNest };

const TOP: Context = { kind: "top", open: [] };

function within({ open }: Context, kind: Context["kind"], span: OpenSpan): Context {
  return { kind, open: [...open, span] };
}

interface Part {
  readonly tree: JoinTree;
  /** Conditions left to whoever joins this part. */
  readonly joining: readonly Item[];
}

export function joinTree(request: TreeRequest): JoinTree {
  const { tables, layout } = request;
  if (tables.length === 0) return { kind: "single" };
  const { tree } = connect(request, 0, tables.length, TOP);
  const crossing = layout.weedouts.some((span) => isCrossed(span, layout));
  return crossing ? { kind: "weedout", source: tree, tables: toldApart(tables) } : tree;
}

/** A stretch to be weeded out that begins or ends inside an outer join cannot be a part of the tree. */
function isCrossed(span: Span, layout: Layout): boolean {
  return layout.nests.some(
    (nest) =>
      (nest.first < span.first && span.first <= nest.last && nest.last < span.last) ||
      (span.first < nest.first && nest.first <= span.last && span.last < nest.last),
  );
}

function toldApart(tables: readonly TreeTable[]): readonly JoinTable[] {
  return tables.filter(({ isInner }) => !isInner).map(({ step }) => step.table);
}

function connect(request: TreeRequest, first: number, end: number, context: Context): Part {
  const { tables, layout } = request;
  let path: JoinTree | null = null;
  let pending: readonly Item[] = [];
  for (let at = first; at < end; ) {
    const table = tables[at] as TreeTable;
    const beginsHere = (span: Span) =>
      span.first === at && span.last < end && !context.open.includes(span);
    const semi = layout.firstMatches.find(beginsHere);
    // Of two that begin together the longer one is outside; an outer join of all of a semi-join's tables is inside it.
    const outer = layout.nests.find(
      (span) => beginsHere(span) && (semi === undefined || span.last > semi.last),
    );
    const weedout = layout.weedouts.find(
      (span) =>
        span.first === at &&
        span.last < end &&
        !(context.kind === "weedout" && at === first) &&
        !isCrossed(span, layout),
    );
    if (outer !== undefined) {
      const type: JoinType =
        outer.nest.kind === "anti" || request.wantsNoMatch(outer.nest) ? "anti" : "left";
      path = joined(
        request,
        path ?? { kind: "single" },
        first,
        at,
        outer.last + 1,
        within(context, "outer", outer),
        type,
      );
      path = filtered(path, aboveOf(tables.slice(at, outer.last + 1), outer.nest));
      at = outer.last + 1;
      continue;
    }
    if (semi !== undefined) {
      if (path === null) {
        const part = connect(request, at, semi.last + 1, within(context, "semi", semi));
        path = { kind: "first", source: filtered(part.tree, part.joining) };
      } else {
        const loose = layout.looseScans.find((span) => span.first === at - 1 && span.last >= at);
        if (loose !== undefined) {
          const part = connect(request, at, semi.last + 1, within(context, "semi", semi));
          const { looseColumns } = tables[at - 1] as TreeTable;
          const inner = filtered(part.tree, part.joining);
          path = { kind: "distinct", source: path, columns: looseColumns, inner };
        } else
          path = joined(
            request,
            path,
            first,
            at,
            semi.last + 1,
            within(context, "semi", semi),
            "semi",
          );
      }
      at = semi.last + 1;
      continue;
    }
    if (weedout !== undefined) {
      const part = connect(request, at, weedout.last + 1, within(context, "weedout", weedout));
      const distinct = weededOut(part.tree, tables.slice(at, weedout.last + 1));
      path = path === null ? distinct : nested("inner", path, distinct, []);
      at = weedout.last + 1;
      continue;
    }
    const loose = layout.looseScans.find((span) => span.first === at);
    if (loose !== undefined && loose.last > at && path !== null) {
      const part = connect(request, at, loose.last + 1, { ...context, kind: "top" });
      path = nested("inner", path, part.tree, []);
      at = loose.last + 1;
      continue;
    }
    let one: JoinTree = { kind: "table", step: table.step };
    const order = at === 0 ? (request.order ?? []) : [];
    const isJoiningLater = (context.kind === "outer" || context.kind === "semi") && at === first;
    if (!table.usesHash) one = withConditions(one, table.joining);
    if (order.length > 0) one = { kind: "sorted", source: one, table: table.step.table, order };
    if (loose !== undefined && loose.last === at) {
      one = { kind: "distinct", source: one, columns: table.looseColumns, inner: null };
    }
    if (path === null) {
      path = one;
      if (table.usesHash) {
        if (isJoiningLater) pending = table.joining;
        else path = withConditions(path, table.joining);
      }
    } else if (table.usesHash) {
      const before = tables.slice(first, at);
      path = hashed("inner", one, table.bit, path, before, table.joining);
    } else path = nested("inner", path, one, []);
    at += 1;
  }
  return { tree: path ?? { kind: "single" }, joining: pending };
}

/** The tables from `at` on joined to what stands before them. */
function joined(
  request: TreeRequest,
  path: JoinTree,
  first: number,
  at: number,
  end: number,
  context: Context,
  type: JoinType,
): JoinTree {
  const { tables } = request;
  const table = tables[at] as TreeTable;
  const part = connect(request, at, end, context);
  const right = tables.slice(at, end);
  const left = tables.slice(first, at).reduce((mask, { bit }) => mask | bit, 0);
  const [own] = context.open.slice(-1);
  const dependsOnLeft = right.some(
    ({ usesHash, joining, reads, step, above }, i) =>
      (reads & left) !== 0 ||
      (step.made?.key ?? []).some((item) => (item.tables & left) !== 0) ||
      (!(usesHash && i === 0) && joining.some((item) => (item.tables & left) !== 0)) ||
      above.some(({ nest, item }) => nest !== own?.nest && (item.tables & left) !== 0),
  );
  if (table.usesHash && !dependsOnLeft && path.kind !== "single") {
    const bits = right.reduce((mask, { bit }) => mask | bit, 0);
    return hashedRight(type, path, part, right, bits);
  }
  const inner = filtered(part.tree, part.joining);
  return nested(
    type,
    path,
    inner,
    right.map(({ step }) => step.table),
  );
}

/** Inner join: what stands before goes into the hash table, the new table is looked up in it. */
function hashed(
  type: JoinType,
  probe: JoinTree,
  probeBits: number,
  build: JoinTree,
  buildTables: readonly TreeTable[],
  joining: readonly Item[],
): JoinTree {
  const buildBits = buildTables.reduce((mask, { bit }) => mask | bit, 0);
  const { keys, extra } = keysOf(joining, buildBits, probeBits);
  const names = buildTables.map(({ step }) => step.table);
  const tree: JoinTree = { kind: "hash", type, probe, build, buildTables: names, keys, extra: [] };
  return filtered(tree, extra);
}

/** Outer, semi and anti join: the inner side goes into the hash table. */
function hashedRight(
  type: JoinType,
  probe: JoinTree,
  part: Part,
  right: readonly TreeTable[],
  bits: number,
): JoinTree {
  const { keys, extra } = keysOf(part.joining, bits, ~bits);
  const isOwn = (item: Item) => (item.tables & ~bits & ~OUTER_ROWS) === 0;
  const own = extra.filter(isOwn);
  const across = extra.filter((item) => !isOwn(item));
  let build = filtered(part.tree, own);
  const isMatchless = (type === "semi" || type === "anti") && keys.length === 0;
  if (isMatchless && across.length === 0) build = { kind: "first", source: build };
  const buildTables = right.map(({ step }) => step.table);
  return { kind: "hash", type, probe, build, buildTables, keys, extra: across };
}

function keysOf(
  joining: readonly Item[],
  build: number,
  probe: number,
): {
  readonly keys: readonly { readonly build: Item; readonly probe: Item }[];
  readonly extra: readonly Item[];
} {
  const keys: { readonly build: Item; readonly probe: Item }[] = [];
  const extra: Item[] = [];
  const isIn = (item: Item, mask: number) => item.tables !== 0 && (item.tables & ~mask) === 0;
  for (const item of joining) {
    const { shape } = item;
    if (shape.kind === "compare" && shape.op === "=" && hasOneKind(shape.left, shape.right)) {
      const { left, right } = shape;
      if (isIn(left, build) && isIn(right, probe)) keys.push({ build: left, probe: right });
      else if (isIn(right, build) && isIn(left, probe)) keys.push({ build: right, probe: left });
      else extra.push(item);
    } else extra.push(item);
  }
  return { keys, extra };
}

/** Equal values are stored alike: those of two ENUMs only if they have the same members. */
function hasOneKind({ type }: Item, { type: other }: Item): boolean {
  if (type.kind === "enum" && other.kind === "enum") return typeText(type) === typeText(other);
  return type.kind === other.kind;
}

function nested(
  type: JoinType,
  outer: JoinTree,
  inner: JoinTree,
  innerTables: readonly JoinTable[],
): JoinTree {
  return { kind: "nested", type, outer, inner, innerTables };
}

/** Conditions on a table are checked where it is read, those of several parts above. */
function withConditions(tree: JoinTree, conditions: readonly Item[]): JoinTree {
  if (conditions.length === 0) return tree;
  if (tree.kind !== "table") return { kind: "filter", source: tree, conditions };
  const { step } = tree;
  return { ...tree, step: { ...step, conditions: [...step.conditions, ...conditions] } };
}

function filtered(tree: JoinTree, conditions: readonly Item[]): JoinTree {
  return conditions.length === 0 ? tree : { kind: "filter", source: tree, conditions };
}

function aboveOf(tables: readonly TreeTable[], nest: JoinNest): readonly Item[] {
  return tables.flatMap(({ above }) =>
    above.filter((one) => one.nest === nest).map(({ item }) => item),
  );
}

/** Without a table to tell rows apart by, the first row is enough. */
function weededOut(tree: JoinTree, tables: readonly TreeTable[]): JoinTree {
  const names = toldApart(tables);
  return names.length === 0
    ? { kind: "first", source: tree }
    : { kind: "weedout", source: tree, tables: names };
}
