/**
 * One connection from net_buffer to the application: the stages, what moves between them, and what the trace is told.
 *
 *     server ── packetWritten, accept ──▶ Link ── recv ──▶ Driver ──▶ Application
 *       ▲                                                     │
 *       └──────────────── requests: query, ping, quit ────────┘
 *
 * The server calls it while a statement writes; time calls `pump`. The client's program runs in `pump` and nowhere else,
 * and what it asks of the server is put down in `requests`, which the server takes when it settles.
 *
 * INVARIANT  bytes written = net_buffer + rest of the packet + what send() took
 *            what send() took = send queue + wire + receive buffer + read + lost
 */
import { assert } from "../base/assert.ts";
import type { NetEvent, NetFact, NetNow } from "../trace/events_net.ts";
import type { SessionName, StatementId } from "../trace/ids.ts";
import type { Outcome } from "../trace/state.ts";
import type { ClientCall, ClientOutcome, ClientSettings, NetState } from "../trace/state_net.ts";
import type { ApplicationHost } from "./client/application.ts";
import type { Request } from "./client/driver.ts";
import type { ClientWait } from "./client/exec.ts";
import {
  type BrokenBy,
  type ConnectionOptions,
  type EndedTask,
  shownOutcome,
  type Task,
} from "./connection_types.ts";
import { FlowLog } from "./flow_log.ts";
import { ProgramHost } from "./program_host.ts";
import { framesOf } from "./protocol/framing.ts";
import type { Packet } from "./protocol/packets.ts";
import { API_TRAITS, type ApiTraits } from "./settings.ts";
import { Stages } from "./stages.ts";
import { PacketQueue } from "./stream_queues.ts";

const US_PER_MS = 1000;
/** Waits of one answer that have events of their own; of further ones the movements tell. */
const WAITS_TOLD = 64;

