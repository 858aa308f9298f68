/** Drafts of tables: from CREATE TABLE's text, from a table that exists (ALTER, LIKE), and back into the catalog. */
import type { TableInfo } from "../../innodb/api.ts";
import type { CreateTable, TableOption } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { engineName } from "../catalog/engines.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn, StatementContext } from "../context.ts";
import type { Server } from "../server.ts";
import { warnOfCharsetOptions } from "./charset_warnings.ts";
import { declaredCollation } from "./collations.ts";
import { serverColumn } from "./column_definition.ts";
import {
  addCheck,
  addForeignKey,
  addKey,
  checkWhole,
  type DraftTable,
} from "./table_definition.ts";

/** The draft of a new table, as far as the columns that its text defines. */
export function draftOfCreate(
  server: Server,
  context: StatementContext,
  statement: CreateTable,
  place: { readonly schema: string; readonly name: string },
): DraftTable {
  const draft: DraftTable = {
    ...place,
    temporary: statement.temporary,
    engine: engineName(String(context.systemVariable("session", "default_storage_engine"))),
    collation: databaseCollation(server, place.schema),
    comment: "",
    rowFormat: null,
    autoIncrement: 1n,
    columns: [],
    keys: [],
    foreignKeys: [],
    checks: [],
    newChecks: [],
    histograms: [],
  };
  applyOptions(draft, statement.options);
  const primary = primaryColumns(statement);
  for (const element of statement.elements) {
    if (element.kind !== "columnDefinition") continue;
    const inPrimaryKey = primary.some((name) => sameName(name, element.name.text));
    draft.columns.push(
      serverColumn(context, element, { collation: draft.collation, inPrimaryKey }),
    );
  }
  warnOfCharsetOptions(context, statement.options);
  return draft;
}

/**
 * The columns of its query come behind those that only its text defines, then the keys, which may be over any of them; the
 * parents of foreign keys are not looked at yet.
 */
export function completeDraft(
  draft: DraftTable,
  statement: CreateTable,
  queried: readonly ServerColumn[],
): void {
  const primary = primaryColumns(statement);
  const isNamed = (name: string) => (column: ServerColumn) => sameName(column.name, name);
  const defined = draft.columns;
  draft.columns = defined.filter(({ name }) => !queried.some(isNamed(name)));
  for (const column of queried) {
    const own = defined.find(isNamed(column.name));
    const inPrimaryKey = primary.some((name) => sameName(name, column.name));
    draft.columns.push(own ?? (inPrimaryKey ? notNull(column) : column));
  }
  addConstraints(draft, statement);
  checkWhole(draft);
}

/** In a primary key, where nobody wrote NULL. */
function notNull(column: ServerColumn): ServerColumn {
  const { default: given } = column;
  const isNull = given.kind === "literal" && given.value === null;
  return { ...column, nullable: false, default: isNull ? { kind: "none" } : given };
}

function primaryColumns(statement: CreateTable): readonly string[] {
  return statement.elements.flatMap((element) =>
    element.kind === "key" && element.type === "primary"
      ? element.parts.flatMap((part) => (part.column === null ? [] : [part.column.text]))
      : [],
  );
}

/** Keys in the order written, a column's own first; then foreign keys, whose keys come last of all. */
function addConstraints(draft: DraftTable, statement: CreateTable): void {
  let foreignKeys = 0;
  let checks = 0;
  for (const element of statement.elements) {
    switch (element.kind) {
      case "columnDefinition": {
        addColumnKeys(draft, element);
        for (const check of element.checks) {
          const number = check.name === null ? ++checks : 0;
          addCheck(draft, check, { number, column: element.name.text });
        }
        const { references } = element;
        if (references !== null) {
          addForeignKey(
            draft,
            {
              kind: "foreignKey",
              span: references.span,
              name: null,
              indexName: null,
              columns: [element.name],
              references,
            },
            ++foreignKeys,
          );
        }
        break;
      }
      case "key":
        addKey(draft, element);
        break;
      case "foreignKey":
        addForeignKey(draft, element, element.name === null ? ++foreignKeys : 0);
        break;
      case "check":
        addCheck(draft, element, {
          number: element.name === null ? ++checks : 0,
          column: null,
        });
        break;
    }
  }
}

