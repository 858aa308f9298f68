/**
 * What the server writes to the client for one statement: packets into net_buffer, and at the end the flush.
 *
 *     rows one by one ─▶ row() ─▶ net_buffer ─ full ─▶ send()
 *     the end: EOF, OK or error ─▶ net_buffer ─▶ send()       locks of an autocommitted statement are gone by then
 *
 * MySQL: Query_result_send (sql/query_result.cc), THD::send_statement_status, net_flush; dispatch_command sends the status
 * after mysql_execute_command has closed the tables and released the statement's locks.
 */
import {
  type BinaryColumns,
  columnCountPacket,
  columnDefinitionPacket,
  errorPacket,
  metadataEnd,
  okPacket,
  type Packet,
  resultEnd,
  rowPacket,
  SERVER_MORE_RESULTS_EXISTS,
  SERVER_QUERY_NO_INDEX_USED,
  SERVER_STATUS_AUTOCOMMIT,
  SERVER_STATUS_IN_TRANS,
  SERVER_STATUS_IN_TRANS_READONLY,
  type ServerStatus,
} from "../../net/protocol/packets.ts";
import type { Outcome } from "../../trace/state.ts";
import {
  type Exec,
  type ExecResult,
  MysqlFailure,
  type ResultColumn,
  type RowStream,
} from "../context.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Session } from "../session/session.ts";
import { isOfBytes } from "../types/sql_type.ts";
import { columnDefinition } from "./column_definitions.ts";
import type { Wire } from "./wire.ts";

/** What mysql_info says of an UPDATE. */
const MATCHED = /^Rows matched: (\d+)/;

export class ResultWriter implements RowStream {
  readonly #wire: Wire;
  readonly #session: Session;
  readonly #run: StatementRun;
  #hasMetadata = false;
  #binary: BinaryColumns = null;

  constructor(wire: Wire, run: StatementRun) {
    this.#wire = wire;
    this.#session = run.session;
    this.#run = run;
    wire.begin(run.sql);
    run.session.changes.forget();
  }

  *start(columns: readonly ResultColumn[]): Exec<void> {
    const wire = this.#wire;
    this.#hasMetadata = true;
    const binary = columns.map(({ type }) => isOfBytes(type));
    this.#binary = binary.includes(true) ? binary : null;
    wire.beginReading();
    yield* this.#write(columnCountPacket(columns.length));
    for (const column of columns) {
      yield* this.#write(columnDefinitionPacket(columnDefinition(column, wire.charset)));
    }
    for (const packet of metadataEnd(this.#status(), wire)) yield* this.#write(packet);
    wire.connection.resultStarted(
      this.#run.id,
      columns.map(({ name }) => name),
    );
  }

  row(values: readonly (string | null)[]): Exec<void> | null {
    return this.#wire.write(rowPacket(values, this.#binary));
  }

  /** The rows of a statement that made them all at once: SHOW, EXPLAIN. */
  *rows(result: Extract<ExecResult, { kind: "rows" }>): Exec<void> {
    yield* this.start(result.columns);
    for (const row of result.rows) yield* this.#write(rowPacket(row, this.#binary));
  }

  /** One of several that a CALL hands out; an OK or an error comes behind them. */
  *set(result: Extract<ExecResult, { kind: "rows" }>): Exec<void> {
    yield* this.rows(result);
    this.#hasMetadata = false;
    const status = this.#status();
    const flags = status.flags | SERVER_MORE_RESULTS_EXISTS;
    const end = resultEnd({ ...status, flags }, this.#wire);
    yield* this.#write({ ...end, content: { kind: "status", more: true } });
  }

  /** The statement is over; its locks are released. */
  *end(outcome: Outcome): Exec<void> {
    this.#wire.endReading();
    const { connection } = this.#wire;
    const packet = connection.isBroken ? null : this.#lastPacket(outcome);
    if (packet !== null) {
      try {
        yield* this.#write(packet);
        yield* this.#wire.flush();
      } catch (error) {
        // Nobody is left who could be told.
        if (!(error instanceof MysqlFailure)) throw error;
      }
    }
    connection.endAnswer();
  }

  #lastPacket(outcome: Outcome): Packet | null {
    const status = this.#status();
    switch (outcome.kind) {
      case "rows":
        if (outcome.call !== undefined) {
          const { affected } = outcome.call;
          return okPacket(this.#withChanges(status), { affected, insertId: 0, info: "" });
        }
        return this.#hasMetadata ? resultEnd(status, this.#wire) : null;
      case "ok":
        return okPacket(this.#withChanges(status), {
          affected: this.#wire.foundRows
            ? Number(MATCHED.exec(outcome.info)?.[1] ?? outcome.affected)
            : outcome.affected,
          insertId: Number(outcome.insertId ?? 0),
          info: outcome.info,
        });
      case "error":
        return errorPacket(outcome);
      case "lost":
        return null;
    }
  }

  #withChanges(status: ServerStatus): ServerStatus {
    return this.#wire.sessionTrack ? { ...status, changes: this.#session.changes.take() } : status;
  }

  *#write(packet: Packet): Exec<void> {
    const rest = this.#wire.write(packet);
    if (rest !== null) yield* rest;
  }

  #status(): ServerStatus {
    const status = serverStatus(this.#session);
    const scans = this.#run.plans.some((plan) => plan.access === "ALL");
    return { ...status, flags: status.flags | (scans ? SERVER_QUERY_NO_INDEX_USED : 0) };
  }
}

/** MySQL: THD::server_status, and the number of warnings. */
export function serverStatus(session: Session): ServerStatus {
  return {
    flags:
      (session.inTransaction ? SERVER_STATUS_IN_TRANS : 0) |
      (session.inTransaction && session.trxReadOnly ? SERVER_STATUS_IN_TRANS_READONLY : 0) |
      (session.autocommit ? SERVER_STATUS_AUTOCOMMIT : 0),
    warnings: session.warnings.length,
  };
}
