/** Making texts out of texts. MySQL: sql/item_strfunc.cc. */

import { decimalText } from "../../base/decimal_text.ts";
import { utf8Bytes } from "../../base/utf8.ts";
import { binaryOf, decimalOf, doubleOf, type Present, textOf } from "../types/convert.ts";

import { fixedText, roundedDouble } from "../types/double.ts";
import { dataProblem } from "../types/eval_env.ts";
import { classOf, isTemporal, varchar } from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import {
  type Call,
  encoding,
  type FunctionDef,
  type FunctionTable,
  integerArg,
  lenient,
  numberText,
  ofTexts,
  strict,
  textArg,
  wholeArg,
  withTexts,
} from "./function_table.ts";
import { converted } from "./functions_number.ts";
import { type Item, numericForm } from "./item.ts";
import { isTooLong } from "./text_limit.ts";
import {
  charType,
  concatType,
  concatWithType,
  exportSetType,
  formatType,
  hexType,
  insertedType,
  paddedType,
  quotedType,
  repeatedType,
  replacedType,
  sameText,
  sideType,
  soundexType,
  spaceType,
  substringType,
  unhexType,
} from "./text_types.ts";
import { trimmed } from "./trim.ts";

const MANY = Number.POSITIVE_INFINITY;

export const STRING_FUNCTIONS: FunctionTable = {
  concat: withTexts(
    strict(1, MANY, concatType, (call) => {
      const isBinary = collationFor(call.args) === "binary";
      const read = call.args.map(({ type }, at) => {
        if (!isBinary) return textArg(call, at);
        const bytes = binaryOf(type);
        return (values: readonly Present[]) => bytes(values[at] as Present);
      });
      return (values) =>
        joined(
          call,
          read.map((text) => text(values)),
          "",
        );
    }),
  ),
  concat_ws: ofTextForms(2, MANY, concatWithType, (call) => {
    const { args } = call;
    const read = args.map((arg) => textOf(arg.type));
    const texts = (values: readonly (Present | null)[]): (string | null)[] =>
      values.map((value, at) =>
        value === null ? null : (read[at] as (v: Present) => string)(value),
      );
    return (values) => {
      const [separator, ...rest] = texts(values);
      if (separator === null || separator === undefined) return null;
      return joined(
        call,
        rest.filter((text) => text !== null),
        separator,
      );
    };
  }),
  upper: ofCharacters(upperCase),
  ucase: ofCharacters(upperCase),
  lower: ofCharacters(lowerCase),
  lcase: ofCharacters(lowerCase),
  ltrim: ofTexts(1, 1, sameText, ([text]) => trimmed(text as string, " ", "leading")),
  rtrim: ofTexts(1, 1, sameText, ([text]) => trimmed(text as string, " ", "trailing")),
  reverse: ofTexts(1, 1, sameText, ([text]) => [...(text as string)].reverse().join("")),
  left: strict(2, 2, sideType, (call) => {
    const [text, count] = [textArg(call, 0), integerArg(call, 1)];
    return (values) => [...text(values)].slice(0, Math.max(count(values), 0)).join("");
  }),
  right: strict(2, 2, sideType, (call) => {
    const [text, count] = [textArg(call, 0), integerArg(call, 1)];
    return (values) => {
      const kept = count(values);
      return kept <= 0 ? "" : [...text(values)].slice(-kept).join("");
    };
  }),
  substring: strict(2, 3, substringType, (call) => {
    const [text, from, count] = [textArg(call, 0), integerArg(call, 1), integerArg(call, 2)];
    const isToEnd = call.args.length === 2;
    return (values) => {
      const characters = [...text(values)];
      const start = from(values);
      const begin = start > 0 ? start - 1 : start < 0 ? characters.length + start : -1;
      if (begin < 0) return "";
      return characters
        .slice(begin, isToEnd ? undefined : begin + Math.max(count(values), 0))
        .join("");
    };
  }),
  repeat: strict(2, 2, repeatedType, (call) => {
    const [text, count] = [textArg(call, 0), integerArg(call, 1)];
    return (values) => repeated(call, text(values), count(values));
  }),
  space: strict(1, 1, spaceType, (call) => {
    const count = integerArg(call, 0);
    return (values) => repeated(call, " ", count(values));
  }),
  lpad: padding(true),
  rpad: padding(false),
  replace: withTexts(
    strict(3, 3, replacedType, (call) => {
      const [text, from, to] = [textArg(call, 0), textArg(call, 1), textArg(call, 2)];
      return (values) => {
        const wanted = from(values);
        return wanted === "" ? text(values) : joined(call, text(values).split(wanted), to(values));
      };
    }),
  ),
  insert: strict(4, 4, insertedType, (call) => {
    const [text, position, count] = [textArg(call, 0), integerArg(call, 1), integerArg(call, 2)];
    const added = textArg(call, 3);
    return (values) => {
      const characters = [...text(values)];
      const start = position(values);
      if (start < 1 || start > characters.length) return characters.join("");
      const length = count(values);
      const end = length < 0 ? characters.length : start - 1 + length;
      return (
        characters.slice(0, start - 1).join("") + added(values) + characters.slice(end).join("")
      );
    };
  }),
  hex: encoding(
    strict(1, 1, hexType, (call) => {
      const arg = call.args[0] as Item;
      if (classOf(arg.type) !== "string" && !isTemporal(arg.type)) {
        const whole = wholeArg(call, 0);
        return (values) =>
          BigInt.asUintN(64, BigInt(whole(values)))
            .toString(16)
            .toUpperCase();
      }
      const text = textArg(call, 0);
      const isBytes = "collation" in arg.type && arg.type.collation === "binary";
      return (values) =>
        bytesHex(isBytes ? [...text(values)].map((c) => c.charCodeAt(0)) : utf8Bytes(text(values)));
    }),
  ),
  unhex: strict(1, 1, unhexType, (call) => (values) => {
    const text = textArg(call, 0)(values);
    const digits = text.length % 2 === 1 ? `0${text}` : text;
    if (!/^[0-9a-f]*$/i.test(digits)) {
      const shown = `'${text}'`;
      dataProblem(call.env, "ER_WRONG_VALUE_FOR_TYPE", "string", shown, "unhex");
      return null;
    }
    return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  }),
  bin: base(2),
  oct: base(8),
  char: lenient(1, MANY, charType, (call) => {
    const read = call.args.map((arg, at) => {
      const number = numericForm(arg);
      return number === arg ? integerArg(call, at) : () => Number(number.eval?.());
    });
    return (values) =>
      values
        .map((value, at) =>
          value === null
            ? ""
            : charOf((read[at] as (v: readonly Present[]) => number)(values as readonly Present[])),
        )
        .join("");
  }),
  quote: lenient(1, 1, quotedType, ({ args }) => {
    const read = textOf((args[0] as Item).type);
    return ([value]) =>
      value === null || value === undefined
        ? "NULL"
        : `'${read(value).replace(/[\\']/g, "\\$&").replaceAll("\0", "\\0")}'`;
  }),
  format: strict(2, 3, formatType, ({ args, env }) => {
    const arg = args[0] as Item;
    const digits = integerArg({ args, env, text: () => "", name: "format" }, 1);
    const exact = classOf(arg.type) === "decimal" || classOf(arg.type) === "int";
    const real = doubleOf(arg.type, env);
    return (values) => {
      const scale = Math.max(0, Math.min(30, digits(values)));
      const value = values[0] as Present;
      const shown = exact
        ? decimalText(decimalOf(arg.type, scale, env)(value), scale)
        : fixedText(roundedDouble(real(value), scale), scale);
      const [whole = "", fraction] = shown.split(".");
      const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
      return fraction === undefined ? grouped : `${grouped}.${fraction}`;
    };
  }),
  soundex: ofTexts(1, 1, soundexType, ([text]) => soundex(text as string)),
  export_set: strict(3, 5, exportSetType, (call) => {
    const bits = wholeArg(call, 0);
    const [on, off] = [textArg(call, 1), textArg(call, 2)];
    const separator = call.args.length > 3 ? textArg(call, 3) : () => ",";
    const count = call.args.length > 4 ? integerArg(call, 4) : () => 64;
    return (values) => {
      const value = BigInt(bits(values));
      const wanted = count(values);
      const size = wanted < 0 ? 64 : Math.min(wanted, 64);
      const flags = Array.from({ length: size }, (_unused, at) =>
        (value >> BigInt(at)) & 1n ? on(values) : off(values),
      );
      return flags.join(separator(values));
    };
  }),
};

