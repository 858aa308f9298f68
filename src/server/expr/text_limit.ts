/**
 * How long a function's text may become: too long a result is NULL with a warning, and long ones count as work.
 *
 * MySQL: push_packet_too_big_warning, String_set_str_with_limit (sql/item_strfunc.cc), max_allowed_packet.
 * Departure: texts of more than 16 MiB are not made, whatever max_allowed_packet says: a page's worker has to carry them.
 */

import { utf8Length } from "../../base/utf8.ts";
import { mysqlWarning } from "../errors.ts";
import type { EvalEnv } from "../types/eval_env.ts";

/** Bytes. */
export const TEXT_BYTES_MAX = 16_777_216;
/** Shorter texts cost nothing to speak of. */
const FREE_LENGTH = 4_096;
/** Characters that cost as much as a row. */
const LENGTH_PER_ROW = 64;
/** The least that max_allowed_packet can be. */
const LEAST_LIMIT = 1024;
const UTF8_BYTES_MAX = 3;

interface Limited {
  readonly env: EvalEnv;
  readonly name: string;
}

/** `length` is in UTF-16 units, which is never more than the bytes: what would certainly be too long is not even made. */
export function isTooLong({ env, name }: Limited, length: number): boolean {
  if (length <= LEAST_LIMIT) return false;
  const limit = Number(env.ctx.systemVariable("session", "max_allowed_packet"));
  if (length <= Math.min(limit, TEXT_BYTES_MAX)) return false;
  env.ctx.warn(mysqlWarning("Warning", "ER_WARN_ALLOWED_PACKET_OVERFLOWED", name, limit));
  return true;
}

/** The text as the function's result. */
export function limitedText(call: Limited, text: string): string | null {
  if (text.length * UTF8_BYTES_MAX <= LEAST_LIMIT) return text;
  if (text.length > FREE_LENGTH) {
    call.env.ctx.checkInterrupt(Math.ceil(text.length / LENGTH_PER_ROW));
  }
  return isTooLong(call, utf8Length(text)) ? null : text;
}
