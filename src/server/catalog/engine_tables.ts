/**
 * Tables in the storage engine they belong to: InnoDB, or the one of tables without transactions.
 *
 * MySQL: handlerton, as far as DDL and SHOW need it.
 */
import { isPending } from "../../base/answer.ts";
import { append } from "../../base/lists.ts";
import type { Row, StorageEngine, TableInfo } from "../../innodb/api.ts";
import { draftOfTable } from "../ddl/draft.ts";
import { type DraftTable, tableDef } from "../ddl/table_definition.ts";
import type { Server } from "../server.ts";
import type { CatalogTable } from "./catalog.ts";
import { isNonTransactional } from "./engines.ts";

/** What every engine can do with a table that it has. */
export type TableEngine = Pick<
  StorageEngine,
  | "dropTable"
  | "renameTable"
  | "rebuildTable"
  | "addIndex"
  | "dropIndex"
  | "tableInfo"
  | "analyze"
  | "stats"
  | "recordsInRange"
>;

export function engineOf(server: Server, table: Pick<CatalogTable, "info">): TableEngine {
  return server.myisam.has(table.info.id) ? server.myisam.engine : server.engine;
}

export function createEngineTable(server: Server, draft: DraftTable): TableInfo {
  return isNonTransactional(draft.engine)
    ? server.myisam.engine.createTable(tableDef(draft), draft.engine)
    : server.engine.createTable(tableDef(draft));
}

/** ALTER TABLE ... ENGINE: a new table with the rows of the old one, which goes. */
export function moveToEngine(
  server: Server,
  table: CatalogTable,
  draft: DraftTable,
  convert: (row: Row) => Row,
): TableInfo {
  const rows = takeRows(server, table).map(convert);
  const info = createEngineTable(server, draft);
  if (server.myisam.has(info.id)) {
    const file = server.myisam.engine.file(info.id);
    for (const row of rows) file.insert(row);
    return info;
  }
  fillInnodb(server, info, rows);
  return info;
}

/** The rows in the engine's own order; the table is gone afterwards. */
function takeRows(server: Server, table: CatalogTable): Row[] {
  const { id } = table.info;
  const rows: Row[] = [];
  if (server.myisam.has(id)) append(rows, server.myisam.engine.file(id).rows());
  else {
    const keep = (row: Row) => {
      rows.push(row);
      return row;
    };
    const { schema, name } = table;
    const def = tableDef(draftOfTable(table, { schema, name, withForeignKeys: false }));
    const copy = server.engine.rebuildTable(id, def, keep);
    server.engine.dropTable(copy.id, "rebuild");
    return rows;
  }
  server.myisam.engine.dropTable(id, "rebuild");
  return rows;
}

/** Nobody else can have a lock on the table, so nothing waits. */
function fillInnodb(server: Server, info: TableInfo, rows: readonly Row[]): void {
  const [session] = server.sessions.values();
  if (session === undefined || rows.length === 0) return;
  const trx = server.engine.begin({
    session: session.name,
    isolation: "REPEATABLE READ",
    readOnly: false,
    autocommit: true,
    calls: [],
  });
  server.engine.statementStart(trx);
  const handler = server.engine.open(trx, info.id);
  for (const row of rows) {
    const writing = handler.writeRow(row, { onDuplicate: "error" });
    if (isPending(writing)) writing.next();
  }
  server.engine.statementEnd(trx);
  server.engine.commit(trx);
}
