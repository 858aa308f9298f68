/**
 * The notes' phantom example as a trace written by hand: what the fold, the timeline and the narrator are tested with,
 * independently of the engine. A locks the whole table, B's insert waits, A commits.
 */
import { intMapFrom } from "../../src/base/int_map.ts";
import type { EventBody, TraceEvent } from "../../src/trace/events.ts";
import type {
  EventSeq,
  IndexId,
  LockId,
  LockStructId,
  PageNo,
  RecId,
  RollPtr,
  SessionName,
  StatementId,
  TableId,
  TrxId,
  TrxNo,
  TrxRef,
} from "../../src/trace/ids.ts";
import type { IndexState, RecLockState, RecState } from "../../src/trace/state.ts";
import { newSession, newTrx } from "../fixtures/state_parts.ts";

const A = "A" as SessionName;
const B = "B" as SessionName;
const KEYS = [0, 5, 10, 15, 20, 25];
const INFIMUM = 1 as RecId;
const SUPREMUM = 2 as RecId;
const PAGE = 4 as PageNo;
const TABLE = 1 as TableId;
const PRIMARY = 1 as IndexId;

/** Commands: -1 the set-up, 0 BEGIN, 1 the locking read, 2 the insert that waits, 3 COMMIT. */
export function phantomTrace(): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  let command = -1;
  let session: SessionName | null = null;
  let statement: StatementId | null = null;
  const emit = (body: EventBody): EventSeq => {
    const seq = events.length as EventSeq;
    events.push({ seq, ms: 0, command, statement, session, ...body });
    return seq;
  };
  const run = (nth: number, who: SessionName, id: number, sql: string): void => {
    command = nth;
    session = who;
    statement = id as StatementId;
    emit({ type: "statement.started", id: statement, sql });
  };
  const done = (affected: number): void => {
    if (statement === null) return;
    const outcome = { kind: "ok", affected, info: "", warnings: 0, insertId: 0 } as const;
    emit({ type: "statement.ended", id: statement, outcome });
  };

  emit({ type: "table.created", why: "CREATE TABLE", table: table() });
  emit({ type: "index.created", index: primaryIndex() });
  for (const [at, key] of KEYS.entries()) {
    const place = { page: PAGE, at };
    emit({
      type: "rec.inserted",
      rec: rec(key),
      place,
      indexName: "PRIMARY",
      tableName: "t",
      maxTrxId: 0 as TrxId,
    });
  }

  command = 0;
  session = A;
  emit({ type: "session.opened", state: newSession(A, 0) });
  run(0, A, 1, "BEGIN");
  emit({ type: "session.changed", name: A, change: { inTransaction: true }, why: "BEGIN" });
  done(0);

  run(1, A, 2, "SELECT * FROM t WHERE d = 5 FOR UPDATE");
  emit({ type: "trx.started", trx: newTrx(A, 1, "REPEATABLE READ") });
  emit({ type: "session.changed", name: A, change: { trx: 1 as TrxRef }, why: "first statement" });
  for (const [at, key] of [...KEYS, null].entries()) {
    const lock = nextKeyLock(at + 1, key);
    emit({ type: "lock.granted", lock, why: "scan", rule: "noConflict" });
    emit({
      type: "rec.visited",
      index: PRIMARY,
      rec: lock.rec,
      indexName: "PRIMARY",
      tableName: "t",
      key: lock.data,
      deleted: false,
      verdict: key === null ? "supremum" : key === 5 ? "match" : "noMatch",
    });
  }
  emit({
    type: "statement.ended",
    id: 2 as StatementId,
    outcome: {
      kind: "rows",
      columns: ["id", "c", "d"],
      rows: [["5", "5", "5"]],
      printed: [1, 1, 1],
      warnings: 0,
    },
  });

  command = 2;
  session = B;
  emit({ type: "session.opened", state: newSession(B, 1) });
  run(2, B, 3, "INSERT INTO t VALUES (1, 1, 5)");
  emit({ type: "trx.started", trx: { ...newTrx(B, 2, "REPEATABLE READ"), autocommit: true } });
  emit({
    type: "trx.idAssigned",
    ref: 2 as TrxRef,
    id: 102 as TrxId,
    nextTrxId: 103 as TrxId,
    why: "first write",
  });
  const waiting = insertIntention();
  emit({
    type: "lock.waiting",
    lock: waiting,
    why: "insertIntention",
    rule: "gapBlocksInsertIntention",
  });
  emit({
    type: "statement.waiting",
    id: 3 as StatementId,
    reason: { kind: "recLock", lock: waiting.id },
    untilMs: null,
    blockers: [A],
  });

  run(3, A, 4, "COMMIT");
  const released = emit({
    type: "lock.released",
    ids: [1, 2, 3, 4, 5, 6, 7] as LockId[],
    texts: [],
    why: "commit",
  });
  const granted: RecLockState = { ...waiting, status: "granted", blockers: [] };
  emit({ type: "lock.grantedAfterWait", lock: granted, cause: released, waitedMs: 0 });
  emit({
    type: "trx.committed",
    ref: 1 as TrxRef,
    id: 0 as TrxId,
    no: 0 as TrxNo,
    nextTrxId: 103 as TrxId,
    history: null,
  });
  emit({
    type: "session.changed",
    name: A,
    change: { inTransaction: false, trx: null },
    why: "COMMIT",
  });
  done(0);

  session = B;
  statement = 3 as StatementId;
  emit({ type: "statement.resumed", id: statement, verdict: "granted", cause: released });
  emit({
    type: "rec.inserted",
    rec: { ...rec(1), id: 99 as RecId, values: [1, 1, 5], trxId: 102 as TrxId },
    place: { page: PAGE, at: 1 },
    indexName: "PRIMARY",
    tableName: "t",
    maxTrxId: 102 as TrxId,
  });
  done(1);
  return events;
}

