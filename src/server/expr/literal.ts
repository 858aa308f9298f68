/**
 * Literals as items.
 *
 * MySQL: Item_int, Item_decimal, Item_float, Item_hex_string, Item_string, create_temporal_literal.
 */

import { dateText } from "../../base/temporal_text.ts";
import { binaryText, utf8Text } from "../../base/utf8.ts";
import type { Literal } from "../../sql/ast_expression.ts";
import { mysqlError } from "../errors.ts";
import { parseDecimal } from "../types/decimal.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { wholeOf } from "../types/integer.ts";
import { readMomentText } from "../types/read_moment.ts";
import { readTimeText } from "../types/read_time.ts";
import {
  BOOLEAN,
  DATE,
  DOUBLE,
  decimal,
  NULL_TYPE,
  SIGNED_MAX,
  UNSIGNED_MAX,
  varchar,
  wholeOfDigits,
} from "../types/sql_type.ts";
import { rulesOf } from "../types/store_temporal.ts";
import { momentText } from "../types/temporal.ts";
import { warnOfDelimiter } from "../types/temporal_of.ts";
import { type Item, literalItem } from "./item.ts";

export function literal(node: Literal, env: EvalEnv): Item {
  switch (node.kind) {
    case "integer":
      return env.given?.itemOf(node) ?? integerLiteral(node.text);
    case "decimal":
      return decimalLiteral(node.text);
    case "float":
      return floatLiteral(node.text);
    case "hex":
      return bytesLiteral(node.digits, `0x${node.digits}`, node.charset);
    case "bit": {
      if (node.digits === "") return bytesLiteral("", "0x", node.charset);
      const hex = BigInt(`0b${node.digits}`).toString(16);
      return bytesLiteral(hex.length % 2 === 1 ? `0${hex}` : hex, `0x${hex}`, node.charset);
    }
    case "string":
      if (node.charset === "binary") return binaryLiteral(node.value, env);
      return env.given?.itemOf(node) ?? stringLiteral(node.value);
    case "boolean":
      return literalItem(node.value ? 1 : 0, BOOLEAN, node.value ? "true" : "false");
    case "null":
      return literalItem(null, NULL_TYPE, "NULL");
    case "temporal":
      return temporalLiteral(node.type, node.value, env);
  }
}

function integerLiteral(digits: string): Item {
  const value = digits.length < 16 ? Number(digits) : BigInt(digits);
  if (value > UNSIGNED_MAX) return decimalLiteral(digits);
  const type = wholeOfDigits(digits.length, value > SIGNED_MAX);
  return literalItem(typeof value === "bigint" ? wholeOf(value) : value, type, digits);
}

function decimalLiteral(text: string): Item {
  const [before = "", behind = ""] = text.split(".");
  const whole = before.replace(/^0+/, "");
  const room = DIGITS_MAX - Math.ceil(whole.length / DIGITS_PER_WORD) * DIGITS_PER_WORD;
  if (room < 0) return literalItem(HIGHEST, decimal(HIGHEST_DIGITS, 0), text);
  const fraction = behind.slice(0, room);
  const { value } = parseDecimal(`${whole || "0"}.${fraction}`);
  const scale = fraction.length;
  const precision = Math.max(whole.length, 1) + scale;
  return literalItem(value, { kind: "decimal", precision, scale, unsigned: false }, text);
}

/** What a DECIMAL has room for that is in no column: nine words of nine digits. MySQL: DECIMAL_BUFF_LENGTH. */
const DIGITS_PER_WORD = 9;
const DIGITS_MAX = 9 * DIGITS_PER_WORD;
const HIGHEST_DIGITS = 65;
const HIGHEST = 10n ** 65n - 1n;

function floatLiteral(text: string): Item {
  return literalItem(Number(text), DOUBLE, text);
}

/** `_binary 'text'` */
function binaryLiteral(text: string, env: EvalEnv): Item {
  env.given?.noteLook();
  const bytes = binaryText(text);
  return literalItem(
    bytes,
    varchar(bytes.length, "binary"),
    `_binary'${text.replaceAll("'", "\\'")}'`,
  );
}

export function stringLiteral(value: string): Item {
  return literalItem(value, varchar(value.length), `'${value.replaceAll("'", "\\'")}'`);
}

/**
 * A byte string; with an introducer the text that the bytes are in that character set.
 *
 * Departure: of the character sets only the UTF encodings are read; the bytes of all others stand for themselves.
 */
function bytesLiteral(digits: string, text: string, charset: string | null): Item {
  const bytes = unitsOf(digits, 2);
  const value = charset === null ? bytes : decoded(digits, bytes, charset);
  const isText = charset !== null && charset !== "binary";
  const type = varchar(value.length, isText ? undefined : "binary");
  const item = literalItem(value, type, text);
  if (charset !== null || digits.length > 16) return item;
  const value64 = wholeOf(BigInt(`0x${digits || "0"}`));
  const whole = literalItem(value64, wholeOfDigits(String(value64).length, true), text);
  const number: Item = { ...whole, shape: { kind: "literal", wasConverted: true, wasBytes: true } };
  return { ...item, shape: { kind: "literal", number } };
}

/** Throws 1300 where the bytes are no text of the character set. */
function decoded(digits: string, bytes: string, charset: string): string {
  if (charset === "ucs2" || charset === "utf16") return unitsOf(digits, 4);
  if (!charset.startsWith("utf8")) return bytes;
  const text = utf8Text(bytes);
  if (typeof text === "string") return text;
  const name = charset === "utf8" ? "utf8mb3" : charset;
  const bad = digits.slice(2 * text, 2 * text + 6).toUpperCase();
  throw mysqlError("ER_INVALID_CHARACTER_STRING", name, bad);
}

/** Characters by their codes in hexadecimal, so many digits each. */
function unitsOf(digits: string, length: number): string {
  let text = "";
  for (let at = 0; at < digits.length; at += length) {
    text += String.fromCharCode(Number.parseInt(digits.slice(at, at + length), 16));
  }
  return text;
}

/** DATE'2026-01-05' and its like; 1525 when the text is none. MySQL: create_temporal_literal. */
function temporalLiteral(type: "date" | "time" | "timestamp", value: string, env: EvalEnv): Item {
  if (type === "time") {
    const read = readTimeText(value);
    if (read.micros === null || read.trouble !== null || read.isMoment) {
      throw mysqlError("ER_WRONG_VALUE", "TIME", value);
    }
    warnOfDelimiter(value, read.delimiter, env);
    return literalItem(read.micros, { kind: "time", fsp: read.digits }, `TIME'${value}'`);
  }
  const read = readMomentText(value, rulesOf(env));
  const isDate = type === "date";
  if (
    read.moment === null ||
    read.trouble !== null ||
    read.kind !== (isDate ? "date" : "datetime")
  ) {
    throw mysqlError("ER_WRONG_VALUE", isDate ? "DATE" : "DATETIME", value);
  }
  warnOfDelimiter(value, read.delimiter, env);
  if (isDate) return literalItem(dateText(read.moment), DATE, `DATE'${value}'`);
  const fsp = read.digits;
  const text = `TIMESTAMP'${value}'`;
  return literalItem(momentText(read.moment, fsp), { kind: "datetime", fsp }, text);
}