function repeated(call: Call, text: string, count: number): string | null {
  if (count <= 0) return "";
  return isTooLong(call, text.length * count) ? null : text.repeat(count);
}

function joined(call: Call, texts: readonly string[], separator: string): string | null {
  const own = texts.reduce((sum, text) => sum + text.length, 0);
  const length = own + separator.length * Math.max(texts.length - 1, 0);
  return isTooLong(call, length) ? null : texts.join(separator);
}

function padding(isLeft: boolean): FunctionDef {
  return strict(3, 3, paddedType, (call) => {
    const [text, length, pad] = [textArg(call, 0), integerArg(call, 1), textArg(call, 2)];
    return (values) => {
      const wanted = length(values);
      if (wanted < 0 || isTooLong(call, wanted)) return null;
      const characters = [...text(values)];
      if (characters.length >= wanted) return characters.slice(0, wanted).join("");
      const filler = [...pad(values)];
      if (filler.length === 0) return characters.join("");
      const missing = Array.from(
        { length: wanted - characters.length },
        (_unused, at) => filler[at % filler.length],
      );
      return isLeft ? [...missing, ...characters].join("") : [...characters, ...missing].join("");
    };
  });
}

/** CONV(x, 10, radix). */
function base(radix: number): FunctionDef {
  return strict(1, 1, varchar(65), (call) => {
    const text = numberText(call);
    return (values) => converted(text(values), 10, radix, call.env);
  });
}

