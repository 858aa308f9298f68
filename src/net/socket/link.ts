/**
 * Two sockets and the line between them, as far as the server's bytes go: a discrete-event simulation.
 *
 *     accept ─▶ sendQueue ─▶ wire ─▶ receiveBuffer ─▶ read
 *               └ until acknowledged they count ┘
 *               against the send buffer
 *
 * RULE  send() takes as many bytes as there is room for, and none (EAGAIN) when there is none.
 * RULE  A full send buffer is writable again when a third of it is free (Linux: sk_stream_is_writeable), not before.
 * RULE  Nothing is sent beyond what the receiver has said it has room for (the window). It says so with every
 *       acknowledgement, and by itself when reading has made room for a segment.
 * FACT  bytes accepted = sendQueue + wire + receiveBuffer + read + dropped, at every moment.
 *
 * Times are whole microseconds. What the client sends arrives in no time: a step of the schedule is the moment at which
 * the server gets it.
 *
 * Departure: a lossless line without slow start and congestion; buffers count bytes of data, where Linux counts what it
 * allocates for them, and grows them; an instantaneous line (no latency, no limit) has segments of any size.
 */

import { assert } from "../../base/assert.ts";
import { minOf } from "../../base/lists.ts";
import type { ClientSettings } from "../../trace/state_net.ts";

type LineSettings = Pick<
  ClientSettings,
  "sendBufferBytes" | "receiveBufferBytes" | "bandwidthBytesPerS" | "latencyMs" | "segmentBytes"
>;

/** Something on its way: bytes to the client, or an acknowledgement with the window back to the server. */
interface Arrival {
  readonly atUs: number;
  readonly bytes: number;
}

interface Acknowledgement {
  readonly atUs: number;
  readonly bytes: number;
  /** Up to which byte of the stream the server may send. */
  readonly windowEdge: number;
}

const US_PER_MS = 1000;
const US_PER_S = 1_000_000;

export class Link {
  settings: LineSettings;
  /** Taken by send(), not yet on the line. */
  sendQueue = 0;
  wire = 0;
  /** Arrived, not yet acknowledged. */
  unacknowledged = 0;
  receiveBuffer = 0;
  accepted = 0;
  arrived = 0;
  readBytes = 0;
  /** On the way, or unread, when one of the ends was closed. */
  dropped = 0;
  /** The server's end is closed: after the last byte comes the end of the stream. */
  isShutDown = false;
  /** The client has got the end of the stream. */
  hasEnded = false;
  /** The client's end is closed; `isReset` once the server's kernel knows. */
  isClosedByClient = false;
  isReset = false;

  #nowUs = 0;
  #lineFreeUs = 0;
  #sent = 0;
  #windowEdge: number;
  #advertisedEdge: number;
  #arrivals: Arrival[] = [];
  #acknowledgements: Acknowledgement[] = [];
  #endArrivesUs: number | null = null;
  #resetArrivesUs: number | null = null;

  constructor(settings: LineSettings) {
    this.settings = settings;
    this.#windowEdge = settings.receiveBufferBytes;
    this.#advertisedEdge = settings.receiveBufferBytes;
  }

  /** Buffers and the line may be changed while bytes are on their way. */
  change(settings: LineSettings): void {
    this.settings = settings;
    this.#tellOfRoom();
    this.#transmit();
  }

  /** Bytes that the send buffer holds: also those that have arrived but are not acknowledged. */
  get held(): number {
    return this.sendQueue + this.wire + this.unacknowledged;
  }

  get isWritable(): boolean {
    if (this.isShutDown || this.isReset) return true;
    return this.settings.sendBufferBytes - this.held >= this.held / 2;
  }

  /** send() without waiting: how many of the bytes were taken; 0 is EAGAIN. */
  accept(bytes: number): number {
    assert(!this.isShutDown, "nothing is sent after the end");
    const taken = Math.max(0, Math.min(bytes, this.settings.sendBufferBytes - this.held));
    this.accepted += taken;
    this.sendQueue += taken;
    this.#transmit();
    return taken;
  }

  /** recv(): how many bytes were there to take. */
  read(bytes: number): number {
    const taken = Math.min(bytes, this.receiveBuffer);
    this.receiveBuffer -= taken;
    this.readBytes += taken;
    this.#tellOfRoom();
    return taken;
  }

  /** The server closes its end; what the send buffer holds still goes out. */
  shutDown(): void {
    this.isShutDown = true;
    this.#transmit();
    this.#sendEnd();
  }

