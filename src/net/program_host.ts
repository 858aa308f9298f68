/** What a client's program finds around it: its socket, its clock, its settings, and ears for what it does. */
import { assert } from "../base/assert.ts";
import type { ClientTurn, NetFact } from "../trace/events_net.ts";
import type { ClientSettings } from "../trace/state_net.ts";
import type { ApplicationHost } from "./client/application.ts";
import type { Request } from "./client/driver.ts";
import type { Packet } from "./protocol/packets.ts";
import type { Stages } from "./stages.ts";
import type { PacketQueue } from "./stream_queues.ts";

/** What a connection lets its client's program see and do; looked up anew each time, since it changes. */
export interface ProgramSurroundings {
  readonly settings: () => ClientSettings;
  readonly nowUs: () => number;
  readonly stages: () => Stages;
  readonly packets: () => PacketQueue;
  /** Bytes or rows have moved. */
  readonly moved: () => void;
  readonly fetched: () => void;
  readonly request: (request: Request) => void;
  readonly die: () => void;
  readonly tell: (fact: NetFact) => void;
}

export class ProgramHost implements ApplicationHost {
  readonly #around: ProgramSurroundings;

  constructor(around: ProgramSurroundings) {
    this.#around = around;
  }

  recv(bytes: number): number {
    return this.#around.stages().link.read(bytes);
  }

  isAtEnd(): boolean {
    const { link } = this.#around.stages();
    return link.hasEnded && link.receiveBuffer === 0;
  }

  nextPacket(): Packet {
    const packet = this.#around.packets().first();
    assert(packet !== null, "a header that was read has a packet behind it");
    return packet;
  }

  packetRead(): void {
    this.#around.packets().shift();
    this.#around.moved();
  }

  request(request: Request): void {
    this.#around.request(request);
  }

  memoryLimit(): number | null {
    return this.settings().memoryLimitBytes;
  }

  changed(): void {
    this.#around.stages().notePeaks();
  }

  rowRead(fate: "kept" | "drained"): void {
    this.#around.stages().answer.rowRead(fate);
  }

  settings(): ClientSettings {
    return this.#around.settings();
  }

  nowUs(): number {
    return this.#around.nowUs();
  }

  called(call: string): void {
    this.#around.tell({ type: "client.called", call });
  }

  failed(call: string, errno: number, message: string): void {
    this.#around.tell({ type: "client.failed", call, errno, message });
  }

  turned(to: ClientTurn): void {
    if (to === "crashed") this.#around.die();
    const { answer, app } = this.#around.stages();
    const rows = to === "drained" || to === "closed" ? answer.drained : app.processed;
    this.#around.tell({ type: "client.turned", to, rows });
  }

  rowFetched(): void {
    this.#around.fetched();
    this.#around.moved();
  }

  rowProcessed(): void {
    this.#around.moved();
  }
}
