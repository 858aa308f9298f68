/**
 * net_buffer: where the server collects packets until it has a buffer full of them to send.
 *
 *     packets ─▶ │ net_buffer (net_buffer_length) ──────│ ─ full, or the statement's end ─▶ send()
 *                          writePos ▲        bufferEnd ▲
 *
 * RULE  What still fits is copied in. What does not fills the buffer up to its last byte; that is sent; and the rest is
 *       copied into the empty buffer, unless it is itself longer than the buffer: then it is sent from where it stands.
 * RULE  A header and its payload are two writes, so a header may be cut in two by the end of the buffer.
 * FACT  So memory for one result never exceeds the buffer and the packet that is being written.
 * FACT  The buffer grows when the server reads a statement longer than it, in steps of 4096 bytes, and stays so.
 *
 * MySQL: net_write_buff, net_write_packet, net_flush, net_realloc (sql-common/net_serv.cc); my_net_init.
 */
import { assert } from "../base/assert.ts";
import { framesOf, HEADER_BYTES } from "./protocol/framing.ts";

/** Hands bytes to the socket, and waits as long as it takes. False: the connection is broken. */
export type Send<S, N> = (bytes: number) => Generator<S, boolean, N>;

/** MySQL: IO_SIZE. */
const GROWTH_BYTES = 4096;

export class NetBuffer {
  /** Bytes that fit (MySQL: net->max_packet, buff_end - buff). */
  length: number;
  /** Bytes in it (MySQL: write_pos - buff). */
  filled = 0;
  /** Bytes of the packet in progress that are neither in the buffer nor sent. */
  pending = 0;
  #sendsFrom: "buffer" | "packet" = "buffer";

  constructor(length: number) {
    this.length = length;
  }

  /** MySQL: net_realloc, when a packet from the client does not fit. */
  growFor(bytes: number): void {
    if (bytes < this.length) return;
    this.length = Math.ceil(bytes / GROWTH_BYTES) * GROWTH_BYTES;
  }

  /** Copies the packet in if there is room for all of it; else does nothing and says no. */
  take(payloadBytes: number): boolean {
    const bytes = payloadBytes + HEADER_BYTES;
    if (this.filled + bytes > this.length) return false;
    this.filled += bytes;
    return true;
  }

  /** MySQL: my_net_write. False: the connection is broken. */
  *write<S, N>(payloadBytes: number, send: Send<S, N>): Generator<S, boolean, N> {
    const frames = framesOf(payloadBytes);
    this.pending = payloadBytes + frames.length * HEADER_BYTES;
    for (const frame of frames) {
      if (!(yield* this.#put(HEADER_BYTES, send))) return false;
      if (!(yield* this.#put(frame, send))) return false;
    }
    assert(this.pending === 0, "a packet was written to its end");
    return true;
  }

  /** MySQL: net_flush. */
  *flush<S, N>(send: Send<S, N>): Generator<S, boolean, N> {
    return this.filled === 0 || (yield* this.#sendBuffer(send));
  }

  /** The socket has taken so many of the bytes that are being sent. */
  taken(bytes: number): void {
    if (this.#sendsFrom === "buffer") this.filled -= bytes;
    else this.pending -= bytes;
    assert(this.filled >= 0 && this.pending >= 0, "the socket takes what it is given");
  }

  /** The connection is gone, and what was to be sent with it. */
  discard(): void {
    this.filled = 0;
    this.pending = 0;
  }

  /** MySQL: net_write_buff. */
  *#put<S, N>(bytes: number, send: Send<S, N>): Generator<S, boolean, N> {
    let rest = bytes;
    const room = this.length - this.filled;
    if (rest > room) {
      if (this.filled > 0) {
        this.#copy(room);
        rest -= room;
        if (!(yield* this.#sendBuffer(send))) return false;
      }
      if (rest > this.length) {
        this.#sendsFrom = "packet";
        return yield* send(rest);
      }
    }
    this.#copy(rest);
    return true;
  }

  *#sendBuffer<S, N>(send: Send<S, N>): Generator<S, boolean, N> {
    this.#sendsFrom = "buffer";
    return yield* send(this.filled);
  }

  #copy(bytes: number): void {
    this.filled += bytes;
    this.pending -= bytes;
    assert(this.filled <= this.length, "net_buffer holds what fits");
  }
}
