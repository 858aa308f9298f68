/**
 * A script's statements, for the editor and the command line: cut at semicolons, \g and \G outside strings, quoted names and
 * comments. It works on text that does not parse; what is never closed goes on to the end of the text.
 *
 *     SELECT ';' -- a; b          one statement, without the comment after it
 *     /*!80000 SELECT 1; *\/      one statement: a versioned comment is run
 *     CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END      one statement, without DELIMITER too
 *
 * It cuts as the mysql client does: DELIMITER changes what cuts, and a line that is a command of the client (`source file`)
 * stands for itself, without a semicolon.
 */

import { endsDashes, isSpace } from "./characters.ts";
import { isWithinBody } from "./compound.ts";
import { commentEnd, readQuoted } from "./quoting.ts";

/** One statement of a script. */
export interface ScriptStatement {
  /** From its first character to its last, without the semicolon and without comments before and after it. */
  readonly text: string;
  /** Where `text` stands in the script, in UTF-16 offsets: `script.slice(start, end) === text`. */
  readonly start: number;
  readonly end: number;
  /** The line of `start`, counted from 1. */
  readonly line: number;
  /** It was ended by \G: its rows are printed one below the other. */
  readonly vertical?: true;
  /** The command of the mysql client that it is; the server never sees it. */
  readonly clientCommand?: string;
}

/** What the mysql client acts on itself, at the beginning of a statement (MySQL: `commands` in client/mysql.cc); USE goes to the server here. */
const CLIENT_LINE =
  /(?:(delimiter|source|system|tee|notee|pager|nopager|prompt|edit|exit|quit|status|help|clear|connect|rehash|print|charset|warnings|nowarning)(?![\w$])|(\\[.!qsh?c#dWw]|\?))[^\n]*/iy;

/** The statements of a script, in order. Between them are only semicolons, white space and comments. Never throws. */
export function splitStatements(script: string): readonly ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let start = -1;
  let end = 0;
  let line = 1;
  let counted = 0;
  let delimiter = ";";
  const finish = (more: Pick<ScriptStatement, "vertical" | "clientCommand">): void => {
    if (start < 0) return;
    line += newlines(script, counted, start);
    counted = start;
    statements.push({ text: script.slice(start, end), start, end, line, ...more });
    start = -1;
  };
  for (let at = 0; at < script.length; ) {
    const client = start < 0 ? clientLineAt(script, at) : null;
    if (client !== null) {
      const next = client.command === "delimiter" ? /\s+(\S+)/.exec(client.text)?.[1] : undefined;
      if (next !== undefined) delimiter = next;
      else {
        start = at;
        end = at + withoutEnd(client.text, delimiter).length;
        finish({ clientCommand: client.command });
      }
      at += client.text.length;
      continue;
    }
    const { type: found, to } = pieceAt(script, at, delimiter);
    const isInBody = found === "semicolon" && start >= 0 && isWithinBody(script.slice(start, end));
    const type = isInBody ? "text" : found;
    if (type === "semicolon") finish(script.startsWith("\\G", at) ? { vertical: true } : {});
    if (type === "text") {
      if (start < 0) start = at;
      end = to;
    }
    at = to;
  }
  finish({});
  return statements;
}

/** The line that begins here, when it is a command of the client. */
function clientLineAt(
  script: string,
  at: number,
): { readonly command: string; readonly text: string } | null {
  CLIENT_LINE.lastIndex = at;
  const found = CLIENT_LINE.exec(script);
  if (found === null) return null;
  return { command: (found[1] ?? found[2] ?? "").toLowerCase(), text: found[0] };
}

function withoutEnd(line: string, delimiter: string): string {
  const text = line.trimEnd();
  return text.endsWith(delimiter) ? text.slice(0, -delimiter.length).trimEnd() : text;
}

/**
 * The statement that a caret at `offset` means: the one it stands in or touches; else the one before it on its line,
 * so that it may stand behind the semicolon; else the next one, and at the end of the script the last.
 */
export function statementAt(script: string, offset: number): ScriptStatement | null {
  const statements = splitStatements(script);
  const inside = statements.find(({ start, end }) => start <= offset && offset <= end);
  if (inside !== undefined) return inside;
  const before = statements.findLast(({ end }) => end < offset);
  if (before !== undefined && !script.slice(before.end, offset).includes("\n")) return before;
  return statements.find(({ start }) => start > offset) ?? before ?? null;
}

type PieceType = "text" | "semicolon" | "blank";

/** What begins at an offset, and where it ends: never empty. */
function pieceAt(
  script: string,
  at: number,
  delimiter: string,
): { readonly type: PieceType; readonly to: number } {
  if (delimiter !== ";") {
    if (script.startsWith(delimiter, at)) return { type: "semicolon", to: at + delimiter.length };
    if (script.charAt(at) === ";") return { type: "text", to: at + 1 };
  }
  const character = script.charAt(at);
  switch (character) {
    case ";":
      return { type: "semicolon", to: at + 1 };
    case "\\":
      return /^[gG]$/.test(script.charAt(at + 1))
        ? { type: "semicolon", to: at + 2 }
        : { type: "text", to: at + 1 };
    case "'":
    case '"':
    case "`":
      return { type: "text", to: readQuoted(script, at)?.end ?? script.length };
    case "#":
      return { type: "blank", to: lineEnd(script, at) };
    case "-": {
      const comment = script.charAt(at + 1) === "-" && endsDashes(script.charCodeAt(at + 2));
      return comment ? { type: "blank", to: lineEnd(script, at) } : { type: "text", to: at + 1 };
    }
    case "/":
      return script.charAt(at + 1) === "*" ? comment(script, at) : { type: "text", to: at + 1 };
    default:
      return { type: isSpace(script.charCodeAt(at)) ? "blank" : "text", to: at + 1 };
  }
}

/** A versioned comment belongs to its statement; one that is never closed does, too, as it makes an error. */
function comment(script: string, at: number): { readonly type: PieceType; readonly to: number } {
  const versioned = script.charAt(at + 2) === "!";
  const to = commentEnd(script, at, versioned);
  return { type: versioned || to < 0 ? "text" : "blank", to: to < 0 ? script.length : to };
}

function lineEnd(script: string, at: number): number {
  const end = script.indexOf("\n", at);
  return end < 0 ? script.length : end;
}

function newlines(script: string, from: number, to: number): number {
  let count = 0;
  for (let at = script.indexOf("\n", from); at >= 0 && at < to; at = script.indexOf("\n", at + 1)) {
    count++;
  }
  return count;
}
