/**
 * Handlers on `t (id INT PRIMARY KEY, c INT, KEY c (c))` with rows (0,0), (5,5) ... (25,25), without a server: a test
 * drives scans as the executor would and looks at the locks they leave. Rows belong to nobody unless a test says so.
 */
import { isPending } from "../../../src/base/answer.ts";
import type { Answer, Handler, RangeEnd, ReadResult } from "../../../src/innodb/api.ts";
import { findRec, seek } from "../../../src/innodb/btree/cursor.ts";
import { insertAfter, newRec } from "../../../src/innodb/btree/insert.ts";
import { removeRec } from "../../../src/innodb/btree/remove.ts";
import { createTable, entryKey } from "../../../src/innodb/dictionary.ts";
import type { Prebuilt } from "../../../src/innodb/prebuilt.ts";
import { createReader, type Reader } from "../../../src/innodb/search/reader.ts";
import type { Index, Rec, Table, TrxImpl } from "../../../src/innodb/types.ts";
import type { RollPtr, TrxId } from "../../../src/trace/ids.ts";
import type { IsolationLevel } from "../../../src/trace/state.ts";
import { type BenchContext, benchContext, lockLines } from "../bench_context.ts";

export interface SearchBench {
  readonly bench: BenchContext;
  readonly table: Table;
  trx(name: string, isolation?: IsolationLevel): TrxImpl;
  /** A cursor of the session, its statement about to start. */
  open(name: string, lock: "none" | "S" | "X", options?: OpenOptions): Reader;
  rec(index: "PRIMARY" | "c", ...key: number[]): Rec;
  put(id: number, c: number, trx?: TrxImpl): void;
  remove(id: number, c: number): void;
  /** "PRIMARY X GRANTED @ 5" of one session. */
  lines(name: string): string[];
  /** The rows a scan returns until it ends, and what ended it unless that was the end of the range. */
  rows(read: Answer<ReadResult>, next?: () => Answer<ReadResult>): unknown[];
}

export interface OpenOptions {
  readonly index?: "PRIMARY" | "c";
  readonly keyRead?: boolean;
  readonly end?: RangeEnd;
  readonly pushed?: Parameters<Handler["indexInit"]>[1]["pushed"];
  readonly onConflict?: Prebuilt["onConflict"];
}

const INT = { kind: "int", bytes: 4, unsigned: false } as const;

export function searchBench(): SearchBench {
  const bench = benchContext();
  const { context } = bench;
  const table = createTable(context, {
    schema: "sim",
    name: "t",
    columns: [
      { name: "id", type: INT, nullable: false, autoIncrement: false },
      { name: "c", type: INT, nullable: true, autoIncrement: false },
    ],
    indexes: [
      { name: "PRIMARY", unique: true, parts: [{ column: 0, prefix: null, desc: false }] },
      { name: "c", unique: false, parts: [{ column: 1, prefix: null, desc: false }] },
    ],
    foreignKeys: [],
    autoIncrement: 1n,
  });
  const indexNamed = (name: string): Index => {
    const index = table.indexes.find((one) => one.name === name);
    if (index === undefined) throw new Error(`no index ${name}`);
    return index;
  };
  const byName = new Map<string, TrxImpl>();
  const trx = (name: string, isolation: IsolationLevel = "REPEATABLE READ"): TrxImpl => {
    const known = byName.get(name) ?? bench.begin(name, isolation);
    byName.set(name, known);
    return known;
  };
  const rec = (index: string, ...key: number[]): Rec => {
    const found = findRec(indexNamed(index), key);
    if (found === null) throw new Error(`no record ${key} in ${index}`);
    return found;
  };
  const put = (id: number, c: number, owner?: TrxImpl): void => {
    if (owner !== undefined) {
      bench.locks.table(owner, table, "IX", "table");
    }
    for (const index of table.indexes) {
      const key = entryKey(index, [id, c], null);
      const before = seek(index, key, key.length, "LE").rec;
      const made = newRec(context, before.page, key, index.clustered ? [id, c] : null, null);
      made.trxId = owner?.id ?? (0 as TrxId);
      made.rollPtr = 0 as RollPtr;
      insertAfter(context, before, made, owner?.id ?? (0 as TrxId));
    }
  };
  for (let id = 0; id <= 25; id += 5) put(id, id);
  return {
    bench,
    table,
    trx,
    open(name, lock, options = {}) {
      const index = indexNamed(options.index ?? "PRIMARY");
      const onConflict = options.onConflict ?? "wait";
      const prebuilt: Prebuilt = {
        trx: trx(name),
        table,
        index,
        lockMode: lock,
        onConflict,
        foreignKey: null,
        clustRec: null,
        row: null,
      };
      const reader = createReader(context, prebuilt);
      const { keyRead = false, pushed = null } = options;
      reader.setReadLock(lock, onConflict);
      reader.indexInit(index.id, { keyRead, pushed });
      reader.setEndRange(options.end ?? null);
      return reader;
    },
    rec,
    put,
    remove(id, c) {
      removeRec(context, rec("c", c, id), "purge");
      removeRec(context, rec("PRIMARY", id), "purge");
    },
    lines: (name) =>
      lockLines(bench)
        .filter((line) => line.startsWith(`${name} `))
        .map((line) => line.slice(name.length + 1)),
    rows(read, next) {
      const rows: unknown[] = [];
      for (let result = finish(read); ; result = finish(next())) {
        if (typeof result === "string" || "err" in result) {
          if (result !== "notFound") rows.push(result);
          return rows;
        }
        rows.push(result.row[0]);
        if (next === undefined) return rows;
      }
    },
  };
}

/** A read that does not wait; "waits" if it does. */
export function finish(
  read: Answer<ReadResult>,
): Exclude<ReadResult, string> | "notFound" | "waits" {
  if (!isPending(read)) return read;
  const step = read.next();
  return step.done === true ? step.value : "waits";
}
