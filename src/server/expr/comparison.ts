/**
 * Comparisons: =, <=>, <>, <, <=, >, >=, BETWEEN, IN, and rows of several columns, which become comparisons of their parts.
 *
 * MySQL: Item_bool_func2, Item_func_between, Item_func_in, Arg_comparator (sql/item_cmpfunc.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import { mysqlError } from "../errors.ts";
import type { CompareOp } from "../optimizer/predicate.ts";
import {
  type Comparator,
  type ComparisonKind,
  commonKind,
  comparator,
  comparatorOf,
  comparisonKind,
  hasDate,
  type TextAsMoment,
} from "../types/compare.ts";
import { doubleOf, type Present } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BOOLEAN, classOf, isJson, isNumeric, type SqlType } from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import { isReadFirst, isReadQuietly, keptAsDoubles, readDouble } from "./compared_texts.ts";
import { columnConstant, columnName, constantOperand, inConstant } from "./constant_operand.ts";
import { inList, sortedList } from "./in_list.ts";
import {
  type Compiled,
  evalItem,
  foldConstant,
  type Item,
  makeItem,
  numericForm,
  onConverted,
  onPair,
  plainForms,
} from "./item.ts";
import { jsonComparator } from "./json_values.ts";
import { andItem, notItem, orItem } from "./logic.ts";

/** A value, or a row of them. */
export type Operand = Item | readonly Item[];

export function isRow(operand: Operand): operand is readonly Item[] {
  return Array.isArray(operand);
}

export function compareItem(op: CompareOp, left: Operand, right: Operand, env: EvalEnv): Item {
  if (isRow(left) || isRow(right)) return compareRows(op, left, right, env);
  if (isNumber(left) !== isNumber(right)) {
    const [a, b] = [numericForm(left), numericForm(right)];
    if (a !== left || b !== right) return compareItem(op, a, b, env);
  }
  return compareValues(
    op,
    constantOperand(left, right, env),
    constantOperand(right, left, env),
    env,
  );
}

function compareValues(op: CompareOp, first: Item, second: Item, env: EvalEnv): Item {
  const [left, right] = [keptConstant(first, second), keptConstant(second, first)];
  const text = (): string => `(${left.text()} ${op} ${right.text()})`;
  const shape = { kind: "compare", op, left, right } as const;
  const compare = itemComparator(left, right, env, op);
  if (op === "<=>") {
    const compiled = onNullSafe(left, right, compare);
    return makeItem([left, right], compiled, { type: BOOLEAN, nullable: false, shape, text });
  }
  const compiled = isReadFirst(left, right)
    ? onConverted(
        left,
        right,
        readDouble(left, env),
        readDouble(right, env),
        testOf(op, byNumber),
        true,
      )
    : onPair(left, right, testOf(op, compare));
  return makeItem([left, right], compiled, { type: BOOLEAN, shape, text });
}

/** A constant of another kind than what is compared is converted once. MySQL: cache_converted_constant. */
function keptConstant(item: Item, other: Item): Item {
  if (isReadQuietly(item)) return item;
  const kind = comparisonKind(item.type, other.type);
  const isOther = kind === "double" || kind === "decimal" ? classOf(item.type) !== kind : false;
  return isOther ? foldConstant(item, null) : item;
}

function isNumber(item: Item): boolean {
  return isNumeric(item.type);
}

/** The comparison of CASE a WHEN b, which converts constants for every row. MySQL: cmp_item in Item_func_case. */
export function plainEqual(left: Item, right: Item, env: EvalEnv): Item {
  const compare = itemComparator(left, right, env, "case");
  return makeItem([left, right], onPair(left, right, testOf("=", compare)), {
    type: BOOLEAN,
    text: () => `(${left.text()} = ${right.text()})`,
  });
}

/** The collation of a column counts more than that of a literal. MySQL: Derivation. */
function itemComparator(
  left: Item,
  right: Item,
  env: EvalEnv,
  operation: string | null = null,
): Comparator {
  if (isJson(left.type) || isJson(right.type)) return jsonComparator(left, right);
  const asKept = keptAsDoubles(left, right, env);
  if (asKept !== null) return asKept;
  const collation = collationFor([left, right], operation);
  return comparator(left.type, right.type, env, collation, momentStyle(left, right));
}

/** MySQL: inject_cast_nodes: between two things that change, the text is cast. */
function momentStyle(left: Item, right: Item): TextAsMoment {
  return left.isConst || right.isConst ? namedAfter([left, right]) : "cast";
}

function namedAfter(items: readonly Item[]): TextAsMoment {
  const dated = items.find(({ type }) => hasDate(type));
  return { column: dated === undefined ? null : columnName(dated) };
}

