/** Keys and foreign keys. */

import type { Identifier } from "./ast.ts";
import type {
  ForeignKey,
  IndexOptions,
  IndexType,
  KeyDefinition,
  KeyPart,
  ReferenceAction,
  References,
  TableElement,
} from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { checkAfterName, columnDefinition } from "./parser_column.ts";
import { expression } from "./parser_expression.ts";
import { nameList } from "./parser_names.ts";

/** Reads a column, a key, a foreign key or a check. */
export function tableElement(cursor: Cursor): TableElement {
  return constraint(cursor) ?? columnDefinition(cursor);
}

/** Reads an element that is no column; null when the next one is a column. */
export function constraint(
  cursor: Cursor,
): Exclude<TableElement, { kind: "columnDefinition" }> | null {
  const start = cursor.start;
  switch (cursor.token.key) {
    case "INDEX":
    case "KEY":
      cursor.advance();
      return key(cursor, start, "index", null);
    case "FULLTEXT":
    case "SPATIAL": {
      const type = cursor.advance().key === "FULLTEXT" ? "fulltext" : "spatial";
      cursor.acceptOne(["INDEX", "KEY"]);
      return key(cursor, start, type, null);
    }
    case "CONSTRAINT": {
      cursor.advance();
      const name = cursor.atName() ? cursor.name() : null;
      return namedConstraint(cursor, start, name);
    }
    case "PRIMARY":
    case "UNIQUE":
    case "FOREIGN":
    case "CHECK":
      return namedConstraint(cursor, start, null);
    default:
      return null;
  }
}

function namedConstraint(
  cursor: Cursor,
  start: number,
  name: Identifier | null,
): Exclude<TableElement, { kind: "columnDefinition" }> {
  if (cursor.at("CHECK")) return checkAfterName(cursor, start, name);
  const word = cursor.expectOne(["PRIMARY", "UNIQUE", "FOREIGN"]);
  if (word === "UNIQUE") {
    cursor.acceptOne(["INDEX", "KEY"]);
    return key(cursor, start, "unique", name);
  }
  cursor.expect("KEY");
  return word === "PRIMARY" ? key(cursor, start, "primary", name) : foreignKey(cursor, start, name);
}

// ---------------------------------------------------------------- keys

function key(
  cursor: Cursor,
  start: number,
  type: IndexType,
  constraintName: Identifier | null,
): KeyDefinition {
  const own = cursor.atName() && !atIndexType(cursor) ? cursor.name() : null;
  const before = type === "fulltext" || type === "spatial" ? null : indexType(cursor);
  const parts = keyParts(cursor);
  const options = indexOptions(cursor, type, before);
  const name = own ?? constraintName;
  return { kind: "key", span: cursor.span(start), type, name, parts, options };
}

/** TYPE is an ordinary name unless BTREE, HASH or RTREE follows. */
const atIndexType = (cursor: Cursor): boolean =>
  cursor.at("TYPE") && ["BTREE", "HASH", "RTREE"].includes(cursor.peek(1).key);

/** Reads `USING | TYPE BTREE | HASH | RTREE`, if it is there. */
export function indexType(cursor: Cursor): IndexOptions["using"] {
  if (!cursor.accept("USING") && !cursor.accept("TYPE")) return null;
  const word = cursor.expectOne(["BTREE", "HASH", "RTREE"]);
  return word === "BTREE" ? "btree" : word === "HASH" ? "hash" : "rtree";
}

/** Reads the parts of a key in parentheses. */
export function keyParts(cursor: Cursor): readonly KeyPart[] {
  return cursor.parenthesised(keyPart);
}

function keyPart(cursor: Cursor): KeyPart {
  const start = cursor.start;
  let column: Identifier | null = null;
  let length: number | null = null;
  let value: KeyPart["expression"] = null;
  if (cursor.accept("(")) {
    value = expression(cursor);
    cursor.expect(")");
  } else {
    column = cursor.name();
    if (cursor.accept("(")) {
      length = cursor.integer();
      cursor.expect(")");
    }
  }
  const direction = cursor.acceptOne(["ASC", "DESC"]) === "DESC" ? "desc" : "asc";
  return {
    kind: "keyPart",
    span: cursor.span(start),
    column,
    length,
    expression: value,
    direction,
  };
}

/** Reads the options after a key's parts. */
export function indexOptions(
  cursor: Cursor,
  type: IndexType,
  usingBefore: IndexOptions["using"],
): IndexOptions {
  const start = cursor.start;
  let using = usingBefore;
  let visible = true;
  let comment: string | null = null;
  let parser: Identifier | null = null;
  for (;;) {
    if (cursor.at("USING") || cursor.at("TYPE")) using = indexType(cursor);
    else if (cursor.accept("COMMENT")) comment = cursor.string();
    else if (cursor.accept("VISIBLE")) visible = true;
    else if (cursor.accept("INVISIBLE")) visible = false;
    else if (cursor.accept("KEY_BLOCK_SIZE")) {
      cursor.accept("=");
      cursor.integer();
    } else if (cursor.accept("ENGINE_ATTRIBUTE") || cursor.accept("SECONDARY_ENGINE_ATTRIBUTE")) {
      cursor.accept("=");
      cursor.string();
    } else if (type === "fulltext" && cursor.accept("WITH")) {
      cursor.expect("PARSER");
      parser = cursor.name();
    } else break;
  }
  const end = Math.max(start, cursor.end);
  const span = cursor.end > start ? { start, end } : { start: cursor.end, end: cursor.end };
  return { kind: "indexOptions", span, using, visible, comment, parser };
}

// ---------------------------------------------------------------- foreign keys

function foreignKey(cursor: Cursor, start: number, name: Identifier | null): ForeignKey {
  const indexName = cursor.atName() ? cursor.name() : null;
  const columns = nameList(cursor);
  const target = references(cursor);
  return {
    kind: "foreignKey",
    span: cursor.span(start),
    name,
    indexName,
    columns,
    references: target,
  };
}

/** Reads `REFERENCES table [(columns)] [MATCH ...] [ON DELETE ...] [ON UPDATE ...]`. */
export function references(cursor: Cursor): References {
  const start = cursor.start;
  cursor.expect("REFERENCES");
  const table = cursor.tableName();
  const columns = cursor.at("(") ? nameList(cursor) : [];
  if (cursor.accept("MATCH")) cursor.expectOne(["FULL", "PARTIAL", "SIMPLE"]);
  let onDelete: ReferenceAction | null = null;
  let onUpdate: ReferenceAction | null = null;
  while (cursor.accept("ON")) {
    if (onDelete === null && cursor.accept("DELETE")) onDelete = action(cursor);
    else if (onUpdate === null && cursor.accept("UPDATE")) onUpdate = action(cursor);
    else cursor.fail();
  }
  return { kind: "references", span: cursor.span(start), table, columns, onDelete, onUpdate };
}

function action(cursor: Cursor): ReferenceAction {
  const word = cursor.expectOne(["RESTRICT", "CASCADE", "SET", "NO"]);
  if (word === "NO") {
    cursor.expect("ACTION");
    return "noAction";
  }
  if (word !== "SET") return word === "CASCADE" ? "cascade" : "restrict";
  return cursor.expectOne(["NULL", "DEFAULT"]) === "NULL" ? "setNull" : "setDefault";
}
