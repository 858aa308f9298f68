/** The stages of one connection, and the numbers that are read off them. */
import { assert } from "../base/assert.ts";
import type { NetNow } from "../trace/events_net.ts";
import type { ClientSettings, NetGauges, NetServerState } from "../trace/state_net.ts";
import { AnswerTotals } from "./answer_totals.ts";
import { Application, type ApplicationHost } from "./client/application.ts";
import { highestOf } from "./flow_log.ts";
import { NetBuffer } from "./net_buffer.ts";
import { Link } from "./socket/link.ts";

const US_PER_MS = 1000;

export class Stages {
  readonly buffer: NetBuffer;
  readonly link: Link;
  readonly answer: AnswerTotals;
  readonly app: Application;
  server: NetServerState;
  #peaks: NetGauges;

  constructor(settings: ClientSettings, netBufferLength: number, host: ApplicationHost) {
    this.buffer = new NetBuffer(netBufferLength);
    this.link = new Link(settings);
    this.answer = new AnswerTotals(this.link);
    this.app = new Application(host);
    this.server = { phase: "idle", statement: null, deadlineMs: null, netBufferLength };
    this.#peaks = this.gauges();
  }

  beginAnswer(): void {
    this.answer.begin();
    this.#peaks = this.gauges();
  }

  notePeaks(): void {
    this.#peaks = highestOf(this.#peaks, this.gauges());
  }

  gauges(): NetGauges {
    const { buffer, link, app } = this;
    const { reader, memory } = app.driver;
    return {
      netBuffer: buffer.filled,
      rowPacket: buffer.pending,
      sendQueue: link.sendQueue,
      wire: link.wire,
      unacknowledged: link.unacknowledged,
      receiveBuffer: link.receiveBuffer,
      readBuffer: reader.buffered + reader.partial,
      clientMemory: memory - app.kept,
      appMemory: app.kept,
    };
  }

  now(): NetNow {
    this.#check();
    const { app, server } = this;
    return {
      server,
      client: {
        status: app.driver.status,
        call: app.call,
        app: app.phase,
        untilMs: app.untilUs === null ? null : app.untilUs / US_PER_MS,
        error: app.error,
      },
      gauges: this.gauges(),
      peaks: this.#peaks,
      totals: this.answer.totals(app.fetched, app.processed),
    };
  }

  #check(): void {
    const { buffer, link, answer } = this;
    assert(
      answer.written === buffer.filled + buffer.pending + link.accepted + answer.lostInServer,
      "what was written is in net_buffer, was sent, or is lost",
    );
    assert(
      link.accepted ===
        link.sendQueue + link.wire + link.receiveBuffer + link.readBytes + link.dropped,
      "what was sent is on its way, was read, or is lost",
    );
  }
}
