/** CREATE TABLE, CREATE INDEX, CREATE DATABASE. */

import type { TableName, Unsupported } from "./ast.ts";
import type { Query } from "./ast_query.ts";
import type {
  AlterDatabase,
  CreateDatabase,
  CreateIndex,
  CreateTable,
  CreateTableLike,
  TableElement,
  TableOption,
} from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { indexOptions, indexType, keyParts, tableElement } from "./parser_key.ts";
import { acceptCharsetOption, acceptTableOption, indexLockAndAlgorithm } from "./parser_option.ts";
import { atQuery, queryExpression } from "./parser_query.ts";
import { unsupported } from "./parser_unsupported.ts";

/** Reads CREATE of what is simulated. */
export function create(
  cursor: Cursor,
): CreateTable | CreateTableLike | CreateIndex | CreateDatabase | Unsupported {
  const { start } = cursor.advance();
  switch (cursor.token.key) {
    case "TABLE":
      return createTable(cursor, start, false);
    case "TEMPORARY":
      cursor.advance();
      if (!cursor.at("TABLE")) cursor.fail();
      return createTable(cursor, start, true);
    case "INDEX":
      return createIndex(cursor, start, "index");
    case "UNIQUE":
    case "FULLTEXT":
    case "SPATIAL": {
      const word = cursor.advance().key;
      if (!cursor.at("INDEX")) cursor.fail();
      const type = word === "UNIQUE" ? "unique" : word === "FULLTEXT" ? "fulltext" : "spatial";
      return createIndex(cursor, start, type);
    }
    case "DATABASE":
      return createDatabase(cursor, start);
    default:
      return cursor.fail();
  }
}

function ifNotExists(cursor: Cursor): boolean {
  if (!cursor.accept("IF")) return false;
  cursor.expect("NOT");
  cursor.expect("EXISTS");
  return true;
}

// ---------------------------------------------------------------- tables

/** What can follow the name of a new table. */
interface Head {
  readonly start: number;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly name: TableName;
}

function createTable(
  cursor: Cursor,
  start: number,
  temporary: boolean,
): CreateTable | CreateTableLike {
  cursor.expect("TABLE");
  const head: Head = {
    start,
    temporary,
    ifNotExists: ifNotExists(cursor),
    name: cursor.tableName(),
  };
  if (cursor.accept("LIKE")) return createLike(cursor, head);
  if (cursor.acceptPair("(", "LIKE")) {
    const like = cursor.tableName();
    cursor.expect(")");
    return { ...likeOf(cursor, head, like) };
  }
  const elements = cursor.at("(") && !queryInParentheses(cursor) ? elementsOf(cursor) : [];
  const options = tableOptions(cursor);
  const partitioned = cursor.at("PARTITION");
  if (partitioned) skipPartitions(cursor);
  const source = createSource(cursor);
  return {
    kind: "createTable",
    span: cursor.span(start),
    temporary,
    ifNotExists: head.ifNotExists,
    name: head.name,
    elements,
    options,
    partitioned,
    ...source,
  };
}

function createLike(cursor: Cursor, head: Head): CreateTableLike {
  return likeOf(cursor, head, cursor.tableName());
}

function likeOf(cursor: Cursor, head: Head, like: TableName): CreateTableLike {
  const { start, ...rest } = head;
  return { kind: "createTableLike", span: cursor.span(start), ...rest, like };
}

/** Two parentheses can only be a query's; a column does not begin with one. */
function queryInParentheses(cursor: Cursor): boolean {
  return ["(", "SELECT", "WITH", "TABLE", "VALUES"].includes(cursor.peek(1).key);
}

function elementsOf(cursor: Cursor): readonly TableElement[] {
  return cursor.parenthesised(tableElement);
}

/** Options with or without commas between them. */
function tableOptions(cursor: Cursor): readonly TableOption[] {
  const options: TableOption[] = [];
  for (;;) {
    const option = acceptTableOption(cursor);
    if (option === null) {
      // A comma promises another option.
      if (cursor.previous().key === ",") cursor.fail();
      return options;
    }
    options.push(option);
    cursor.accept(",");
  }
}

/** PARTITION BY ... up to a query or the end. */
function skipPartitions(cursor: Cursor): void {
  cursor.expect("PARTITION");
  cursor.expect("BY");
  cursor.expectOne(["HASH", "KEY", "LINEAR", "LIST", "RANGE"]);
  let depth = 0;
  while (cursor.type !== "end" && cursor.type !== "invalid" && !cursor.at(";")) {
    if (depth === 0 && (atQuery(cursor) || cursor.at("AS"))) return;
    const { key } = cursor.advance();
    if (key === "(") depth++;
    else if (key === ")") depth--;
  }
}

function createSource(cursor: Cursor): {
  readonly query: Query | null;
  readonly onDuplicate: CreateTable["onDuplicate"];
} {
  const word = cursor.acceptOne(["IGNORE", "REPLACE"]);
  const onDuplicate = word === "IGNORE" ? "ignore" : word === "REPLACE" ? "replace" : null;
  const as = cursor.accept("AS");
  if (!as && word === null && !atQuery(cursor) && !cursor.at("(")) {
    return { query: null, onDuplicate };
  }
  if (!atQuery(cursor) && !cursor.at("(")) cursor.fail();
  const query = queryExpression(cursor);
  if (query.into !== null) cursor.defer(3954);
  return { query, onDuplicate };
}

// ---------------------------------------------------------------- indexes and databases

function createIndex(cursor: Cursor, start: number, type: CreateIndex["type"]): CreateIndex {
  cursor.expect("INDEX");
  const name = cursor.name();
  const using = type === "fulltext" || type === "spatial" ? null : indexType(cursor);
  cursor.expect("ON");
  const table = cursor.tableName();
  const parts = keyParts(cursor);
  const options = indexOptions(cursor, type, using);
  const rest = indexLockAndAlgorithm(cursor);
  const span = cursor.span(start);
  return { kind: "createIndex", span, type, name, table, parts, options, ...rest };
}

function createDatabase(cursor: Cursor, start: number): CreateDatabase {
  cursor.expect("DATABASE");
  const exists = ifNotExists(cursor);
  const name = cursor.name();
  const options = databaseOptions(cursor);
  const span = cursor.span(start);
  return { kind: "createDatabase", span, ifNotExists: exists, name, options };
}

/** Reads ALTER DATABASE, up to DATABASE. */
export function alterDatabase(cursor: Cursor): AlterDatabase | Unsupported {
  const { start } = cursor.advance();
  cursor.expect("DATABASE");
  const name =
    cursor.type === "end" || OPTIONS_BEGIN.includes(cursor.token.key) ? null : cursor.name();
  const options = databaseOptions(cursor);
  if (cursor.at("READ")) return unsupported(cursor, start, "ALTER DATABASE ... READ ONLY");
  if (options.length === 0) cursor.fail();
  return { kind: "alterDatabase", span: cursor.span(start), name, options };
}

/** Reserved words: no name. */
const OPTIONS_BEGIN = ["CHARACTER", "CHAR", "COLLATE", "DEFAULT", "READ", ";"];

function databaseOptions(cursor: Cursor): readonly TableOption[] {
  const options: TableOption[] = [];
  for (;;) {
    const option = acceptCharsetOption(cursor) ?? encryption(cursor);
    if (option === null) return options;
    options.push(option);
  }
}

function encryption(cursor: Cursor): TableOption | null {
  return cursor.at("ENCRYPTION") ? acceptTableOption(cursor) : null;
}