function testOf(
  op: Exclude<CompareOp, "<=>">,
  compare: Comparator,
): (a: Present, b: Present) => Datum {
  switch (op) {
    case "=":
      return (a, b) => truth(compare(a, b), (order) => order === 0);
    case "<>":
      return (a, b) => truth(compare(a, b), (order) => order !== 0);
    case "<":
      return (a, b) => truth(compare(a, b), (order) => order < 0);
    case "<=":
      return (a, b) => truth(compare(a, b), (order) => order <= 0);
    case ">":
      return (a, b) => truth(compare(a, b), (order) => order > 0);
    case ">=":
      return (a, b) => truth(compare(a, b), (order) => order >= 0);
  }
}

function truth(order: number | null, holds: (order: number) => boolean): Datum {
  return order === null ? null : holds(order) ? 1 : 0;
}

function onNullSafe(a: Item, b: Item, compare: Comparator): Compiled {
  const fn = (x: Datum, y: Datum): Datum => {
    if (x === null || y === null) return x === y ? 1 : 0;
    return compare(x, y) === 0 ? 1 : 0;
  };
  const [left, right] = [a.eval, b.eval];
  if (left !== null && right !== null) return { eval: () => fn(left(), right()), steps: null };
  return {
    eval: null,
    steps: function* () {
      return fn(yield* evalItem(a), yield* evalItem(b));
    },
  };
}

/**
 * (a, b) = (c, d) is a = c AND b = d; (a, b) < (c, d) is a < c OR (a = c AND b < d), but the optimizer does not look
 * into the latter: no index serves it.
 */
function compareRows(op: CompareOp, left: Operand, right: Operand, env: EvalEnv): Item {
  if (!isRow(left) || !isRow(right) || left.length !== right.length) {
    throw mysqlError("ER_OPERAND_COLUMNS", isRow(left) ? left.length : 1);
  }
  const pairs = left.map((item, at) => [item, right[at] as Item] as const);
  const each = (one: CompareOp, from: readonly (readonly [Item, Item])[]): Item[] =>
    from.map(([a, b]) => compareItem(one, a, b, env));
  if (op === "=" || op === "<=>") return andItem(each(op, pairs), env);
  const text = (): string => `(${rowText(left)} ${op} ${rowText(right)})`;
  const shape = { kind: "other", args: pairs.flat(), isOfRows: true } as const;
  if (op === "<>") return { ...orItem(each(op, pairs), env), shape, text };
  const strict = op === "<=" ? "<" : op === ">=" ? ">" : op;
  const ordered = orItem(
    pairs.map(([a, b], at) => {
      const isLast = at === pairs.length - 1;
      return andItem(
        [...each("=", pairs.slice(0, at)), compareItem(isLast ? op : strict, a, b, env)],
        env,
      );
    }),
    env,
  );
  return { ...ordered, shape, text };
}

function rowText(row: readonly Item[]): string {
  return `(${row.map((item) => item.text()).join(",")})`;
}

export function betweenItem(
  operand: Item,
  low: Item,
  high: Item,
  negated: boolean,
  env: EvalEnv,
): Item {
  if (!negated && isSameConstant(operand, low, high, env))
    return compareItem("=", operand, low, env);
  return betweenValues(
    operand,
    columnConstant(low, operand, env),
    columnConstant(high, operand, env),
    negated,
    env,
  );
}

function betweenValues(operand: Item, low: Item, high: Item, negated: boolean, env: EvalEnv): Item {
  const collation = collationFor([operand, low, high], "between");
  const args = [operand, low, high];
  const kind = betweenKind(args.map(({ type }) => type));
  const [styleA, styleB] = [pairStyle(operand, low), pairStyle(operand, high)];
  const fromBelow = comparatorOf(kind, operand.type, low.type, env, collation, styleA);
  const fromAbove = comparatorOf(kind, operand.type, high.type, env, collation, styleB);
  const toNumber = kind === "double" ? args.map(({ type }) => doubleOf(type, env)) : null;
  const test = (first: Datum, second: Datum, third: Datum): Datum => {
    if (first === null) return null;
    if (toNumber === null) return between(first, second, third, fromBelow, fromAbove);
    const [value, least, most] = numbersOf(toNumber, first, second, third);
    return between(value, least, most, byNumber, byNumber);
  };
  const between = (
    value: Present,
    least: Datum,
    most: Datum,
    toLeast: Comparator,
    toMost: Comparator,
  ): Datum => {
    const above = least === null ? null : atLeast(toLeast(value, least));
    const below = most === null ? null : atMost(toMost(value, most));
    if (above === false || below === false) return negated ? 1 : 0;
    if (above === null || below === null) return null;
    return negated ? 0 : 1;
  };
  const evals = plainForms(args);
  const compiled: Compiled =
    evals !== null
      ? { eval: threeEvals(evals, test), steps: null }
      : {
          eval: null,
          steps: function* () {
            return test(yield* evalItem(operand), yield* evalItem(low), yield* evalItem(high));
          },
        };
  return makeItem(args, compiled, {
    type: BOOLEAN,
    shape: { kind: "between", operand, low, high, negated },
    text: () =>
      `(${operand.text()} ${negated ? "not " : ""}between ${low.text()} and ${high.text()})`,
  });
}