export class Connection {
  readonly session: SessionName;
  settings: ClientSettings;
  /** What the client has asked for and the server has not heard yet. */
  requests: Request[] = [];
  ended: EndedTask[] = [];
  readonly #options: ConnectionOptions;
  readonly #log: FlowLog;
  readonly #stages: Stages;
  #task: Task | null = null;
  #isPumping = false;
  /** Written and not yet read by the client, in order. */
  #packets = new PacketQueue();
  #waitedSinceMs = 0;
  #last: ClientOutcome | null;
  /** As the trace knows it. */
  #told: NetNow | null = null;
  /** Waits of the answer in progress. */
  #waits = 0;
  #brokenBy: BrokenBy | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.session = options.session;
    this.settings = options.settings;
    this.#last = options.last;
    this.#stages = new Stages(options.settings, options.netBufferLength, this.#programHost());
    this.#log = new FlowLog(
      () => this.#nowMs,
      (flow) => this.#tell({ type: "net.flowed", ...flow }),
    );
    this.#tell({ type: "net.configured", settings: this.settings });
  }

  get buffer(): Stages["buffer"] {
    return this.#stages.buffer;
  }

  get link(): Stages["link"] {
    return this.#stages.link;
  }

  get app(): Stages["app"] {
    return this.#stages.app;
  }

  get traits(): ApiTraits {
    return API_TRAITS[this.settings.api];
  }

  /** The program still works on an earlier step. */
  get isBusy(): boolean {
    return this.#task !== null;
  }

  /** Neither the program nor the driver is in the middle of anything. */
  get isIdle(): boolean {
    const { status } = this.app.driver;
    return this.#task === null && (status === "ready" || status === "gone");
  }

  get isBroken(): boolean {
    return this.#stages.server.phase === "broken" || this.link.isReset;
  }

  /** Why the server has given the connection up; null while it has not. */
  get brokenBy(): BrokenBy | null {
    return this.#brokenBy ?? (this.link.isReset ? "clientGone" : null);
  }

  configure(settings: ClientSettings): void {
    this.flush();
    this.settings = settings;
    this.link.change(settings);
    this.#tell({ type: "net.configured", settings: this.settings });
    this.pump();
  }

  // ------------------------------------------------------------ the client's side

  /** The program starts on a statement, or makes a call. */
  start(
    command: number,
    what: { readonly sql: string } | { readonly call: ClientCall; readonly size: number },
  ): void {
    assert(this.#task === null, `${this.session}'s program does one thing at a time`);
    const exec = "sql" in what ? this.app.run(what.sql) : this.app.make(what.call, what.size);
    this.#task = { command, exec, unsent: "sql" in what ? what.sql : null, wait: null };
    this.pump();
  }

  /**
   * A command while the program is in the middle of another: what the library says at once. Null when it would have to wait
   * for the call in progress, or could be carried out.
   */
  outOfTurn(sql: string): Outcome | null {
    const failure = this.app.outOfTurn();
    if (failure === null) return null;
    const { errno, message } = failure;
    this.flush();
    this.#options.refused(sql, errno, message);
    return { kind: "error", errno, sqlState: "HY000", message };
  }

  /** The client's end is closed, by mysql_close, by the process's end or by the step @disconnect. */
  closeByClient(how: "close" | "crash"): void {
    this.#task = null;
    if (how === "crash") this.#die();
    else this.app.quit();
    this.flush();
    const to = how === "crash" ? "crashed" : "left";
    const rows = this.app.processed;
    this.#tell({ type: "client.turned", to, rows });
    this.pump();
  }

  // ------------------------------------------------------------ the server's side

  /** A statement begins; its request was of so many bytes. */
  beginAnswer(statement: StatementId | null, requestBytes: number): void {
    this.#log.restart();
    this.buffer.growFor(requestBytes);
    this.#stages.beginAnswer();
    this.#waits = 0;
    this.#stages.server = {
      phase: "writing",
      statement,
      deadlineMs: null,
      netBufferLength: this.buffer.length,
    };
  }

  endAnswer(): void {
    this.flush();
    const phase = this.#stages.server.phase === "broken" ? "broken" : "idle";
    this.#stages.server = { ...this.#stages.server, phase, statement: null, deadlineMs: null };
  }

  /** The definitions are written. */
  resultStarted(id: StatementId, columns: readonly string[]): void {
    this.flush();
    this.#tell({
      type: "net.resultStarted",
      id,
      columns,
    });
  }

  /** Before the packet goes into net_buffer. */
  packetBegins(packet: Packet): void {
    for (const frame of framesOf(packet.length)) this.#log.packet(frame);
    this.#stages.answer.packet(packet);
    this.#packets.push(packet);
  }

  /** The packet is in net_buffer, or past it. */
  packetEnds(): void {
    this.#moved();
  }

  /** send() without waiting. While the server wrote, the line and the client were at work too. */
  accept(bytes: number): number {
    this.pump();
    if (this.isBroken) return 0;
    const taken = this.link.accept(bytes);
    if (taken === 0) return 0;
    this.buffer.taken(taken);
    this.#log.send(taken);
    this.#moved();
    return taken;
  }

  /** send() has said EAGAIN. */
  blocked(bytes: number, timeoutMs: number): void {
    this.#waits += 1;
    this.#stages.answer.sendWaits += 1;
    if (this.#waits <= WAITS_TOLD) this.flush();
    this.#waitedSinceMs = this.#nowMs;
    this.#stages.server = {
      ...this.#stages.server,
      phase: "waiting",
      deadlineMs: this.#nowMs + timeoutMs,
    };
    if (this.#waits > WAITS_TOLD) {
      this.#moved();
      return;
    }
    const { statement: id } = this.#stages.server;
    this.#tell({
      type: "net.blocked",
      id,
      bytes,
      timeoutMs,
    });
  }

  writable(): void {
    if (this.#stages.server.phase !== "waiting") return;
    if (this.#waits <= WAITS_TOLD) this.flush();
    this.#stages.server = { ...this.#stages.server, phase: "writing", deadlineMs: null };
    if (this.#waits > WAITS_TOLD) {
      this.#moved();
      return;
    }
    const waitedMs = this.#nowMs - this.#waitedSinceMs;
    this.#tell({ type: "net.writable", waitedMs });
  }

  /** The server closes its end: what the socket has is still sent, what it has not is lost. */
  shutDown(why: BrokenBy): void {
    if (this.#stages.server.phase === "broken") return;
    this.flush();
    this.#brokenBy = why;
    const bytesLost = this.buffer.filled + this.buffer.pending;
    this.#stages.answer.lostInServer += bytesLost;
    this.buffer.discard();
    this.#stages.server = { ...this.#stages.server, phase: "broken", deadlineMs: null };
    this.link.shutDown();
    const bytesOnTheWay = this.link.sendQueue + this.link.wire + this.link.receiveBuffer;
    this.#tell({
      type: "net.shutDown",
      why,
      bytesLost,
      bytesOnTheWay,
    });
  }

  // ------------------------------------------------------------ time

  nextDueUs(): number | null {
    const wait = this.#task?.wait ?? null;
    const line = this.link.nextDueUs();
    if (wait?.kind !== "time") return line;
    return line === null ? wait.untilUs : Math.min(line, wait.untilUs);
  }

  /** Everything that can happen now happens: bytes arrive, the client reads, the program goes on. */
  pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      do {
        const { arrived, held } = this.link;
        this.link.advance(this.#options.nowUs());
        if (this.link.arrived !== arrived || this.link.held !== held) this.#moved();
      } while (this.#goOn() || this.#isLineDue());
    } finally {
      this.#isPumping = false;
    }
  }

  /** Tells of the movements so far. */
  flush(): void {
    this.#log.flush();
  }

  /** At the end of a step: tells of whatever the trace does not know yet. */
  settle(): void {
    this.flush();
    if (JSON.stringify(this.#told) === JSON.stringify(this.#stages.now())) return;
    this.#moved();
    this.flush();
  }

  state(): NetState {
    const { session, settings } = this;
    return { session, settings, ...this.#stages.now(), last: this.#last };
  }

  // ------------------------------------------------------------ inside

  #isLineDue(): boolean {
    const due = this.link.nextDueUs();
    return due !== null && due <= this.#options.nowUs();
  }

  /** Resumes the program if what it waits for is there. */
  #goOn(): boolean {
    const task = this.#task;
    if (task === null || !this.#isThere(task.wait)) return false;
    task.wait = null;
    const step = task.exec.next();
    if (step.done !== true) {
      task.wait = step.value;
      return true;
    }
    this.#task = null;
    if (this.app.phase === "crashed") this.#closeSocket();
    if (task.unsent !== null && step.value.kind === "error") {
      this.#options.refused(task.unsent, step.value.errno, step.value.message);
    }
    this.#endTask(task.command, step.value);
    return true;
  }

  #endTask(command: number, outcome: Outcome): void {
    this.ended.push({ command, outcome });
    this.flush();
    this.#last = shownOutcome(command, outcome);
    this.#tell({ type: "client.ended", last: this.#last });
  }

  #isThere(wait: ClientWait | null): boolean {
    if (wait === null) return true;
    if (wait.kind === "time") return wait.untilUs <= this.#options.nowUs();
    return this.link.receiveBuffer > 0 || this.link.hasEnded;
  }

  #closeSocket(): void {
    this.link.closeByClient();
    this.#packets = new PacketQueue();
  }

  #programHost(): ApplicationHost {
    return new ProgramHost({
      settings: () => this.settings,
      nowUs: this.#options.nowUs,
      stages: () => this.#stages,
      packets: () => this.#packets,
      moved: () => this.#moved(),
      fetched: () => this.#log.fetched(),
      request: (request) => {
        this.requests.push(request);
        if (this.#task !== null && request.kind === "query") this.#task.unsent = null;
        if (request.kind === "quit" || request.kind === "close") this.#closeSocket();
      },
      die: () => this.#die(),
      tell: (fact) => {
        this.flush();
        this.#tell(fact);
      },
    });
  }

  #die(): void {
    this.flush();
    this.app.die();
    this.requests.push({ kind: "close" });
    this.#closeSocket();
  }

  #moved(): void {
    this.#stages.answer.moved();
    this.#stages.notePeaks();
    this.#log.move(this.#stages.gauges());
  }

  #tell(fact: NetFact): void {
    this.#stages.notePeaks();
    this.#told = this.#stages.now();
    this.#options.emit({ ...fact, name: this.session, now: this.#told } as NetEvent);
  }

  get #nowMs(): number {
    return this.#options.nowUs() / US_PER_MS;
  }
}
