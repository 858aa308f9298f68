/**
 * PyMySQL: the protocol in Python, without libmysqlclient.
 *
 * It differs where it matters here: a command on a connection with an unfinished unbuffered result is no error. It warns
 * "Previous unbuffered result was left incomplete", reads the rest, and then sends the command. A lost connection answers
 * InterfaceError (0, '') afterwards.
 *
 * PyMySQL 1.2: Connection._execute_command, MySQLResult._read_rowdata_packet_unbuffered, _finish_unbuffered_query.
 */
import { type ClientRow, Driver, type DriverHost } from "./driver.ts";
import { type ClientExec, ClientFailure, clientFailure } from "./exec.ts";
import { PacketReader, PYMYSQL_READS } from "./packet_reader.ts";

export class PymysqlConnection extends Driver {
  constructor(host: DriverHost) {
    super(host, new PacketReader(host, PYMYSQL_READS), false);
  }

  /** True when there is a result to take. */
  *query(sql: string, unbuffered: boolean): ClientExec<boolean> {
    yield* this.#prepare();
    this.host.request({ kind: "query", sql });
    this.result = yield* this.readHead();
    if (this.result === null) return false;
    if (unbuffered) this.status = "useResult";
    return true;
  }

  /** MySQLResult of the next result set. */
  *nextResult(unbuffered: boolean): ClientExec<boolean> {
    if (!this.hasMore) return false;
    this.result = yield* this.readHead();
    if (this.result === null) return false;
    if (unbuffered) this.status = "useResult";
    return true;
  }

  *ping(): ClientExec<void> {
    if (this.status === "gone") throw clientFailure("alreadyClosed");
    yield* this.#prepare();
    this.host.request({ kind: "ping" });
    yield* this.readPacket();
  }

  *rowUnbuffered(): ClientExec<ClientRow | null> {
    if (this.status !== "useResult") return null;
    let row: ClientRow | null = null;
    try {
      row = yield* this.readRow("kept");
      return row;
    } finally {
      if (row === null) this.#endOfResult();
    }
  }

  *finishUnbuffered(): ClientExec<void> {
    if (this.status !== "useResult") return;
    try {
      let row = yield* this.readRow("drained");
      while (row !== null) row = yield* this.readRow("drained");
    } finally {
      this.#endOfResult();
    }
  }

  close(): void {
    if (this.status === "gone") return;
    this.status = "gone";
    this.reader.discard();
    this.host.request({ kind: "quit" });
  }

  *#prepare(): ClientExec<void> {
    if (this.status === "gone") throw clientFailure("noSocket");
    while (this.hasMore && this.status === "ready") {
      if (yield* this.nextResult(true)) yield* this.finishUnbuffered();
    }
    if (this.status !== "useResult") return;
    try {
      yield* this.finishUnbuffered();
    } catch (error) {
      if (!(error instanceof ClientFailure) || this.status === ("gone" as string)) throw error;
    }
    this.host.turned("drained");
  }

  #endOfResult(): void {
    if (this.status === "useResult") this.status = "ready";
  }
}
