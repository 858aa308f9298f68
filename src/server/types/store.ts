/**
 * Storing a value into a column: conversion to the column's type, with MySQL's errors under strict mode and its warnings
 * and nearest values otherwise.
 *
 * MySQL: Field_*::store, set_warning, Field::check_overflow (sql/field.cc).
 */
import { unreachable } from "../../base/assert.ts";
import { compareText } from "../../base/collation.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { decodedInto, encodedInto } from "./bytes_as_text.ts";
import type { TextType } from "./character_sets.ts";
import { binaryOf, doubleOf, integerOf, type Present, textOf } from "./convert.ts";
import { doubleTextWithin } from "./double.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { classOf, isJson, type SqlType } from "./sql_type.ts";
import { storeBits, storeSet } from "./store_bits.ts";
import { storeJson } from "./store_json.ts";
import { storeDecimal, storeDouble, storeInteger, storeYear } from "./store_number.ts";
import { storeMoment, storeTime } from "./store_temporal.ts";

export interface StoreTarget {
  readonly name: string;
  readonly type: ColumnType;
  /** The table's name, for messages. */
  readonly table?: string;
  /** VARCHAR that is given a column of the same collation. MySQL: do_varstring_mb. */
  readonly isCopy?: boolean;
}

export type Store = (value: Present) => Datum;

/** Converts values of `from` to the column's stored form. NULL is the caller's business. */
export function storeInto(target: StoreTarget, from: SqlType, env: EvalEnv): Store {
  const { type } = target;
  switch (type.kind) {
    case "int":
      return storeInteger(target, type, from, env);
    case "year":
      return storeYear(target, from, env);
    case "rowId":
      return (value) => value;
    case "decimal":
      return storeDecimal(target, type, from, env);
    case "double":
    case "float":
      return storeDouble(target, type, from, env);
    case "char":
    case "varchar":
    case "text":
    case "blob":
      if (isJson(type)) return storeJson(target, from);
      return storeText(target, type, from, env);
    case "date":
      return storeMoment(target, from, env, null);
    case "datetime":
    case "timestamp":
      return storeMoment(target, from, env, type.fsp);
    case "time":
      return storeTime(target, type.fsp, from, env);
    case "bit":
      return storeBits(target, type.length, from, env);
    case "enum":
      if (type.isSet) return storeSet(target, type, from, env);
      return storeEnum(target, type.members, type.collation, from, env);
    default:
      return unreachable(type);
  }
}

function storeText(
  target: StoreTarget,
  type: ColumnType & { kind: "char" | "varchar" | "text" | "blob" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const asText =
    type.collation === "binary" ? binaryOf(from) : charactersOf(target.name, type, from, env);
  const isFixed = type.kind === "char";
  const isReal = from.kind === "double";
  return (value) => {
    let text = asText(value);
    if (isReal && text.length > type.length) {
      text = doubleTextWithin(Number(value), type.length) ?? text;
    }
    // CHAR gives its trailing blanks back to nobody; BINARY(n) is filled up with zero bytes.
    if (isFixed && type.collation !== "binary") text = text.replace(/ +$/, "");
    if (text.length > type.length) text = cut(text);
    return isFixed && type.collation === "binary" ? text.padEnd(type.length, "\0") : text;
  };

  function cut(text: string): string {
    const characters = [...text];
    if (characters.length <= type.length) return text;
    const kept = characters.slice(0, type.length).join("");
    const isOnlyBlanks = text.slice(kept.length).trimEnd() === "" && type.collation !== "binary";
    if (!isOnlyBlanks) {
      const isTooLong = env.strict && target.isCopy !== true;
      const name = isTooLong ? "ER_DATA_TOO_LONG" : "WARN_DATA_TRUNCATED";
      dataProblem(env, name, target.name, env.rowNumber);
    } else if (!isFixed) {
      const message = `Data truncated for column '${target.name}' at row ${env.rowNumber}`;
      env.ctx.warn({ level: "Note", errno: 1265, message });
    }
    return kept;
  }
}

/** The text of a value in a column of characters. */
function charactersOf(
  name: string,
  type: TextType,
  from: SqlType,
  env: EvalEnv,
): (value: Present) => string {
  const asText = textOf(from);
  if ("collation" in from && from.collation === "binary") {
    return decodedInto({ name, type }, asText, env);
  }
  return type.declared === undefined ? asText : encodedInto({ name, type }, asText, env);
}

function storeEnum(
  target: StoreTarget,
  members: readonly string[],
  collation: string,
  from: SqlType,
  env: EvalEnv,
): Store {
  const byText = classOf(from) === "string" || classOf(from) === "temporal";
  const asText = textOf(from);
  const asInteger = byText ? null : memberNumber(from, env);
  const truncated = (): Datum => {
    dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
    return 0;
  };
  return (value) => {
    if (asInteger !== null) {
      const number = asInteger(value);
      return number >= 1 && number <= members.length ? number : truncated();
    }
    const text = asText(value).replace(/ +$/, "");
    const at = members.findIndex((member) => compareText(member, text, collation) === 0);
    if (at >= 0) return at + 1;
    const number = /^\d{1,5}$/.test(text) ? Number(text) : members.length + 1;
    return number <= members.length ? number : truncated();
  };
}

/** A fraction is cut off. */
function memberNumber(from: SqlType, env: EvalEnv): (value: Present) => number {
  const read = classOf(from) === "int" ? integerOf(from, env) : doubleOf(from, env);
  return (value) => Math.trunc(Number(read(value)));
}
