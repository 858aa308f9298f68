/** SHOW CREATE TABLE and SHOW CREATE DATABASE (MySQL: sql/sql_show.cc: store_create_info). */
import type { ShowCreate } from "../../sql/ast_show.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import type { Exec, ExecResult, ServerColumn } from "../context.ts";
import { declaredIndexes } from "../ddl/draft.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { viewNamed } from "../exec/expand_views.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { charsetOf, defaultCollation, shownCollation } from "../types/character_sets.ts";
import { hasSqlMode } from "../types/eval_env.ts";
import { isJson } from "../types/sql_type.ts";
import { defaultText, nowWord } from "./column_text.ts";
import { showRoutine } from "./create_routine.ts";
import { showView } from "./create_view.ts";
import { tableNamed } from "./describe.ts";
import { type NameQuoting, nameQuoting } from "./name_quoting.ts";
import { shownResult } from "./shown.ts";
import { quoted, typeText } from "./type_text.ts";

// biome-ignore lint/correctness/useYield: it waits for nothing yet
export function* showCreate(
  execution: StatementExecution,
  statement: ShowCreate,
): Exec<ExecResult> {
  switch (statement.object) {
    case "table":
    case "view": {
      const view = viewNamed(execution.viewPlace, statement.name);
      if (view !== null) return showView(execution, view);
      const table = tableNamed(execution, statement.name);
      if (statement.object === "view" && table.kind === "base") {
        throw mysqlError("ER_WRONG_OBJECT", `${table.schema}.${table.name}`, "VIEW");
      }
      if (table.kind === "virtual") throw notSupported("SHOW CREATE TABLE of a system table");
      return shownResult({
        columns: ["Table", "Create Table"],
        rows: [[table.name, createTableText(execution, table)]],
      });
    }
    case "database": {
      const name = statement.name.name.text;
      const database = execution.server.catalog.database(name);
      if (database === null) throw mysqlError("ER_BAD_DB_ERROR", name);
      return shownResult({
        columns: ["Database", "Create Database"],
        rows: [
          [
            name,
            `CREATE DATABASE ${nameQuoting(execution)(name)} /*!40100 DEFAULT CHARACTER SET ${charsetText(database.collation, " ")} */ /*!80016 DEFAULT ENCRYPTION='N' */`,
          ],
        ],
      });
    }
    case "procedure":
    case "function":
    case "trigger":
      return showRoutine(execution, { ...statement, object: statement.object });
  }
}

function createTableText(execution: StatementExecution, table: CatalogTable): string {
  const name = nameQuoting(execution);
  const lines = [
    ...table.columns.map((column) => `${name(column.name)} ${columnText(column, table)}`),
    ...keyLines(table, name),
    ...foreignKeyLines(table, name),
    ...table.checks.map(
      (check) =>
        `CONSTRAINT ${name(check.name)} CHECK (${check.text})${check.enforced ? "" : " /*!80016 NOT ENFORCED */"}`,
    ),
  ];
  const counter = engineOf(execution.server, table).tableInfo(table.info.id).autoIncrement;
  const hasCounter = table.columns.some((column) => column.autoIncrement) && counter > 1n;
  const options = [
    `ENGINE=${table.engine}`,
    ...(hasCounter ? [`AUTO_INCREMENT=${counter}`] : []),
    `DEFAULT CHARSET=${charsetText(table.collation, "=")}`,
    ...(table.rowFormat === null ? [] : [`ROW_FORMAT=${table.rowFormat.toUpperCase()}`]),
    ...(table.comment === "" ? [] : [`COMMENT=${quoted(table.comment)}`]),
  ];
  const kind = table.temporary ? "CREATE TEMPORARY TABLE" : "CREATE TABLE";
  const told = hasSqlMode(execution, "ANSI") ? "" : ` ${options.join(" ")}`;
  return `${kind} ${name(table.name)} (\n  ${lines.join(",\n  ")}\n)${told}`;
}

