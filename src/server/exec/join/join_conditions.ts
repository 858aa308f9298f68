/**
 * With which table of a join each condition is looked at: the last of those it reads, of equal columns the first.
 *
 * MySQL: make_join_query_block, substitute_for_best_equal_field, eliminate_item_equal.
 */
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { isRandom } from "../../expr/random_item.ts";
import { bestEqual } from "./best_equal.ts";
import type { Conditions } from "./join_candidates.ts";
import type { LaidOut } from "./join_layout.ts";
import { isInside, type JoinNest } from "./join_model.ts";
import type { StepsRequest } from "./join_steps.ts";
import { equalityItems, isSame } from "./multiple_equality.ts";
import { partsBefore } from "./partial_conditions.ts";

/** A condition, and the table it is looked at with. */
export interface Attached {
  readonly item: Item;
  readonly at: number;
  /** The outer join above which it is looked at; null below. */
  readonly above: JoinNest | null;
}

/** Where each table stands, by its bit. */
function placesIn({ layout }: StepsRequest, within: JoinNest | null): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const [at, { position, materialized }] of layout.tables.entries()) {
    const own =
      materialized === null
        ? [position]
        : materialized.positions.length === 0
          ? [position]
          : materialized.positions;
    for (const [i, { table }] of own.entries()) {
      const isOwn = within !== null && materialized?.nest === within;
      places.set(table.member.bit, isOwn ? i : at);
    }
  }
  return places;
}

/** The last place of some tables: constants and rows of enclosing blocks come before all. */
function rankAmong(places: ReadonlyMap<number, number>): (tables: number) => number {
  return (tables) => {
    let last = -1;
    for (const [bit, at] of places) if ((tables & bit) !== 0 && at > last) last = at;
    return last;
  };
}

/** MySQL: make_cond_for_table gives the last table what is random. */
function lastPlace(
  { layout }: StepsRequest,
  nest: JoinNest | null,
  within: JoinNest | null,
): number {
  if (within !== null) {
    const own = layout.tables.find(({ materialized }) => materialized?.nest === within);
    return (own?.materialized?.positions.length ?? 1) - 1;
  }
  const span = nest === null ? undefined : layout.nests.find((one) => one.nest === nest);
  return span?.last ?? layout.tables.length - 1;
}

/** The conditions of the block, or those inside a nest that is materialized. */
export function attachAll(given: StepsRequest, within: JoinNest | null): readonly Attached[] {
  const { conditions, request, layout, constants } = given;
  const places = placesIn(given, within);
  const rank = rankAmong(places);
  const known = constants | OUTER_ROWS;
  const attached: Attached[] = [];
  const made = layout.tables.flatMap(({ materialized }) => materialized ?? []);
  const isOfThisPart = (item: Item): boolean => {
    const rest = item.tables & ~known;
    return within !== null ? (rest & ~within.tables) === 0 : !isMadeInside(rest, item, made);
  };
  const add = (items: readonly Item[], nest: JoinNest | null): void => {
    for (const item of items) {
      const rest = item.tables & ~known;
      const random = layout.tables.length > 0 && isRandom(item);
      if (rest === 0 && nest === null && (!random || within !== null)) continue;
      if (random && rest === 0) {
        attached.push(placeOf(given, item, lastPlace(given, nest, within), nest, within));
        continue;
      }
      if (!isOfThisPart(item)) continue;
      const last = random ? lastPlace(given, nest, within) : rank(item.tables);
      for (const { part, at } of partsBefore(item, last, places, known, request.env))
        attached.push(placeOf(given, part, at, nest, within));
      attached.push(placeOf(given, item, last, nest, within));
    }
  };
  const levels: readonly (readonly [JoinNest | null, Conditions["where"]])[] = [
    [null, conditions.where],
    ...conditions.on,
  ];
  for (const [nest, { classes, others }] of levels) {
    const rankOf = (column: Item) => rank(column.tables) + column.tables / 2 ** 31;
    const best = bestEqual({
      rank: rankOf,
      env: request.env,
      usable: (columns) => usableColumns(columns, within, made),
    });
    const inNest = nest === null || within === null || isInside(within, nest) || within === nest;
    if (!inNest) continue;
    // MySQL: eliminate_item_equal puts each before those that are there (add_at_head).
    for (const one of classes.toReversed()) {
      const columns = usableColumns(one.columns, within, made);
      const items = equalityItems({ ...one, columns }, rankOf, request.env);
      add(
        nest === null || !one.isFromAbove ? items : items.filter((item) => readsInside(item, nest)),
        nest,
      );
    }
    add(
      others.filter(isOfThisPart).map((item) => moved(item, best(item, classes), rank)),
      nest,
    );
  }
  return attached;
}

function readsInside(item: Item, { tables }: JoinNest): boolean {
  return (item.tables & tables) !== 0;
}

/** A condition on one table is looked at with the first table that has an equal column. */
function moved(item: Item, other: Item, rank: (tables: number) => number): Item {
  return rank(other.tables) <= rank(item.tables) ? other : item;
}

export type Made = NonNullable<LaidOut["materialized"]>;

/** Of materialized tables only the values that are looked at outside are there. */
function usableColumns(
  columns: readonly Item[],
  within: JoinNest | null,
  made: readonly Made[],
): readonly Item[] {
  if (within !== null) return columns.filter(({ tables }) => (tables & ~within.tables) === 0);
  return columns.filter((column) => {
    const own = made.find(({ nest }) => (nest.tables & column.tables) !== 0);
    if (own === undefined) return true;
    return !own.isLookup && own.nest.links.some(({ inner }) => isSame(inner, column));
  });
}

/** Conditions inside a materialized nest are looked at there, and those that its lookup makes sure of nowhere. */
function isMadeInside(rest: number, item: Item, made: readonly Made[]): boolean {
  return made.some(
    ({ nest, isLookup }) =>
      (rest & ~nest.tables) === 0 ||
      (isLookup &&
        (rest & nest.tables) !== 0 &&
        nest.links.some(
          (link) =>
            link.item === item ||
            (item.shape.kind === "compare" &&
              (isSame(link.inner, item.shape.left) || isSame(link.inner, item.shape.right))),
        )),
  );
}

function placeOf(
  { layout }: StepsRequest,
  item: Item,
  last: number,
  nest: JoinNest | null,
  within: JoinNest | null,
): Attached {
  if (within !== null) return { item, at: Math.max(0, last), above: null };
  const own = nest === null ? null : (layout.nests.find((span) => span.nest === nest) ?? null);
  const at = Math.max(last, own?.first ?? 0);
  // The outermost outer join inside the condition's own level that has one of its tables.
  const around = layout.nests.filter(
    (span) =>
      span.nest !== nest &&
      (nest === null || isInside(span.nest.parent, nest)) &&
      (readsInside(item, span.nest) || isRandom(item)) &&
      at >= span.first &&
      at <= span.last,
  );
  const [outermost] = around.toSorted((a, b) => a.first - b.first || b.last - a.last);
  return { item, at, above: outermost?.nest ?? null };
}
