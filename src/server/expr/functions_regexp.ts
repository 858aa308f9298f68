/**
 * REGEXP, RLIKE, REGEXP_LIKE, REGEXP_INSTR, REGEXP_SUBSTR and REGEXP_REPLACE.
 *
 * MySQL: sql/item_regexp_func.cc.
 */
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { findMatch, type Regexp, regexpOf, replaceMatches } from "../regexp/regexp.ts";
import type { Flags } from "../regexp/tree.ts";
import { type Present, textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import {
  BIGINT,
  BOOLEAN,
  collationOf,
  type SqlType,
  textLength,
  varchar,
} from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import {
  type Call,
  type FunctionTable,
  integerArg,
  onlyOfNull,
  strict,
  textArg,
} from "./function_table.ts";
import { type Item, makeItem, onPair } from "./item.ts";

type Values = readonly Present[];

export const REGEXP_FUNCTIONS: FunctionTable = {
  regexp_like: onlyOfNull(
    strict(2, 3, BOOLEAN, (call) => {
      const regexp = compiled(call, 2);
      const text = textArg(call, 0);
      return (values) => (findMatch(regexp(values), text(values), 0, 1) === null ? 0 : 1);
    }),
  ),
  regexp_instr: onlyOfNull(
    strict(2, 6, BIGINT, (call) => {
      const regexp = compiled(call, 5);
      const text = textArg(call, 0);
      const [from, occurrence] = [orOne(call, 2), orOne(call, 3)];
      const wantsEnd = call.args.length > 4 ? integerArg(call, 4) : () => 0;
      return (values) => {
        const which = wantsEnd(values);
        if (which !== 0 && which !== 1) throw mysqlError("ER_WRONG_ARGUMENTS", INSTR_RETURN);
        const whole = text(values);
        const skipped = from(values) - 1;
        // What lies before the position is no part of what is searched.
        const start = unitsOf(whole, skipped);
        const isOutside = skipped < 0 || start >= whole.length;
        if (whole !== "" && isOutside) throw mysqlError("ER_REGEXP_INDEX_OUTOFBOUNDS_ERROR");
        const searched = whole.slice(start);
        const found = findMatch(regexp(values), searched, 0, occurrence(values));
        if (found === null) return 0;
        return [...searched.slice(0, found[which])].length + skipped + 1;
      };
    }),
  ),
  regexp_substr: strict(2, 5, sameLength, (call) => {
    const regexp = compiled(call, 4);
    const text = textArg(call, 0);
    const [from, occurrence] = [orOne(call, 2), orOne(call, 3)];
    return (values) => {
      const whole = text(values);
      const start = startOf(whole, from(values), call.name);
      const found = findMatch(regexp(values), whole, start, occurrence(values));
      return found === null ? null : whole.slice(found[0], found[1]);
    };
  }),
  regexp_replace: strict(3, 6, varchar(16_777_216), (call) => {
    const regexp = compiled(call, 5);
    const [text, by] = [textArg(call, 0), textArg(call, 2)];
    const from = orOne(call, 3);
    const occurrence = call.args.length > 4 ? integerArg(call, 4) : () => 0;
    return (values) => {
      const whole = text(values);
      const start = startOf(whole, from(values), call.name);
      const which = occurrence(values);
      const found = regexp(values);
      return replaceMatches(found, whole, by(values), start, which < 0 ? 1 : which);
    };
  }),
};

const INSTR_RETURN = "regexp_instr: return_option must be 1 or 0.";

function sameLength({ args }: Call): ColumnType {
  return varchar(textLength((args[0] as Item).type));
}

function orOne(call: Call, at: number): (values: Values) => number {
  return call.args.length > at ? integerArg(call, at) : () => 1;
}

/** UTF-16 units of so many characters. */
function unitsOf(text: string, characters: number): number {
  let units = 0;
  for (let count = 0; count < characters && units <= text.length; count += 1) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

function startOf(text: string, position: number, name: string): number {
  if (position < 1) throw mysqlError("ER_WRONG_PARAMETERS_TO_NATIVE_FCT", name);
  const start = unitsOf(text, position - 1);
  if (start > text.length) throw mysqlError("ER_REGEXP_INDEX_OUTOFBOUNDS_ERROR");
  return start;
}

/** The call's regular expression, compiled again only when pattern or flags change. */
function compiled(call: Call, flagsAt: number): (values: Values) => Regexp {
  const { args, env, name } = call;
  checkCharacterSets(args, name);
  const base = flagsFor(args);
  const source = textArg(call, 1);
  const flags = args.length > flagsAt ? textArg(call, flagsAt) : null;
  let known: { readonly key: string; readonly regexp: Regexp } | null = null;
  return (values) => {
    const pattern = source(values);
    const letters = flags === null ? "" : flags(values);
    const key = `${letters}/${pattern}`;
    if (known?.key !== key) {
      const regexp = regexpOf(pattern, withLetters(base, letters, name), timeLimit(env));
      known = { key, regexp };
    }
    return known.regexp;
  };
}

function timeLimit(env: EvalEnv): number {
  return Number(env.ctx.systemVariable("global", "regexp_time_limit"));
}

function flagsFor(args: readonly Item[]): Flags {
  const ignoreCase = collationFor(args.slice(0, 2), "regexp_like").endsWith("_ci");
  return { ignoreCase, multiLine: false, dotAll: false, unixLines: false };
}

/** The last of c and i counts. */
function withLetters(base: Flags, letters: string, name: string): Flags {
  let flags = base;
  for (const letter of letters) {
    if (letter === "c") flags = { ...flags, ignoreCase: false };
    else if (letter === "i") flags = { ...flags, ignoreCase: true };
    else if (letter === "m") flags = { ...flags, multiLine: true };
    else if (letter === "n") flags = { ...flags, dotAll: true };
    else if (letter === "u") flags = { ...flags, unixLines: true };
    else throw mysqlError("ER_WRONG_ARGUMENTS", name);
  }
  return flags;
}

/** Error 3995 for bytes beside characters. MySQL: is_binary_string, is_binary_compatible. */
function checkCharacterSets(args: readonly Item[], name: string): void {
  const [subject, pattern] = args.map(({ type }) => type) as [SqlType, SqlType];
  const meets = (one: SqlType, other: SqlType) =>
    one.kind === "varchar" &&
    one.collation === "binary" &&
    "collation" in other &&
    other.collation !== "binary";
  if (!meets(subject, pattern) && !meets(pattern, subject)) return;
  throw mysqlError("ER_CHARACTER_SET_MISMATCH", collationOf(subject), collationOf(pattern), name);
}

export function regexpItem(operand: Item, pattern: Item, negated: boolean, env: EvalEnv): Item {
  const [found, missing] = negated ? [0, 1] : [1, 0];
  const text = (): string => `regexp_like(${operand.text()},${pattern.text()})`;
  const call: Call = { args: [operand, pattern], env, text, name: "regexp_like" };
  const regexp = compiled(call, 2);
  const asText = textOf(operand.type);
  const compute = onPair(operand, pattern, (value, other) =>
    findMatch(regexp([value, other]), asText(value), 0, 1) === null ? missing : found,
  );
  return makeItem([operand, pattern], compute, {
    type: BOOLEAN,
    text: negated ? () => `(not ${text()})` : text,
  });
}
