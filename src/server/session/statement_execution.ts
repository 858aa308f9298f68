/** What one statement in execution sees of the server: the `StatementContext` of queries, and the tables it has opened. */
import type { Datum, StorageEngine, Trx } from "../../innodb/api.ts";
import { NO_FACTS } from "../../sql/cursor.ts";
import type { StatementFacts } from "../../sql/parser.ts";
import type { ConnectionId, SessionName, StatementId, TableId } from "../../trace/ids.ts";
import type { PlanState } from "../../trace/state.ts";
import type { Value } from "../../trace/values.ts";
import { baseTable, type CatalogTable } from "../catalog/catalog.ts";
import { nowText, setTimeText } from "../clock_text.ts";
import type {
  BaseTable,
  Exec,
  ResultColumn,
  RowStream,
  RowTriggers,
  ServerTable,
  StatementContext,
  StoredFunction,
  Warning,
} from "../context.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { mysqlError } from "../errors.ts";
import type { ResolvedQuery } from "../exec/execute_query.ts";
import type { ViewPlace } from "../exec/expand_views.ts";
import type { StatementKind } from "../exec/statement_env.ts";
import type { GivenLiterals } from "../expr/given_literals.ts";
import { ResultWriter } from "../net/result_writer.ts";
import { noSuchTable } from "../no_such_table.ts";
import { areSameConsidered } from "../optimizer/plan_state.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import { virtualTable } from "../schema_tables/virtual_tables.ts";
import type { Server } from "../server.ts";
import type { StatementCounter } from "../show/command_counters.ts";
import { printingOf } from "../types/sql_type.ts";
import { KeptHandler } from "./kept_handler.ts";
import { knownUse } from "./known_use.ts";
import { noteChange } from "./mixed_engines.ts";
import { lockFollowers } from "./open_tables.ts";
import { schemaOf } from "./schema_of.ts";
import type { Session } from "./session.ts";
import type { StatementHints } from "./statement_hints.ts";
import type { TableUse } from "./table_use.ts";
import { readDictionary, startTrx } from "./transaction.ts";
import { userLock } from "./user_locks.ts";
import { viewPlaceOf } from "./view_place.ts";
import { refuseTablesInXa } from "./xa.ts";

/** A statement that changes each row it looks at tells of so many things; one that tells of more fills the page's memory. */
const EVENTS_PER_ROW_MAX = 0.6;

interface Heads {
  readonly columns: readonly ResultColumn[];
  readonly names: readonly string[];
  readonly printed: readonly number[];
}

/** A statement's resolved form, kept for others that differ in their literals. */
export interface Resolution {
  readonly given: GivenLiterals;
  /** Names are resolved: can it be kept? */
  readonly decide: (isKept: boolean) => void;
  uses: readonly TableUse[] | null;
  query: ResolvedQuery | null;
}

export class StatementExecution implements StatementContext {
  #heads: Heads | null = null;
  /** As the plan before had it, of a kept statement: mostly it is the same again. */
  #considered: PlanState["considered"] = [];
  /** TABLE objects in use, by table. */
  #objects: Map<TableId, number> | null = null;
  #limits: ReadonlyMap<TableId, number> | null = null;
  readonly server: Server;
  run: StatementRun;
  readonly owner: Session;
  #extra = { text: "", sorts: false };
  /** Alias of the table that an UPDATE or DELETE of one table changes. */
  target: string | null = null;
  isUpdate = false;
  facts: StatementFacts = NO_FACTS;
  hints: StatementHints | null = null;
  /** InnoDB has been told that the statement began. */
  hasStarted = false;
  readsDictionary = false;
  /** What this is a part of, as a statement of a trigger or a function is: that has to tell InnoDB that it began. */
  partOf: StatementExecution | null = null;
  /** What the statement is, or the one that it is a part of: how it reads for expressions. Null: no query. */
  command: StatementKind | null = null;
  /** What EXECUTE executes: the text that the syntax tree's positions are about. */
  preparedText: string | null = null;
  /** Writes the packets of this statement's result; null without a wire. */
  readonly writer: ResultWriter | null;
  rowStream: RowStream | null = null;
  previousRowCount: number;
  startMs: number;
  /** How it is resolved where that is to last; null for once. */
  resolution: Resolution | null = null;
  /** What counts statements of its kind, for the session and for all; null before it is counted. */
  counters: readonly StatementCounter[] | null = null;

  /** `isInner`: a statement of a procedure, whose rows the client gets from its caller. */
  constructor(server: Server, run: StatementRun, isInner = false) {
    this.server = server;
    this.run = run;
    this.owner = run.session;
    this.previousRowCount = run.session.rowCount;
    this.startMs = run.startedMs;
    const { wire } = run.session;
    this.writer = wire === null || isInner ? null : new ResultWriter(wire, run);
  }

