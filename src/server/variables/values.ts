/**
 * From what SET was given to what a system variable holds, and back to what SELECT and SHOW VARIABLES print. Inside, every
 * value is its text as SHOW VARIABLES prints it.
 *
 * MySQL: sql/sys_vars.h: do_check of each Sys_var class; sql/set_var.cc: sys_var::check, throw_bounds_warning.
 */
import { unreachable } from "../../base/assert.ts";
import type { Value } from "../../trace/values.ts";
import type { Warning } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import type { VariableDefinition } from "./definitions.ts";

/** A value on its way into a variable; `isNumber` tells 1 from '1'. */
export interface SetValue {
  readonly text: string | null;
  readonly isNumber: boolean;
  /** A number with a fraction: refused by integer variables. */
  readonly isFractional: boolean;
}

/**
 * Throws 1231 or 1232; values beyond an integer's range are cut with a warning. `current` is what the variable holds:
 * flags that are not named stay.
 */
export function checkedText(
  definition: VariableDefinition,
  value: SetValue,
  current: () => string,
  warn: (warning: Warning) => void,
): string {
  const { name, type } = definition;
  switch (type.kind) {
    case "bool":
      return checkedBool(name, value);
    case "enum":
      return checkedEnum(name, type.words, value);
    case "int":
      return checkedInt(definition, type, value, warn);
    case "decimal":
      if (value.text === null || !value.isNumber) throw wrongType(name);
      return Number(value.text).toFixed(6);
    case "set":
      return checkedSqlMode(name, value, warn);
    case "switch":
      return checkedSwitch(definition, value, current);
    case "string":
      if (value.text === null) {
        if (name === "session_track_system_variables") return "";
        throw wrongValue(name, value);
      }
      if (value.isNumber) throw wrongType(name);
      return value.text;
    default:
      return unreachable(type);
  }
}

/** As `SELECT @@name` gives it. */
export function selectedValue(definition: VariableDefinition, text: string): Value {
  switch (definition.type.kind) {
    case "bool":
      return text === "ON" ? 1 : 0;
    case "int": {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : text;
    }
    case "decimal":
    case "enum":
    case "set":
    case "switch":
      return text;
    case "string": {
      const isNull = { secure_file_priv: "NULL", character_set_results: "" }[definition.name];
      return text === isNull ? null : text;
    }
    default:
      return unreachable(definition.type);
  }
}

function checkedBool(name: string, value: SetValue): string {
  const text = value.text?.toUpperCase() ?? "";
  if (value.isFractional) throw wrongType(name);
  if (value.isNumber && (text === "1" || text === "0")) return text === "1" ? "ON" : "OFF";
  if (!value.isNumber && ["ON", "TRUE", "1"].includes(text)) return "ON";
  if (!value.isNumber && ["OFF", "FALSE", "0"].includes(text)) return "OFF";
  throw wrongValue(name, value);
}

function checkedEnum(name: string, words: readonly string[], value: SetValue): string {
  if (value.isFractional) throw wrongType(name);
  const word = value.isNumber
    ? words[Number(value.text)]
    : words.find((known) => known.toLowerCase() === value.text?.toLowerCase());
  if (word === undefined) throw wrongValue(name, value);
  return word;
}

function checkedInt(
  definition: VariableDefinition,
  range: { readonly min: bigint; readonly max: bigint; readonly block: bigint },
  value: SetValue,
  warn: (warning: Warning) => void,
): string {
  if (!value.isNumber || value.isFractional || value.text === null) {
    throw wrongType(definition.name);
  }
  const wanted = BigInt(value.text);
  const inRange = wanted < range.min ? range.min : wanted > range.max ? range.max : wanted;
  const cut = inRange - (inRange % range.block);
  if (cut !== wanted) {
    warn(mysqlWarning("Warning", "ER_TRUNCATED_WRONG_VALUE", definition.name, value.text));
  }
  return String(cut);
}

/** MySQL: Sys_var_flagset: `name=on`, `name=off` and `name=default`, or the word `default` alone. */
function checkedSwitch(
  { name, default: first }: VariableDefinition,
  value: SetValue,
  current: () => string,
): string {
  if (value.text === null || value.isNumber) throw wrongValue(name, value);
  const flags = (text: string) =>
    new Map(text.split(",").map((flag) => flag.split("=") as [string, string]));
  const [defaults, chosen] = [flags(first), flags(current())];
  for (const written of value.text.split(",")) {
    const [flag = "", state = ""] = written.toLowerCase().split("=");
    if (written === "") continue;
    const known = defaults.get(flag);
    if (flag === "default" && state === "") for (const [each, on] of defaults) chosen.set(each, on);
    else if (known === undefined || !/^(on|off|default)$/.test(state)) {
      throw mysqlError("ER_WRONG_VALUE_FOR_VAR", name, written);
    } else chosen.set(flag, state === "default" ? known : state);
  }
  return [...chosen].map((flag) => flag.join("=")).join(",");
}