function table() {
  const int = { kind: "int", bytes: 4, unsigned: false } as const;
  return {
    id: TABLE,
    schema: "sim",
    name: "t",
    engine: "InnoDB",
    columns: ["id", "c", "d"].map((name) => ({ name, type: int, nullable: name !== "id" })),
    indexes: [PRIMARY],
  } as const;
}

function primaryIndex(): IndexState {
  const page = {
    no: PAGE,
    level: 0,
    infimum: INFIMUM,
    supremum: SUPREMUM,
    recs: [],
    children: [],
    maxTrxId: 0 as TrxId,
  };
  return {
    id: PRIMARY,
    table: TABLE,
    tableName: "t",
    name: "PRIMARY",
    clustered: true,
    unique: true,
    fields: [0],
    declaredFields: 1,
    root: PAGE,
    leaves: [PAGE],
    pages: intMapFrom([[PAGE, page]]),
  };
}

function rec(key: number): RecState {
  return {
    id: (10 + key) as RecId,
    index: PRIMARY,
    page: PAGE,
    heapNo: 2 + key,
    deleted: false,
    key: String(key),
    lockData: null,
    values: [key, key, key],
    trxId: 101 as TrxId,
    rollPtr: 0 as RollPtr,
    rowId: null,
  };
}

function nextKeyLock(id: number, key: number | null): RecLockState {
  return {
    id: id as LockId,
    struct: 1 as LockStructId,
    trx: 1 as TrxRef,
    session: A,
    table: TABLE,
    tableName: "t",
    index: PRIMARY,
    indexName: "PRIMARY",
    page: PAGE,
    rec: key === null ? SUPREMUM : ((10 + key) as RecId),
    heapNo: key === null ? 1 : 2 + key,
    nBits: 72,
    mode: "X",
    shape: "ordinary",
    insertIntention: false,
    status: "granted",
    data: key === null ? "supremum pseudo-record" : String(key),
    modeText: "X",
    blockers: [],
  };
}

function insertIntention(): RecLockState {
  return {
    ...nextKeyLock(8, 5),
    struct: 2 as LockStructId,
    trx: 2 as TrxRef,
    session: B,
    shape: "gap",
    insertIntention: true,
    status: "waiting",
    modeText: "X,GAP,INSERT_INTENTION",
    blockers: [{ lock: 2 as LockId, trx: 1 as TrxRef, session: A }],
  };
}