  /** Its resolved form is kept for statements to come, if it can be. */
  keepAs(how: Pick<Resolution, "given" | "decide">): void {
    this.resolution = { ...how, uses: null, query: null };
  }

  /** The kept statement runs again. */
  begin(run: StatementRun): void {
    this.run = run;
    this.previousRowCount = run.session.rowCount;
    this.startMs = run.startedMs;
    this.hasStarted = false;
    this.readsDictionary = false;
  }

  /** Outcomes of one kept statement share them: outcomes stay as long as the server. */
  headsOf(columns: readonly ResultColumn[]): Heads {
    if (this.#heads?.columns !== columns) {
      const names = columns.map(({ name }) => name);
      this.#heads = { columns, names, printed: columns.map(printingOf) };
    }
    return this.#heads;
  }

  get id(): StatementId {
    return this.run.id;
  }

  get session(): SessionName {
    return this.owner.name;
  }

  get connectionId(): ConnectionId {
    return this.owner.connectionId;
  }

  get sql(): string {
    return this.preparedText ?? this.run.sql;
  }

  get database(): string {
    return this.owner.database;
  }

  get engine(): StorageEngine {
    return this.server.engine;
  }

  get isAutocommitStatement(): boolean {
    return !this.owner.inMultiStatement;
  }

  get userVariables(): StatementContext["userVariables"] {
    return this.owner.userVariables;
  }

  get lastInsertId(): StatementContext["lastInsertId"] {
    return this.owner.lastInsertId;
  }

  get insertId(): StatementContext["insertId"] {
    return this.owner.insertId;
  }

  get foundRows(): { value: number } {
    return this.owner.foundRows;
  }

  get random(): () => number {
    return this.server.random;
  }

  isolation(): Trx["isolation"] {
    return this.owner.engineIsolation;
  }

  lockTablesMode(alias: string): "read" | "write" | null {
    return this.owner.lockedTables?.find((table) => table.alias === alias)?.lock ?? null;
  }

  requireWriteLocks(): void {
    const { refusedTable } = this.owner;
    if (refusedTable !== null) throw mysqlError("ER_TABLE_NOT_LOCKED_FOR_WRITE", refusedTable);
  }

  readonly trx = (): Trx => {
    if (this.partOf !== null) return this.partOf.trx();
    const trx = startTrx(this.server, this.owner);
    if (!this.hasStarted) {
      this.hasStarted = true;
      this.server.engine.statementStart(trx);
    }
    return trx;
  };

  readonly table = (schema: string | null, name: string, _alias: string): ServerTable => {
    const place = schemaOf(this.owner, schema);
    const temporary = temporaryTable(this.owner, place, name);
    if (temporary !== null) return this.baseTable(temporary);
    const virtual = virtualTable(this.server, this.owner, place, name);
    if (virtual !== null) return virtual;
    const table = this.server.catalog.table(place, name);
    if (table === null) throw noSuchTable(place, name);
    return this.baseTable(table);
  };

  /** Where the names of views are looked for. */
  get viewPlace(): ViewPlace {
    return viewPlaceOf(this.server, this.owner);
  }

  readonly triggersOf = (table: BaseTable): RowTriggers | null =>
    this.server.rowTriggers(this, table);

  readonly storedFunction = (schema: string | null, name: string): StoredFunction | null =>
    this.server.functions.isEmpty ? null : this.server.storedFunction(this, schema, name);

  readonly planChosen = (made: PlanState): void => {
    const plan = this.#withKnown(made);
    const { plans } = this.run;
    this.run.plans = plans.length === 0 ? [plan] : [...plans, plan];
    this.#showStage(plan);
    const { log } = this.server;
    const { head } = log;
    log.emit({
      type: "plan.chosen",
      id: this.run.id,
      plan,
      seq: head.seq,
      ms: head.ms,
      command: head.command,
      statement: head.statement,
      session: head.session,
    });
  };

