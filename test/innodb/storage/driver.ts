/** A miniature server for tests of the engine: sessions, a scheduler that resumes who was woken, and the fold of the trace. */

import { settled } from "../../../src/base/answer.ts";
import { intMapValues } from "../../../src/base/int_map.ts";
import type {
  Answer,
  Datum,
  DbError,
  ForeignKeyDef,
  Handler,
  IndexDef,
  ReadResult,
  Resumption,
  Row,
  Steps,
  StorageEngine,
  TableDef,
  Trx,
} from "../../../src/innodb/api.ts";
import { createEngine } from "../../../src/innodb/engine.ts";
import { applyEvent as apply } from "../../../src/trace/apply.ts";
import type { EventBody, TraceEvent } from "../../../src/trace/events.ts";
import type { EventSeq, SessionName, TableId, TrxRef } from "../../../src/trace/ids.ts";
import { initialState } from "../../../src/trace/initial_state.ts";
import type { IsolationLevel, State } from "../../../src/trace/state.ts";

const INT = { kind: "int", bytes: 4, unsigned: false } as const;
const TEXT = { kind: "varchar", length: 20, collation: "utf8mb4_0900_ai_ci" } as const;

/** A table of INT columns: "id", "k?" (nullable), with keys like "PRIMARY id", "UNIQUE k k", "KEY c c,id". */
export function tableDef(
  name: string,
  columns: readonly string[],
  keys: readonly string[],
  foreignKeys: readonly ForeignKeyDef[] = [],
): TableDef {
  const names = columns.map((column) => column.replace(/[?$]/g, ""));
  const indexes = keys.map((key): IndexDef => {
    const [kind = "", ...rest] = key.split(" ");
    const [indexName, parts] =
      kind === "PRIMARY" ? ["PRIMARY", rest[0] ?? ""] : [rest[0] ?? "", rest[1] ?? ""];
    return {
      name: indexName,
      unique: kind !== "KEY",
      parts: parts
        .split(",")
        .map((part) => ({ column: names.indexOf(part), prefix: null, desc: false })),
    };
  });
  return {
    schema: "sim",
    name,
    columns: columns.map((column) => ({
      name: column.replace(/[?$]/g, ""),
      type: column.includes("$") ? TEXT : INT,
      nullable: column.includes("?"),
      autoIncrement: false,
    })),
    indexes,
    foreignKeys,
    autoIncrement: 1n,
  };
}

export interface Session {
  readonly name: SessionName;
  trx: Trx | null;
  isolation: IsolationLevel;
  /** The suspended statement. */
  running: { readonly steps: Steps<unknown>; readonly done: (value: unknown) => void } | null;
}

export interface Driver {
  readonly engine: StorageEngine;
  readonly events: readonly TraceEvent[];
  readonly state: () => State;
  readonly session: (name: string, isolation?: IsolationLevel) => Session;
  /** Runs it until it ends or waits; the outcome appears in `result`. */
  readonly run: <T>(session: Session, steps: (trx: Trx) => Steps<T>) => { result: T | "waiting" };
  readonly commit: (session: Session) => void;
  readonly rollback: (session: Session) => void;
  /** Lets everything go on that can, and purges. */
  readonly settle: () => void;
  /** data_locks as the transcripts print them. */
  readonly locks: () => string[];
}

