/** How far the answer in progress, or the last one, has come: bytes and rows at every stage. */
import type { NetTotals } from "../trace/state_net.ts";
import { framedLength } from "./protocol/framing.ts";
import type { Packet } from "./protocol/packets.ts";
import type { Link } from "./socket/link.ts";
import { RowEnds } from "./stream_queues.ts";

export class AnswerTotals {
  /** Bytes written since the connection began, headers included. */
  written = 0;
  /** In net_buffer when the server gave the connection up. */
  lostInServer = 0;
  drained = 0;
  sendWaits = 0;
  readonly #link: Link;
  /** Where the stream stood when the answer began. */
  #base = { written: 0, accepted: 0, arrived: 0, read: 0, lost: 0 };
  #rows = new RowEnds();
  #sent = 0;
  #transmitted = 0;
  #arrived = 0;
  #received = 0;
  #read = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  get lost(): number {
    return this.lostInServer + this.#link.dropped;
  }

  begin(): void {
    const { accepted, arrived, readBytes: read } = this.#link;
    this.#base = { written: this.written, accepted, arrived, read, lost: this.lost };
    this.#rows = new RowEnds();
    this.#sent = 0;
    this.#transmitted = 0;
    this.#arrived = 0;
    this.#received = 0;
    this.#read = 0;
    this.drained = 0;
    this.sendWaits = 0;
  }

  packet(packet: Packet): void {
    this.written += framedLength(packet.length);
    if (packet.kind === "row") this.#rows.add(this.written);
  }

  rowRead(fate: "kept" | "drained"): void {
    this.#read += 1;
    if (fate === "drained") this.drained += 1;
  }

  /** Bytes have moved on the line. */
  moved(): void {
    const { accepted, sendQueue, arrived, readBytes } = this.#link;
    this.#sent = this.#rows.countUpTo(accepted, this.#sent);
    this.#transmitted = this.#rows.countUpTo(accepted - sendQueue, this.#transmitted);
    this.#arrived = this.#rows.countUpTo(arrived, this.#arrived);
    this.#received = this.#rows.countUpTo(readBytes, this.#received);
  }

  totals(rowsFetched: number, rowsProcessed: number): NetTotals {
    const base = this.#base;
    const { accepted, arrived, readBytes } = this.#link;
    return {
      bytesWritten: this.written - base.written,
      bytesSent: accepted - base.accepted,
      bytesArrived: arrived - base.arrived,
      bytesRead: readBytes - base.read,
      bytesLost: this.lost - base.lost,
      rowsWritten: this.#rows.count,
      rowsSent: this.#sent,
      rowsTransmitted: this.#transmitted,
      rowsArrived: this.#arrived,
      rowsReceived: this.#received,
      rowsRead: this.#read,
      rowsFetched,
      rowsProcessed,
      rowsDrained: this.drained,
      sendWaits: this.sendWaits,
    };
  }
}
