/** Tables in the storage engine they belong to. */
import type { TableInfo } from "../../innodb/api.ts";
import { type DraftTable, tableDef } from "../ddl/table_definition.ts";
import type { Server } from "../server.ts";

export function createEngineTable(server: Server, draft: DraftTable): TableInfo {
  return server.engine.createTable(tableDef(draft));
}
