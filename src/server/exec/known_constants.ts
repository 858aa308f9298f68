/**
 * What of a condition is computed before its statement is planned: subqueries that do not depend on the rows around them,
 * whose values the range optimizer can use (`WHERE id = (SELECT ...)` reads one row) or that are a condition of their own
 * (`WHERE id = 1 AND (SELECT ...) > 9` reads no row of the table where that is false), and user locks.
 *
 * MySQL: Item::const_for_execution, evaluate_during_optimization, remove_eq_conds.
 */
import type { Datum, TableInfo } from "../../innodb/api.ts";
import type { Exec } from "../context.ts";
import { evalItem, type Item, isTrue, literalItem, partsOf, type Slot } from "../expr/item.ts";
import { andItem, orItem } from "../expr/logic.ts";
import { keysOf } from "../optimizer/key_info.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BIGINT } from "../types/sql_type.ts";
import { looksUp } from "./lookup_value.ts";
import { splitConjuncts } from "./predicate_of.ts";

export type KnownConstants = ReadonlyMap<Item, Datum>;

export const NOTHING_KNOWN: KnownConstants = new Map();

export interface Decided {
  readonly where: Item | null;
  readonly known: KnownConstants;
}

/** A table that the statement reads. */
export interface SearchedTable {
  readonly slot: Slot;
  readonly info: TableInfo;
}

/**
 * What the optimizer makes of a condition before it plans: user locks are taken, and constants that columns of `tables`'
 * indexes are compared with have their values; others have them when the first row is looked at.
 */
export function* decidedBefore(
  condition: Item | null,
  env: EvalEnv,
  tables: readonly SearchedTable[],
): Exec<Decided> {
  if (condition === null || condition.eval !== null)
    return { where: condition, known: NOTHING_KNOWN };
  const free = yield* withLocksTaken(condition, env);
  const where = free === null ? null : yield* withoutConstants(free, env);
  return { where, known: where === null ? NOTHING_KNOWN : yield* knownConstants(where, tables) };
}

/** Looks where ranges come from: the sides of comparisons in the condition's ANDs and ORs. */
function* knownConstants(where: Item, tables: readonly SearchedTable[]): Exec<KnownConstants> {
  const isSearched = ({ shape }: Item, value: Item): boolean =>
    shape.kind === "column" &&
    tables.some(
      ({ slot, info }) =>
        slot === shape.slot &&
        keysOf(info).some(({ parts }) =>
          parts.some(({ column, type }) => column === shape.column && looksUp(type, value.type)),
        ),
    );
  const wanted = operandsOf(where, isSearched).filter((item) => item.isConst && item.eval === null);
  if (wanted.length === 0) return NOTHING_KNOWN;
  const found = new Map<Item, Datum>();
  for (const item of wanted) found.set(item, yield* evalItem(item));
  return found;
}

/**
 * The condition without what is the same for all rows: parts of its ANDs and ORs are computed from the left until one decides.
 * Null: nothing is left, all rows match.
 */
function* withoutConstants(item: Item, env: EvalEnv): Exec<Item | null> {
  const { shape } = item;
  if (item.isConst && item.eval === null && !callsStored(item))
    return (yield* isTrue(item)) ? null : NEVER;
  if ((shape.kind !== "and" && shape.kind !== "or") || shape.isRowList === true) return item;
  const isAnd = shape.kind === "and";
  const parts = isAnd ? splitConjuncts(item) : partsOf(item);
  // What is false as it is written makes the others go without a look at them.
  if (isAnd && parts.some(isWrittenFalse)) return item;
  const left: Item[] = [];
  for (const part of parts) {
    const rest = part.eval === null ? yield* withoutConstants(part, env) : part;
    if (isAnd && rest === NEVER) return NEVER;
    if (!isAnd && rest === null) return null;
    if (rest !== null && rest !== NEVER) left.push(rest);
  }
  if (left.length === 0) return isAnd ? null : NEVER;
  if (left.length === parts.length && left.every((part, at) => part === parts[at])) return item;
  return left.length === 1 ? (left[0] as Item) : isAnd ? andItem(left, env) : orItem(left, env);
}

/** MySQL: Item_func_sp::is_expensive: left for the rows. */
function callsStored(item: Item): boolean {
  const { shape } = item;
  return (shape.kind === "other" && shape.isStored === true) || partsOf(item).some(callsStored);
}

const NEVER: Item = literalItem(0, BIGINT, "0");

function isWrittenFalse({ isConst, eval: compute }: Item): boolean {
  if (!isConst || compute === null) return false;
  const value = compute();
  return value === null || value === 0;
}

function operandsOf(
  item: Item,
  isSearched: (column: Item, value: Item) => boolean,
): readonly Item[] {
  const { shape } = item;
  const searched = (column: Item, values: readonly Item[]): readonly Item[] =>
    values.filter((value) => isSearched(column, value));
  switch (shape.kind) {
    case "and":
    case "or":
      return shape.args.flatMap((arg) => operandsOf(arg, isSearched));
    case "compare":
      return [...searched(shape.left, [shape.right]), ...searched(shape.right, [shape.left])];
    case "between":
      return searched(shape.operand, [shape.low, shape.high]);
    case "in":
      return searched(shape.operand, shape.items);
    default:
      return [];
  }
}

/**
 * The condition with its user locks taken: `WHERE GET_LOCK('a', 10) = 1` waits once, before any row is read.
 *
 * MySQL: remove_eq_conds, which evaluates conditions without tables.
 */
function* withLocksTaken(where: Item, env: EvalEnv): Exec<Item | null> {
  const conjuncts = [...splitConjuncts(where)];
  const kept = yield* lockTestsDone(conjuncts);
  if (kept === conjuncts) return where;
  return kept.length === 0 ? null : andItem(kept, env);
}

/** ANDed conditions without those that ask for user locks, which are decided here: all of them true, or one that is false. */
export function* lockTestsDone(conjuncts: readonly Item[]): Exec<readonly Item[]> {
  if (!conjuncts.some(asksUserLock)) return conjuncts;
  const kept: Item[] = [];
  for (const item of conjuncts) {
    if (!asksUserLock(item)) kept.push(item);
    else if (!(yield* isTrue(item))) return [NEVER];
  }
  return kept;
}

/** Made of user locks and constants alone. */
function asksUserLock(item: Item): boolean {
  return item.tables === 0 && item.eval === null && !item.isConst && isOfLocks(item);
}

function isOfLocks(item: Item): boolean {
  const parts = partsOf(item);
  if (item.isConst) return true;
  if (item.shape.kind === "other" && item.shape.isUserLock) return parts.every(isOfLocks);
  return parts.some((part) => !part.isConst) && parts.every(isOfLocks);
}
