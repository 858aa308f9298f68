/**
 * What an ALTER TABLE changes: the draft with all actions applied, compared with the table as it was.
 *
 *     sources        where each new column's values come from
 *     keys           those that go, those that come, those that only get another name
 *     rebuilds       or is it the dictionary alone that changes?
 *
 * MySQL: sql/sql_table.cc: mysql_prepare_alter_table, fill_alter_inplace_info.
 */
import type { AlterAction, OrderRows } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { applyActions, type Work } from "./alter_actions.ts";
import { storedForm } from "./alter_rows.ts";
import { neededByForeignKey } from "./foreign_keys.ts";
import { storedText } from "./stored_expression.ts";
import type { DraftKey, DraftTable } from "./table_definition.ts";

export interface Alteration {
  /** For each new column the position of the old one that it comes from; -1 for a new one. */
  readonly sources: readonly number[];
  readonly addedKeys: readonly string[];
  readonly droppedKeys: readonly string[];
  /** New name by old name, of the keys that stay. */
  readonly keyNames: ReadonlyMap<string, string>;
  /** A column's name now, by the one it had. */
  readonly renamed: (name: string) => string;
  /** The records change: not only secondary keys, or names and defaults. */
  readonly rebuilds: boolean;
  readonly losesPrimaryKey: boolean;
  /** Only the COPY algorithm can do it, whatever the columns say. */
  readonly copies: boolean;
  /** What the rows are sorted by on their way into the copy. */
  readonly orderBy: OrderRows["columns"];
  readonly setsAutoIncrement: boolean;
}

/** Applies the actions to the draft, which is that of the table. */
export function alter(
  server: Server,
  context: StatementExecution,
  table: CatalogTable,
  draft: DraftTable,
  actions: readonly AlterAction[],
): Alteration {
  const work: Work = {
    server,
    context,
    draft,
    origins: new Map(table.columns.map((column, at) => [column.name.toLowerCase(), at])),
    changedNames: new Set(),
    addsColumns: actions.some(({ kind }) => kind === "addColumn"),
    renamedKeys: new Map(),
    oldKeys: draft.keys,
    rebuilds: false,
    copies: false,
    orderBy: [],
    setsAutoIncrement: false,
  };
  const keysBefore = [...draft.keys];
  const oldPosition = positionsIn(table.columns);
  applyActions(work, actions);
  const sources = draft.columns.map((column) => work.origins.get(column.name.toLowerCase()) ?? -1);
  const renamed = (name: string) => draft.columns[sources.indexOf(oldPosition(name))]?.name ?? name;
  refuseEngineWithoutForeignKeys(work, table);
  checkForeignKeysHaveKeys(work, context.owner, keysBefore, renamed);
  const newPosition = positionsIn(draft.columns);
  const before = keysBefore.map((key) => describeKey(key, key.name, oldPosition));
  const after = draft.keys.map((key) =>
    describeKey(
      key,
      work.renamedKeys.get(key.name) ?? key.name,
      (name) => sources[newPosition(name)] ?? -1,
    ),
  );
  const addedKeys = draft.keys.filter((_key, at) => !before.includes(after[at] ?? ""));
  const droppedKeys = keysBefore.filter((_key, at) => !after.includes(before[at] ?? ""));
  const hasPrimary = draft.keys.some((key) => key.name === "PRIMARY");
  const clusters = clusteringKey(draft.keys, draft.columns);
  const clusteredBefore = clusteringKey(keysBefore, table.columns);
  const keptAt =
    clusteredBefore === null
      ? -1
      : after.indexOf(before[keysBefore.indexOf(clusteredBefore)] ?? "");
  const keepsClustering =
    clusteredBefore === null ||
    clusteringKey(draft.keys.slice(keptAt, keptAt + 1), draft.columns) !== null;
  const changesPrimary = [...addedKeys, ...droppedKeys].some((key) => key.name === "PRIMARY");
  const isClustering = (key: DraftKey) => key === clusters || key === clusteredBefore;
  const movesRows = !hasPrimary && [...addedKeys, ...droppedKeys].some(isClustering);
  return {
    sources,
    renamed,
    addedKeys: addedKeys.map((key) => key.name),
    droppedKeys: droppedKeys.map((key) => key.name),
    keyNames: keyNames(work, draft, addedKeys),
    rebuilds: work.rebuilds || changesPrimary || movesRows || changesRecords(table, draft, sources),
    losesPrimaryKey: !keepsClustering && (clusters === null || !addedKeys.includes(clusters)),
    copies: work.copies,
    orderBy: clusters === null ? work.orderBy : ignoredOrder(work),
    setsAutoIncrement: work.setsAutoIncrement,
  };
}

