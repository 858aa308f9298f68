/**
 * One simulated server: takes commands, emits the trace, and can show its whole state.
 *
 *     setup(sql[])           on a connection of its own, autocommit on; then the tables are analyzed
 *     step({session, sql})   runs until it ends or waits, then the server settles
 *     step({advance})        time passes
 *
 * The same commands give the same trace, byte for byte.
 */
import type { StorageEngine } from "../innodb/api.ts";
import { createEngine } from "../innodb/engine.ts";
import { CLIENT_ERROR } from "../net/client/exec.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { ConnectionId, SessionName } from "../trace/ids.ts";
import { DISCONNECT, RECONNECT, type Step } from "../trace/scenario.ts";
import type { Outcome, State } from "../trace/state.ts";
import type { ClientSettings } from "../trace/state_net.ts";
import { Catalog } from "./catalog/catalog.ts";
import { engineOf } from "./catalog/engine_tables.ts";
import { StatsCache } from "./catalog/shown_stats.ts";
import { dumpState } from "./dump_state.ts";
import { EventLog } from "./event_log.ts";
import { deadlockText } from "./innodb_status/deadlock_print.ts";
import { MdlTable } from "./mdl/locks.ts";
import { MyisamTables } from "./myisam/tables.ts";
import {
  configureClient,
  flushClients,
  refuseCommand,
  startClient,
  takeClientOver,
} from "./net/clients.ts";
import type { Wire, WireOptions } from "./net/wire.ts";
import { type Observation, observe } from "./observe.ts";
import { randomNumbers } from "./random_numbers.ts";
import { triggersOf } from "./routines/fire.ts";
import { storedFunction } from "./routines/functions.ts";
import { Routines } from "./routines/procedures.ts";
import { Scheduler } from "./scheduler/scheduler.ts";
import { StatementHistory } from "./scheduler/statement_history.ts";
import type { StatementRun } from "./scheduler/statement_run.ts";
import { newCounters, type Server } from "./server.ts";
import { closeSession } from "./session/close_session.ts";
import { engineQuestions } from "./session/engine_questions.ts";
import { FlushedTables } from "./session/flushed_tables.ts";
import { loadDefinitions } from "./session/load_definitions.ts";
import { runStatement } from "./session/run_statement.ts";
import { Session } from "./session/session.ts";
import { KEPT_FROM } from "./session/statement_cache.ts";
import { GlobalVariables } from "./variables/store.ts";

export interface SimulationOptions {
  /** Gets every event as it happens. */
  readonly emit: (event: TraceEvent) => void;
  /** So long a step lasts while statements only sleep (SLEEP()); 0 by default: the clock stands until it is advanced. */
  readonly patienceMs?: number;
  /** A statement that has looked at more rows is given up with an error; a million by default. */
  readonly rowsExaminedMax?: number;
  /** Of each session, ended statements that `dump` has; by default what performance_schema shows. */
  readonly statementsKept?: number;
  /** The time of a shape from which on the resolved form is kept for the next; Infinity: never. The trace is the same. */
  readonly keepsFrom?: number;
  /** System variables as the server was started with: what an option file or the command line says. */
  readonly startOptions?: Readonly<Record<string, string>>;
}

/** What became of a step. */
export interface StepResult {
  /** "ended": the statement; "advanced": the clock; "skipped": the session still waits or is gone. */
  readonly kind: "ended" | "blocked" | "skipped" | "advanced";
  /** The statement's, when it ended. */
  readonly outcome: Outcome | null;
  /** Statements of earlier steps that ended because of this one, by step. */
  readonly woken: readonly {
    readonly step: number;
    readonly session: SessionName;
    readonly outcome: Outcome;
  }[];
  /** Why a step was skipped, as a sentence for the page. */
  readonly problem: string | null;
}

/** The database that exists at the start and is every session's default. */
const DATABASE = "sim";
const SETUP_SESSION = "setup" as SessionName;
/** MySQL hands out the first connection ids to itself. */
const FIRST_CONNECTION_ID = 8;
const ROWS_EXAMINED_MAX = 1_000_000;
const CLOSED = "Can't add new command when connection is in closed state";

