/**
 * Many movements as few events.
 *
 * The first movements of a result are told one by one. After that an event tells of several: 2, then 4, 8, ... the longer
 * the result, so that a stream of n movements makes about DETAILED + PER_SPAN * log2(n) events. Nothing that a number is
 * read from is lost: an event lists every packet written and every send() since the one before, as runs of equal sizes,
 * carries all totals, and the highest that every gauge has been. Whatever is not a movement (a wait, an error, the end of a
 * step) tells first of the movements before it.
 */
import type { NetGauges, Runs } from "../trace/state_net.ts";

/** What several movements come to: `fromMs` is the first one's time, sizes are in bytes. */
export interface Flow {
  readonly fromMs: number;
  readonly moves: number;
  readonly packets: Runs;
  readonly sends: Runs;
  readonly fetched: number;
  readonly highest: NetGauges;
}

/** Movements that are told one by one. */
const DETAILED = 200;
/** So many events of one width, then twice as wide ones. */
const PER_SPAN = 50;

export class FlowLog {
  readonly #tell: (flow: Flow) => void;
  readonly #nowMs: () => number;
  #told = 0;
  #span = 1;
  #fromMs = 0;
  #moves = 0;
  #packets: [number, number][] = [];
  #sends: [number, number][] = [];
  #fetched = 0;
  #highest: NetGauges | null = null;

  constructor(nowMs: () => number, tell: (flow: Flow) => void) {
    this.#nowMs = nowMs;
    this.#tell = tell;
  }

  /** A new result: told in detail again. */
  restart(): void {
    this.flush();
    this.#told = 0;
    this.#span = 1;
  }

  packet(size: number): void {
    addTo(this.#packets, size);
  }

  send(size: number): void {
    addTo(this.#sends, size);
  }

  fetched(): void {
    this.#fetched += 1;
  }

  /** Something has moved, and the gauges stand like this now. */
  move(gauges: NetGauges): void {
    if (this.#moves === 0) this.#fromMs = this.#nowMs();
    this.#moves += 1;
    this.#highest = this.#highest === null ? gauges : highestOf(this.#highest, gauges);
    if (this.#moves >= this.#span) this.flush();
  }

  flush(): void {
    if (this.#moves === 0 || this.#highest === null) return;
    const flow: Flow = {
      fromMs: this.#fromMs,
      moves: this.#moves,
      packets: this.#packets,
      sends: this.#sends,
      fetched: this.#fetched,
      highest: this.#highest,
    };
    this.#moves = 0;
    this.#packets = [];
    this.#sends = [];
    this.#fetched = 0;
    this.#highest = null;
    this.#told += 1;
    if (this.#told >= DETAILED && (this.#told - DETAILED) % PER_SPAN === 0) this.#span *= 2;
    this.#tell(flow);
  }
}

/** Gauge by gauge. */
export function highestOf(a: NetGauges, b: NetGauges): NetGauges {
  return {
    netBuffer: Math.max(a.netBuffer, b.netBuffer),
    rowPacket: Math.max(a.rowPacket, b.rowPacket),
    sendQueue: Math.max(a.sendQueue, b.sendQueue),
    wire: Math.max(a.wire, b.wire),
    unacknowledged: Math.max(a.unacknowledged, b.unacknowledged),
    receiveBuffer: Math.max(a.receiveBuffer, b.receiveBuffer),
    readBuffer: Math.max(a.readBuffer, b.readBuffer),
    clientMemory: Math.max(a.clientMemory, b.clientMemory),
    appMemory: Math.max(a.appMemory, b.appMemory),
  };
}

function addTo(runs: [number, number][], size: number): void {
  const last = runs.at(-1);
  if (last !== undefined && last[0] === size) last[1] += 1;
  else runs.push([size, 1]);
}
