/** ALTER TABLE: its actions, with table options among them. */

import { append } from "../base/lists.ts";
import type {
  AlterAction,
  AlterTable,
  ColumnPosition,
  ConvertCharset,
  DropKey,
  UnsupportedAlter,
} from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { columnDefault, columnDefinition } from "./parser_column.ts";
import { constraint, tableElement } from "./parser_key.ts";
import { acceptCharset, charsetName } from "./parser_names.ts";
import { acceptTableOption, algorithm, lockOption } from "./parser_option.ts";
import { optionalCollation } from "./parser_type.ts";

/** What ALTER TABLE has gathered so far. */
interface Alter {
  readonly actions: AlterAction[];
  algorithm: AlterTable["algorithm"];
  lock: AlterTable["lock"];
}

/** Reads ALTER TABLE; other objects are unsupported and were told apart before. */
export function alterTable(cursor: Cursor): AlterTable {
  const { start } = cursor.advance();
  cursor.expect("TABLE");
  const name = cursor.tableName();
  const found: Alter = { actions: [], algorithm: null, lock: null };
  if (cursor.type !== "end" && !cursor.at(";")) {
    do item(cursor, found);
    while (cursor.accept(","));
    if (cursor.at("PARTITION") || cursor.at("REMOVE")) found.actions.push(skipped(cursor));
  }
  return { kind: "alterTable", span: cursor.span(start), name, ...found };
}

/** Reads what stands between two commas. Table options need none between them. */
function item(cursor: Cursor, found: Alter): void {
  if (cursor.at("ALGORITHM")) {
    found.algorithm = algorithm(cursor);
    return;
  }
  if (cursor.at("LOCK")) {
    found.lock = lockOption(cursor);
    return;
  }
  const read = READERS.get(cursor.token.key);
  if (read !== undefined) {
    append(found.actions, read(cursor, cursor.start));
    return;
  }
  let options = 0;
  for (;;) {
    const start = cursor.start;
    const option = acceptTableOption(cursor);
    if (option === null) break;
    found.actions.push({ kind: "setTableOption", span: cursor.span(start), option });
    options++;
  }
  if (options === 0) cursor.fail();
}

type Reader = (cursor: Cursor, start: number) => readonly AlterAction[];

/** Words that begin actions which are only recognised, and what may come after each; null is anything. */
const SKIPPED: ReadonlyMap<string, readonly string[] | null> = new Map([
  ["ANALYZE", ["PARTITION"]],
  ["CHECK", ["PARTITION"]],
  ["COALESCE", ["PARTITION"]],
  ["DISCARD", ["PARTITION", "TABLESPACE"]],
  ["EXCHANGE", ["PARTITION"]],
  ["IMPORT", ["PARTITION", "TABLESPACE"]],
  ["OPTIMIZE", ["PARTITION"]],
  ["PARTITION", ["BY"]],
  ["REBUILD", ["PARTITION"]],
  ["REMOVE", ["PARTITIONING"]],
  ["REORGANIZE", ["PARTITION"]],
  ["REPAIR", ["PARTITION"]],
  ["SECONDARY_LOAD", null],
  ["SECONDARY_UNLOAD", null],
  ["TRUNCATE", ["PARTITION"]],
  ["UPGRADE", ["PARTITIONING"]],
]);

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["ADD", add],
  ["DROP", (cursor, start) => [drop(cursor, start)]],
  ["MODIFY", modify],
  ["CHANGE", change],
  ["RENAME", (cursor, start) => [rename(cursor, start)]],
  ["ALTER", (cursor, start) => [alter(cursor, start)]],
  ["CONVERT", (cursor, start) => [convert(cursor, start)]],
  ["ORDER", orderRows],
  ["FORCE", (cursor, start) => [simple(cursor, start)]],
  ["DISABLE", (cursor, start) => [simple(cursor, start)]],
  ["ENABLE", (cursor, start) => [simple(cursor, start)]],
  ["WITH", (cursor, start) => [simple(cursor, start)]],
  ["WITHOUT", (cursor, start) => [simple(cursor, start)]],
  ...[...SKIPPED.keys()].map((word): [string, Reader] => [word, (cursor) => [skipped(cursor)]]),
]);

// ---------------------------------------------------------------- ADD, MODIFY, CHANGE

function add(cursor: Cursor, start: number): readonly AlterAction[] {
  cursor.advance();
  if (cursor.at("PARTITION")) return [skippedRest(cursor, start)];
  const saidColumn = cursor.accept("COLUMN");
  if (cursor.at("(")) return cursor.parenthesised((inner) => addInList(inner));
  const element = saidColumn ? null : constraint(cursor);
  if (element !== null) return [{ kind: "addElement", span: cursor.span(start), element }];
  const column = columnDefinition(cursor);
  const position = positionOf(cursor);
  return [{ kind: "addColumn", span: cursor.span(start), column, position }];
}

/** One of `ADD (a INT, b INT, KEY (a))`. */
function addInList(cursor: Cursor): AlterAction {
  const start = cursor.start;
  const element = tableElement(cursor);
  const span = cursor.span(start);
  return element.kind === "columnDefinition"
    ? { kind: "addColumn", span, column: element, position: null }
    : { kind: "addElement", span, element };
}

function positionOf(cursor: Cursor): ColumnPosition {
  if (cursor.accept("FIRST")) return "first";
  return cursor.accept("AFTER") ? cursor.name() : null;
}

function modify(cursor: Cursor, start: number): readonly AlterAction[] {
  cursor.advance();
  cursor.accept("COLUMN");
  const column = columnDefinition(cursor);
  const position = positionOf(cursor);
  return [{ kind: "modifyColumn", span: cursor.span(start), column, position }];
}

