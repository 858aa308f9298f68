/** Rows of information_schema.table_constraints, .key_column_usage, .referential_constraints and .check_constraints. */
import type { Datum } from "../../innodb/api.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { declaredIndexes } from "../ddl/draft.ts";
import type { Server } from "../server.ts";

export function tableConstraints({ catalog }: Server): Datum[][] {
  return catalog.allTables().flatMap((table) => {
    const row = (name: string, type: string, enforced = true): Datum[] => [
      "def",
      table.schema,
      name,
      table.schema,
      table.name,
      type,
      enforced ? "YES" : "NO",
    ];
    return [
      ...uniqueKeys(table).map(({ name }) =>
        row(name, name === "PRIMARY" ? "PRIMARY KEY" : "UNIQUE"),
      ),
      ...table.info.foreignKeys.map(({ name }) => row(name, "FOREIGN KEY")),
      ...table.checks.map(({ name, enforced }) => row(name, "CHECK", enforced)),
    ];
  });
}

export function keyColumnUsage({ catalog }: Server): Datum[][] {
  return catalog.allTables().flatMap((table) => {
    const { schema, name, info } = table;
    const columnName = (position: number) => info.columns[position]?.name ?? null;
    const row = (constraint: string, column: string | null, at: number): Datum[] => [
      "def",
      schema,
      constraint,
      "def",
      schema,
      name,
      column,
      at + 1,
    ];
    return [
      ...uniqueKeys(table).flatMap((index) =>
        index.parts.map((part, at) => [
          ...row(index.name, columnName(part.column), at),
          null,
          null,
          null,
          null,
        ]),
      ),
      ...info.foreignKeys.flatMap((key) =>
        key.columns.map((column, at) => [
          ...row(key.name, columnName(column), at),
          at + 1,
          key.refSchema,
          key.refTable,
          key.refColumns[at] ?? null,
        ]),
      ),
    ];
  });
}

export function referentialConstraints({ catalog }: Server): Datum[][] {
  return catalog
    .allTables()
    .flatMap((table) =>
      table.info.foreignKeys.map((key): Datum[] => [
        "def",
        table.schema,
        key.name,
        "def",
        key.refSchema,
        parentKey(catalog.table(key.refSchema, key.refTable), key.refColumns),
        "NONE",
        key.onUpdate,
        key.onDelete,
        table.name,
        key.refTable,
      ]),
    );
}

export function checkConstraints({ catalog }: Server): Datum[][] {
  return catalog
    .allTables()
    .flatMap((table) =>
      table.checks.map(({ name, text }): Datum[] => ["def", table.schema, name, text]),
    );
}

function uniqueKeys(table: CatalogTable): CatalogTable["info"]["indexes"] {
  return declaredIndexes(table.info).filter((index) => index.unique);
}

/** The unique key of the parent that has just these columns. */
function parentKey(parent: CatalogTable | null, columns: readonly string[]): string | null {
  if (parent === null) return null;
  const wanted = columns.map((name) => name.toLowerCase()).join("\0");
  const key = uniqueKeys(parent).find(({ parts }) => {
    const names = parts.map((part) => parent.info.columns[part.column]?.name.toLowerCase());
    return names.join("\0") === wanted;
  });
  return key?.name ?? null;
}
