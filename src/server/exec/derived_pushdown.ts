/**
 * Conditions on a derived table alone are looked at where its rows are made, which then reads fewer records.
 *
 *     SELECT * FROM (SELECT c, COUNT(*) FROM t GROUP BY c) x WHERE x.c = 5   ─▶   the query inside gets WHERE c = 5
 *
 * MySQL: Query_block::push_conditions_to_derived_tables, Condition_pushdown (sql/sql_derived.cc).
 * Departure: a condition that reads an enclosing block's rows stays where it is.
 */
import { type Item, partsOf, type Slot, visitItem } from "../expr/item.ts";
import { andItem } from "../expr/logic.ts";
import { SUBQUERY_TEXT } from "../expr/subquery.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { type Block, isGrouped } from "./block.ts";
import { joinModel, maskOf, nestAround } from "./join/join_model.ts";
import type { JoinNode } from "./join/join_types.ts";
import { isSame, substituted } from "./join/multiple_equality.ts";
import { splitConjuncts } from "./predicate_of.ts";

/** Gives a query a condition on its columns, whose row stands in `slot`; false when it cannot take it. `isTrial`: only asks. */
export type TakeCondition = (condition: Item, slot: Slot, isTrial: boolean) => boolean;

export interface Conditions {
  readonly from: JoinNode | null;
  readonly where: Item | null;
}

/** What is left when the derived tables have taken what they can. */
export function pushedDown({ from, where }: Conditions, env: EvalEnv): Conditions {
  if (from === null || !hasTaker(from)) return { from, where };
  const model = joinModel(from, where);
  const taken = new Set<Item>();
  for (const { table, bit, nest } of model.members) {
    const { source, scope } = table;
    if (source.kind !== "rows" || source.take === undefined) continue;
    if (nestAround(nest, ["left", "anti"]) !== null) continue;
    for (const condition of model.where) {
      if (condition.tables !== bit || taken.has(condition) || !isSteady(condition)) continue;
      if (source.take(condition, scope.slot, true)) {
        source.take(condition, scope.slot, false);
        taken.add(condition);
      }
    }
  }
  if (taken.size === 0) return { from, where };
  const left = new Set(
    model.nests.flatMap(({ kind, tables }) => (kind === "left" ? [tables] : [])),
  );
  return {
    from: nodeWithout(from, { taken, left, env }),
    where: conditionWithout(where, taken, env),
  };
}

function hasTaker(node: JoinNode): boolean {
  if (node.kind === "join") return hasTaker(node.left) || hasTaker(node.right);
  return node.table.source.kind === "rows" && node.table.source.take !== undefined;
}

interface Taken {
  readonly taken: ReadonlySet<Item>;
  /** Masks of the inner sides that outer joins still have. */
  readonly left: ReadonlySet<number>;
  readonly env: EvalEnv;
}

/** A LEFT JOIN that a condition of WHERE made an inner one stays one without it. */
function nodeWithout(node: JoinNode, given: Taken): JoinNode {
  if (node.kind === "table") return node;
  const parts = {
    left: nodeWithout(node.left, given),
    right: nodeWithout(node.right, given),
    on: conditionWithout(node.on, given.taken, given.env),
  };
  const isInner = node.type === "left" && !given.left.has(maskOf(node.right));
  return isInner ? { ...node, ...parts, type: "inner" } : { ...node, ...parts };
}

function conditionWithout(
  condition: Item | null,
  taken: ReadonlySet<Item>,
  env: EvalEnv,
): Item | null {
  const all = splitConjuncts(condition);
  const kept = all.filter((item) => !taken.has(item));
  if (kept.length === all.length) return condition;
  return kept.length === 0 ? null : andItem(kept, env);
}

/** The block with the condition in its WHERE or HAVING; null when it cannot be looked at there. */
export function blockWith(block: Block, condition: Item, slot: Slot, env: EvalEnv): Block | null {
  const { limit, selected } = block;
  if (limit.offset > 0 || Number.isFinite(limit.count) || block.countsAll) return null;
  const columns = columnsOf(condition, slot);
  const items = columns.flatMap((column) => selected[column]?.item ?? []);
  if (items.length < columns.length || items.some(({ eval: compute }) => compute === null))
    return null;
  const isOfGroups =
    !block.isRollup &&
    block.group !== null &&
    items.every((item) => block.group?.some((key) => key === item || isSame(key, item)));
  const isWhere = !isGrouped(block) || isOfGroups;
  const ofGroup = isWhere ? [] : [...block.uses, ...(block.group ?? [])].map((one) => one.text());
  if (!items.every((item) => isSteady(item, ofGroup))) return null;
  const insideOf = ({ shape }: Item) =>
    shape.kind === "column" && shape.slot === slot ? (selected[shape.column]?.item ?? null) : null;
  const moved = substituted(condition, insideOf);
  if (moved === condition) return null;
  const inside = { ...moved, text: () => movedText(condition, insideOf) };
  const place = isWhere ? "where" : "having";
  const before = block[place];
  return { ...block, [place]: before === null ? inside : andItem([before, inside], env) };
}

/** "`d`.`a`". */
const COLUMN_NAME = /(?:`(?:[^`]|``)*`\.)*`(?:[^`]|``)*`/g;

/** What the condition says with the columns' expressions in their places. */
function movedText(condition: Item, insideOf: (column: Item) => Item | null): string {
  const texts = new Map<string, string>();
  visitItem(condition, (part) => {
    const inside = insideOf(part);
    if (inside !== null) texts.set(part.text(), inside.text());
  });
  // In one go: an expression may be called like another column.
  return condition.text().replace(COLUMN_NAME, (name) => texts.get(name) ?? name);
}

function columnsOf(condition: Item, slot: Slot): readonly number[] {
  const columns = new Set<number>();
  visitItem(condition, ({ shape }) => {
    if (shape.kind === "column" && shape.slot === slot) columns.add(shape.column);
  });
  return [...columns];
}

/** The same whenever it is computed for a row: no subquery, no RAND(), no user variable; what a group has, by its text, is. */
function isSteady(item: Item, ofGroup: readonly string[] = []): boolean {
  if (item.eval === null || item.text().includes(SUBQUERY_TEXT)) return false;
  let steady = true;
  visitItem(item, (part) => {
    const isMade = partsOf(part).length === 0 && part.tables === 0 && !part.isConst;
    if (isMade && !ofGroup.includes(part.text())) steady = false;
  });
  return steady;
}