function change(cursor: Cursor, start: number): readonly AlterAction[] {
  cursor.advance();
  cursor.accept("COLUMN");
  const old = cursor.name();
  const column = columnDefinition(cursor);
  const position = positionOf(cursor);
  return [{ kind: "changeColumn", span: cursor.span(start), old, column, position }];
}

// ---------------------------------------------------------------- DROP, RENAME, ALTER

const DROPPED: Readonly<Record<string, DropKey["type"]>> = {
  INDEX: "index",
  KEY: "index",
  CHECK: "check",
  CONSTRAINT: "constraint",
};

function drop(cursor: Cursor, start: number): AlterAction {
  cursor.advance();
  const { key } = cursor.token;
  const type = DROPPED[key];
  if (type !== undefined) {
    cursor.advance();
    return { kind: "dropKey", type, name: cursor.name(), span: cursor.span(start) };
  }
  if (key === "PRIMARY") {
    cursor.advance();
    cursor.expect("KEY");
    return { kind: "dropKey", span: cursor.span(start), type: "primary", name: null };
  }
  if (key === "FOREIGN") {
    cursor.advance();
    cursor.expect("KEY");
    return { kind: "dropKey", type: "foreignKey", name: cursor.name(), span: cursor.span(start) };
  }
  if (key === "PARTITION") return skippedRest(cursor, start);
  cursor.accept("COLUMN");
  const name = cursor.name();
  cursor.acceptOne(["RESTRICT", "CASCADE"]);
  return { kind: "dropColumn", span: cursor.span(start), name };
}

function rename(cursor: Cursor, start: number): AlterAction {
  cursor.advance();
  const what = cursor.acceptOne(["COLUMN", "INDEX", "KEY"]);
  if (what !== null) {
    const old = cursor.name();
    cursor.expect("TO");
    const name = cursor.name();
    const kind = what === "COLUMN" ? "renameColumn" : "renameKey";
    return { kind, span: cursor.span(start), old, name };
  }
  cursor.acceptOne(["TO", "AS", "="]);
  const name = cursor.tableName();
  return { kind: "renameTo", span: cursor.span(start), name };
}

function alter(cursor: Cursor, start: number): AlterAction {
  cursor.advance();
  if (cursor.accept("INDEX")) {
    const name = cursor.name();
    const visible = cursor.expectOne(["VISIBLE", "INVISIBLE"]) === "VISIBLE";
    return { kind: "alterIndexVisibility", span: cursor.span(start), name, visible };
  }
  if (cursor.acceptOne(["CHECK", "CONSTRAINT"]) !== null) {
    const name = cursor.name();
    const enforced = !cursor.accept("NOT");
    cursor.expect("ENFORCED");
    return { kind: "alterConstraint", span: cursor.span(start), name, enforced };
  }
  cursor.accept("COLUMN");
  const name = cursor.name();
  if (cursor.accept("DROP")) {
    cursor.expect("DEFAULT");
    return { kind: "alterColumnDefault", span: cursor.span(start), name, default: null };
  }
  cursor.expect("SET");
  const word = cursor.expectOne(["DEFAULT", "VISIBLE", "INVISIBLE"]);
  if (word !== "DEFAULT") {
    const visible = word === "VISIBLE";
    return { kind: "alterColumnVisibility", span: cursor.span(start), name, visible };
  }
  const value = columnDefault(cursor, false);
  return { kind: "alterColumnDefault", span: cursor.span(start), name, default: value };
}

// ---------------------------------------------------------------- the rest

function convert(cursor: Cursor, start: number): ConvertCharset {
  cursor.advance();
  cursor.expect("TO");
  if (!acceptCharset(cursor)) cursor.fail();
  const charset = cursor.accept("DEFAULT") ? null : charsetName(cursor);
  const collation = optionalCollation(cursor);
  return { kind: "convertCharset", span: cursor.span(start), charset, collation };
}

function orderRows(cursor: Cursor, start: number): readonly AlterAction[] {
  cursor.advance();
  cursor.expect("BY");
  const columns = cursor.list((inner) => {
    const name = inner.name();
    return { name, desc: inner.acceptOne(["ASC", "DESC"]) === "DESC" };
  });
  return [{ kind: "orderRows", span: cursor.span(start), columns }];
}

const SIMPLE = { DISABLE: "disableKeys", ENABLE: "enableKeys", FORCE: "force" } as const;

function simple(cursor: Cursor, start: number): AlterAction {
  const word = cursor.expectOne(["FORCE", "DISABLE", "ENABLE", "WITH", "WITHOUT"]);
  if (word === "WITH" || word === "WITHOUT") {
    cursor.expect("VALIDATION");
    const action = word === "WITH" ? "withValidation" : "withoutValidation";
    return { kind: "simpleAlter", span: cursor.span(start), action };
  }
  if (word !== "FORCE") cursor.expect("KEYS");
  return { kind: "simpleAlter", span: cursor.span(start), action: SIMPLE[word] };
}

/** An action that is only recognised by its first words. */
function skipped(cursor: Cursor): UnsupportedAlter {
  const { start, key } = cursor.advance();
  const next = SKIPPED.get(key) ?? null;
  if (next !== null) cursor.expectOne(next);
  return skippedRest(cursor, start);
}

/** Partitions, tablespaces and secondary engines: skips the rest of the statement. */
function skippedRest(cursor: Cursor, start: number): UnsupportedAlter {
  while (!cursor.atEnd() && !cursor.at(";")) {
    if (cursor.type === "invalid") cursor.fail();
    cursor.advance();
  }
  const span = cursor.span(start);
  return { kind: "unsupportedAlter", span, feature: "ALTER TABLE for partitions and tablespaces" };
}
