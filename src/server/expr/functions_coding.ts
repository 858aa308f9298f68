/**
 * Digests, and texts coded as other texts: SHA2, base 64, addresses, UUIDs. MD5 and SHA1 are no functions of 9.7.
 *
 * MySQL: sql/item_strfunc.cc, item_inetfunc.cc.
 */

import { utf8Bytes } from "../../base/utf8.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { type Present, textOf } from "../types/convert.ts";
import { dataProblem } from "../types/eval_env.ts";
import { BIGINT_UNSIGNED, BOOLEAN, varchar } from "../types/sql_type.ts";
import { type DigestBits, sha2 } from "./digest_sha2.ts";
import {
  encoding,
  type FunctionTable,
  integerArg,
  lenient,
  ofTexts,
  strict,
  textArg,
  wholeArg,
} from "./function_table.ts";
import type { Item } from "./item.ts";
import { digestType, makeSetType } from "./text_types.ts";

export const CODING_FUNCTIONS: FunctionTable = {
  sha2: encoding(
    lenient(2, 2, digestType, (call) => {
      const [text, bits] = [textArg(call, 0), integerArg(call, 1)];
      return (values) => {
        const given = values as readonly Present[];
        const size = values[1] === null ? undefined : DIGEST_BITS[bits(given)];
        if (size === undefined) {
          const warning = mysqlWarning("Warning", "ER_WRONG_PARAMETERS_TO_NATIVE_FCT", "sha2");
          call.env.ctx.warn(warning);
          return null;
        }
        return values[0] === null ? null : sha2(size, utf8Bytes(text(given)));
      };
    }),
  ),
  to_base64: encoding(
    ofTexts(1, 1, varchar(16_777_216), ([text]) => base64(utf8Bytes(text as string))),
  ),
  from_base64: ofTexts(1, 1, varchar(16_777_216, "binary"), ([text]) => fromBase64(text as string)),
  inet_aton: strict(1, 1, BIGINT_UNSIGNED, (call) => {
    const text = textArg(call, 0);
    return (values) => {
      const address = text(values);
      const number = addressNumber(address);
      if (number === null) {
        dataProblem(call.env, "ER_WRONG_VALUE_FOR_TYPE", "string", `'${address}'`, "inet_aton");
      }
      return number;
    };
  }),
  inet_ntoa: strict(1, 1, varchar(31), (call) => {
    const whole = wholeArg(call, 0);
    return (values) => {
      const number = Number(whole(values));
      if (number < 0 || number > 0xffffffff) {
        const shown = (call.args[0] as Item).text();
        dataProblem(call.env, "ER_WRONG_VALUE_FOR_TYPE", "integer", shown, "inet_ntoa");
        return null;
      }
      return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
    };
  }),
  is_uuid: ofTexts(1, 1, BOOLEAN, ([text]) => (UUID.test(text as string) ? 1 : 0)),
  uuid_to_bin: strict(1, 2, varchar(16, "binary"), (call) => {
    const text = textArg(call, 0);
    const swaps = integerArg(call, 1);
    return (values) => {
      const uuid = text(values);
      if (!UUID.test(uuid)) {
        throw mysqlError("ER_WRONG_VALUE_FOR_TYPE", "string", uuid, "uuid_to_bin");
      }
      const digits = uuid.replace(/[^0-9a-f]/gi, "");
      return bytesOf(swaps(values) !== 0 ? swapped(digits) : digits);
    };
  }),
  bin_to_uuid: strict(1, 2, varchar(36), (call) => {
    const bytes = textArg(call, 0);
    const swaps = integerArg(call, 1);
    return (values) => {
      const given = bytes(values);
      if (given.length !== 16) {
        throw mysqlError("ER_WRONG_VALUE_FOR_TYPE", "string", given, "bin_to_uuid");
      }
      const digits = hexOf(given);
      return dashed(swaps(values) !== 0 ? unswapped(digits) : digits);
    };
  }),
  make_set: lenient(2, Number.POSITIVE_INFINITY, makeSetType, (call) => {
    const bits = wholeArg(call, 0);
    const read = call.args.map((arg: Item) => textOf(arg.type));
    return (values) => {
      const [first] = values;
      if (first === null || first === undefined) return null;
      const flags = BigInt.asUintN(64, BigInt(bits([first])));
      const chosen = values.flatMap((value, at) => {
        const isSet = at > 0 && ((flags >> BigInt(at - 1)) & 1n) === 1n;
        return isSet && value !== null ? [(read[at] as (v: Present) => string)(value)] : [];
      });
      return chosen.join(",");
    };
  }),
};

const DIGEST_BITS: Readonly<Record<number, DigestBits>> = {
  0: 256,
  224: 224,
  256: 256,
  384: 384,
  512: 512,
};

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Characters of a line of base 64. */
const LINE = 76;

function base64(bytes: readonly number[]): string {
  let out = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const known = bytes.length - at;
    out += BASE64[bits >> 18];
    out += BASE64[(bits >> 12) & 63];
    out += known > 1 ? BASE64[(bits >> 6) & 63] : "=";
    out += known > 2 ? BASE64[bits & 63] : "=";
  }
  return (out.match(new RegExp(`.{1,${LINE}}`, "g")) ?? []).join("\n");
}

/** Null for what is none. */
function fromBase64(text: string): string | null {
  const digits = text.replace(/\s/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return null;
  let out = "";
  for (let at = 0; at < digits.length; at += 4) {
    const group = digits.slice(at, at + 4);
    const bits = [...group].reduce((sum, char) => sum * 64 + Math.max(BASE64.indexOf(char), 0), 0);
    const count = 3 - (group.match(/=/g)?.length ?? 0);
    for (let i = 0; i < count; i += 1) out += String.fromCharCode((bits >> (16 - 8 * i)) & 255);
  }
  return out;
}

/** '10.0.0.1'; short forms fill up in the middle, as '10.1'. */
function addressNumber(text: string): number | null {
  if (!/^\d{1,3}(\.\d{1,3}){0,3}$/.test(text)) return null;
  const parts = text.split(".").map(Number);
  if (parts.some((part) => part > 255)) return null;
  const last = parts.pop() as number;
  while (parts.length < 3 && parts.length > 0) parts.push(0);
  return parts.reduce((sum, part) => sum * 256 + part, 0) * 256 + last;
}

const UUID =
  /^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\})$/i;

/** The time's parts in descending order: the third group, the second, the first. */
function swapped(digits: string): string {
  return digits.slice(12, 16) + digits.slice(8, 12) + digits.slice(0, 8) + digits.slice(16);
}

function unswapped(digits: string): string {
  return digits.slice(8, 16) + digits.slice(4, 8) + digits.slice(0, 4) + digits.slice(16);
}

function bytesOf(digits: string): string {
  return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function hexOf(bytes: string): string {
  return [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

function dashed(digits: string): string {
  return [0, 8, 12, 16, 20]
    .map((from, at) => digits.slice(from, [8, 12, 16, 20, 32][at]))
    .join("-");
}