const SQL_MODES = [
  "REAL_AS_FLOAT",
  "PIPES_AS_CONCAT",
  "ANSI_QUOTES",
  "IGNORE_SPACE",
  "NOT_USED",
  "ONLY_FULL_GROUP_BY",
  "NO_UNSIGNED_SUBTRACTION",
  "NO_DIR_IN_CREATE",
  "ANSI",
  "NO_AUTO_VALUE_ON_ZERO",
  "NO_BACKSLASH_ESCAPES",
  "STRICT_TRANS_TABLES",
  "STRICT_ALL_TABLES",
  "NO_ZERO_IN_DATE",
  "NO_ZERO_DATE",
  "ALLOW_INVALID_DATES",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "TRADITIONAL",
  "HIGH_NOT_PRECEDENCE",
  "NO_ENGINE_SUBSTITUTION",
  "PAD_CHAR_TO_FULL_LENGTH",
  "TIME_TRUNCATE_FRACTIONAL",
];

/** Modes that stand for several (MySQL: expand_sql_mode). */
const COMBINED_MODES: Readonly<Record<string, readonly string[]>> = {
  ANSI: ["REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "ONLY_FULL_GROUP_BY"],
  TRADITIONAL: [
    "STRICT_TRANS_TABLES",
    "STRICT_ALL_TABLES",
    "NO_ZERO_IN_DATE",
    "NO_ZERO_DATE",
    "ERROR_FOR_DIVISION_BY_ZERO",
    "NO_ENGINE_SUBSTITUTION",
  ],
};

function checkedSqlMode(name: string, value: SetValue, warn: (warning: Warning) => void): string {
  if (value.text === null) throw wrongValue(name, value);
  const words = value.isNumber ? modesOfNumber(name, value) : value.text.split(",");
  const chosen = new Set<string>();
  for (const written of words) {
    const word = written.trim().toUpperCase();
    if (word === "") continue;
    if (!SQL_MODES.includes(word)) throw mysqlError("ER_WRONG_VALUE_FOR_VAR", name, written);
    for (const mode of [word, ...(COMBINED_MODES[word] ?? [])]) chosen.add(mode);
  }
  warnOfModes(chosen, warn);
  return SQL_MODES.filter((mode) => chosen.has(mode)).join(",");
}

/** `SET sql_mode = 4`: the modes of a number's bits, some of which are of modes that there were once. */
function modesOfNumber(name: string, value: SetValue): readonly string[] {
  const text = value.text ?? "";
  if (!/^-?\d+$/.test(text)) throw wrongType(name);
  const number = Number(text);
  if (number < 0 || number >= 2 ** 33) throw wrongValue(name, value);
  let rest = number;
  const modes = SQL_MODES.filter((_mode, at) => {
    const bit = 2 ** (at + (at < 8 ? 0 : at < 18 ? 10 : 11));
    const isSet = Math.floor(number / bit) % 2 === 1;
    if (isSet) rest -= bit;
    return isSet;
  });
  if (rest === 0) return modes;
  throw mysqlError("ER_UNSUPPORTED_SQL_MODE", rest.toString(16).padStart(8, "0"));
}

/** MySQL: check_sql_mode: strict mode and the modes that will be a part of it. */
function warnOfModes(chosen: ReadonlySet<string>, warn: (warning: Warning) => void): void {
  const isStrict = chosen.has("STRICT_TRANS_TABLES") || chosen.has("STRICT_ALL_TABLES");
  if (MODES_OF_STRICT.some((mode) => chosen.has(mode) !== isStrict)) {
    warn(mysqlWarning("Warning", "ER_SQL_MODE_MERGED"));
  }
  const full = "PAD_CHAR_TO_FULL_LENGTH";
  if (chosen.has(full)) warn(mysqlWarning("Warning", "ER_WARN_DEPRECATED_SQLMODE", full));
}

const MODES_OF_STRICT = ["NO_ZERO_IN_DATE", "NO_ZERO_DATE", "ERROR_FOR_DIVISION_BY_ZERO"];

function wrongType(name: string) {
  return mysqlError("ER_WRONG_TYPE_FOR_VAR", name);
}

function wrongValue(name: string, value: SetValue) {
  return mysqlError("ER_WRONG_VALUE_FOR_VAR", name, value.text ?? "NULL");
}