/** A table's own clustering decides. MySQL: copy_data_between_tables. */
function ignoredOrder({ context, draft, orderBy }: Work): OrderRows["columns"] {
  if (draft.engine !== "InnoDB" || orderBy.length === 0) return orderBy;
  const message = `ORDER BY ignored as there is a user-defined clustered index in the table '${draft.name}'`;
  context.warn(mysqlWarning("Warning", "ER_UNKNOWN_ERROR", message));
  return [];
}

/** The key that a table is clustered on: the primary one, or the first unique one without NULL. */
function clusteringKey(
  keys: readonly DraftKey[],
  columns: readonly { readonly name: string; readonly nullable: boolean }[],
): DraftKey | null {
  const primary = keys.find((key) => key.name === "PRIMARY");
  if (primary !== undefined) return primary;
  const isWhole = ({ column, prefix }: DraftKey["parts"][number]) => {
    const found = columns.find(({ name }) => sameName(name, column));
    return found?.nullable === false && prefix === null;
  };
  return keys.find((key) => key.unique && key.parts.every(isWhole)) ?? null;
}

/** Throws 3776. */
function refuseEngineWithoutForeignKeys({ draft, server }: Work, table: CatalogTable): void {
  if (table.engine !== "InnoDB" || draft.engine === "InnoDB") return;
  const children = server.catalog.referencing(table.schema, table.name);
  if (table.info.foreignKeys.length === 0 && children.length === 0) return;
  throw mysqlError("ER_FK_CANNOT_CHANGE_ENGINE");
}

/** Throws 1553. A key that served no foreign key before, by restrict_fk_on_non_standard_key, has no name. */
function checkForeignKeysHaveKeys(
  { draft, server }: Work,
  session: Session,
  keysBefore: readonly DraftKey[],
  renamed: (name: string) => string,
): void {
  const needed = neededByForeignKey(draft, server, session, renamed);
  if (needed === null) return;
  const gone = keysBefore.find(needed);
  throw mysqlError("ER_DROP_INDEX_FK", gone?.name ?? "<unknown key name>");
}

function positionsIn(columns: readonly { readonly name: string }[]): (name: string) => number {
  const positions = new Map(columns.map((column, at) => [column.name.toLowerCase(), at]));
  return (name) => positions.get(name.toLowerCase()) ?? -1;
}

/** Two keys are the same when they have this in common; columns count by their place in the old table. */
function describeKey(key: DraftKey, name: string, position: (column: string) => number): string {
  const parts = key.parts.map((part) => [position(part.column), part.prefix, part.desc]);
  return JSON.stringify([name, key.unique, parts]);
}

function keyNames(
  work: Work,
  draft: DraftTable,
  added: readonly DraftKey[],
): ReadonlyMap<string, string> {
  const kept = draft.keys.filter((key) => !added.includes(key));
  return new Map(kept.map(({ name }) => [work.renamedKeys.get(name) ?? name, name]));
}

/** A generated column is made from something else, or becomes a column like any other. */
export function changesExpression(before: ServerColumn, after: ServerColumn): boolean {
  if (before.default === after.default) return false;
  const text = ({ default: given }: ServerColumn) =>
    given.kind === "generated" ? storedText(given.expr, []).toLowerCase() : "";
  return text(before) !== text(after);
}

function changesRecords(
  table: CatalogTable,
  draft: DraftTable,
  sources: readonly number[],
): boolean {
  if (draft.columns.length !== table.columns.length) return true;
  return draft.columns.some((column, position) => {
    const before = table.columns[position];
    return (
      sources[position] !== position ||
      before === undefined ||
      before.nullable !== column.nullable ||
      before.autoIncrement !== column.autoIncrement ||
      storedForm(before.type) !== storedForm(column.type) ||
      changesExpression(before, column)
    );
  });
}
