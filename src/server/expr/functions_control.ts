/** IF, IFNULL, COALESCE, ANY_VALUE, NULLIF, ISNULL, GREATEST, LEAST, INTERVAL, ELT, FIELD. MySQL: sql/item_cmpfunc.cc. */
import { compareText } from "../../base/collation.ts";
import { maxOf } from "../../base/lists.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { comparator } from "../types/compare.ts";
import {
  binaryOf,
  decimalOf,
  doubleOf,
  integerOf,
  type Present,
  textOf,
} from "../types/convert.ts";
import { classOf, INT, mergeTypes, textLength, varchar, whole } from "../types/sql_type.ts";
import { coalesceItem, ifItem, inType, nullIfItem } from "./case.ts";
import { collationFor } from "./collation_for.ts";
import { type Call, type FunctionTable, lenient, neverNull } from "./function_table.ts";
import { type Item, makeItem, onValues } from "./item.ts";
import { isNullItem } from "./logic.ts";
import { isOfMoments, momentExtreme } from "./moment_extreme.ts";

export const CONTROL_FUNCTIONS: FunctionTable = {
  if: {
    min: 3,
    max: 3,
    make: ({ args, env }) => ifItem(at(args, 0), at(args, 1), at(args, 2), env),
  },
  ifnull: { min: 2, max: 2, make: ({ args, env }) => coalesceItem("ifnull", args, env) },
  coalesce: {
    min: 1,
    max: Number.POSITIVE_INFINITY,
    make: ({ args, env }) => coalesceItem("coalesce", args, env),
  },
  any_value: {
    min: 1,
    max: 1,
    make: ({ args, env }) => {
      const item = coalesceItem("any_value", args, env);
      return { ...item, shape: { kind: "other", args, isAnyValue: true } };
    },
  },
  nullif: { min: 2, max: 2, make: ({ args, env }) => nullIfItem(at(args, 0), at(args, 1), env) },
  isnull: { min: 1, max: 1, make: ({ args }) => isNullItem(at(args, 0), false) },
  greatest: { min: 2, max: Number.POSITIVE_INFINITY, make: (call) => extreme(call, 1) },
  least: { min: 2, max: Number.POSITIVE_INFINITY, make: (call) => extreme(call, -1) },
  interval: neverNull(
    lenient(2, Number.POSITIVE_INFINITY, whole(2), ({ args, env }) => {
      const read = args.map((arg) => doubleOf(arg.type, env));
      return (values) => {
        const numbers = values.map((value, i) =>
          value === null ? null : (read[i] as (v: Present) => number)(value),
        );
        const [wanted, ...bounds] = numbers;
        if (wanted === null || wanted === undefined) return -1;
        const above = bounds.findIndex((bound) => bound !== null && bound > wanted);
        return above < 0 ? bounds.length : above;
      };
    }),
  ),
  elt: lenient(2, Number.POSITIVE_INFINITY, textType, ({ args, env }) => {
    const index = integerOf(at(args, 0).type, env);
    const read = args.map((arg) => textOf(arg.type));
    return (values) => {
      const [which] = values;
      if (which === null || which === undefined) return null;
      const chosen = Number(index(which));
      const value = chosen >= 1 ? values[chosen] : null;
      return value === null || value === undefined
        ? null
        : (read[chosen] as (v: Present) => string)(value);
    };
  }),
  field: neverNull(
    lenient(2, Number.POSITIVE_INFINITY, INT, ({ args, env }) => {
      const kind = commonKind(args);
      const collation = collationFor(args);
      const scale = maxOf(args.map(({ type }) => (type.kind === "decimal" ? type.scale : 0)));
      const read = args.map(({ type }): ((value: Present) => Present) => {
        if (kind === "string") return collation === "binary" ? binaryOf(type) : textOf(type);
        return kind === "double" ? doubleOf(type, env) : decimalOf(type, scale, env);
      });
      return (values) => {
        const [first] = values;
        if (first === null || first === undefined) return 0;
        const wanted = (read[0] as (value: Present) => Present)(first);
        const found = values.findIndex((value, i) => {
          if (i === 0 || value === null) return false;
          const other = (read[i] as (value: Present) => Present)(value);
          if (kind !== "string") return other === wanted;
          return compareText(wanted as string, other as string, collation) === 0;
        });
        return Math.max(found, 0);
      };
    }),
  ),
};

/** What all arguments are compared as. MySQL: item_cmp_type, over Item_func_field's arguments. */
function commonKind(args: readonly Item[]): "exact" | "double" | "string" {
  const classes = args.map(({ type }) => classOf(type));
  const isNumber = (name: string) => name === "int" || name === "decimal" || name === "double";
  if (!classes.some(isNumber)) return "string";
  return classes.every((name) => name === "int" || name === "decimal") ? "exact" : "double";
}

function at(args: readonly Item[], position: number): Item {
  return args[position] as Item;
}

function textType({ args }: Call): ColumnType {
  return varchar(maxOf(args.slice(1).map((arg) => textLength(arg.type))), collationFor(args));
}

function extreme(call: Call, sign: 1 | -1): Item {
  const { args, env, text } = call;
  if (isOfMoments(args)) return momentExtreme(call, sign);
  const type = mergeTypes(args.map((arg) => arg.type));
  const isMixed = classOf(type) === "string" && args.some((arg) => classOf(arg.type) !== "string");
  const values = args.map((arg) => (isMixed ? arg : inType(arg, type, env)));
  const converted = isMixed ? args.map((arg) => inType(arg, varchar(255), env)) : values;
  const compare = comparator(type, type, env, collationFor(args));
  const compiled = onValues(converted, (all): Datum => {
    let best: Present | null = null;
    for (const value of all) {
      if (value === null) return null;
      if (best === null || (compare(value, best) ?? 0) * sign > 0) best = value;
    }
    return best;
  });
  return makeItem(converted, compiled, { type, text });
}