/** PRIMARY KEY and UNIQUE written on a column. */
export function addColumnKeys(
  draft: DraftTable,
  column: {
    readonly name: { readonly text: string; readonly span: { start: number; end: number } };
    readonly primaryKey: boolean;
    readonly unique: boolean;
  },
): void {
  const { span } = column.name;
  const key = (type: "primary" | "unique") =>
    addKey(draft, {
      kind: "key",
      span,
      type,
      name: null,
      parts: [
        {
          kind: "keyPart",
          span,
          column: { kind: "identifier", span, text: column.name.text },
          length: null,
          expression: null,
          direction: "asc",
        },
      ],
      options: {
        kind: "indexOptions",
        span,
        using: null,
        visible: true,
        comment: null,
        parser: null,
      },
    });
  if (column.primaryKey) key("primary");
  if (column.unique) key("unique");
}

/** Throws 1286, 1115, 1273. */
export function applyOptions(draft: DraftTable, options: readonly TableOption[]): void {
  const charset = options.find((option) => option.name === "charset")?.value ?? null;
  const collation = options.find((option) => option.name === "collate")?.value ?? null;
  if (charset !== null || collation !== null) {
    draft.collation = declaredCollation(charset, collation);
  }
  for (const { name, value } of options) {
    if (name === "engine") draft.engine = engineName(value);
    if (name === "row_format") draft.rowFormat = value.toLowerCase() === "default" ? null : value;
    if (name === "comment") draft.comment = value;
    if (name === "auto_increment") draft.autoIncrement = startOf(value);
  }
}

function startOf(value: string): bigint {
  const start = BigInt(value);
  return start > 1n ? start : 1n;
}

/** The draft of a table as it is, to be altered; for LIKE without its foreign keys. */
export function draftOfTable(
  table: CatalogTable,
  options: { readonly schema: string; readonly name: string; readonly withForeignKeys: boolean },
): DraftTable {
  const { info } = table;
  const columnName = (position: number) => info.columns[position]?.name ?? "";
  return {
    schema: options.schema,
    name: options.name,
    temporary: table.temporary,
    engine: table.engine,
    collation: table.collation,
    comment: table.comment,
    rowFormat: table.rowFormat,
    autoIncrement: info.autoIncrement,
    columns: [...table.columns],
    keys: declaredIndexes(info).map((index) => ({
      name: index.name,
      unique: index.unique,
      isGenerated: table.generatedKeys.includes(index.name),
      isInvisible: table.invisibleKeys.includes(index.name),
      notes: table.keyNotes.get(index.name) ?? null,
      parts: index.parts.map((part) => ({
        column: columnName(part.column),
        prefix: part.prefix,
        desc: part.desc,
      })),
    })),
    foreignKeys: options.withForeignKeys
      ? info.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(columnName) }))
      : [],
    checks: [...table.checks],
    newChecks: [],
    histograms: options.withForeignKeys ? table.histograms : [],
  };
}

/** The indexes that somebody declared: all but GEN_CLUST_INDEX. */
export function declaredIndexes(info: TableInfo): TableInfo["indexes"] {
  return info.indexes.filter((index) => index.name !== "GEN_CLUST_INDEX");
}

export function catalogTable(draft: DraftTable, info: TableInfo, createdMs: number): CatalogTable {
  return {
    schema: draft.schema,
    name: draft.name,
    engine: draft.engine,
    collation: draft.collation,
    columns: draft.columns,
    checks: draft.checks,
    info,
    comment: draft.comment,
    rowFormat: draft.rowFormat,
    generatedKeys: draft.keys.filter((key) => key.isGenerated).map((key) => key.name),
    invisibleKeys: draft.keys.filter((key) => key.isInvisible).map((key) => key.name),
    keyNotes: new Map(
      draft.keys.flatMap(({ name, notes }) => (notes === null ? [] : [[name, notes]])),
    ),
    histograms: draft.histograms.filter((name) => draft.columns.some((one) => one.name === name)),
    createdMs,
    temporary: draft.temporary,
  };
}

function databaseCollation(server: Server, schema: string): string {
  return server.catalog.database(schema)?.collation ?? "utf8mb4_0900_ai_ci";
}