const byNumber: Comparator = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Each is converted once. */
function numbersOf(
  convert: readonly ((value: Present) => number)[],
  value: Present,
  least: Datum,
  most: Datum,
): readonly [Present, Datum, Datum] {
  const [a, b, c] = convert as [(v: Present) => number, (typeof convert)[0], (typeof convert)[0]];
  const first = a(value);
  const second = least === null ? null : (b as (v: Present) => number)(least);
  return [first, second, most === null ? null : (c as (v: Present) => number)(most)];
}

/** A bad text is told with the name of what it is compared with: a column's, or a literal's text. */
function pairStyle(a: Item, b: Item): TextAsMoment {
  const other = hasDate(b.type) || !hasDate(a.type) ? b : a;
  const isLiteral = other.shape.kind === "literal" && other.type.kind !== "int";
  const value = isLiteral ? (other.eval?.() ?? null) : null;
  return { column: columnName(other) ?? (typeof value === "string" ? value : null) };
}

/** One way for all three. MySQL: Item_func_between::resolve_type. */
function betweenKind(types: readonly SqlType[]): ComparisonKind {
  const present = types.filter(({ kind }) => kind !== "null");
  const common = commonKind(present);
  if (common !== "string") return common;
  if (present.some(hasDate)) return "moment";
  return present.every(({ kind }) => kind === "time") ? "time" : common;
}

/** BETWEEN 5 AND 5 is = 5, BETWEEN 'a' AND 'A' is = 'a'. MySQL: Item_func_between::fix_fields, Item_string::eq. */
function isSameConstant(operand: Item, low: Item, high: Item, { given }: EvalEnv): boolean {
  const [one, other] = [low.eval, high.eval];
  if (!low.isConst || !high.isConst || one === null || other === null) return false;
  if (low.type.kind !== high.type.kind) return false;
  const { type } = operand;
  const isText = "collation" in type && type.kind !== "enum";
  const isSame = (): boolean => {
    const [value, upper] = [one(), other()];
    if (value === null || upper === null) return false;
    return value === upper || (isText && compareDatum(type, value, upper) === 0);
  };
  return given === null ? isSame() : given.ask(isSame);
}

function threeEvals(
  evals: readonly (() => Datum)[],
  test: (a: Datum, b: Datum, c: Datum) => Datum,
): () => Datum {
  const [a, b, c] = evals as [() => Datum, () => Datum, () => Datum];
  return () => test(a(), b(), c());
}

function atLeast(order: number | null): boolean | null {
  return order === null ? null : order >= 0;
}

function atMost(order: number | null): boolean | null {
  return order === null ? null : order <= 0;
}

export function inItem(
  operand: Operand,
  items: readonly Operand[],
  negated: boolean,
  env: EvalEnv,
): Item {
  if (isRow(operand)) return inRows(operand, items, negated, env);
  const plain = items.map((item) => {
    if (isRow(item)) throw mysqlError("ER_OPERAND_COLUMNS", 1);
    return item;
  });
  const isKept = isSearchable(operand, plain);
  const values = plain.map((item) => inConstant(item, operand, isKept, env));
  const collation = collationFor([operand, ...values], " IN ");
  const style = namedAfter([operand, ...values]);
  const compares = values.map((item) => comparator(operand.type, item.type, env, collation, style));
  const args = [operand, ...values];
  const compiled = inList(operand, values, {
    compares,
    negated,
    sorted: sortedList(operand, values, collation, env),
  });
  return makeItem(args, compiled, {
    type: BOOLEAN,
    shape: { kind: "in", operand, items: values, negated },
    text: () =>
      `(${operand.text()} ${negated ? "not " : ""}in (${values.map((v) => v.text()).join(",")}))`,
  });
}

/** A list of constants that are all compared in one way, NULLs apart, is converted beforehand. MySQL: bisection_possible. */
function isSearchable(operand: Item, values: readonly Item[]): boolean {
  const present = values.filter(({ type }) => type.kind !== "null");
  const kinds = new Set(present.map((item) => comparisonKind(operand.type, item.type)));
  return kinds.size === 1 && values.every((item) => item.isConst);
}

function inRows(
  operand: readonly Item[],
  items: readonly Operand[],
  negated: boolean,
  env: EvalEnv,
): Item {
  const matches = orItem(
    items.map((item) => {
      if (!isRow(item)) throw mysqlError("ER_OPERAND_COLUMNS", operand.length);
      return compareRows("=", operand, item, env);
    }),
    env,
  );
  if (negated) return notItem(matches, env);
  const { shape } = matches;
  return shape.kind === "or" ? { ...matches, shape: { ...shape, isRowList: true } } : matches;
}

/** NOT (a < b) is a >= b. */
export function negatedOp(op: Exclude<CompareOp, "<=>">): CompareOp {
  switch (op) {
    case "=":
      return "<>";
    case "<>":
      return "=";
    case "<":
      return ">=";
    case "<=":
      return ">";
    case ">":
      return "<=";
    case ">=":
      return "<";
  }
}
