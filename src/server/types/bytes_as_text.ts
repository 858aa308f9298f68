/**
 * What does not fit into a column's character set: bytes that are no text of it, and characters that it has not (1366).
 *
 * MySQL: well_formed_copy_nchars, Field_longstr::check_string_copy_error, convert_to_printable.
 * Departure: bytes for a multi-byte character set that is no UTF stand for themselves, and only ASCII, latin1 and utf8mb3 lack any.
 */
import { binaryText, utf8Text } from "../../base/utf8.ts";
import { mysqlError } from "../errors.ts";
import { charsetOf, shownCollation, type TextType } from "./character_sets.ts";
import type { Present } from "./convert.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";

export interface TextTarget {
  readonly name: string;
  readonly type: TextType;
}

/** Bytes as the text that a column is given; of bytes that are none, what comes before. */
export function decodedInto(
  target: TextTarget,
  asText: (value: Present) => string,
  env: EvalEnv,
): (value: Present) => string {
  const charset = charsetOf(shownCollation(target.type));
  return (value) => {
    const bytes = asText(value);
    const text = decoded(bytes, charset);
    if (typeof text === "string") return text;
    refuse(target, bytes.slice(text), env);
    return decoded(bytes.slice(0, text), charset) as string;
  };
}

/** The text of bytes, or the place of the first bad one. */
function decoded(bytes: string, charset: string): string | number {
  if (charset === "ascii") {
    const bad = bytes.search(/\P{ASCII}/u);
    return bad < 0 ? bytes : bad;
  }
  if (!charset.startsWith("utf8")) return bytes;
  const text = utf8Text(bytes);
  if (charset === "utf8mb4" || typeof text === "number") return text;
  const wide = bytes.search(/[\xf0-\xf4]/);
  return wide < 0 ? text : wide;
}

/** Characters that a character set has not; latin1 is Windows' 1252. */
const MISSING: Readonly<Record<string, RegExp>> = {
  ascii: /\P{ASCII}/gu,
  latin1: /[^\0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu,
  utf8mb3: /[\u{10000}-\u{10ffff}]/gu,
};

/** Throws ER_CANNOT_CONVERT_STRING for a text with a character that the character set has not. */
export function checkEncodable(text: string, charset: string): void {
  const missing = MISSING[charset];
  if (missing !== undefined && text.search(missing) >= 0)
    throw mysqlError("ER_CANNOT_CONVERT_STRING", printable(binaryText(text)), "utf8mb4", charset);
}

/** Characters that the column's character set has not become question marks. */
export function encodedInto(
  target: TextTarget,
  asText: (value: Present) => string,
  env: EvalEnv,
): (value: Present) => string {
  const missing = MISSING[charsetOf(shownCollation(target.type))];
  if (missing === undefined) return asText;
  return (value) => {
    const text = asText(value);
    const at = text.search(missing);
    if (at < 0) return text;
    refuse(target, binaryText(text.slice(at)), env);
    return text.replace(missing, "?");
  };
}

function refuse(target: TextTarget, bytes: string, env: EvalEnv): void {
  const name = "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD";
  dataProblem(env, name, "string", printable(bytes), target.name, env.rowNumber);
}

/** The first six bytes. */
function printable(bytes: string): string {
  const shown = Array.from(bytes.slice(0, 6), (byte) =>
    /[ -~]/.test(byte)
      ? byte
      : `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return `${shown.join("")}${bytes.length > 6 ? "..." : ""}`;
}

/** Bytes that are compared with a column of characters; what they are not stays. MySQL: safe_charset_converter. */
export function bytesBeside(bytes: string, type: TextType): string {
  const text = decoded(bytes, charsetOf(shownCollation(type)));
  return typeof text === "string" ? text : bytes;
}
