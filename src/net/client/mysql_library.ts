/**
 * libmysqlclient: one connection with one result at a time.
 *
 *                    mysql_real_query            mysql_use_result
 *      ready ──────────────────────▶ getResult ──────────────────▶ useResult
 *        ▲                               │ mysql_store_result          │ last row, mysql_free_result (reads the rest),
 *        └───────────────────────────────┴─────────────────────────────┘ an error
 *
 * RULE  In any state but `ready`, and while more result sets are to come, another command is 2014, and the server hears
 *       nothing of it.
 * RULE  When the connection ends, the call that wanted to read is 2013, and there is no connection any more. What further
 *       calls say depends on the version: 2006 up to 8.0.23, since then 2013 again.
 *
 * MySQL: sql-common/client.cc: cli_advanced_command, cli_read_query_result, mysql_store_result, cli_read_rows, use_result,
 * cli_fetch_row, mysql_free_result, flush_one_result, end_server.
 * Departure: out of memory while storing a result, the library leaves the rest of it unread, and the connection is of no
 * use any more; here the driver closes it.
 */
import type { ClientSettings } from "../../trace/state_net.ts";
import { type ClientRow, Driver, type DriverHost } from "./driver.ts";
import { type ClientExec, ClientFailure, clientFailure } from "./exec.ts";
import { LIBMYSQLCLIENT_READS, PacketReader } from "./packet_reader.ts";
import { storedRowBytes } from "./row_memory.ts";

export class MysqlLibrary extends Driver {
  readonly #version: () => ClientSettings["library"];
  /** Bytes of the row that mysql_use_result holds: the last one read. */
  #current = 0;

  constructor(host: DriverHost, version: () => ClientSettings["library"]) {
    super(host, new PacketReader(host, LIBMYSQLCLIENT_READS), true);
    this.#version = version;
  }

  /** mysql_real_query. True when there is a result to take. */
  *query(sql: string): ClientExec<boolean> {
    this.#mustBeReady();
    this.host.request({ kind: "query", sql });
    this.result = yield* this.readHead();
    if (this.result === null) return false;
    this.status = "getResult";
    return true;
  }

  /** mysql_next_result. True when there is another result to take. */
  *nextResult(): ClientExec<boolean> {
    if (!this.hasMore) return false;
    this.result = yield* this.readHead();
    if (this.result === null) return false;
    this.status = "getResult";
    return true;
  }

  /** mysql_ping. */
  *ping(): ClientExec<void> {
    this.#mustBeReady();
    this.host.request({ kind: "ping" });
    yield* this.readPacket();
  }

  /** mysql_store_result: all rows, and the memory they take. */
  *storeResult(): ClientExec<{ readonly rows: readonly ClientRow[]; readonly bytes: number }> {
    if (this.status !== "getResult") throw clientFailure("outOfSync");
    this.status = "ready";
    const rows: ClientRow[] = [];
    let bytes = 0;
    try {
      for (let row = yield* this.readRow("kept"); row !== null; row = yield* this.readRow("kept")) {
        const size = storedRowBytes(row.values.length, row.packetBytes);
        this.allocate(size);
        bytes += size;
        rows.push(row);
      }
    } catch (error) {
      this.free(bytes);
      if (error instanceof ClientFailure && error.errno === 2008) this.loseConnection();
      throw error;
    }
    return { rows, bytes };
  }

  /** mysql_use_result. */
  takeRowByRow(): void {
    if (this.status !== "getResult") throw clientFailure("outOfSync");
    this.status = "useResult";
  }

  /** mysql_fetch_row after mysql_use_result: null at the end. */
  *fetchRow(): ClientExec<ClientRow | null> {
    if (this.status !== "useResult") return null;
    let row: ClientRow | null = null;
    try {
      row = yield* this.readRow("kept");
      if (row !== null) this.#hold(row.packetBytes);
      return row;
    } finally {
      if (row === null) this.#endOfResult();
    }
  }

  /** mysql_free_result: what has not been read yet is read now, however long it takes. */
  *freeResult(): ClientExec<void> {
    this.#hold(0);
    if (this.status !== "useResult") return;
    try {
      let row = yield* this.readRow("drained");
      while (row !== null) row = yield* this.readRow("drained");
    } catch (error) {
      if (!(error instanceof ClientFailure)) throw error;
    } finally {
      this.#endOfResult();
    }
  }

  /** mysql_close. */
  close(): void {
    if (this.status === "gone") return;
    this.#hold(0);
    this.status = "gone";
    this.reader.discard();
    this.host.request({ kind: "quit" });
  }

  /** Why another command would not even be sent; null when it would. */
  refusal(): ClientFailure | null {
    if (this.status === "gone") {
      return clientFailure(this.#version() === "9.7" ? "serverLost" : "serverGone");
    }
    return this.status === "ready" && !this.hasMore ? null : clientFailure("outOfSync");
  }

  #mustBeReady(): void {
    const refusal = this.refusal();
    if (refusal !== null) throw refusal;
  }

  #endOfResult(): void {
    this.#hold(0);
    if (this.status === "useResult") this.status = "ready";
  }

  /** One row at most: the next one takes the place of the one before. */
  #hold(bytes: number): void {
    this.free(this.#current);
    this.#current = 0;
    this.allocate(bytes);
    this.#current = bytes;
  }
}
