/** Options of tables and databases: `ENGINE = InnoDB`, `DEFAULT CHARSET utf8mb4`, ... */

import type { AlterTable, TableOption } from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { acceptCharset, charsetName } from "./parser_names.ts";

type Value = (cursor: Cursor) => string;

const text: Value = (cursor) => cursor.string();
const digits: Value = (cursor) => {
  if (cursor.type !== "integer" && cursor.type !== "hex") cursor.fail();
  return cursor.advance().value;
};
const digitsOrDefault: Value = (cursor) => (cursor.accept("DEFAULT") ? "default" : digits(cursor));
const name: Value = (cursor) => cursor.name().text;
const nameOrText: Value = (cursor) => (cursor.type === "string" ? cursor.string() : name(cursor));
const word =
  (...words: readonly string[]): Value =>
  (cursor) =>
    cursor.expectOne(words).toLowerCase();

let values: ReadonlyMap<string, Value> | null = null;

/** Options by their keyword, with how their value is read; the name is the keyword in lower case. */
function valuesOf(): ReadonlyMap<string, Value> {
  values ??= new Map<string, Value>([
    ["AUTOEXTEND_SIZE", (cursor) => (cursor.type === "integer" ? digits(cursor) : name(cursor))],
    ["AUTO_INCREMENT", digits],
    ["AVG_ROW_LENGTH", digits],
    ["CHECKSUM", digits],
    ["COMMENT", text],
    ["COMPRESSION", text],
    ["CONNECTION", text],
    ["DELAY_KEY_WRITE", digits],
    ["ENCRYPTION", text],
    ["ENGINE_ATTRIBUTE", text],
    ["INSERT_METHOD", word("NO", "FIRST", "LAST")],
    ["KEY_BLOCK_SIZE", digits],
    ["MAX_ROWS", digits],
    ["MIN_ROWS", digits],
    ["PACK_KEYS", digitsOrDefault],
    ["PASSWORD", text],
    ["ROW_FORMAT", word("DEFAULT", "FIXED", "DYNAMIC", "COMPRESSED", "REDUNDANT", "COMPACT")],
    ["SECONDARY_ENGINE", (cursor) => (cursor.accept("NULL") ? "null" : nameOrText(cursor))],
    ["SECONDARY_ENGINE_ATTRIBUTE", text],
    ["STATS_AUTO_RECALC", digitsOrDefault],
    ["STATS_PERSISTENT", digitsOrDefault],
    ["STATS_SAMPLE_PAGES", digitsOrDefault],
    ["TABLE_CHECKSUM", digits],
  ]);
  return values;
}

/** Reads one option of a table; null when none is next. */
export function acceptTableOption(cursor: Cursor): TableOption | null {
  const start = cursor.start;
  const { key } = cursor.token;
  if (key === "" || key === ";") return null;
  if (key === "ENGINE") return valued(cursor, start, nameOrText);
  return acceptCharsetOption(cursor) ?? otherOption(cursor, start);
}

/** What few tables have: in the built site it is no part of what a small frame loads. */
function otherOption(cursor: Cursor, start: number): TableOption | null {
  const value = valuesOf().get(cursor.token.key);
  return value === undefined ? rareOption(cursor, start) : valued(cursor, start, value);
}

function valued(cursor: Cursor, start: number, value: Value): TableOption {
  const { key } = cursor.advance();
  cursor.accept("=");
  return option(cursor, start, key.toLowerCase(), value(cursor));
}

function option(cursor: Cursor, start: number, optionName: string, value: string): TableOption {
  return { kind: "tableOption", span: cursor.span(start), name: optionName, value };
}

/** Reads `[DEFAULT] CHARSET | CHARACTER SET | COLLATE [=] name`, or returns null. */
export function acceptCharsetOption(cursor: Cursor): TableOption | null {
  const start = cursor.start;
  const wasDefault = cursor.accept("DEFAULT");
  if (acceptCharset(cursor)) {
    cursor.accept("=");
    const value = cursor.accept("DEFAULT") ? "default" : charsetName(cursor);
    return option(cursor, start, "charset", value);
  }
  if (cursor.accept("COLLATE")) {
    cursor.accept("=");
    const value = cursor.accept("DEFAULT") ? "default" : charsetName(cursor);
    return option(cursor, start, "collate", value);
  }
  if (wasDefault && cursor.accept("ENCRYPTION")) {
    cursor.accept("=");
    return option(cursor, start, "encryption", text(cursor));
  }
  return wasDefault ? cursor.fail() : null;
}

function rareOption(cursor: Cursor, start: number): TableOption | null {
  switch (cursor.token.key) {
    case "DATA":
    case "INDEX": {
      const what = cursor.token.key.toLowerCase();
      if (cursor.peek(1).key !== "DIRECTORY") return null;
      cursor.advance();
      cursor.advance();
      cursor.accept("=");
      return option(cursor, start, `${what}_directory`, text(cursor));
    }
    case "TABLESPACE":
      cursor.advance();
      cursor.accept("=");
      return option(cursor, start, "tablespace", name(cursor));
    case "STORAGE":
      cursor.advance();
      return option(cursor, start, "storage", word("DISK", "MEMORY")(cursor));
    case "UNION": {
      cursor.advance();
      cursor.accept("=");
      const tables = cursor.parenthesised((inner) => inner.tableName().name.text);
      return option(cursor, start, "union", tables.join(","));
    }
    case "START":
      cursor.advance();
      cursor.expect("TRANSACTION");
      return option(cursor, start, "start_transaction", "1");
    default:
      return null;
  }
}

// ---------------------------------------------------------------- ALGORITHM and LOCK

const ALGORITHMS = new Set(["default", "instant", "inplace", "copy"]);
const LOCKS = new Set(["default", "none", "shared", "exclusive"]);

/** Reads `ALGORITHM [=] value`, which is known to be there. */
export function algorithm(cursor: Cursor): AlterTable["algorithm"] {
  cursor.expect("ALGORITHM");
  cursor.accept("=");
  return wordOf(cursor, ALGORITHMS, 1800) as AlterTable["algorithm"];
}

/** Reads `LOCK [=] value`, which is known to be there. */
export function lockOption(cursor: Cursor): AlterTable["lock"] {
  cursor.expect("LOCK");
  cursor.accept("=");
  return wordOf(cursor, LOCKS, 1801) as AlterTable["lock"];
}

function wordOf(cursor: Cursor, words: ReadonlySet<string>, errno: 1800 | 1801): string {
  const value = cursor.accept("DEFAULT") ? "default" : cursor.name().text;
  const lower = value.toLowerCase();
  return words.has(lower) ? lower : cursor.failWith(errno, value);
}

/** Reads ALGORITHM and LOCK after CREATE INDEX and DROP INDEX, in either order. */
export function indexLockAndAlgorithm(cursor: Cursor): Pick<AlterTable, "algorithm" | "lock"> {
  let found: Pick<AlterTable, "algorithm" | "lock"> = { algorithm: null, lock: null };
  for (;;) {
    if (found.algorithm === null && cursor.at("ALGORITHM")) {
      found = { ...found, algorithm: algorithm(cursor) };
    } else if (found.lock === null && cursor.at("LOCK")) {
      found = { ...found, lock: lockOption(cursor) };
    } else return found;
  }
}