function bytesHex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}

function charOf(code: number): string {
  const value = code >>> 0;
  const bytes = [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes
    .slice(first < 0 ? 3 : first)
    .map((byte) => String.fromCharCode(byte))
    .join("");
}

/** Sees NULL too, and each argument as a text. */
function ofTextForms(...[min, max, type, prepare]: Parameters<typeof lenient>): FunctionDef {
  return withTexts(lenient(min, max, type, prepare));
}

/** Bytes have no case. */
function ofCharacters(change: (text: string) => string): FunctionDef {
  return strict(1, 1, sameText, (call) => {
    const { type } = call.args[0] as Item;
    const isBytes = "collation" in type && type.collation === "binary" && type.kind !== "char";
    const text = textArg(call, 0);
    return (values) => (isBytes ? text(values) : change(text(values)));
  });
}

/** Every character becomes one character: the upper case of ß is ß. MySQL: my_caseup_utf8mb4. */
function upperCase(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length ? upper : [...text].map(upperChar).join("");
}

function upperChar(char: string): string {
  const upper = char.toUpperCase();
  return [...upper].length === 1 ? upper : char;
}

function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text].map((char) => [...char.toLowerCase()][0] ?? char).join("");
}

/** Codes of A to Z; 0 is left out. */
const SOUNDEX_CODES = "01230120022455012623010202";

/** MySQL: Item_func_soundex: letters beyond ASCII may come first and are left out elsewhere. */
function soundex(text: string): string {
  const letters = [...text.toUpperCase()].filter(
    (char) => /^[A-Z]$/.test(char) || char >= "\u00c0",
  );
  const [first] = [...text].filter((char) => /^[A-Za-z]$/.test(char) || char >= "\u00c0");
  if (first === undefined) return "";
  let out = /^[a-z]$/.test(first) ? first.toUpperCase() : first;
  let last = "";
  for (const [at, letter] of letters.entries()) {
    const code = SOUNDEX_CODES[letter.charCodeAt(0) - 65] ?? "0";
    if (at > 0 && code !== "0" && code !== last) out += code;
    if (at === 0 || code !== "0") last = code;
  }
  return [...out].length < 4 ? out + "0".repeat(4 - [...out].length) : out;
}
