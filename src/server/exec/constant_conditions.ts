/**
 * Conditions that other conditions decide before any row is read.
 *
 *   a = 3 AND a IN (1, 2)      never: nothing is read, nothing is locked
 *   a = 3 AND (a > 5 OR b = 1) a = 3 AND b = 1
 *   tiny > 1000                never;  tiny >= -128  is  tiny IS NOT NULL
 *
 * MySQL: build_equal_items and Item_field::equal_fields_propagator, remove_eq_conds, fold_condition (sql_const_folding.cc).
 * Departure: a column's constant is put into conditions that are decided by constants alone; in others it is left out.
 */

import type { Datum } from "../../innodb/api.ts";
import { wasConverted } from "../expr/constant_operand.ts";
import {
  type Item,
  literalItem,
  OUTER_ROWS,
  partsOf,
  type Shape,
  type Slot,
  visitItem,
} from "../expr/item.ts";
import { andItem, orItem } from "../expr/logic.ts";
import { commonKind } from "../types/compare.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BOOLEAN, classOf, isTemporal } from "../types/sql_type.ts";
import { foldedNumber, NEVER } from "./folded_number.ts";
import { hasOneType, isSame as isSameColumn } from "./join/multiple_equality.ts";
import { type PredicateTable, predicateOf } from "./predicate_of.ts";

/** What columns are equal to, by table and position. */
type Known = ReadonlyMap<Slot, ReadonlyMap<number, Datum>>;

const NOTHING: Known = new Map();

/**
 * What is told by `=` holds wherever the column stands, what is told by `<=>` where it is itself compared with something
 * (MySQL: change_cond_ref_to_const).
 */
interface Facts {
  readonly anywhere: Known;
  readonly compared: Known;
}

/** The conjuncts that are left; a single constant 0 when they can never hold together. */
export function decidedConditions(
  where: readonly Item[],
  tables: readonly PredicateTable[],
  env: EvalEnv,
): readonly Item[] {
  const nothing = { anywhere: NOTHING, compared: NOTHING };
  const left = conjunctsLeft(where, nothing, { tables, env });
  return left === null ? [NEVER] : left;
}

interface Surroundings {
  readonly tables: readonly PredicateTable[];
  readonly env: EvalEnv;
}

/** Null: never. */
function conjunctsLeft(
  conjuncts: readonly Item[],
  outer: Facts,
  around: Surroundings,
): readonly Item[] | null {
  const { facts, giving } = equalitiesOf(conjuncts, outer, around);
  const left: Item[] = [];
  for (const item of conjuncts) {
    const rest = giving.includes(item) ? item : simplified(item, facts, around);
    const truth = constantTruth(rest);
    if (truth === false) return null;
    if (truth === null) left.push(rest);
    else if (rest === item) left.push(item);
  }
  return left;
}

/** What the conjuncts make known beside what is known around them, and which of them do. */
function equalitiesOf(
  conjuncts: readonly Item[],
  outer: Facts,
  around: Surroundings,
): { readonly facts: Facts; readonly giving: readonly Item[] } {
  const giving: Item[] = [];
  let anywhere: Learnt | null = null;
  let compared: Learnt | null = null;
  for (const item of conjuncts) {
    const equality = constantEquality(item, around);
    if (equality === null) continue;
    // There is no other condition that it might decide.
    if (conjuncts.length === 1 && outer.compared.get(equality.slot)?.has(equality.column) !== true)
      return { facts: outer, giving: conjuncts };
    compared ??= copyOf(outer.compared);
    anywhere ??= copyOf(outer.anywhere);
    if (!learn(compared, equality)) continue;
    if (!equality.isNullSafe) learn(anywhere, equality);
    giving.push(item);
  }
  if (anywhere === null || compared === null) return { facts: outer, giving };
  const pairs = conjuncts.length < 3 ? [] : conjuncts.filter(isColumnPair);
  // As often as there are pairs: each may tell another one's column.
  for (const _ of pairs) {
    for (const { shape } of pairs) for (const known of [anywhere, compared]) passOn(shape, known);
  }
  for (const pair of pairs) giving.push(pair);
  return { facts: { anywhere, compared }, giving };
}

type Learnt = Map<Slot, Map<number, Datum>>;

function copyOf(known: Known): Learnt {
  return new Map([...known].map(([slot, values]) => [slot, new Map(values)]));
}

