/**
 * Names that are too long or not names at all: refused before a statement does anything.
 *
 * MySQL: sql/sql_yacc.yy and sql/parse_tree_*.cc: check_string_char_length, check_table_name; sql/table.cc: Ident_name_check;
 * sql/item_func.cc: user variables.
 */
import type { Statement } from "../../sql/ast.ts";
import { mysqlError } from "../errors.ts";

const NAME_LENGTH = 64;

/** Throws 1059, 1103, 3061. */
export function refuseBadNames(sql: string, statement: Statement): void {
  if (LONG.test(sql) || (sql.includes("`") && QUOTED.test(sql))) walk(statement);
}

/** Only a text with something this long, or with such a quoted name, can hold a bad name. */
const LONG = /[^\s()]{65}/;
const QUOTED = /`[^`]{65}|``|\s`/;

function walk(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const part of value) walk(part);
    return;
  }
  const node = value as Readonly<Record<string, unknown>>;
  checkNode(node);
  // Those of a parent were checked by name.
  if (node.kind === "references") return;
  for (const [key, part] of Object.entries(node)) if (key !== "span") walk(part);
}

function checkNode(node: Readonly<Record<string, unknown>>): void {
  switch (node.kind) {
    case "tableName":
      refuseLong(textOf(node.schema));
      refuseTableName(textOf(node.name));
      return;
    case "columnDefinition":
    case "key":
    case "check":
    case "createIndex":
    case "createDatabase":
    case "dropDatabase":
      refuseLong(textOf(node.name));
      return;
    case "foreignKey":
      refuseLong(textOf(node.name));
      refuseLong(textOf(node.indexName));
      return;
    case "references":
      refuseParent(node);
      return;
    case "renameColumn":
      refuseColumnName(textOf(node.name));
      return;
    case "use":
      refuseLong(textOf(node.database));
      return;
    case "userVariable":
    case "setUserVariable":
    case "userVariableAssignment": {
      const name = String(node.name);
      if ([...name].length > NAME_LENGTH) throw mysqlError("ER_ILLEGAL_USER_VAR", name);
      return;
    }
    default:
      return;
  }
}

/** What a foreign key refers to: MySQL checks these names as it checks a definition's own. */
function refuseParent({ table, columns }: Readonly<Record<string, unknown>>): void {
  const { schema, name } = table as { readonly schema: unknown; readonly name: unknown };
  refuseLong(textOf(schema));
  const parent = textOf(name);
  if (isLong(parent)) throw mysqlError("ER_WRONG_TABLE_NAME", parent);
  refuseTableName(parent);
  for (const column of columns as readonly unknown[]) refuseColumnName(textOf(column));
}

function refuseColumnName(name: string): void {
  if (isLong(name) || name.endsWith(" ")) throw mysqlError("ER_WRONG_COLUMN_NAME", name);
}

function refuseTableName(name: string): void {
  refuseLong(name);
  if (name === "" || name.endsWith(" ")) throw mysqlError("ER_WRONG_TABLE_NAME", name);
}

/** Throws 1059, for a name that the server makes up as well. */
export function refuseLong(name: string): void {
  if (isLong(name)) throw mysqlError("ER_TOO_LONG_IDENT", name);
}

function isLong(name: string): boolean {
  return [...name].length > NAME_LENGTH;
}

/** An identifier's text; "x" where there is none. */
function textOf(identifier: unknown): string {
  if (typeof identifier !== "object" || identifier === null) return "x";
  return "text" in identifier ? String(identifier.text) : "x";
}
