/**
 * Text to the letters of a link and back. What comes in may be anything: whatever it is, reading it ends with a text or
 * with a reason, takes bounded memory, and never throws.
 *
 *     version  check   deflated, in base64url
 *        1     Qd0K    q1YqSSxSslJKTMpMVKoFAA...
 *
 * The version says which preset dictionary was used; a dictionary that links have been made with is never changed.
 */
import { deflateSync, Inflate } from "fflate";
import { DICTIONARY_1 } from "./link_dictionary.ts";

/** Why a link cannot be opened; `unknown`: it names an example that is not there. */
export type LinkFault = "version" | "damaged" | "large" | "scenario" | "unknown";

/** Letters of a link that are looked at, at most: browsers pass on some two million. */
const LETTERS_MAX = 100_000;
/** Bytes that a link may inflate to. Deflate gains a factor of a thousand at most, so a bomb of 100 KB would be 100 MB. */
export const TEXT_BYTES_MAX = 1_000_000;
/** So much is given to the inflater at once: what one piece inflates to is bounded by it. */
const PIECE_BYTES = 2048;
const CHECK_LETTERS = 4;
const VERSION = "1";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...LETTERS].map((letter, value) => [letter, value]));

const dictionary = new TextEncoder().encode(DICTIONARY_1);

/** A version, a check, and the text deflated with a dictionary that both ends know, as base64url. */
export function lettersOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return sealed(base64url(deflateSync(bytes, { level: 9, dictionary })));
}

/** What was deflated, with its version and its check. */
export function sealed(body: string): string {
  return VERSION + checkOf(body) + body;
}

/** The way back; never throws. */
export function textOfLetters(letters: string): { readonly text: string } | LinkFault {
  if (letters.length > LETTERS_MAX) return "large";
  const check = letters.slice(1, 1 + CHECK_LETTERS);
  const body = letters.slice(1 + CHECK_LETTERS);
  // What is whole and of another version is a later one's; all else is no link.
  if (checkOf(body) !== check) return "damaged";
  if (!letters.startsWith(VERSION)) return "version";
  const bytes = bytesOf(body);
  if (bytes === null) return "damaged";
  return inflated(bytes);
}

function inflated(bytes: Uint8Array): { readonly text: string } | LinkFault {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const inflate = new Inflate({ dictionary }, (piece, isFinal) => {
    pieces.push(piece);
    size += piece.length;
    isWhole = isFinal;
  });
  try {
    for (let at = 0; at < bytes.length && size <= TEXT_BYTES_MAX; at += PIECE_BYTES) {
      const end = at + PIECE_BYTES;
      inflate.push(bytes.subarray(at, end), end >= bytes.length);
    }
    if (size > TEXT_BYTES_MAX) return "large";
    if (!isWhole) return "damaged";
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("");
    return { text: text + decoder.decode() };
  } catch {
    return "damaged";
  }
}

/** 24 bits of FNV-1a: a letter that was lost or changed on the way is noticed. */
function checkOf(body: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < body.length; at += 1) {
    hash = Math.imul(hash ^ body.charCodeAt(at), 0x01000193);
  }
  const bits = (hash ^ (hash >>> 24)) & 0xffffff;
  return [18, 12, 6, 0].map((shift) => LETTERS.charAt((bits >>> shift) & 63)).join("");
}

function base64url(bytes: Uint8Array): string {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at;
    const bits = (byte(bytes, at) << 16) | (byte(bytes, at + 1) << 8) | byte(bytes, at + 2);
    for (let part = 0; part < Math.min(4, rest + 1); part += 1) {
      letters += LETTERS.charAt((bits >>> (18 - 6 * part)) & 63);
    }
  }
  return letters;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function bytesOf(letters: string): Uint8Array | null {
  if (letters.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  for (let at = 0, to = 0; at < letters.length; at += 1) {
    const value = VALUES.get(letters.charAt(at));
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    const filled = (at % 4) * 2;
    if (filled > 0) {
      bytes[to] = (bits >>> (6 - filled)) & 0xff;
      to += 1;
    }
  }
  return bytes;
}
