/**
 * The names of foreign keys and checks: unique in their database, locked while DDL works with them, and renamed with their
 * table where the server made them up.
 *
 *     ALTER TABLE t ADD CHECK (v > 0)     CHECK CONSTRAINT t_chk_1, and #cc_1_9_1, its name in the table being built
 *     RENAME TABLE t TO u                 t_ibfk_1 becomes u_ibfk_1
 *
 * MySQL: sql/sql_table.cc: collect_fk_names_for_new_fks, collect_fk_names_for_rename_table,
 * prepare_check_constraints_for_alter, check_constraint_name_exists.
 * Departure: CREATE, DROP and RENAME TABLE do not lock them: they take these locks last, when nothing can wait any more.
 */
import type { AlterAction } from "../../sql/ast_table.ts";
import type { MdlNamespace } from "../../trace/state.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { sameName } from "../catalog/names.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { MdlRequest } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { refuseLong } from "../session/name_lengths.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import type { TablePlace } from "./name_locks.ts";
import type { DraftTable } from "./table_definition.ts";

/** Throws 1826 and 3822 for a name that a constraint of another table of the database has. */
export function refuseTakenNames(
  server: Server,
  draft: DraftTable,
  before: CatalogTable | null,
): void {
  const others = server.catalog.tablesIn(draft.schema).filter((table) => table !== before);
  for (const { name } of draft.foreignKeys) {
    const isTaken = others.some((table) =>
      table.info.foreignKeys.some((key) => sameName(key.name, name)),
    );
    if (isTaken) throw mysqlError("ER_FK_DUP_NAME", name);
  }
  for (const { name } of draft.checks) {
    const isTaken = others.some((table) =>
      table.checks.some((check) => sameName(check.name, name)),
    );
    if (isTaken) throw mysqlError("ER_CHECK_CONSTRAINT_DUP_NAME", name);
  }
}

/** Throws 1826 for a foreign key that ALTER TABLE adds under a name the table has one of, even when that one goes. */
export function refuseOwnNames(actions: readonly AlterAction[], { info }: CatalogTable): void {
  for (const action of actions) {
    if (action.kind !== "addElement" || action.element.kind !== "foreignKey") continue;
    const name = action.element.name?.text;
    if (name !== undefined && info.foreignKeys.some((key) => sameName(key.name, name))) {
      throw mysqlError("ER_FK_DUP_NAME", name);
    }
  }
}

/** ALTER TABLE, first of all: the checks it finds and those it adds, and the names they have meanwhile. */
export function* lockCheckNames(
  execution: StatementExecution,
  draft: DraftTable,
  before: CatalogTable,
): Exec<void> {
  const { connectionId } = execution.owner;
  const names = new Set([...before.checks, ...draft.checks].map((check) => check.name));
  const meanwhile = draft.checks.map((_check, at) => `#cc_1_${connectionId}_${at + 1}`);
  yield* lockNames(execution, "CHECK CONSTRAINT", draft.schema, [...names, ...meanwhile]);
}

/** ALTER TABLE, while it prepares: the foreign keys that go. */
export function* lockDroppedForeignKeys(
  execution: StatementExecution,
  draft: DraftTable,
  before: CatalogTable,
): Exec<void> {
  const kept = new Set(draft.foreignKeys.map((key) => key.name));
  const gone = before.info.foreignKeys.map((key) => key.name).filter((name) => !kept.has(name));
  yield* lockNames(execution, "FOREIGN KEY", draft.schema, gone);
}

/** ALTER TABLE, before it changes anything: the foreign keys that come, and when the table is renamed both names of all. */
export function newForeignKeyNames(
  draft: DraftTable,
  before: CatalogTable,
  renamedTo: TablePlace | null,
): MdlRequest[] {
  const had = before.info.foreignKeys.map((key) => key.name);
  const fresh = draft.foreignKeys.map((key) => key.name).filter((name) => !had.includes(name));
  const requests = fresh.map((name) => nameLock("FOREIGN KEY", draft.schema, name));
  if (renamedTo === null) return requests;
  for (const name of had) {
    const renamed = nameAfterRename(name, before.name, renamedTo.name);
    requests.push(
      nameLock("FOREIGN KEY", before.schema, name),
      nameLock("FOREIGN KEY", renamedTo.schema, renamed),
    );
  }
  return requests;
}

/** The constraint's name once its table is called `to`. Throws 1059. */
export function nameAfterRename(name: string, from: string, to: string): string {
  const suffix = name.startsWith(from) ? name.slice(from.length) : "";
  if (!/^_(ibfk|chk)_\d+$/.test(suffix)) return name;
  refuseLong(`${to}${suffix}`);
  return `${to}${suffix}`;
}

function* lockNames(
  execution: StatementExecution,
  namespace: MdlNamespace,
  schema: string,
  names: readonly string[],
): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquireAll(
    names.map((name) => nameLock(namespace, schema, name)),
  );
  if (outcome !== "granted") failMdl(outcome);
}

/** EXCLUSIVE, for the statement. */
export function nameLock(namespace: MdlNamespace, schema: string, name: string): MdlRequest {
  return {
    key: { namespace, schema, name: name.toLowerCase() },
    mode: "EXCLUSIVE",
    duration: "STATEMENT",
  };
}