export function newDriver(): Driver {
  let state = initialState;
  const events: TraceEvent[] = [];
  const sessions = new Map<string, Session>();
  const woken = new Map<TrxRef, Resumption>();
  const emit = (body: EventBody): number => {
    const event = {
      ...body,
      seq: events.length as EventSeq,
      ms: 0,
      command: 0,
      statement: null,
      session: null,
    } as TraceEvent;
    events.push(event);
    state = apply(state, event);
    return event.seq;
  };
  const engine = createEngine({
    emit,
    now: () => 0,
    sqlOf: () => "",
    deadlockDetect: () => true,
    onWake: (trx, verdict) => woken.set(trx, verdict),
  });

  const ended = (session: Session, value: unknown): void => {
    if (session.trx === null) return;
    if (isError(value)) {
      if (value.err === "deadlock") {
        engine.rollback(session.trx, "deadlock");
        session.trx = null;
        return;
      }
      engine.rollbackStatement(session.trx);
    }
    engine.statementEnd(session.trx);
  };
  const advance = (session: Session, resumption: Resumption | null): void => {
    const { running } = session;
    if (running === null) return;
    const next =
      resumption === null ? running.steps.next("granted") : running.steps.next(resumption);
    if (next.done !== true) return;
    session.running = null;
    running.done(next.value);
    ended(session, next.value);
  };
  const resumeWoken = (): void => {
    while (woken.size > 0) {
      const [entry] = woken;
      if (entry === undefined) return;
      const [ref, verdict] = entry;
      woken.delete(ref);
      const session = [...sessions.values()].find((candidate) => candidate.trx?.ref === ref);
      if (session !== undefined) advance(session, verdict);
    }
  };
  return {
    engine,
    events,
    state: () => state,
    session(name, isolation = "REPEATABLE READ") {
      const known = sessions.get(name);
      if (known !== undefined) return known;
      const session: Session = { name: name as SessionName, trx: null, isolation, running: null };
      sessions.set(name, session);
      return session;
    },
    run(session, steps) {
      session.trx ??= engine.begin({
        session: session.name,
        isolation: session.isolation,
        readOnly: false,
        autocommit: false,
        calls: [],
      });
      engine.statementStart(session.trx);
      const outcome = { result: "waiting" as unknown };
      session.running = {
        steps: steps(session.trx),
        done: (value) => {
          outcome.result = value;
        },
      };
      advance(session, null);
      resumeWoken();
      return outcome as never;
    },
    commit(session) {
      if (session.trx !== null) engine.commit(session.trx);
      session.trx = null;
    },
    rollback(session) {
      if (session.trx !== null) engine.rollback(session.trx, "rollback");
      session.trx = null;
    },
    settle() {
      do resumeWoken();
      while (engine.purge() || woken.size > 0);
    },
    locks: () => lockTexts(state),
  };
}

function isError(value: unknown): value is DbError {
  return typeof value === "object" && value !== null && "err" in value;
}

function lockTexts(state: State): string[] {
  const lines: string[] = [];
  for (const lock of intMapValues(state.tableLocks))
    lines.push(`${lock.session} ${lock.tableName} ${lock.mode} ${lock.status.toUpperCase()}`);
  for (const lock of intMapValues(state.recLocks)) {
    lines.push(
      `${lock.session} ${lock.tableName}.${lock.indexName} ${lock.modeText} ${lock.status.toUpperCase()} @ ${lock.data}`,
    );
  }
  return lines.sort();
}

// ---------------------------------------------------------------- statements

export function insert(
  driver: Driver,
  table: TableId,
  row: Row,
  onDuplicate: "error" | "replace" = "error",
): (trx: Trx) => Steps<"ok" | DbError> {
  return function* (trx) {
    const handler = driver.engine.open(trx, table);
    // The server asks for the parents, once for each row that it is given.
    const orphan = handler.checkParents === undefined ? null : yield* handler.checkParents(row);
    return orphan ?? (yield* settled(handler.writeRow(row, { onDuplicate })));
  };
}

/** Finds rows by a key of an index, locks them X, and gives each to `act`. */
function change(
  driver: Driver,
  table: TableId,
  indexName: string,
  key: readonly Datum[],
  act: (handler: Handler, row: Row) => Answer<"ok" | DbError>,
): (trx: Trx) => Steps<number | DbError> {
  return function* (trx) {
    const handler = driver.engine.open(trx, table);
    handler.setReadLock("X", "wait");
    const index = handler.table.indexes.find((candidate) => candidate.name === indexName);
    if (index === undefined) throw new Error(`no index ${indexName}`);
    handler.indexInit(index.id, { keyRead: false, pushed: null });
    let count = 0;
    let found: ReadResult = yield* settled(handler.indexRead(key, "exact"));
    for (;;) {
      if (found === "notFound") return count;
      if (isError(found)) return found;
      const result = yield* settled(act(handler, found.row));
      if (isError(result)) return result;
      count += 1;
      found = yield* settled(handler.indexNextSame());
    }
  };
}

export function update(
  driver: Driver,
  table: TableId,
  indexName: string,
  key: readonly Datum[],
  changed: (row: Row) => Row,
) {
  return change(driver, table, indexName, key, (handler, row) =>
    handler.updateRow(changed(row), { ignoreDuplicate: false }),
  );
}

export function remove(driver: Driver, table: TableId, indexName: string, key: readonly Datum[]) {
  return change(driver, table, indexName, key, (handler) => handler.deleteRow());
}

/** A consistent read of the whole table. */
export function readAll(driver: Driver, table: TableId): (trx: Trx) => Steps<Row[] | DbError> {
  return function* (trx) {
    const handler = driver.engine.open(trx, table);
    handler.setReadLock("none", "wait");
    handler.rndInit();
    const rows: Row[] = [];
    for (;;) {
      const found = yield* settled(handler.rndNext());
      if (found === "notFound") return rows;
      if (isError(found)) return found;
      rows.push(found.row);
    }
  };
}
