/**
 * The server's end of a connection: what it writes goes through net_buffer into the socket, and it waits while the socket
 * takes nothing.
 *
 *     write ─▶ net_buffer ─ full ─▶ send() ─▶ taken
 *                                    │  EAGAIN
 *                                    ▼
 *                         wait for writability, net_write_timeout at most ─▶ send() again, or shut the connection down
 *
 * FACT  Every poll has the whole net_write_timeout: a client that takes a little now and then is waited for without end.
 * FACT  KILL QUERY does not end the wait; KILL CONNECTION does, because it shuts the socket down.
 *
 * MySQL: net_write_raw_loop (sql-common/net_serv.cc), vio_write, vio_socket_io_wait (vio/viosocket.cc), THD::awake.
 */

import { utf8Length } from "../../base/utf8.ts";
import type { Connection } from "../../net/connection.ts";
import type { BrokenBy } from "../../net/connection_types.ts";
import {
  errorPacket,
  okPacket,
  type Packet,
  type ServerStatus,
} from "../../net/protocol/packets.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { EventLog } from "../event_log.ts";
import type { Session } from "../session/session.ts";
import { VisitDigest } from "./visit_digest.ts";

/** Somebody who listens to the wire. */
export interface WireTap {
  readonly packet: (packet: Packet) => void;
  /** What one call of send() took. */
  readonly send: (bytes: number) => void;
}

export interface WireOptions {
  /** The collation that results are sent in, when it is not the one that the client's driver connects with. */
  readonly charset?: number;
  /** CLIENT_SESSION_TRACK, when it is not what the client's driver says. */
  readonly sessionTrack?: boolean;
  /** CLIENT_FOUND_ROWS: an UPDATE's affected rows are those that it found, changed or not. */
  readonly foundRows?: boolean;
  readonly tap?: WireTap;
}

/** COM_QUERY in front of the statement's text. */
const COMMAND_BYTES = 1;

export class Wire {
  readonly connection: Connection;
  readonly #session: Session;
  readonly #log: EventLog;
  readonly #options: WireOptions;

  constructor(connection: Connection, session: Session, log: EventLog, options: WireOptions = {}) {
    this.connection = connection;
    this.#session = session;
    this.#log = log;
    this.#options = options;
  }

  get deprecateEof(): boolean {
    return this.connection.traits.deprecateEof;
  }

  /** The client wants to be told what a statement changed of its session. */
  get sessionTrack(): boolean {
    return this.#options.sessionTrack ?? this.connection.traits.family !== "PyMySQL";
  }

  get foundRows(): boolean {
    return this.#options.foundRows ?? false;
  }

  get charset(): number {
    return this.#options.charset ?? this.connection.traits.charset;
  }

  /** Why the connection is of no use any more; null while it is. */
  get brokenBy(): BrokenBy | null {
    return this.connection.brokenBy;
  }

  begin(sql: string): void {
    const id = this.#session.run?.id ?? null;
    this.connection.beginAnswer(id, COMMAND_BYTES + utf8Length(sql));
  }

  /** Rows go out as they are read: from here on the reads are told of in sums. */
  beginReading(): void {
    const { run } = this.#session;
    if (run !== null) this.#log.digest(run.id, new VisitDigest());
  }

  /** The statement reads no more. */
  endReading(): void {
    const { run } = this.#session;
    if (run !== null) this.#log.endDigest(run.id);
  }

  /** Null when it went into net_buffer at once. */
  write(packet: Packet): Exec<void> | null {
    const { connection } = this;
    this.#options.tap?.packet(packet);
    connection.packetBegins(packet);
    if (!connection.buffer.take(packet.length)) return this.#writeAndSend(packet);
    connection.packetEnds();
    return null;
  }

  /** Throws 1160 and 1161 when the connection breaks. */
  *flush(): Exec<void> {
    const isThrough = yield* this.connection.buffer.flush((bytes) => this.#send(bytes));
    if (!isThrough) this.#fail();
  }

  /** The answer to COM_PING. The statement before is over, and so little goes out without waiting. */
  pong(status: ServerStatus): void {
    this.connection.beginAnswer(null, COMMAND_BYTES);
    this.#tellIdle(okPacket(status, { affected: 0, insertId: 0, info: "" }));
  }

  /** The server closes an idle connection: what the client finds when it asks next (MySQL: ER_CLIENT_INTERACTION_TIMEOUT). */
  farewell(error: Parameters<typeof errorPacket>[0]): void {
    this.#tellIdle(errorPacket(error));
  }

  /** An answer without a statement. */
  #tellIdle(packet: Packet): void {
    const { connection } = this;
    connection.packetBegins(packet);
    connection.buffer.take(packet.length);
    connection.packetEnds();
    this.flushIdle();
  }

  /** What an answer without a statement has left in net_buffer. */
  flushIdle(): void {
    const { connection } = this;
    if (connection.buffer.filled === 0 || this.#session.run !== null) return;
    connection.accept(connection.buffer.filled);
    if (connection.buffer.filled === 0) connection.endAnswer();
  }

  *#writeAndSend(packet: Packet): Exec<void> {
    const isThrough = yield* this.connection.buffer.write(packet.length, (bytes) =>
      this.#send(bytes),
    );
    if (!isThrough) this.#fail();
    this.connection.packetEnds();
  }

  #fail(): never {
    throw mysqlError(
      this.brokenBy === "writeTimeout" ? "ER_NET_WRITE_INTERRUPTED" : "ER_NET_ERROR_ON_WRITE",
    );
  }

  /** MySQL: net_write_raw_loop. */
  *#send(bytes: number): Exec<boolean> {
    const { connection } = this;
    const timeoutMs = this.#session.variables.number("net_write_timeout") * 1000;
    let rest = bytes;
    while (rest > 0) {
      const taken = connection.accept(rest);
      if (taken > 0) this.#options.tap?.send(taken);
      rest -= taken;
      if (rest === 0) break;
      if (connection.isBroken) {
        connection.shutDown("clientGone");
        return false;
      }
      if (taken > 0) continue;
      connection.blocked(rest, timeoutMs);
      const resumption = yield { kind: "net", untilMs: this.#log.nowMs + timeoutMs };
      if (resumption === "timeout") {
        connection.shutDown("writeTimeout");
        return false;
      }
      connection.writable();
    }
    return true;
  }
}
