/** Looking into texts: lengths, positions, parts. MySQL: sql/item_strfunc.cc. */
import { collationKey, compareText } from "../../base/collation.ts";
import { utf8Bytes } from "../../base/utf8.ts";
import type { Collation, ColumnType } from "../../trace/values.ts";
import { textOf } from "../types/convert.ts";
import type { Whole } from "../types/integer.ts";
import { BIGINT, collationOf, INT, textLength, varchar, whole } from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import {
  type Call,
  type FunctionTable,
  integerArg,
  ofTexts,
  onlyOfNull,
  strict,
  textArg,
} from "./function_table.ts";
import type { Item } from "./item.ts";

export const STRING_SEARCH_FUNCTIONS: FunctionTable = {
  length: onlyOfNull(byteLength(1)),
  octet_length: onlyOfNull(byteLength(1)),
  bit_length: onlyOfNull(byteLength(8)),
  char_length: onlyOfNull(ofTexts(1, 1, INT, characterCount)),
  character_length: onlyOfNull(ofTexts(1, 1, INT, characterCount)),
  ascii: onlyOfNull(ofTexts(1, 1, whole(4), ([text]) => utf8Bytes(text as string)[0] ?? 0)),
  ord: onlyOfNull(
    ofTexts(1, 1, BIGINT, ([text]) => {
      const [first = ""] = [...(text as string)];
      return utf8Bytes(first).reduce((sum, byte) => sum * 256 + byte, 0);
    }),
  ),
  strcmp: onlyOfNull(
    strict(2, 2, whole(2), ({ args }) => {
      const collation = collationFor(args, "strcmp");
      const [a, b] = args.map((arg) => textOf(arg.type));
      return ([x, y]) =>
        a && b && x !== undefined && y !== undefined ? compareText(a(x), b(y), collation) : null;
    }),
  ),
  locate: onlyOfNull(
    strict(2, 3, INT, (call) => {
      const [needle, text, from] = [textArg(call, 0), textArg(call, 1), integerArg(call, 2)];
      // The text's own collation, whatever the needle's is.
      const collation = collationOf((call.args[1] as Item).type);
      const hasStart = call.args.length === 3;
      return (values) =>
        position(text(values), needle(values), hasStart ? from(values) : 1, collation);
    }),
  ),
  instr: onlyOfNull(
    strict(2, 2, INT, (call) => {
      const [text, needle] = [textArg(call, 0), textArg(call, 1)];
      const collation = collationOf((call.args[0] as Item).type);
      return (values) => position(text(values), needle(values), 1, collation);
    }),
  ),
  substring_index: strict(3, 3, sameText, (call) => {
    const [text, delimiter, count] = [textArg(call, 0), textArg(call, 1), integerArg(call, 2)];
    return (values) => {
      const wanted = count(values);
      const separator = delimiter(values);
      if (wanted === 0 || separator === "") return "";
      const parts = text(values).split(separator);
      return (wanted > 0 ? parts.slice(0, wanted) : parts.slice(wanted)).join(separator);
    };
  }),
  find_in_set: onlyOfNull(
    strict(2, 2, INT, (call) => {
      const [wanted, list] = [textArg(call, 0), textArg(call, 1)];
      const collation = collationFor(call.args);
      const { type } = call.args[1] as Item;
      const places = type.kind === "enum" && type.isSet ? type.members : null;
      return (values) => {
        if (places !== null)
          return placeInSet(wanted(values), places, values[1] as Whole, collation);
        const set = list(values);
        if (set === "") return 0;
        return (
          set.split(",").findIndex((one) => compareText(one, wanted(values), collation) === 0) + 1
        );
      };
    }),
  ),
};

function characterCount([text]: readonly string[]): number {
  return [...(text as string)].length;
}

function byteLength(factor: number): FunctionTable[string] {
  return strict(1, 1, INT, ({ args }) => {
    const { type } = args[0] as Item;
    const isBytes = "collation" in type && type.collation === "binary";
    const read = textOf(type);
    return ([value]) => {
      if (value === undefined) return null;
      const text = read(value);
      return factor * (isBytes ? text.length : utf8Bytes(text).length);
    };
  });
}

function sameText({ args }: Call): ColumnType {
  return varchar(textLength((args[0] as Item).type));
}

/** 1 for the first character; 0 when it is not there. */
function position(text: string, needle: string, from: number, collation: string): number {
  const keys = [...text].map((char) => collationKey(char, collation));
  const wanted = [...needle].map((char) => collationKey(char, collation));
  if (from < 1) return 0;
  return indexOf(keys, wanted, from - 1) + 1;
}

/** Knuth, Morris and Pratt: a long needle takes no longer than a short one. -1 when it is not there. */
function indexOf(keys: readonly string[], wanted: readonly string[], from: number): number {
  if (wanted.length === 0) return from <= keys.length ? from : -1;
  const borders = bordersOf(wanted);
  let matched = 0;
  for (let at = from; at < keys.length; at += 1) {
    while (matched > 0 && keys[at] !== wanted[matched]) matched = borders[matched - 1] ?? 0;
    if (keys[at] === wanted[matched]) matched += 1;
    if (matched === wanted.length) return at - matched + 1;
  }
  return -1;
}

/** Of each beginning: the length of the longest one that it also ends with. */
function bordersOf(wanted: readonly string[]): number[] {
  const borders = [0];
  let length = 0;
  for (let at = 1; at < wanted.length; at += 1) {
    while (length > 0 && wanted[at] !== wanted[length]) length = borders[length - 1] ?? 0;
    if (wanted[at] === wanted[length]) length += 1;
    borders.push(length);
  }
  return borders;
}

/** Of a SET column MySQL tells the place among the type's members. MySQL: Item_func_find_in_set::resolve_type. */
function placeInSet(
  wanted: string,
  members: readonly string[],
  bits: Whole,
  collation: Collation,
): number {
  const at = members.findIndex((member) => compareText(member, wanted, collation) === 0);
  return at >= 0 && (BigInt(bits) >> BigInt(at)) & 1n ? at + 1 : 0;
}
