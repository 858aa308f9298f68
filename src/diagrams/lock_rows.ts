/**
 * The lock tables as a DBA reads them: rows of performance_schema.data_locks, data_lock_waits, metadata_locks and
 * of information_schema.innodb_trx, of the processlist and of the row lock counters, in MySQL's column names, sorted, each row
 * with the thing it is about.
 */

import { intMapGet, intMapValues } from "../base/int_map.ts";
import { maxOf } from "../base/lists.ts";
import type { SessionName, TrxRef } from "../trace/ids.ts";
import type { Ref } from "../trace/ref.ts";
import type { RecLockState, State, TableLockState } from "../trace/state.ts";
import { lockDataOf } from "../trace/state_locks.ts";
import { ROW_LOCK_COUNTERS, rowLockCounters } from "./row_lock_counters.ts";

export interface RowTable {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly key: string;
  /** Null of a counter. */
  readonly ref: Ref | null;
  readonly session: SessionName | null;
  readonly cells: readonly string[];
  readonly isWaiting: boolean;
}

export const ROW_TABLES = [
  "dataLocks",
  "dataLockWaits",
  "metadataLocks",
  "transactions",
  "processlist",
  "rowLockStatus",
] as const;
export type RowTableName = (typeof ROW_TABLES)[number];

export function rowTable(state: State, name: RowTableName): RowTable {
  switch (name) {
    case "dataLocks":
      return dataLocks(state);
    case "dataLockWaits":
      return dataLockWaits(state);
    case "metadataLocks":
      return metadataLocks(state);
    case "transactions":
      return transactions(state);
    case "processlist":
      return processlist(state);
    case "rowLockStatus":
      return rowLockStatus(state);
  }
}

/** What a narrow screen shows first of each table: whose, what, whether it has it, and on what; the others follow. */
const LEADING: readonly string[] = [
  "SESSION",
  "LOCK_MODE",
  "LOCK_STATUS",
  "LOCK_DATA",
  "BLOCKED_BY",
  "REQUESTING",
  "REQUESTED_LOCK",
  "BLOCKING",
  "BLOCKING_LOCK",
  "trx_state",
  "trx_requested_lock",
  "State",
];

/** The same table with the columns that matter most to its left. */
export function withLeadingColumns({ columns, rows }: RowTable): RowTable {
  const rank = (column: string): number => {
    const at = LEADING.indexOf(column);
    return at < 0 ? LEADING.length : at;
  };
  const order = columns.map((_, at) => at);
  order.sort((a, b) => rank(columns[a] ?? "") - rank(columns[b] ?? ""));
  const sorted = (cells: readonly string[]): readonly string[] =>
    order.map((at) => cells[at] ?? "");
  return {
    columns: sorted(columns),
    rows: rows.map((row) => ({ ...row, cells: sorted(row.cells) })),
  };
}

