/** Rows of information_schema.table_constraints, .key_column_usage, .referential_constraints, .check_constraints, .innodb_foreign and .innodb_foreign_cols. */
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

/** InnoDB: i_s_dict_fill_innodb_foreign; the bits of dict_foreign_t::type. */
export function innodbForeignKeys({ catalog }: Server): Datum[][] {
  return tiedTables(catalog.allTables()).flatMap(({ schema, name, info }) =>
    info.foreignKeys.map((key): Datum[] => [
      `${schema}/${key.name}`,
      `${schema}/${name}`,
      `${key.refSchema}/${key.refTable}`,
      key.columns.length,
      ruleBits(key.onDelete, 1) + ruleBits(key.onUpdate, 4),
    ]),
  );
}

export function innodbForeignColumns({ catalog }: Server): Datum[][] {
  return tiedTables(catalog.allTables()).flatMap(({ schema, info }) =>
    info.foreignKeys.flatMap((key) =>
      key.columns.map((column, at): Datum[] => [
        `${schema}/${key.name}`,
        info.columns[column]?.name ?? null,
        key.refColumns[at] ?? null,
        at + 1,
      ]),
    ),
  );
}

/** In the order in which they were made. */
function tiedTables(tables: readonly CatalogTable[]): readonly CatalogTable[] {
  return tables.filter(({ engine }) => engine === "InnoDB").sort((a, b) => a.info.id - b.info.id);
}

/** `cascade` is the bit of CASCADE: 1 of ON DELETE, 4 of ON UPDATE. */
function ruleBits(rule: string, cascade: 1 | 4): number {
  if (rule === "CASCADE") return cascade;
  if (rule === "SET NULL") return cascade * 2;
  if (rule === "RESTRICT") return 0;
  return cascade === 1 ? 16 : 32;
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
