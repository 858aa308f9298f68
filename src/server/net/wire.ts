/**
 * The server's end of a connection: net_buffer and the socket behind it.
 *
 * MySQL: NET, Vio (include/mysql_com.h, include/violite.h).
 */
import { NetBuffer } from "../../net/net_buffer.ts";
import { utf8Length } from "../../net/protocol/bytes.ts";
import type { Capabilities, Packet } from "../../net/protocol/packets.ts";
import type { Exec } from "../context.ts";

/** Somebody who listens to the wire. */
export interface WireTap {
  readonly packet: (packet: Packet) => void;
  /** What one call of send() took. */
  readonly send: (bytes: number) => void;
}

/** What the client said when it connected. */
export interface WireClient extends Capabilities {
  /** The collation of utf8mb4 that results are sent in, by its number. */
  readonly charset: number;
}

export class Wire {
  readonly client: WireClient;
  readonly buffer: NetBuffer;
  readonly #tap: WireTap;

  constructor(client: WireClient, netBufferLength: number, tap: WireTap) {
    this.client = client;
    this.buffer = new NetBuffer(netBufferLength);
    this.#tap = tap;
  }

  requestBytes(sql: string): number {
    return utf8Length(sql);
  }

  /** Null when it went into net_buffer at once. */
  write(packet: Packet): Exec<void> | null {
    this.#tap.packet(packet);
    return this.buffer.take(packet.length) ? null : this.#writeAndSend(packet);
  }

  *flush(): Exec<void> {
    yield* this.buffer.flush((bytes) => this.#send(bytes));
  }

  *#writeAndSend(packet: Packet): Exec<void> {
    yield* this.buffer.write(packet.length, (bytes) => this.#send(bytes));
  }

  // biome-ignore lint/correctness/useYield: this socket takes everything at once
  *#send(bytes: number): Exec<boolean> {
    this.#tap.send(bytes);
    return true;
  }
}
