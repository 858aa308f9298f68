/** The form of the tables of built-in functions, and the usual ways to make one. */
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { doubleOf, type Present, textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { Whole } from "../types/integer.ts";
import { textLength, varchar } from "../types/sql_type.ts";
import { integerOfItem } from "./cast_integer.ts";
import {
  type Item,
  makeItem,
  numericForm,
  onConverted,
  onValue,
  onValues,
  textForm,
} from "./item.ts";
import { limitedText } from "./text_limit.ts";

export interface Call {
  readonly args: readonly Item[];
  readonly env: EvalEnv;
  readonly text: () => string;
  readonly name: string;
}

export interface FunctionDef {
  readonly min: number;
  readonly max: number;
  readonly make: (call: Call) => Item;
}

export type FunctionTable = Readonly<Record<string, FunctionDef>>;

/** NULL in gives NULL out; `type` may look at the arguments. */
export function strict(
  min: number,
  max: number,
  type: ColumnType | ((call: Call) => ColumnType),
  prepare: (call: Call) => (values: readonly Present[]) => Datum,
): FunctionDef {
  return {
    min,
    max,
    make: (call) => {
      const fn = prepare(call);
      const compiled = onValues(call.args, (values) =>
        values.includes(null) ? null : withinLimit(call, fn(values as readonly Present[])),
      );
      return makeItem(call.args, compiled, {
        type: typeof type === "function" ? type(call) : type,
        nullable: true,
        text: call.text,
      });
    },
  };
}

/** The same function, which is NULL where an argument is and nowhere else. */
export function onlyOfNull(def: FunctionDef): FunctionDef {
  const make = (call: Call): Item => {
    const nullable = call.args.some((arg) => arg.nullable);
    return { ...def.make(call), nullable };
  };
  return { ...def, make };
}

/** The same function, whose text is in other characters than its arguments': the collation counts as that of a literal does. */
export function encoding(def: FunctionDef): FunctionDef {
  const make = (call: Call): Item => {
    const shape = { kind: "other", args: call.args, derivation: "coercible" } as const;
    return { ...def.make(call), shape };
  };
  return { ...def, make };
}

/** The same function, which is never NULL. */
export function neverNull(def: FunctionDef): FunctionDef {
  return { ...def, make: (call) => ({ ...def.make(call), nullable: false }) };
}

/** Sees NULL arguments too. */
export function lenient(
  min: number,
  max: number,
  type: ColumnType | ((call: Call) => ColumnType),
  prepare: (call: Call) => (values: readonly Datum[]) => Datum,
): FunctionDef {
  return {
    min,
    max,
    make: (call) => {
      const fn = prepare(call);
      const compiled = onValues(call.args, (values) => withinLimit(call, fn(values)));
      return makeItem(call.args, compiled, {
        type: typeof type === "function" ? type(call) : type,
        nullable: true,
        text: call.text,
      });
    },
  };
}

/** What a function of two arguments reads them as; NULL for what it cannot read. */
export interface Pair<A, B> {
  readonly first: (value: Present) => A | null;
  readonly second: (value: Present) => B | null;
  readonly combine: (a: A, b: B) => Datum;
}

/** The second argument is not even computed when the first is NULL, or read as nothing. */
export function ofPair<A, B>(
  type: (call: Call) => ColumnType,
  prepare: (call: Call) => Pair<A, B>,
): FunctionDef {
  return {
    min: 2,
    max: 2,
    make: (call) => {
      const [a, b] = call.args as [Item, Item];
      const { first, second, combine } = prepare(call);
      const fn = (x: A, y: B | null): Datum => (y === null ? null : combine(x, y));
      return makeItem(call.args, onConverted(a, b, first, second, fn, true), {
        type: type(call),
        nullable: true,
        text: call.text,
      });
    },
  };
}

/** A function that is a CAST, and prints as one. */
export function castNamed(type: string, def: FunctionDef): FunctionDef {
  return {
    ...def,
    make: (call) =>
      def.make({ ...call, text: () => `cast(${(call.args[0] as Item).text()} as ${type})` }),
  };
}

function withinLimit(call: Call, result: Datum): Datum {
  return typeof result === "string" ? limitedText(call, result) : result;
}

/** Of texts. */
export function ofTexts(
  min: number,
  max: number,
  type: ColumnType | ((call: Call) => ColumnType),
  fn: (texts: readonly string[]) => Datum,
): FunctionDef {
  return withTexts(
    strict(min, max, type, ({ args }) => {
      const read = args.map((arg) => textOf(arg.type));
      return (values) => fn(values.map((value, at) => (read[at] as (v: Present) => string)(value)));
    }),
  );
}

/** The same function, which takes all of its arguments as texts. */
export function withTexts(def: FunctionDef): FunctionDef {
  return { ...def, make: (call) => def.make({ ...call, args: call.args.map(textArgument) }) };
}

/** A BIT is the bytes that it takes. */
function textArgument(item: Item): Item {
  if (item.type.kind !== "bit") return textForm(item);
  const type = varchar(textLength(item.type), "binary");
  return makeItem([item], onValue(item, textOf(item.type)), { type, text: item.text });
}

/** Of doubles. */
export function ofDoubles(
  min: number,
  max: number,
  type: ColumnType,
  fn: (numbers: readonly number[]) => number | null,
): FunctionDef {
  return withNumbers(
    strict(min, max, type, ({ args, env }) => {
      const read = args.map((arg) => doubleOf(arg.type, env));
      return (values) => {
        const result = fn(values.map((value, at) => (read[at] as (v: Present) => number)(value)));
        return result === null || !Number.isFinite(result) ? null : result;
      };
    }),
  );
}

/** The same function, which takes all of its arguments as numbers: 0x41 is 65. */
export function withNumbers(def: FunctionDef): FunctionDef {
  return { ...def, make: (call) => def.make({ ...call, args: call.args.map(numericForm) }) };
}

/** The reader of one argument as text, by position. */
export function textArg(call: Call, at: number): (values: readonly Present[]) => string {
  const read = textOf((call.args[at] as Item).type);
  return (values) => read(values[at] as Present);
}

/** The same; of a BIT or a hexadecimal literal the digits of the number that it is. */
export function numberText(call: Call): (values: readonly Present[]) => string {
  const { shape, type } = call.args[0] as Item;
  const number = shape.kind === "literal" ? (shape.number?.eval?.() ?? null) : null;
  if (number !== null) return () => String(number);
  return type.kind === "bit" ? ([value]) => String(value) : textArg(call, 0);
}

/** The reader of one argument as a whole number, by position. */
export function integerArg(call: Call, at: number): (values: readonly Present[]) => number {
  const arg = call.args[at];
  if (arg === undefined) return () => 0;
  const read = integerOfItem(arg, call.env);
  return (values) => Number(read(values[at] as Present));
}

export function wholeArg(call: Call, at: number): (values: readonly Present[]) => Whole {
  const read = integerOfItem(call.args[at] as Item, call.env);
  return (values) => read(values[at] as Present);
}
