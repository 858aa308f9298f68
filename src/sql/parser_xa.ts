/** XA START, END, PREPARE, COMMIT, ROLLBACK and RECOVER. */
import { utf8Length } from "../base/utf8.ts";
import type { Xa, XaRecover, Xid } from "./ast_xa.ts";
import type { Cursor } from "./cursor.ts";
import { acceptLiteral } from "./parser_literal.ts";

const PART_BYTES_MAX = 64;

/** Reads a statement that begins with XA. */
export function xa(cursor: Cursor): Xa | XaRecover {
  const { start } = cursor.advance();
  const words = ["START", "BEGIN", "END", "PREPARE", "COMMIT", "ROLLBACK", "RECOVER"] as const;
  const word = cursor.expectOne(words);
  if (word === "RECOVER") {
    const convert = cursor.accept("CONVERT");
    if (convert) cursor.expect("XID");
    return { kind: "xaRecover", span: cursor.span(start), convert };
  }
  const id = xid(cursor);
  const action = (word === "BEGIN" ? "START" : word).toLowerCase() as Xa["action"];
  const option = optionOf(cursor, action);
  return { kind: "xa", span: cursor.span(start), action, xid: id, option };
}

function optionOf(cursor: Cursor, action: Xa["action"]): Xa["option"] {
  switch (action) {
    case "start": {
      const word = cursor.acceptOne(["JOIN", "RESUME"]);
      return word === null ? null : word === "JOIN" ? "join" : "resume";
    }
    case "end":
      if (!cursor.accept("SUSPEND")) return null;
      if (cursor.accept("FOR")) cursor.expect("MIGRATE");
      return "suspend";
    case "commit":
      if (!cursor.accept("ONE")) return null;
      cursor.expect("PHASE");
      return "onePhase";
    default:
      return null;
  }
}

function xid(cursor: Cursor): Xid {
  const gtrid = part(cursor);
  const bqual = cursor.accept(",") ? part(cursor) : null;
  const formatId = bqual !== null && cursor.accept(",") ? formatIdOf(cursor) : 1;
  return { gtrid, bqual: bqual ?? "", formatId };
}

/** A decimal or a hexadecimal number. */
function formatIdOf(cursor: Cursor): number {
  if (cursor.type !== "hex") return cursor.integer();
  const literal = acceptLiteral(cursor);
  return literal !== null && "digits" in literal
    ? Number.parseInt(literal.digits, 16)
    : cursor.fail();
}

function part(cursor: Cursor): string {
  if (!["string", "hex", "bit"].includes(cursor.type)) cursor.fail();
  const literal = acceptLiteral(cursor) ?? cursor.fail();
  const text =
    literal.kind === "string" ? literal.value : "digits" in literal ? bytes(literal) : "";
  if (utf8Length(text) > PART_BYTES_MAX) cursor.fail();
  return text;
}

function bytes({ kind, digits }: { readonly kind: string; readonly digits: string }): string {
  const [base, width] = kind === "hex" ? [16, 2] : [2, 8];
  const padded = digits.padStart(Math.ceil(digits.length / width) * width, "0");
  const found = padded.match(new RegExp(`.{${width}}`, "g")) ?? [];
  return found.map((one) => String.fromCharCode(Number.parseInt(one, base))).join("");
}