/** False: something was known of the column. */
function learn(
  known: Learnt,
  { slot, column, value }: { slot: Slot; column: number; value: Datum },
): boolean {
  const values = known.get(slot) ?? new Map<number, Datum>();
  if (values.has(column)) return false;
  known.set(slot, values.set(column, value));
  return true;
}

/** Two columns of one type, equal. */
function isColumnPair({ shape }: Item): boolean {
  return (
    shape.kind === "compare" &&
    shape.op === "=" &&
    shape.left.shape.kind === "column" &&
    shape.right.shape.kind === "column" &&
    shape.left.tables !== OUTER_ROWS &&
    shape.right.tables !== OUTER_ROWS &&
    hasOneType(shape.left, shape.right)
  );
}

/** What one column of a pair is known to be, the other one is. */
function passOn(shape: Shape, known: Learnt): void {
  if (shape.kind !== "compare") return;
  for (const [{ shape: from }, { shape: to }] of [
    [shape.left, shape.right],
    [shape.right, shape.left],
  ] as const) {
    if (from.kind !== "column" || to.kind !== "column") continue;
    const value = known.get(from.slot)?.get(from.column);
    if (value !== undefined) learn(known, { slot: to.slot, column: to.column, value });
  }
}

function simplified(item: Item, facts: Facts, around: Surroundings): Item {
  const { shape } = item;
  if (shape.kind === "and") {
    const left = conjunctsLeft(shape.args, facts, around);
    if (left === null) return NEVER;
    return isSame(left, shape.args) ? item : joined(andItem, left, 1, around.env);
  }
  // Rows in a list are compared as they are, whatever is known of their columns.
  if (shape.kind === "or" && shape.isRowList === true) return item;
  if (shape.kind === "or") {
    const args = shape.args.map((arg) => simplified(arg, facts, around));
    const open = args.filter((arg) => constantTruth(arg) !== false);
    if (open.some((arg) => constantTruth(arg) === true)) return literalItem(1, BOOLEAN, "true");
    return isSame(open, shape.args) ? item : joined(orItem, open, 0, around.env);
  }
  const known = isOfColumns(shape) ? facts.compared : facts.anywhere;
  const value = valueUnder(item, known);
  if (value !== undefined) return literalItem(value, BOOLEAN, item.text());
  if (shape.kind !== "compare") return item;
  if (shape.right.shape.kind === "column" && isNeverUnder(shape, known, around)) return NEVER;
  return comparedWithItself(shape) ?? foldedNumber(shape, around.tables, around.env) ?? item;
}

/** Columns as they are, compared with one another or with constants. */
function isOfColumns(shape: Shape): boolean {
  const isPlain = (side: Item) => side.isConst || side.shape.kind === "column";
  return shape.kind === "compare" && isPlain(shape.left) && isPlain(shape.right);
}

/** Two columns of other types, of which the one is known to be what the other cannot hold (MySQL: propagate_cond_constants). */
function isNeverUnder(
  shape: Extract<Shape, { kind: "compare" }>,
  known: Known,
  around: Surroundings,
): boolean {
  const context = commonKind([shape.left.type, shape.right.type]);
  const constantFor = (side: Item): Item | null => {
    if (side.shape.kind !== "column" || commonKind([side.type]) !== context) return null;
    const value = known.get(side.shape.slot)?.get(side.shape.column);
    return value === undefined ? null : literalItem(value, side.type, side.text());
  };
  const left = constantFor(shape.left);
  const right = constantFor(shape.right);
  if ((left === null) === (right === null)) return false;
  const told = { ...shape, left: left ?? shape.left, right: right ?? shape.right };
  return foldedNumber(told, around.tables, around.env) === NEVER;
}

/**
 * What a value compared with itself comes to: never unequal, and equal where it cannot be NULL or NULL counts too. Null: not
 * the same on both sides, or to be asked row by row.
 */
function comparedWithItself({ op, left, right }: Extract<Shape, { kind: "compare" }>): Item | null {
  if (left.tables === 0 || left.tables !== right.tables || !isSameValue(left, right)) return null;
  if (op === "<>" || op === "<" || op === ">") return NEVER;
  return left.nullable && op !== "<=>" ? null : literalItem(1, BOOLEAN, "true");
}

