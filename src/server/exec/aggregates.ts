/**
 * Aggregate functions: what each keeps of a group, and its value at the group's end.
 *
 * MySQL: Item_sum and its children (sql/item_sum.cc).
 */
import { collationKey } from "../../base/collation.ts";
import type { Datum } from "../../innodb/api.ts";
import type { Aggregate, Expression } from "../../sql/ast_expression.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { evalItem, type Item, makeItem, numericForm } from "../expr/item.ts";
import { comparator, equalityKey } from "../types/compare.ts";
import { decimalOf, doubleOf, type Present } from "../types/convert.ts";
import { addDecimal, divideDecimal, rescale } from "../types/decimal.ts";
import { divisionDigits, type EvalEnv } from "../types/eval_env.ts";
import type { Whole } from "../types/integer.ts";
import {
  BIGINT,
  COMPUTED_YEAR,
  classOf,
  DOUBLE,
  decimal,
  fixedDouble,
  fractionDigits,
  integerDigits,
  type SqlType,
  scaleOf,
} from "../types/sql_type.ts";
import { bitwise } from "./bit_aggregates.ts";
import { groupConcat } from "./group_concat.ts";
import { jsonAggregate } from "./json_aggregates.ts";
import type { SortKey } from "./sort_rows.ts";

/** Takes the rows of one group. */
export interface Accumulator {
  readonly add: (values: readonly Datum[]) => void;
  readonly result: () => Exec<Datum>;
}

/** One aggregate of a query block; `cell` holds its value while expressions over a group are computed. */
export interface AggregateUse {
  readonly text: () => string;
  readonly args: readonly Item[];
  readonly cell: { value: Datum };
  /** MIN or MAX of what. */
  readonly extreme: { readonly isMax: boolean; readonly item: Item } | null;
  /** COUNT, SUM or AVG (DISTINCT ...) of what. */
  readonly distinct: readonly Item[] | null;
  /** Its rows have to come group by group: a temporary table does not do (MySQL: allow_group_via_temp_table). */
  readonly wantsSorted: boolean;
  readonly open: () => Accumulator;
}

/** The item of an aggregate; its use is added to `uses`. */
export function bindAggregate(node: Aggregate, binder: Binder, uses: AggregateUse[]): Item {
  const inside: Binder = {
    ...binder,
    replaced: null,
    grouping: null,
    aggregate: null,
    overWindow: null,
    alias: null,
  };
  const { type, use } = aggregateUse(node, inside);
  const { cell, text } = use;
  uses.push(use);
  return makeItem(
    [],
    { eval: () => cell.value, steps: null },
    { type, nullable: !/^(count|bit_)/.test(node.name), isConst: false, text },
  );
}

/** `inside` binds its arguments. */
export function aggregateUse(
  node: Aggregate,
  inside: Binder,
): { readonly type: SqlType; readonly use: AggregateUse } {
  const { env } = inside;
  const bound = node.args.map((arg) => bindExpression(arg, inside));
  const args = OF_NUMBERS.has(node.name) ? bound.map(numericForm) : bound;
  const order = node.orderBy.map(
    (item): SortKey => ({
      item: orderedBy(item.expression, args) ?? bindExpression(item.expression, inside),
      desc: item.direction === "desc",
    }),
  );
  const { type, open } = aggregateOf(node, args, order, env);
  const cell: { value: Datum } = { value: null };
  const distinct = node.distinct ? distinctKey(args) : null;
  const use: AggregateUse = {
    text: () => aggregateText(node, args),
    args: [...args, ...order.map(({ item }) => item)],
    cell,
    extreme: extremeOf(node, args),
    distinct: node.distinct && COUNTS_DISTINCT.has(node.name) ? bound : null,
    wantsSorted: node.distinct || node.name === "group_concat",
    open: () => (distinct === null ? open() : onlyDistinct(open(), distinct, args.length)),
  };
  return { type, use };
}

const OF_NUMBERS: ReadonlySet<string> = new Set([
  "sum",
  "avg",
  "bit_and",
  "bit_or",
  "bit_xor",
  "std",
  "stddev_samp",
  "variance",
  "var_samp",
]);

