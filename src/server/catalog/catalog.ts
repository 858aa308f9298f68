/**
 * Databases and tables by name: the data dictionary as the SQL layer sees it. The storage engine has its own part of each
 * table (`info`), found by its id.
 *
 * It also keeps the table definition cache: whoever opens a table whose definition is not in it has to look in the dictionary,
 * and takes a metadata lock on the schema for that. ALTER, DROP and FLUSH TABLES throw definitions out.
 *
 * MySQL: dd::cache::Dictionary_client; sql/sql_base.cc: table_def_cache, get_table_share.
 * Departure: names compare by case (lower_case_table_names = 0); databases have no options but their character set.
 */
import type { StorageEngine, TableInfo } from "../../innodb/api.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { CreateView } from "../../sql/ast_view.ts";
import type { TableId } from "../../trace/ids.ts";
import type { BaseTable, CheckConstraint, ServerColumn } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Trigger } from "../routines/triggers.ts";
import { compareNames } from "./names.ts";
import { SharedStatistics } from "./open_statistics.ts";

/** A table's definition; replaced as a whole by ALTER TABLE. */
export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  readonly engine: BaseTable["engine"];
  readonly columns: readonly ServerColumn[];
  readonly checks: readonly CatalogCheck[];
  readonly info: TableInfo;
  /** As declared, of the columns that do not say otherwise. */
  readonly collation: string;
  readonly comment: string;
  readonly rowFormat: string | null;
  /** Keys that foreign keys made for themselves. */
  readonly generatedKeys: readonly string[];
  /** Keys that no query uses. */
  readonly invisibleKeys: readonly string[];
  /** Of the keys that have any. */
  readonly keyNotes: ReadonlyMap<string, KeyNotes>;
  /** Columns with histogram statistics. */
  readonly histograms: readonly string[];
  readonly createdMs: number;
  readonly temporary: boolean;
  /** How often columns came or went instantly since the table was made; none where it is absent. */
  readonly rowVersions?: number;
}

/** What is shown of a key and changes nothing. */
export interface KeyNotes {
  readonly comment: string;
  /** USING as written; what the engine does not have is what it has instead. */
  readonly using: "btree" | "hash" | "rtree" | null;
}

export interface CatalogCheck extends CheckConstraint {
  /** The condition's source, for SHOW CREATE TABLE. */
  readonly text: string;
  readonly enforced: boolean;
}

/** A view: its query is read anew in each statement that names it. */
export interface StoredView {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** Every table in it has its schema, every `*` its columns. */
  readonly query: Query;
  /** Of what is created: the algorithm, who is asked for rights, which rows it takes. */
  readonly how: Pick<CreateView, "algorithm" | "definer" | "security" | "check">;
  /** Names for the columns were given. */
  readonly isRenamed: boolean;
  readonly isUpdatable: boolean;
  readonly createdMs: number;
  /** The version of all definitions for which its query is known to be without mistakes. */
  checkedFor: number;
}

export interface Database {
  readonly name: string;
  charset: string;
  collation: string;
  /** In the order of creation. */
  readonly tables: Map<string, CatalogTable>;
}

/** A table whose foreign key points somewhere. */
export interface Referencing {
  readonly child: CatalogTable;
  readonly foreignKey: TableInfo["foreignKeys"][number];
}

/** Databases that exist in every server and hold no base tables here. */
const SYSTEM_SCHEMAS: readonly string[] = [
  "information_schema",
  "mysql",
  "performance_schema",
  "sys",
];

export function isSystemSchema(name: string): boolean {
  return SYSTEM_SCHEMAS.includes(name.toLowerCase());
}

const NOBODY: readonly Referencing[] = [];
const NO_TRIGGERS: readonly Trigger[] = [];

export class Catalog {
  readonly #databases = new Map<string, Database>();
  readonly #byId = new Map<TableId, CatalogTable>();
  /** By schema. */
  readonly #cachedDefinitions = new Map<string, Set<string>>();
  #definitions = 0;
  /** By the table pointed at; null after a change, until somebody asks. */
  #referencing: ReadonlyMap<string, readonly Referencing[]> | null = null;
  readonly #views = new Map<string, StoredView>();
  /** By table, in the order in which they fire. */
  readonly #triggers = new Map<string, readonly Trigger[]>();
  #version = 0;