  #withKnown(plan: PlanState): PlanState {
    const { considered } = plan;
    if (considered === this.#considered) return plan;
    if (areSameConsidered(considered, this.#considered))
      return { ...plan, considered: this.#considered };
    this.#considered = considered;
    return plan;
  }

  warn(warning: Warning): void {
    this.owner.warn(warning);
  }

  nowText(fsp: number): string {
    const setTo = this.owner.variables.number("timestamp");
    return setTo === 0 ? nowText(this.startMs, fsp) : setTimeText(setTo, fsp);
  }

  systemVariable(scope: "session" | "global" | null, name: string): Value {
    return this.owner.variables.selected(scope, name);
  }

  changedVariable(name: string): string | null {
    return this.owner.variables.changedText(name);
  }

  userLock(operation: Parameters<typeof userLock>[2], name: string, timeoutS: number): Exec<Datum> {
    this.owner.setProcessState("User lock");
    return userLock(this.server, this.owner, operation, name, timeoutS);
  }

  lockFollowers(table: BaseTable): Exec<void> {
    return lockFollowers(this.server, this.owner, table);
  }

  warningCount(): number {
    return this.owner.warnings.length;
  }

  checkInterrupt(work = 1): void {
    if (this.owner.killed !== null) throw mysqlError("ER_QUERY_INTERRUPTED");
    const { log, rowsExaminedMax } = this.server;
    this.run.rowsExamined += work;
    if (this.run.rowsExamined > rowsExaminedMax) this.#stop(`${rowsExaminedMax} rows examined`);
    const eventsMax = rowsExaminedMax * EVENTS_PER_ROW_MAX;
    if (log.nextSeq - this.run.startedAt > eventsMax) this.#stop(`${eventsMax} events`);
  }

  #stop(after: string): never {
    throw mysqlError("ER_UNKNOWN_ERROR", `The simulation stops a statement after ${after}`);
  }

  /** SHOW and information_schema read InnoDB's tables of the dictionary, as part of the session's transaction. */
  noteDictionaryRead(): void {
    refuseTablesInXa(this.owner);
    this.readsDictionary = true;
    readDictionary(this.owner);
  }

  /** Rows that are locked FOR UPDATE count as changed. */
  noteChanges(uses: readonly TableUse[]): void {
    for (const use of uses) {
      if (use.lock !== "write" || use.readIsEnough === true) continue;
      const known = knownUse(this.server, this.owner, use);
      const warning = known === null ? null : noteChange(this.owner, known.table);
      if (warning !== null) this.warn(warning);
    }
  }

  /**
   * The processlist's State, as far as the plan decides it: rows found by a whole unique key are read while the optimizer
   * works; an UPDATE that changes the key it searches by first finds all its rows, and a DELETE that sorts does so before it
   * has set its State.
   */
  #showStage(plan: PlanState): void {
    const isTarget = this.target !== null && plan.table === this.target;
    if (isTarget && this.#findsAllFirst(plan.extra)) {
      this.owner.setProcessState(this.isUpdate ? "Searching rows for update" : "System lock");
    } else if (!isTarget) {
      this.owner.setProcessState(plan.access === "const" ? "statistics" : "executing");
    }
  }

  /** A kept plan says the same each time. */
  #findsAllFirst(extra: string): boolean {
    if (extra !== this.#extra.text) {
      this.#extra = { text: extra, sorts: /Using (temporary|filesort)/.test(extra) };
    }
    return this.#extra.sorts;
  }

  /** Each use has an object of its own; those of tables that the statement has looked at are there. */
  openObjects(uses: readonly TableUse[]): void {
    const { server, owner } = this;
    for (const [id, count] of this.#objectsFor(uses)) {
      for (let nth = 0; nth < count; nth += 1)
        owner.openTableObjects.open(id, nth, server.engine, server.catalog.statistics);
    }
  }

  /** A merged view's tables are looked at more than once, and opened once. */
  limitObjects(uses: readonly TableUse[]): void {
    this.#limits = this.#objectsFor(uses);
  }

  #objectsFor(uses: readonly TableUse[]): ReadonlyMap<TableId, number> {
    const { server, owner } = this;
    const counts = new Map<TableId, number>();
    for (const { schema, name } of uses) {
      const table = server.catalog.table(schemaOf(owner, schema), name);
      if (table === null || table.engine !== "InnoDB") continue;
      const { id } = table.info;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  baseTable(table: CatalogTable): BaseTable {
    const { engine, myisam, catalog } = this.server;
    const { id } = table.info;
    if (!myisam.has(id)) {
      this.#objects ??= new Map();
      const nth = this.#objects.get(id) ?? 0;
      this.#objects.set(id, nth + 1);
      if (nth < (this.#limits?.get(id) ?? Number.POSITIVE_INFINITY))
        this.owner.openTableObjects.open(id, nth, engine, catalog.statistics);
      const handlers = new KeptHandler(engine, id);
      const open = () => handlers.open(this.trx(), this.resolution === null ? null : this.run);
      const stats = () => catalog.statistics.of(id, engine);
      return baseTable(table, engine, open, stats, (index, low, high) =>
        engine.recordsInRange(index, low, high, this.owner.trx),
      );
    }
    const visibleLength = this.owner.visibleLengths.get(id) ?? null;
    const onChange = () => {
      this.owner.hasModifiedNonTransactional = true;
    };
    return baseTable(table, myisam.engine, () => myisam.engine.open(id, visibleLength, onChange));
  }

  *sleep(seconds: number): Exec<Datum> {
    this.owner.setProcessState("User sleep");
    const untilMs = this.server.log.nowMs + Math.round(seconds * 1000);
    return (yield { kind: "sleep", untilMs }) === "killed" ? 1 : 0;
  }
}