  /** The client's end is closed: what is unread and on the way is lost, and the server learns of it a latency later. */
  closeByClient(): void {
    if (this.isClosedByClient) return;
    this.isClosedByClient = true;
    this.#drop(this.receiveBuffer);
    this.receiveBuffer = 0;
    this.#resetArrivesUs = this.#nowUs + this.#latencyUs;
    this.advance(this.#nowUs);
  }

  /** When something happens on the line by itself; null: nothing will. */
  nextDueUs(): number | null {
    const due: number[] = [];
    for (const { atUs } of [this.#arrivals[0], this.#acknowledgements[0]].filter(
      (one) => one !== undefined,
    )) {
      due.push(atUs);
    }
    if (this.#endArrivesUs !== null) due.push(this.#endArrivesUs);
    if (this.#resetArrivesUs !== null) due.push(this.#resetArrivesUs);
    if (this.#nextSegment() > 0) due.push(this.#lineFreeUs);
    return due.length === 0 ? null : Math.max(this.#nowUs, minOf(due));
  }

  /** Everything that is due by then happens, in the order of its time. */
  advance(untilUs: number): void {
    for (;;) {
      const dueUs = this.nextDueUs();
      if (dueUs === null || dueUs > untilUs) break;
      this.#nowUs = dueUs;
      this.#happen();
    }
    this.#nowUs = Math.max(this.#nowUs, untilUs);
  }

  /** One moment's events. */
  #happen(): void {
    while (this.#isDue(this.#arrivals[0])) this.#arrive(this.#arrivals.shift() as Arrival);
    while (this.#isDue(this.#acknowledgements[0])) {
      this.#acknowledge(this.#acknowledgements.shift() as Acknowledgement);
    }
    if (this.#endArrivesUs !== null && this.#endArrivesUs <= this.#nowUs) {
      this.#endArrivesUs = null;
      this.hasEnded = true;
    }
    if (this.#resetArrivesUs !== null && this.#resetArrivesUs <= this.#nowUs) this.#reset();
    this.#transmit();
    this.#sendEnd();
  }

  #isDue(one: { readonly atUs: number } | undefined): boolean {
    return one !== undefined && one.atUs <= this.#nowUs;
  }

  #arrive({ bytes }: Arrival): void {
    this.wire -= bytes;
    this.unacknowledged += bytes;
    this.arrived += bytes;
    if (this.isClosedByClient) this.#drop(bytes);
    else this.receiveBuffer += bytes;
    this.#acknowledgements.push({
      atUs: this.#nowUs + this.#latencyUs,
      bytes,
      windowEdge: this.#openEdge(),
    });
  }

  #acknowledge({ bytes, windowEdge }: Acknowledgement): void {
    this.unacknowledged -= bytes;
    this.#windowEdge = Math.max(this.#windowEdge, windowEdge);
  }

  #reset(): void {
    this.#resetArrivesUs = null;
    this.isReset = true;
    this.#drop(this.sendQueue + this.wire);
    this.sendQueue = 0;
    this.wire = 0;
    this.unacknowledged = 0;
    this.#arrivals = [];
    this.#acknowledgements = [];
  }

  /** How many bytes go next; 0: nothing to send, or no room at the other end for a segment's worth. */
  #nextSegment(): number {
    const room = this.#windowEdge - this.#sent;
    const bytes = Math.min(
      this.sendQueue,
      room,
      this.#isInstant ? room : this.settings.segmentBytes,
    );
    if (bytes <= 0) return 0;
    const { segmentBytes, receiveBufferBytes } = this.settings;
    const isWorthIt =
      bytes === this.sendQueue || bytes >= Math.min(segmentBytes, receiveBufferBytes / 2);
    return isWorthIt ? bytes : 0;
  }

  #transmit(): void {
    while (this.#lineFreeUs <= this.#nowUs) {
      const bytes = this.#nextSegment();
      if (bytes === 0) return;
      const { bandwidthBytesPerS } = this.settings;
      const takesUs =
        bandwidthBytesPerS === null ? 0 : Math.ceil((bytes * US_PER_S) / bandwidthBytesPerS);
      this.#lineFreeUs = this.#nowUs + takesUs;
      this.#sent += bytes;
      this.sendQueue -= bytes;
      this.wire += bytes;
      this.#arrivals.push({ atUs: this.#notBefore(this.#lineFreeUs + this.#latencyUs), bytes });
    }
  }

  /** The end of the stream follows the last byte. */
  #sendEnd(): void {
    const isSent = this.isShutDown && this.sendQueue === 0;
    if (!isSent || this.hasEnded || this.isReset || this.#endArrivesUs !== null) return;
    this.#endArrivesUs = this.#notBefore(Math.max(this.#lineFreeUs, this.#nowUs) + this.#latencyUs);
  }

  /** Segments do not overtake each other when the latency is made shorter meanwhile. */
  #notBefore(us: number): number {
    return Math.max(us, this.#arrivals.at(-1)?.atUs ?? 0);
  }

  /** After reading: the window opens, and the server is told when that is worth a packet of its own. */
  #tellOfRoom(): void {
    const edge = this.readBytes + this.settings.receiveBufferBytes;
    const { segmentBytes, receiveBufferBytes } = this.settings;
    if (edge - this.#advertisedEdge < Math.min(segmentBytes, receiveBufferBytes / 2)) return;
    this.#acknowledgements.push({
      atUs: Math.max(this.#nowUs + this.#latencyUs, this.#acknowledgements.at(-1)?.atUs ?? 0),
      bytes: 0,
      windowEdge: this.#openEdge(),
    });
  }

  #openEdge(): number {
    const edge = this.readBytes + this.settings.receiveBufferBytes;
    this.#advertisedEdge = Math.max(this.#advertisedEdge, edge);
    return this.#advertisedEdge;
  }

  #drop(bytes: number): void {
    this.dropped += bytes;
  }

  get #latencyUs(): number {
    return Math.round(this.settings.latencyMs * US_PER_MS);
  }

  get #isInstant(): boolean {
    return this.settings.latencyMs === 0 && this.settings.bandwidthBytesPerS === null;
  }
}
