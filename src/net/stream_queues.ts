/** What is known of the stream beside its bytes: the packets in it, and where its rows end. */
import type { Packet } from "./protocol/packets.ts";

const COMPACT_AT = 1024;

/** Packets written and not yet read, in order. */
export class PacketQueue {
  #packets: Packet[] = [];
  #next = 0;

  push(packet: Packet): void {
    this.#packets.push(packet);
  }

  first(): Packet | null {
    return this.#packets[this.#next] ?? null;
  }

  shift(): void {
    this.#next += 1;
    if (this.#next < COMPACT_AT) return;
    this.#packets = this.#packets.slice(this.#next);
    this.#next = 0;
  }
}

export class RowEnds {
  /** Where each row of the result ends, in bytes of the whole stream. */
  readonly #ends: number[] = [];

  add(end: number): void {
    this.#ends.push(end);
  }

  get count(): number {
    return this.#ends.length;
  }

  /** Counts on from `before` the rows that end at or before `offset`. */
  countUpTo(offset: number, before: number): number {
    let count = before;
    while (count < this.#ends.length && (this.#ends[count] as number) <= offset) count += 1;
    return count;
  }
}