/** ORDER BY 2 inside GROUP_CONCAT is its second argument. */
function orderedBy(expression: Expression, args: readonly Item[]): Item | null {
  if (expression.kind !== "integer") return null;
  const item = args[Number(expression.text) - 1];
  if (item === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", expression.text, "order clause");
  return item;
}

const COUNTS_DISTINCT: ReadonlySet<string> = new Set(["count", "sum", "avg"]);

function extremeOf(node: Aggregate, args: readonly Item[]): AggregateUse["extreme"] {
  const [item] = args;
  if (item === undefined || (node.name !== "min" && node.name !== "max")) return null;
  return { isMax: node.name === "max", item };
}

function aggregateText(node: Aggregate, args: readonly Item[]): string {
  const inside = node.star ? "0" : args.map((arg) => arg.text()).join(",");
  return `${node.name}(${node.distinct ? "distinct " : ""}${inside})`;
}

export interface MadeAggregate {
  readonly type: SqlType;
  readonly open: () => Accumulator;
}

function aggregateOf(
  node: Aggregate,
  args: readonly Item[],
  order: readonly SortKey[],
  env: EvalEnv,
): MadeAggregate {
  const [arg] = args;
  if (node.name === "count") return { type: BIGINT, open: () => counting(args.length) };
  if (arg === undefined) throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
  switch (node.name) {
    case "sum":
      return summing(arg.type, env);
    case "avg":
      return averaging(arg.type, env);
    case "min":
    case "max":
      return {
        type: extremeType(arg.type),
        open: () => extreme(arg.type, node.name === "max" ? 1 : -1, env),
      };
    case "group_concat":
      return groupConcat(node, args, order, env);
    case "bit_and":
    case "bit_or":
    case "bit_xor":
      return bitwise(node.name, arg, env);
    case "std":
    case "stddev_samp":
    case "variance":
    case "var_samp":
      return varying(node.name, arg.type, env);
    case "json_arrayagg":
    case "json_objectagg":
      return jsonAggregate(args);
  }
}

/** The text of a YEAR is not filled up any more. */
function extremeType(type: SqlType): SqlType {
  return type.kind === "year" ? COMPUTED_YEAR : type;
}

// biome-ignore lint/correctness/useYield: the value is there at once
export function* at(value: Datum): Exec<Datum> {
  return value;
}

function counting(argCount: number): Accumulator {
  let count = 0;
  return {
    add: (values) => {
      for (let i = 0; i < argCount; i += 1) if (values[i] === null) return;
      count += 1;
    },
    result: () => at(count),
  };
}

function isExact(type: SqlType): boolean {
  return ["int", "decimal", "temporal", "null"].includes(classOf(type));
}

function summing(type: SqlType, env: EvalEnv): MadeAggregate {
  if (!isExact(type)) {
    const read = doubleOf(type, env);
    const made = fixedDouble(fractionDigits(type));
    return { type: made, open: () => folding(read, (a: number, b: number) => a + b) };
  }
  const scale = scaleOf(type);
  const read = decimalOf(type, scale, env);
  return {
    type: decimal(integerDigits(type) + 22 + scale, scale),
    open: () => folding(read, (a: Whole, b: Whole) => addDecimal(a, scale, b, scale)),
  };
}

function folding<T extends number | bigint>(
  read: (value: Present) => T,
  combine: (a: T, b: T) => T,
): Accumulator {
  let total: T | null = null;
  return {
    add: ([value]) => {
      if (value === null || value === undefined) return;
      const next = read(value);
      total = total === null ? next : combine(total, next);
    },
    result: () => at(total),
  };
}

function averaging(type: SqlType, env: EvalEnv): MadeAggregate {
  const sum = summing(type, env);
  const from = scaleOf(type);
  const added = divisionDigits(env.ctx);
  const scale = Math.min(from + added, 30);
  const result = isExact(type)
    ? decimal(integerDigits(type) + scale, scale)
    : fixedDouble(fractionDigits(type) + added);
  const open = (): Accumulator => {
    const total = sum.open();
    let count = 0;
    return {
      add: (values) => {
        if (values[0] === null) return;
        count += 1;
        total.add(values);
      },
      *result() {
        const value = yield* total.result();
        if (value === null) return null;
        if (result.kind === "double") return Number(value) / count;
        const exact = divideDecimal(value as Whole, from, count, 0, scale + 1);
        return rescale(exact, scale + 1, scale);
      },
    };
  };
  return { type: result, open };
}

function extreme(type: SqlType, sign: 1 | -1, env: EvalEnv): Accumulator {
  const compare = comparator(type, type, env);
  let best: Datum = null;
  return {
    add: ([value]) => {
      if (value === null || value === undefined) return;
      if (best === null || (compare(value, best) ?? 0) * sign > 0) best = value;
    },
    result: () => at(best),
  };
}

/** One pass, by Welford's recurrence, as Item_sum_variance does. */
function varying(
  name: "std" | "stddev_samp" | "variance" | "var_samp",
  type: SqlType,
  env: EvalEnv,
): MadeAggregate {
  const read = doubleOf(type, env);
  const isSample = name === "stddev_samp" || name === "var_samp";
  const isRoot = name === "std" || name === "stddev_samp";
  const open = (): Accumulator => {
    let [count, mean, squares] = [0, 0, 0];
    return {
      add: ([value]) => {
        if (value === null || value === undefined) return;
        const next = read(value);
        count += 1;
        const before = next - mean;
        mean += before / count;
        squares += before * (next - mean);
      },
      result: () => {
        const divisor = isSample ? count - 1 : count;
        if (divisor <= 0) return at(null);
        const variance = squares / divisor;
        return at(isRoot ? Math.sqrt(variance) : variance);
      },
    };
  };
  return { type: DOUBLE, open };
}

/** DISTINCT: rows whose arguments have been seen before are left out. */
function onlyDistinct(
  inner: Accumulator,
  keyOf: (values: readonly Datum[]) => string,
  argCount: number,
): Accumulator {
  const seen = new Set<string>();
  return {
    add: (values) => {
      const key = keyOf(values.slice(0, argCount));
      if (seen.has(key)) return;
      seen.add(key);
      inner.add(values);
    },
    result: inner.result,
  };
}

function distinctKey(args: readonly Item[]): (values: readonly Datum[]) => string {
  return rowKey(args.map((arg) => arg.type));
}

/** A text that is equal exactly for rows whose values are equal in their types; NULL equals NULL here. */
export function rowKey(types: readonly SqlType[]): (values: readonly Datum[]) => string {
  const keys = types.map((type) => equalityKey(type, collationKey));
  return (values) => {
    let key = "";
    for (let i = 0; i < keys.length; i += 1) {
      const value = values[i] ?? null;
      const part = value === null ? "N" : String((keys[i] as (v: Present) => unknown)(value));
      key += `${part.length}:${part}${value === null ? "!" : ""};`;
    }
    return key;
  };
}

/** The arguments' values for the row that stands in the slots now. */
export function* argumentValues(use: AggregateUse): Exec<readonly Datum[]> {
  const values: Datum[] = [];
  for (const arg of use.args) values.push(arg.eval === null ? yield* evalItem(arg) : arg.eval());
  return values;
}
