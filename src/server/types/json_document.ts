/**
 * JSON documents: what there is in them, how they print, how they compare.
 *
 *     {"bb":1, "a":[2.50,null]}    prints as    {"a": [2.5, null], "bb": 1}
 *
 * Members are ordered by the length of their names in bytes, then by their bytes. A column keeps the printed text.
 *
 * MySQL: Json_dom, Json_wrapper::to_string, Json_wrapper::compare, Json_key_comparator (sql-common/json_dom.cc).
 * Departure: what is kept as text forgets that a fraction was a DECIMAL and a text a date.
 */
import { utf8Bytes, utf8Length } from "../../base/utf8.ts";
import { doubleText } from "./double.ts";

/** A number by its text: -5, 2.5, 1e100. */
export class JsonNumber {
  readonly text: string;
  readonly isDecimal: boolean;

  constructor(text: string, isDecimal = false) {
    this.text = text;
    this.isDecimal = isDecimal;
  }

  get isWhole(): boolean {
    return /^-?\d+$/.test(this.text);
  }
}

export type JsonObject = ReadonlyMap<string, Json>;
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Of members with one name the last counts. */
export function objectOf(members: Iterable<readonly [string, Json]>): JsonObject {
  const unordered = new Map(members);
  return new Map([...unordered].sort(([a], [b]) => compareNames(a, b)));
}

function compareNames(a: string, b: string): number {
  return utf8Length(a) - utf8Length(b) || compareBytes(a, b);
}

function compareBytes(a: string, b: string): number {
  const [x, y] = [utf8Bytes(a), utf8Bytes(b)];
  const at = x.findIndex((byte, i) => byte !== y[i]);
  return at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
}

/** A DOUBLE always shows that it is one. */
export function jsonDouble(value: number): JsonNumber {
  const text = doubleText(value === 0 ? 0 : value);
  return new JsonNumber(/^-?\d+$/.test(text) ? `${text}.0` : text);
}

export function jsonText(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quotedJson(value);
  if (value instanceof JsonNumber) return value.text;
  if (isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
  const members = [...value].map(([name, member]) => `${quotedJson(name)}: ${jsonText(member)}`);
  return `{${members.join(", ")}}`;
}

export function quotedJson(text: string): string {
  return JSON.stringify(text);
}

export function jsonType(value: Json): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return "BOOLEAN";
  if (typeof value === "string") return "STRING";
  if (isArray(value)) return "ARRAY";
  if (!(value instanceof JsonNumber)) return "OBJECT";
  if (value.isDecimal) return "DECIMAL";
  if (!value.isWhole) return "DOUBLE";
  return BigInt(value.text) > SIGNED_MAX ? "UNSIGNED INTEGER" : "INTEGER";
}

const SIGNED_MAX = 2n ** 63n - 1n;

/** The lowest first. */
const ORDER = ["NULL", "NUMBER", "STRING", "OBJECT", "ARRAY", "BOOLEAN"] as const;

function rankOf(value: Json): number {
  if (value instanceof JsonNumber) return ORDER.indexOf("NUMBER");
  return (ORDER as readonly string[]).indexOf(jsonType(value));
}

/** Negative, zero, positive. */
export function compareJson(a: Json, b: Json): number {
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA !== rankB) return rankA - rankB;
  if (a instanceof JsonNumber && b instanceof JsonNumber) return compareNumbers(a, b);
  if (typeof a === "string" && typeof b === "string") return compareBytes(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (isArray(a) && isArray(b)) return compareLists(a, b);
  if (a instanceof Map && b instanceof Map) return compareObjects(a, b);
  return 0;
}

function compareNumbers(a: JsonNumber, b: JsonNumber): number {
  if (!a.isWhole || !b.isWhole) return Number(a.text) - Number(b.text);
  const difference = BigInt(a.text) - BigInt(b.text);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function compareLists(a: readonly Json[], b: readonly Json[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareJson(a[at] as Json, b[at] as Json);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: JsonObject, b: JsonObject): number {
  if (a.size !== b.size) return a.size - b.size;
  const others = [...b];
  for (const [at, [name, value]] of [...a].entries()) {
    const [otherName, other] = others[at] as [string, Json];
    const order = compareNames(name, otherName) || compareJson(value, other);
    if (order !== 0) return order;
  }
  return 0;
}