export class Simulation {
  readonly #server: Server;
  readonly #patienceMs: number;
  readonly #keepsFrom: number;
  #nextConnectionId = FIRST_CONNECTION_ID;
  #steps = 0;
  #newest: Session | null = null;

  constructor(options: SimulationOptions) {
    this.#patienceMs = options.patienceMs ?? 0;
    this.#keepsFrom = options.keepsFrom ?? KEPT_FROM;
    const log = new EventLog(options.emit);
    const scheduler = new Scheduler((run) => runStatement(this.#server, run));
    const globals = new GlobalVariables();
    const { startOptions = {} } = options;
    for (const [name, value] of Object.entries(startOptions)) globals.set(name, value);
    const sessions = new Map<SessionName, Session>();
    const engine: StorageEngine = createEngine({
      head: log.head,
      emit: log.emit,
      onDeadlock: (deadlock) => this.#noteDeadlock(deadlock),
      now: () => log.nowMs,
      sqlOf: (session) => sessions.get(session)?.run?.sql ?? "",
      deadlockDetect: () => globals.isOn("innodb_deadlock_detect"),
      autoincLockMode: () => globals.number("innodb_autoinc_lock_mode"),
      ...engineQuestions(() => this.#server),
      onWake: (ref, verdict) => {
        for (const session of sessions.values()) {
          if (session.trx?.ref === ref && session.run !== null)
            scheduler.wake(session.run, verdict);
        }
      },
    });
    this.#server = {
      log,
      engine,
      globals,
      scheduler,
      sessions,
      mdl: new MdlTable({
        head: log.head,
        emit: log.emit,
        onWake: (owner, verdict) => scheduler.wakeMdlOwner(owner, verdict),
      }),
      catalog: new Catalog(),
      myisam: new MyisamTables(log.emit, (session) => {
        if (session.run !== null) scheduler.wake(session.run, "granted");
      }),
      flushed: new FlushedTables((session) => scheduler.wakeMdlOwner(session.mdl, "granted")),
      xa: new Map(),
      history: new StatementHistory(options.statementsKept ?? 0),
      procedures: new Routines("PROCEDURE"),
      functions: new Routines("FUNCTION"),
      storedFunction,
      rowTriggers: triggersOf,
      netSessions: [],
      clientNotes: [],
      shownStats: new StatsCache(),
      status: newCounters(),
      setup: null,
      random: randomNumbers(),
      rowsExaminedMax: options.rowsExaminedMax ?? ROWS_EXAMINED_MAX,
    };
    scheduler.attach(this.#server);
    this.#server.catalog.addDatabase(DATABASE, "utf8mb4", "utf8mb4_0900_ai_ci");
  }

  /** Runs the statements one after the other; stops at the first that fails and returns its error. */
  setup(statements: readonly string[]): { readonly sql: string; readonly outcome: Outcome } | null {
    const { scheduler, catalog } = this.#server;
    const session = this.#open(SETUP_SESSION);
    let failure: { sql: string; outcome: Outcome } | null = null;
    for (const sql of statements) {
      const run = scheduler.start(session, sql);
      scheduler.settle();
      const { outcome } = run;
      if (outcome !== null && outcome.kind !== "error") continue;
      failure = { sql, outcome: outcome ?? NEVER_ENDED };
      break;
    }
    for (const table of catalog.allTables()) {
      engineOf(this.#server, table).analyze(table.info.id);
      this.#server.shownStats.update(this.#server, table);
      if (table.engine === "InnoDB") catalog.cacheDefinition(table.schema, table.name);
    }
    closeSession(this.#server, session, "disconnect");
    scheduler.settle();
    scheduler.takeEnded();
    return failure;
  }

  step(step: Step): StepResult {
    const { log, scheduler } = this.#server;
    log.command = this.#steps;
    this.#steps += 1;
    if ("advance" in step) {
      scheduler.advance(Math.round(step.advance * 1000));
      return this.#result("advanced", null);
    }
    const session = this.#sessionOf(step.session);
    if ("client" in step) return this.#configure(session, step.client);
    const { wire } = session;
    if ("sql" in step && step.sql === RECONNECT) return this.#reconnect(session);
    if (wire !== null) return this.#clientStep(session, wire, step);
    if ("call" in step) return skipped(`Session ${session.name} has no simulated client`);
    const refused = this.#refuse(session, step.sql);
    if (refused !== null) return refused;
    if (step.sql === DISCONNECT) {
      session.clientKnowsItIsGone = true;
      closeSession(this.#server, session, "disconnect");
      scheduler.settle();
      return this.#result("ended", null);
    }
    const run = scheduler.start(session, this.#withConnectionIds(step.sql));
    scheduler.settle();
    this.#waitForSleepers();
    return this.#result(run.outcome === null ? "blocked" : "ended", run);
  }

  /** The whole state from the server's own objects; equals the fold of the trace. */
  dump(): State {
    return dumpState(this.#server);
  }

  /** Locks, waits, metadata locks and blocked sessions, in the form of the recorded transcripts. */
  observe(): Observation {
    return observe(this.#server, { database: DATABASE, leaveOut: SETUP_SESSION });
  }

  /**
   * Somebody else looks at the tables of a statement, which brings their definitions into the cache. The recorder of the
   * transcripts does so: it asks EXPLAIN on another connection.
   */
  loadDefinitionsOf(session: SessionName, sql: string): void {
    loadDefinitions(this.#server, this.#sessionOf(session), sql);
  }

  /** As the step `client`, with somebody who hears every packet and every send(). */
  listen(session: SessionName, client: Partial<ClientSettings>, options: WireOptions): void {
    configureClient(this.#server, this.#sessionOf(session), client, options);
  }

  get nextSeq(): number {
    return this.#server.log.nextSeq;
  }

  #noteDeadlock(deadlock: Parameters<typeof deadlockText>[1]): void {
    const { status } = this.#server;
    status.deadlocks += 1;
    status.latestDeadlock = deadlockText(this.#server, deadlock);
  }

  #waitForSleepers(): void {
    const { log, scheduler } = this.#server;
    const untilMs = log.nowMs + this.#patienceMs;
    for (;;) {
      const wakeMs = scheduler.nextWakeMs();
      if (wakeMs === null || wakeMs > untilMs) return;
      scheduler.advance(wakeMs - log.nowMs);
    }
  }

  #result(kind: StepResult["kind"], own: StatementRun | null): StepResult {
    flushClients(this.#server);
    const ended = this.#server.scheduler.takeEnded();
    const outcome = own?.outcome ?? null;
    const programs = this.#endedPrograms();
    const isAlone = programs.length === 0 && ended.every((run) => run === own);
    if (isAlone) return { kind, outcome, woken: [], problem: null };
    const statements = ended
      .filter((run) => run !== own && run.session.wire === null)
      .map((run) => {
        if (run.outcome?.kind === "lost") run.session.clientKnowsItIsGone = true;
        const { command: step, session } = run;
        return { step, session: session.name, outcome: run.outcome ?? NEVER_ENDED };
      });
    const woken = [...statements, ...programs].sort((a, b) => a.step - b.step);
    return { kind, outcome, woken, problem: null };
  }

  #configure(session: Session, client: Partial<ClientSettings>): StepResult {
    const { scheduler } = this.#server;
    if (session.run !== null && session.wire === null) {
      return skipped(`Session ${session.name} still waits: ${session.run.sql}`);
    }
    const problem = configureClient(this.#server, session, client);
    if (problem !== null) return skipped(problem);
    scheduler.settle();
    return this.#result("ended", null);
  }

  /** A statement or a call of a simulated client: its program decides what the server hears of it. */
  #clientStep(
    session: Session,
    wire: Wire,
    step: Exclude<Step, { advance: number } | { client: unknown }>,
  ): StepResult {
    const { scheduler } = this.#server;
    const { connection } = wire;
    const isDisconnect = "sql" in step && step.sql === DISCONNECT;
    const isCrash = "call" in step && step.call === "crash";
    if (isDisconnect || isCrash) {
      connection.closeByClient(isCrash ? "crash" : "close");
      scheduler.settle();
      return this.#result("ended", null);
    }
    if (connection.isBusy) {
      const outcome = "sql" in step ? connection.outOfTurn(step.sql) : null;
      if (outcome !== null) return { ...this.#result("ended", null), outcome };
      return skipped(`The program of session ${session.name} is still at work`);
    }
    startClient(
      this.#server,
      wire,
      "sql" in step
        ? { sql: this.#withConnectionIds(step.sql) }
        : { call: step.call, size: step.size ?? connection.settings.fetchSize },
    );
    scheduler.settle();
    this.#waitForSleepers();
    const mine = connection.ended.findIndex(({ command }) => command === this.#server.log.command);
    if (mine < 0) return this.#result("blocked", null);
    const [ended] = connection.ended.splice(mine, 1);
    return { ...this.#result("ended", null), outcome: ended?.outcome ?? null };
  }

  /** Programs of simulated clients that have come to an end of earlier steps. */
  #endedPrograms(): readonly { step: number; session: SessionName; outcome: Outcome }[] {
    if (this.#server.netSessions.length === 0) return NO_PROGRAMS;
    return this.#server.netSessions.flatMap(({ name, wire }) => {
      const ended = wire?.connection.ended ?? [];
      if (wire !== null) wire.connection.ended = [];
      return ended.map(({ command, outcome }) => ({ step: command, session: name, outcome }));
    });
  }

  /** A new connection in the place of one that is gone, with the same client. */
  #reconnect(session: Session): StepResult {
    if (!session.isGone || session.run !== null || session.wire?.connection.isBusy === true) {
      return skipped(`Session ${session.name} has a connection`);
    }
    const { clientNotes, log, scheduler } = this.#server;
    const fresh = this.#open(session.name);
    const { connectionId, name } = fresh;
    clientNotes.push({ seq: log.lastSeq, session: name, kind: "reconnected", connectionId });
    takeClientOver(this.#server, session, fresh);
    scheduler.settle();
    return this.#result("ended", null);
  }

  /** A session that cannot take a statement now. */
  #refuse(session: Session, sql: string): StepResult | null {
    if (session.run !== null) {
      return skipped(`Session ${session.name} still waits: ${session.run.sql}`);
    }
    if (!session.isGone) return null;
    const isNews = !session.clientKnowsItIsGone;
    session.clientKnowsItIsGone = true;
    if (isNews && sql === DISCONNECT) return this.#result("ended", null);
    refuseCommand(this.#server, session.name, sql, ...CLIENT_ERROR.serverLost);
    const problem = `The connection of session ${session.name} is closed`;
    if (!isNews) return skipped(problem);
    return { kind: "ended", outcome: { kind: "lost", message: CLOSED }, woken: [], problem };
  }

  /** `${B}` is session B's connection id; B connects now if it has not yet. */
  #withConnectionIds(sql: string): string {
    if (sql.indexOf("$") < 0) return sql;
    return sql.replace(/\$\{(\w)\}/g, (_all, name: string) =>
      String(this.#sessionOf(name as SessionName).connectionId),
    );
  }

  #sessionOf(name: SessionName): Session {
    const newest = this.#newest;
    if (newest?.name === name) return newest;
    return this.#server.sessions.get(name) ?? this.#open(name);
  }

  #open(name: SessionName): Session {
    const { log, globals, mdl, sessions } = this.#server;
    const connectionId = this.#nextConnectionId as ConnectionId;
    this.#nextConnectionId += 1;
    const session = new Session({
      name,
      connectionId,
      database: DATABASE,
      globals,
      mdl,
      log,
      keepsFrom: this.#keepsFrom,
    });
    sessions.set(name, session);
    this.#newest = session;
    return session;
  }
}

const NO_PROGRAMS: readonly never[] = [];

const NEVER_ENDED: Outcome = {
  kind: "error",
  errno: 1105,
  sqlState: "HY000",
  message: "The statement waits, and nobody is there to let it go on",
};

function skipped(problem: string): StepResult {
  return { kind: "skipped", outcome: null, woken: [], problem };
}
