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
  columnCountPacket,
  columnDefinitionPacket,
  errorPacket,
  metadataEnd,
  okPacket,
  type Packet,
  resultEnd,
  rowPacket,
  SERVER_QUERY_NO_INDEX_USED,
  SERVER_STATUS_AUTOCOMMIT,
  SERVER_STATUS_IN_TRANS,
  type ServerStatus,
} from "../../net/protocol/packets.ts";
import type { Outcome } from "../../trace/state.ts";
import type { Exec, ExecResult, ResultColumn, RowStream } from "../context.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Session } from "../session/session.ts";
import { columnDefinition } from "./column_definitions.ts";
import type { Wire } from "./wire.ts";

/** COM_QUERY in front of the statement's text. */
const COMMAND_BYTES = 1;

export class ResultWriter implements RowStream {
  readonly #wire: Wire;
  readonly #session: Session;
  readonly #run: StatementRun;
  #hasMetadata = false;

  constructor(wire: Wire, run: StatementRun) {
    this.#wire = wire;
    this.#session = run.session;
    this.#run = run;
    wire.buffer.growFor(COMMAND_BYTES + wire.requestBytes(run.sql));
  }

  *start(columns: readonly ResultColumn[]): Exec<void> {
    const { client } = this.#wire;
    this.#hasMetadata = true;
    yield* this.#write(columnCountPacket(columns.length));
    for (const column of columns) {
      yield* this.#write(columnDefinitionPacket(columnDefinition(column, client.charset)));
    }
    for (const packet of metadataEnd(this.#status(), client)) yield* this.#write(packet);
  }

  row(values: readonly (string | null)[]): Exec<void> | null {
    return this.#wire.write(rowPacket(values));
  }

  /** The rows of a statement that made them all at once: SHOW, EXPLAIN. */
  *rows(result: Extract<ExecResult, { kind: "rows" }>): Exec<void> {
    yield* this.start(result.columns);
    for (const row of result.rows) yield* this.#write(rowPacket(row));
  }

  /** The statement is over; its locks are released. */
  *end(outcome: Outcome): Exec<void> {
    const packet = this.#lastPacket(outcome);
    if (packet === null) return;
    yield* this.#write(packet);
    yield* this.#wire.flush();
  }

  #lastPacket(outcome: Outcome): Packet | null {
    const status = this.#status();
    switch (outcome.kind) {
      case "rows":
        return this.#hasMetadata ? resultEnd(status, this.#wire.client) : null;
      case "ok":
        return okPacket(status, {
          affected: outcome.affected,
          insertId: Number(outcome.insertId ?? 0),
          info: outcome.info,
        });
      case "error":
        return errorPacket(outcome);
      case "lost":
        return null;
    }
  }

  *#write(packet: Packet): Exec<void> {
    const rest = this.#wire.write(packet);
    if (rest !== null) yield* rest;
  }

  #status(): ServerStatus {
    const session = this.#session;
    const scans = this.#run.plans.some((plan) => plan.access === "ALL");
    return {
      flags:
        (session.inTransaction ? SERVER_STATUS_IN_TRANS : 0) |
        (session.autocommit ? SERVER_STATUS_AUTOCOMMIT : 0) |
        (scans ? SERVER_QUERY_NO_INDEX_USED : 0),
      warnings: session.warnings.length,
    };
  }
}