  /** What the sessions' objects of a table know of its indexes. */
  readonly statistics = new SharedStatistics();

  /** Another one after every change of a definition. */
  get version(): number {
    return this.#version;
  }

  // ------------------------------------------------------------ databases

  database(name: string): Database | null {
    return this.#databases.get(name) ?? null;
  }

  hasDatabase(name: string): boolean {
    return this.#databases.has(name) || isSystemSchema(name);
  }

  /** In the order of their names, the server's own ones among them. */
  databaseNames(): readonly string[] {
    return [...this.#databases.keys(), ...SYSTEM_SCHEMAS].sort();
  }

  addDatabase(name: string, charset: string, collation: string): void {
    this.#version += 1;
    this.#databases.set(name, { name, charset, collation, tables: new Map() });
  }

  removeDatabase(name: string): void {
    this.#version += 1;
    this.#referencing = null;
    this.#databases.delete(name);
    for (const view of this.viewsIn(name)) this.removeView(view);
  }

  // ------------------------------------------------------------ tables

  table(schema: string, name: string): CatalogTable | null {
    return this.#databases.get(schema)?.tables.get(name) ?? null;
  }

  tableById(id: TableId): CatalogTable | null {
    return this.#byId.get(id) ?? null;
  }

  /** By schema, then by name. */
  allTables(): readonly CatalogTable[] {
    return [...this.#databases.values()]
      .sort((a, b) => compareNames(a.name, b.name))
      .flatMap((database) => tablesOf(database));
  }

  /** By name. Throws 1049 for an unknown database. */
  tablesIn(schema: string): readonly CatalogTable[] {
    if (isSystemSchema(schema)) return [];
    const database = this.database(schema);
    if (database === null) throw mysqlError("ER_BAD_DB_ERROR", schema);
    return tablesOf(database);
  }

  /** Adds a table, which `had` no foreign keys, or puts a new definition in an old one's place. */
  put(table: CatalogTable, had: TableInfo["foreignKeys"] = table.info.foreignKeys): void {
    const database = this.database(table.schema);
    if (database === null) throw mysqlError("ER_BAD_DB_ERROR", table.schema);
    this.#version += 1;
    const before = database.tables.get(table.name);
    if (before !== undefined) this.#byId.delete(before.info.id);
    this.#referencing = null;
    database.tables.set(table.name, table);
    this.#byId.set(table.info.id, table);
    this.#forgetParents(had, table.info.foreignKeys);
    this.forgetDefinition(table.schema, table.name);
  }

  remove(table: CatalogTable): void {
    this.#version += 1;
    this.#referencing = null;
    this.database(table.schema)?.tables.delete(table.name);
    this.#byId.delete(table.info.id);
    this.#triggers.delete(cacheKey(table.schema, table.name));
    this.#forgetParents(table.info.foreignKeys, []);
    this.forgetDefinition(table.schema, table.name);
  }

  /** Of foreign keys that come or go. MySQL: adjust_fk_parents. */
  #forgetParents(had: TableInfo["foreignKeys"], has: TableInfo["foreignKeys"]): void {
    const names = (keys: typeof had) => new Set(keys.map(({ name }) => name));
    const [before, after] = [names(had), names(has)];
    for (const { name, refSchema, refTable } of [...had, ...has]) {
      if (!before.has(name) || !after.has(name)) this.forgetDefinition(refSchema, refTable);
    }
  }

  // ------------------------------------------------------------ views

  get hasViews(): boolean {
    return this.#views.size > 0;
  }

  view(schema: string, name: string): StoredView | null {
    if (this.#views.size === 0) return null;
    return this.#views.get(cacheKey(schema, name)) ?? null;
  }

  /** A table or a view. */
  hasName(schema: string, name: string): boolean {
    return this.table(schema, name) !== null || this.view(schema, name) !== null;
  }

  /** By name. */
  viewsIn(schema: string): readonly StoredView[] {
    const views = [...this.#views.values()].filter((view) => view.schema === schema);
    return views.sort((a, b) => compareNames(a.name, b.name));
  }

  putView(view: StoredView): void {
    this.#version += 1;
    this.forgetDefinition(view.schema, view.name);
    this.#views.set(cacheKey(view.schema, view.name), view);
  }

  removeView({ schema, name }: Pick<StoredView, "schema" | "name">): void {
    this.#version += 1;
    this.#views.delete(cacheKey(schema, name));
    this.forgetDefinition(schema, name);
  }

  // ------------------------------------------------------------ triggers

  triggersOf(schema: string, name: string): readonly Trigger[] {
    if (this.#triggers.size === 0) return NO_TRIGGERS;
    return this.#triggers.get(cacheKey(schema, name)) ?? NO_TRIGGERS;
  }

  /** All of a table: they are a part of its definition. */
  setTriggers(schema: string, name: string, triggers: readonly Trigger[]): void {
    this.#version += 1;
    this.#triggers.set(cacheKey(schema, name), triggers);
  }

  /** Names of triggers do not know case; a database has a name once. */
  triggerNamed(schema: string, name: string): Trigger | null {
    const key = name.toLowerCase();
    for (const triggers of this.#triggers.values()) {
      const found = triggers.find((one) => one.schema === schema && one.name.toLowerCase() === key);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Foreign keys of any table that point at this one. */
  referencing(schema: string, name: string): readonly Referencing[] {
    this.#referencing ??= this.#allReferencing();
    if (this.#referencing.size === 0) return NOBODY;
    return this.#referencing.get(cacheKey(schema, name)) ?? NOBODY;
  }

  #allReferencing(): ReadonlyMap<string, readonly Referencing[]> {
    const found = new Map<string, Referencing[]>();
    for (const child of this.allTables()) {
      for (const foreignKey of child.info.foreignKeys) {
        const key = cacheKey(foreignKey.refSchema, foreignKey.refTable);
        const known = found.get(key);
        if (known === undefined) found.set(key, [{ child, foreignKey }]);
        else known.push({ child, foreignKey });
      }
    }
    return found;
  }

  // ------------------------------------------------------------ the table definition cache

  /** Another one after each that was forgotten: what was cached before is cached until then. */
  get definitions(): number {
    return this.#definitions;
  }

  hasDefinition(schema: string, name: string): boolean {
    return this.#cachedDefinitions.get(schema)?.has(name) === true;
  }

  cacheDefinition(schema: string, name: string): void {
    const names = this.#cachedDefinitions.get(schema);
    if (names === undefined) this.#cachedDefinitions.set(schema, new Set([name]));
    else names.add(name);
  }

  forgetDefinition(schema: string, name: string): void {
    this.#definitions += 1;
    this.#cachedDefinitions.get(schema)?.delete(name);
  }

  forgetAllDefinitions(): void {
    this.#definitions += 1;
    this.#cachedDefinitions.clear();
  }
}

/** The table for one statement, its cursors opened in the session's transaction. */
export function baseTable(
  table: CatalogTable,
  engine: Pick<StorageEngine, "stats" | "recordsInRange"> &
    Partial<Pick<StorageEngine, "hasStats">>,
  open: BaseTable["open"],
  stats: BaseTable["stats"] = () => engine.stats(table.info.id),
  recordsInRange: BaseTable["recordsInRange"] = (index, low, high) =>
    engine.recordsInRange(index, low, high, null),
): BaseTable {
  return {
    kind: "base",
    schema: table.schema,
    name: table.name,
    engine: table.engine,
    columns: table.columns,
    checks: table.checks.filter((check) => check.enforced),
    info: table.info,
    invisibleKeys: table.invisibleKeys,
    stats,
    hasStats: (known) => engine.hasStats?.(table.info.id, known) === true,
    recordsInRange,
    open,
  };
}

function tablesOf(database: Database): CatalogTable[] {
  return [...database.tables.values()].sort((a, b) => compareNames(a.name, b.name));
}

function cacheKey(schema: string, name: string): string {
  return `${schema}\0${name}`;
}
