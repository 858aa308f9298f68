/** One character written with a backslash: \n, \x41, \u4f60, \0101, or a sign that loses its meaning. */
import { mysqlError } from "../errors.ts";
import type { Reader } from "./reader.ts";

const CONTROLS: Readonly<Record<string, string>> = {
  a: "\u0007",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const NUMBERS: readonly RegExp[] = [
  /^x\{[0-9a-f]{1,6}\}/iu,
  /^x[0-9a-f]{1,2}/iu,
  /^u[0-9a-f]{4}/iu,
  /^U[0-9a-f]{8}/iu,
];

const CODE_POINT_MAX = 0x10ffff;

/** The backslash is read already. */
export function escapedCharacter(reader: Reader): string {
  const char = reader.peek();
  if (char === undefined) throw mysqlError("ER_REGEXP_BAD_ESCAPE_SEQUENCE");
  for (const pattern of NUMBERS) {
    const found = reader.match(pattern);
    if (found !== null) return ofCode(Number.parseInt(found.replace(/[^0-9a-f]/giu, ""), 16));
  }
  const octal = reader.match(/^0[0-7]{1,3}/u);
  if (octal !== null) return ofCode(Number.parseInt(octal, 8));
  const control = reader.match(/^c[\x20-\x7e]/u);
  if (control !== null) return String.fromCharCode(control.charCodeAt(1) & 0x1f);
  const known = CONTROLS[char];
  if (known === undefined && /[A-Za-z0-9]/.test(char)) {
    throw mysqlError("ER_REGEXP_BAD_ESCAPE_SEQUENCE");
  }
  reader.next();
  return known ?? char;
}

function ofCode(code: number): string {
  if (code > CODE_POINT_MAX) throw mysqlError("ER_REGEXP_BAD_ESCAPE_SEQUENCE");
  return String.fromCodePoint(code);
}