/** As the mysql client prints a result set. */
export function asText(table: RowTable): string {
  const lines = [table.columns, ...table.rows.map((row) => row.cells)];
  const widths = table.columns.map((_, at) =>
    maxOf(lines.map((cells) => [...(cells[at] ?? "")].length)),
  );
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => pad(cells[at] ?? "", width)).join(" | ")} |`;
  const [head = [], ...rows] = lines;
  return [rule, line(head), rule, ...rows.map(line), ...(rows.length === 0 ? [] : [rule])].join(
    "\n",
  );
}

/** Table locks first, then records by table, index and place; a record's granted locks before its waiting ones. */
function dataLocks(state: State): RowTable {
  const places = recordPlaces(state);
  const locks: readonly (RecLockState | TableLockState)[] = [
    ...intMapValues(state.tableLocks),
    ...intMapValues(state.recLocks),
  ];
  const sorted = [...locks].sort(
    (a, b) =>
      a.table - b.table ||
      placeOf(a, places) - placeOf(b, places) ||
      Number(a.status === "waiting") - Number(b.status === "waiting") ||
      compareText(a.session, b.session) ||
      a.id - b.id,
  );
  return {
    columns: [
      "ENGINE_TRANSACTION_ID",
      "SESSION",
      "OBJECT_NAME",
      "INDEX_NAME",
      "LOCK_TYPE",
      "LOCK_MODE",
      "LOCK_STATUS",
      "LOCK_DATA",
    ],
    rows: sorted.map((lock): TableRow => {
      const record = "modeText" in lock;
      return {
        key: `lock:${lock.id}`,
        ref: { kind: "lock", id: lock.id },
        session: lock.session,
        isWaiting: lock.status === "waiting",
        cells: [
          trxText(state, lock.trx),
          lock.session,
          lock.tableName,
          record ? lock.indexName : "NULL",
          record ? "RECORD" : "TABLE",
          record ? lock.modeText : lock.mode,
          lock.status.toUpperCase(),
          record ? lockDataOf(state.recs, lock) : "NULL",
        ],
      };
    }),
  };
}

function dataLockWaits(state: State): RowTable {
  const locks = [...intMapValues(state.recLocks), ...intMapValues(state.tableLocks)];
  return {
    columns: [
      "REQUESTING_TRANSACTION_ID",
      "REQUESTING",
      "REQUESTED_LOCK",
      "BLOCKING_TRANSACTION_ID",
      "BLOCKING",
      "BLOCKING_LOCK",
    ],
    rows: locks.flatMap((lock) =>
      lock.blockers.map((blocker): TableRow => {
        const blocking =
          intMapGet(state.recLocks, blocker.lock) ?? intMapGet(state.tableLocks, blocker.lock);
        return {
          key: `lock:${lock.id} ${blocker.lock}`,
          ref: { kind: "lock", id: lock.id },
          session: lock.session,
          isWaiting: true,
          cells: [
            trxText(state, lock.trx),
            lock.session,
            lockText(state, lock),
            trxText(state, blocker.trx),
            blocker.session,
            blocking === undefined ? "" : lockText(state, blocking),
          ],
        };
      }),
    ),
  };
}

function metadataLocks(state: State): RowTable {
  const mdls = [...intMapValues(state.mdls)].sort(
    (a, b) =>
      compareText(a.namespace, b.namespace) ||
      compareText(a.name ?? "", b.name ?? "") ||
      a.id - b.id,
  );
  return {
    columns: [
      "OBJECT_TYPE",
      "OBJECT_SCHEMA",
      "OBJECT_NAME",
      "LOCK_TYPE",
      "LOCK_DURATION",
      "LOCK_STATUS",
      "SESSION",
      "BLOCKED_BY",
    ],
    rows: mdls.map((mdl) => ({
      key: `mdl:${mdl.id}`,
      ref: { kind: "mdl", id: mdl.id },
      session: mdl.session,
      isWaiting: mdl.status === "PENDING",
      cells: [
        mdl.namespace,
        mdl.schema ?? "NULL",
        mdl.name ?? "NULL",
        mdl.mode,
        mdl.duration,
        mdl.status,
        mdl.session,
        [...new Set(mdl.blockers.map((blocker) => blocker.session))].sort().join(", "),
      ],
    })),
  };
}

function transactions(state: State): RowTable {
  return {
    columns: [
      "trx_id",
      "SESSION",
      "trx_state",
      "trx_isolation_level",
      "trx_is_read_only",
      "trx_rows_modified",
      "trx_lock_structs",
      "trx_rows_locked",
      "trx_requested_lock",
      "READ_VIEW",
    ],
    rows: [...intMapValues(state.trxs)].map((trx): TableRow => {
      const own = [...intMapValues(state.recLocks), ...intMapValues(state.tableLocks)].filter(
        (lock) => lock.trx === trx.ref,
      );
      const structs = new Set(own.map((lock) => lock.struct));
      const wanted = own.find((lock) => lock.id === trx.waitsFor);
      const view = trx.readView === null ? undefined : intMapGet(state.readViews, trx.readView);
      const running = trx.status === "rollingBack" ? "ROLLING BACK" : "RUNNING";
      return {
        key: `trx:${trx.ref}`,
        ref: { kind: "trx", id: trx.ref },
        session: trx.session,
        isWaiting: wanted !== undefined,
        cells: [
          trxText(state, trx.ref),
          trx.session,
          wanted === undefined ? running : "LOCK WAIT",
          trx.isolation,
          trx.readOnly ? "1" : "0",
          String(trx.undoCount),
          String(structs.size),
          String(own.filter((lock) => "rec" in lock).length),
          wanted === undefined ? "NULL" : lockText(state, wanted),
          view === undefined
            ? ""
            : `${view.upLimitId}, ${view.lowLimitId}, {${view.ids.join(" ")}}`,
        ],
      };
    }),
  };
}

/** As SHOW FULL PROCESSLIST has it, and the session's letter. */
function processlist(state: State): RowTable {
  const lastEnds = new Map<SessionName, number>();
  for (const { session, endedMs } of intMapValues(state.statements)) {
    if (endedMs !== null) lastEnds.set(session, Math.max(lastEnds.get(session) ?? 0, endedMs));
  }
  const open = state.sessions.filter(({ status }) => status !== "gone");
  return {
    columns: ["Id", "SESSION", "db", "Command", "Time", "State", "Info"],
    rows: open.map((session): TableRow => {
      const run =
        session.statement === null ? null : intMapGet(state.statements, session.statement);
      const sinceMs = run?.startedMs ?? lastEnds.get(session.name) ?? state.clockMs;
      return {
        key: `session:${session.name}`,
        ref: { kind: "session", id: session.name },
        session: session.name,
        isWaiting: session.status === "waiting",
        cells: [
          String(session.connectionId),
          session.name,
          session.database === "" ? "NULL" : session.database,
          run === null || run === undefined ? "Sleep" : "Query",
          String(Math.floor((state.clockMs - sinceMs) / 1000)),
          session.processState,
          run?.sql ?? "NULL",
        ],
      };
    }),
  };
}

function rowLockStatus(state: State): RowTable {
  const counters = rowLockCounters(state);
  return {
    columns: ["Variable_name", "Value"],
    rows: ROW_LOCK_COUNTERS.map((name) => ({
      key: name,
      ref: null,
      session: null,
      isWaiting: name === "Innodb_row_lock_current_waits" && counters[name] > 0,
      cells: [name, String(counters[name])],
    })),
  };
}

/** A transaction without an id has none to show; the server prints a large number made from its address. */
function trxText(state: State, ref: TrxRef): string {
  const id = intMapGet(state.trxs, ref)?.id ?? 0;
  return id === 0 ? "(none)" : String(id);
}

function lockText({ recs }: State, lock: RecLockState | TableLockState): string {
  if ("modeText" in lock)
    return `${lock.tableName}.${lock.indexName} ${lock.modeText} @ ${lockDataOf(recs, lock)}`;
  return `${lock.tableName} ${lock.mode}`;
}

/** For each record and supremum its place among all of its table, index by index. */
function recordPlaces(state: State): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  let at = 0;
  for (const table of intMapValues(state.tables)) {
    for (const id of table.indexes) {
      const index = intMapGet(state.indexes, id);
      for (const leaf of index?.leaves ?? []) {
        const page = index === undefined ? undefined : intMapGet(index.pages, leaf);
        if (page === undefined) continue;
        for (const rec of [...page.recs, page.supremum]) {
          at += 1;
          places.set(rec, at);
        }
      }
    }
  }
  return places;
}

function placeOf(lock: RecLockState | TableLockState, places: ReadonlyMap<number, number>): number {
  return "rec" in lock ? (places.get(lock.rec) ?? Number.MAX_SAFE_INTEGER) : 0;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(width - [...text].length);
}