/** MySQL: Item::eq, of what gives the same every time. */
function isSameValue(left: Item, right: Item): boolean {
  if (left.shape.kind === "column" || right.shape.kind === "column")
    return isSameColumn(left, right);
  if (left.eval === null || right.eval === null || left.text() !== right.text()) return false;
  let isSteady = true;
  visitItem(left, (part) => {
    const isLeaf = partsOf(part).length === 0;
    if (isLeaf && part.tables === 0 && !part.isConst) isSteady = false;
  });
  return isSteady;
}

function isSame(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

function joined(how: typeof andItem, args: readonly Item[], none: 0 | 1, env: EvalEnv): Item {
  return args.length === 0 ? literalItem(none, BOOLEAN, String(none)) : how(args, env);
}

/** Null: not a constant, or one that is not known yet. */
function constantTruth(item: Item): boolean | null {
  if (!item.isConst || item.eval === null) return null;
  const value = item.eval();
  return value !== null && value !== 0;
}

/** `column = constant`, or `<=>`, of the same kind of type, so that one may stand for the other. */
function constantEquality(
  item: Item,
  { tables }: Surroundings,
): {
  readonly slot: Slot;
  readonly column: number;
  readonly value: Datum;
  readonly isNullSafe: boolean;
} | null {
  const { shape } = item;
  if (shape.kind !== "compare" || shape.isOfNull === true) return null;
  if (shape.op !== "=" && shape.op !== "<=>") return null;
  const [side, other] =
    shape.left.shape.kind === "column" ? [shape.left, shape.right] : [shape.right, shape.left];
  if (side.shape.kind !== "column" || !other.isConst) return null;
  // NULL is of the type that texts are (MySQL: Item_null::result_type).
  if (shape.op === "=" && other.type.kind === "null" && classOf(side.type) === "string")
    return { slot: side.shape.slot, column: side.shape.column, value: null, isNullSafe: false };
  if (classOf(side.type) !== classOf(other.type) || wasConverted(other)) return null;
  if (side.type.kind === "char" && side.type.collation === "binary") return null;
  const table = tables.find(({ position }) => 2 ** position === side.tables);
  if (table === undefined) return null;
  const predicate = predicateOf(item, table);
  if (predicate.kind !== "compare" || predicate.value.kind !== "const") return null;
  const { value, cut } = predicate.value;
  if (value === null || cut !== undefined) return null;
  const { slot, column } = side.shape;
  return { slot, column, value, isNullSafe: shape.op === "<=>" };
}

/** What the condition comes to when only known columns decide it; undefined when others do too. */
function valueUnder(item: Item, known: Known): Datum | undefined {
  if (item.isConst || item.eval === null || !isDecided(item, known)) return undefined;
  const slots = new Set<Slot>();
  visitItem(item, ({ shape }) => {
    if (shape.kind === "column") slots.add(shape.slot);
  });
  const before = [...slots].map((slot) => [slot, slot.row] as const);
  for (const slot of slots) {
    const row: Datum[] = [];
    for (const [column, value] of known.get(slot) ?? []) row[column] = value;
    slot.row = row;
  }
  try {
    return item.eval();
  } finally {
    for (const [slot, row] of before) slot.row = row;
  }
}

/** A text may be told by its equal only where it is compared: a function may see the difference between 'a' and 'A'. */
function isDecided(item: Item, known: Known, isCompared = false): boolean {
  const { shape } = item;
  if (shape.kind === "column") {
    const isKnown = known.get(shape.slot)?.has(shape.column) === true;
    return isKnown && (isCompared || !("collation" in item.type || isTemporal(item.type)));
  }
  if (shape.kind === "compare" && (wasConverted(shape.left) || wasConverted(shape.right)))
    return false;
  if (isNullBesideNumber(shape)) return false;
  // Without columns it is a constant, or a function that gives something else every time.
  if (item.tables === 0) return item.isConst;
  const parts = partsOf(item);
  return (
    parts.length > 0 && parts.every((part) => isDecided(part, known, COMPARING.has(shape.kind)))
  );
}

/** `number <=> NULL` is compared as texts are, which a number that is known is not put into. */
function isNullBesideNumber(shape: Shape): boolean {
  if (shape.kind !== "compare" || shape.op !== "<=>") return false;
  const classes = [shape.left, shape.right].map(({ type }) => classOf(type));
  return classes.includes("null") && !classes.includes("string");
}

const COMPARING = new Set<Shape["kind"]>(["compare", "between", "in"]);
