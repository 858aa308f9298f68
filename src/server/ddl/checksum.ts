/**
 * CHECKSUM TABLE: a number of all rows as this session sees them, whatever their order: the sum of the CRCs of its rows. It reads
 * the table as a SELECT does: in the transaction's read view, and at SERIALIZABLE with its locks.
 *
 * MySQL: sql/sql_table.cc: mysql_checksum_table.
 */
import { settled } from "../../base/answer.ts";
import { crc32 } from "../../base/crc32.ts";
import type { TableMaintenance } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { type Exec, type ExecResult, MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { dbFailure } from "../exec/db_failure.ts";
import { plainReadLock } from "../exec/statement_env.ts";
import { lockStatementTables } from "../myisam/statement_locks.ts";
import { openTables } from "../session/open_tables.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { newEnv } from "../types/eval_env.ts";
import { BIGINT_UNSIGNED, varchar } from "../types/sql_type.ts";
import { recordBytes } from "./record_bytes.ts";
import { temporaryTable } from "./temporary.ts";

/** A table that cannot be had has no number; why is said in a warning. */
export function* checksumTables(
  execution: StatementExecution,
  { tables, isQuick }: TableMaintenance,
): Exec<ExecResult> {
  const rows: (readonly [string, string | null])[] = [];
  for (const { schema: written, name } of tables) {
    const schema = schemaOf(execution.owner, written?.text ?? null);
    let sum: number | null = null;
    try {
      const table = yield* opened(execution, schema, name.text);
      sum = isQuick ? null : yield* checksum(execution, table);
    } catch (error) {
      if (!(error instanceof MysqlFailure) || execution.owner.killed !== null) throw error;
      const { errno, message } = error.error;
      execution.warn({ level: "Error", errno, message });
    }
    rows.push([`${schema}.${name.text}`, sum === null ? null : String(sum)]);
  }
  const columns = [
    { name: "Table", type: varchar(TABLE_NAME_LENGTH) },
    { name: "Checksum", type: BIGINT_UNSIGNED },
  ];
  return { kind: "rows", columns, rows };
}

/** Two names and the dot. */
const TABLE_NAME_LENGTH = 129;

/** Throws 1146, 1049 and 1347 besides what a metadata lock throws. */
function* opened(
  { server, owner }: StatementExecution,
  schema: string,
  name: string,
): Exec<CatalogTable> {
  const use = { schema, name, alias: name, lock: "read", changes: [] } as const;
  yield* settled(openTables(server, owner, [use]));
  yield* lockStatementTables(server, owner, [use]);
  const table = temporaryTable(owner, schema, name) ?? server.catalog.table(schema, name);
  if (table === null) throw mysqlError("ER_WRONG_OBJECT", `${schema}.${name}`, "BASE TABLE");
  return table;
}

function* checksum(execution: StatementExecution, table: CatalogTable): Exec<number> {
  const base = execution.baseTable(table);
  const handler = base.open();
  const statement = {
    ctx: execution,
    env: newEnv(execution),
    kind: "select",
    assigned: new Set<string>(),
  } as const;
  const lock = plainReadLock(statement, table.name);
  handler.setReadLock(lock.mode, lock.onConflict);
  handler.rndInit();
  for (let sum = 0; ; ) {
    const read = yield* settled(handler.rndNext());
    if (read === "notFound") return sum;
    if (!("row" in read)) throw dbFailure(read, base);
    execution.checkInterrupt();
    let crc = 0;
    for (const bytes of recordBytes(table, read.row)) crc = crc32(bytes, crc);
    sum = (sum + crc) >>> 0;
  }
}