function columnText(column: ServerColumn, table: CatalogTable): string {
  const parts = [typeText(column.type)];
  const hasOwn = "collation" in column.type && !isJson(column.type);
  const collation = hasOwn && "collation" in column.type ? shownCollation(column.type) : "binary";
  if (collation !== "binary") {
    if (collation !== table.collation) {
      parts.push(`CHARACTER SET ${charsetText(collation, " ")}`);
    } else if (collation !== defaultCollation(charsetOf(collation))) {
      parts.push(`COLLATE ${collation}`);
    }
  }
  if (column.default.kind === "generated") {
    const { text: expression, stored } = column.default;
    parts.push(`GENERATED ALWAYS AS (${expression}) ${stored ? "STORED" : "VIRTUAL"}`);
  }
  if (!column.nullable) parts.push("NOT NULL");
  else if (column.type.kind === "timestamp") parts.push("NULL");
  const text = defaultText(column);
  switch (column.default.kind) {
    case "literal":
      if (text !== null) parts.push(`DEFAULT ${column.type.kind === "bit" ? text : quoted(text)}`);
      else if ((column.type.kind !== "text" && column.type.kind !== "blob") || isJson(column.type))
        parts.push("DEFAULT NULL");
      break;
    case "expr":
      parts.push(`DEFAULT (${column.default.text})`);
      break;
    case "now":
      parts.push(`DEFAULT ${nowWord(column.default.fsp)}`);
      break;
    case "none":
    case "generated":
      break;
  }
  if (column.onUpdateNow) {
    parts.push(`ON UPDATE ${nowWord("fsp" in column.type ? column.type.fsp : 0)}`);
  }
  if (column.autoIncrement) parts.push("AUTO_INCREMENT");
  if (column.isInvisible) parts.push("/*!80023 INVISIBLE */");
  if (column.comment !== "") parts.push(`COMMENT ${quoted(column.comment)}`);
  return parts.join(" ");
}

/** A character set, and its collation where that is not the usual one, which utf8mb4's is shown to be. */
function charsetText(collation: string, sign: string): string {
  const charset = charsetOf(collation);
  const isUsual = collation === defaultCollation(charset) && charset !== "utf8mb4";
  return isUsual ? charset : `${charset} COLLATE${sign}${collation}`;
}

function keyLines(table: CatalogTable, name: NameQuoting): string[] {
  return declaredIndexes(table.info).map((index) => {
    const parts = index.parts.map((part) => {
      const column = name(table.info.columns[part.column]?.name ?? "");
      return `${column}${part.prefix === null ? "" : `(${part.prefix})`}${part.desc ? " DESC" : ""}`;
    });
    const list = `(${parts.join(",")})`;
    const notes = notesText(table, index.name);
    if (index.name === "PRIMARY") return `PRIMARY KEY ${list}${notes}`;
    const hidden = table.invisibleKeys.includes(index.name) ? " /*!80000 INVISIBLE */" : "";
    return `${index.unique ? "UNIQUE KEY" : "KEY"} ${name(index.name)} ${list}${notes}${hidden}`;
  });
}

function notesText({ engine, keyNotes }: CatalogTable, key: string): string {
  const notes = keyNotes.get(key);
  if (notes === undefined) return "";
  const isShown = notes.using === "btree" || (notes.using === "hash" && engine === "MEMORY");
  const using = isShown ? ` USING ${notes.using?.toUpperCase()}` : "";
  const comment = notes.comment === "" ? "" : ` COMMENT ${quoted(notes.comment)}`;
  return `${using}${comment}`;
}

function foreignKeyLines(table: CatalogTable, name: NameQuoting): string[] {
  return table.info.foreignKeys.map((key) => {
    const own = key.columns.map((column) => name(table.info.columns[column]?.name ?? ""));
    const schema = key.refSchema === table.schema ? "" : `${name(key.refSchema)}.`;
    const rules = [
      key.onDelete === "NO ACTION" ? "" : ` ON DELETE ${key.onDelete}`,
      key.onUpdate === "NO ACTION" ? "" : ` ON UPDATE ${key.onUpdate}`,
    ];
    return `CONSTRAINT ${name(key.name)} FOREIGN KEY (${own.join(", ")}) REFERENCES ${schema}${name(key.refTable)} (${key.refColumns.map(name).join(", ")})${rules.join("")}`;
  });
}
