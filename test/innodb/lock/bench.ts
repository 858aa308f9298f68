/**
 * A lock system on one table `t (id INT PRIMARY KEY)`, without statements: tests ask for locks by session and key.
 * Every session is one transaction from its first request on.
 */

import { nextOnPage, seek } from "../../../src/innodb/btree/cursor.ts";
import { insertAfter, newRec } from "../../../src/innodb/btree/insert.ts";
import { removeRec } from "../../../src/innodb/btree/remove.ts";
import { createTable } from "../../../src/innodb/dictionary.ts";
import type { LockSystem } from "../../../src/innodb/lock/api.ts";
import type { LockOutcome, Rec, Table, TrxImpl } from "../../../src/innodb/types.ts";
import type { EventBody } from "../../../src/trace/events.ts";
import type { TrxId, TrxRef } from "../../../src/trace/ids.ts";
import type { IsolationLevel, RecLockShape } from "../../../src/trace/state.ts";
import { benchContext, lockLines } from "../bench_context.ts";

export interface Bench {
  readonly locks: LockSystem;
  readonly table: Table;
  readonly events: EventBody[];
  /** Wake-ups so far: "B granted". */
  readonly woken: string[];
  trx(name: string, isolation?: IsolationLevel): TrxImpl;
  rec(id: number): Rec;
  supremum(): Rec;
  /** "granted", "alreadyHeld", "refused", "deadlock", "waits", or "goesOn" after a wait of no time. */
  read(name: string, at: number | "supremum", mode: "S" | "X", shape?: RecLockShape): string;
  /** Asks to insert; when allowed, does, and leaves an implicit lock of the session. */
  insert(name: string, id: number): string;
  /** The record is purged. */
  remove(id: number): void;
  end(name: string): void;
  /** data_locks: "A X,GAP GRANTED @ 10", sorted; table locks are left out. */
  lines(): string[];
  /** [waiting, blocking] sessions. */
  waits(): string[];
}

const INT = { kind: "int", bytes: 4, unsigned: false } as const;

export function lockBench(ids: readonly number[]): Bench {
  const bench = benchContext();
  const { context, locks, trxs } = bench;
  const byName = new Map<string, TrxImpl>();
  const table = createTable(context, {
    schema: "sim",
    name: "t",
    columns: [{ name: "id", type: INT, nullable: false, autoIncrement: false }],
    indexes: [{ name: "PRIMARY", unique: true, parts: [{ column: 0, prefix: null, desc: false }] }],
    foreignKeys: [],
    autoIncrement: 1n,
  });
  const index = table.indexes[0];
  if (index === undefined) throw new Error("a table has a clustered index");
  const put = (id: number, trxId: TrxId): void => {
    const { rec: before } = seek(index, [id], 1, "LE");
    const made = newRec(context, before.page, [id], [id], null);
    made.trxId = trxId;
    insertAfter(context, before, made, 0 as TrxId);
  };
  for (const id of ids) put(id, 0 as TrxId);

  const trx = (name: string, isolation: IsolationLevel = "REPEATABLE READ"): TrxImpl => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const made = bench.begin(name, isolation);
    byName.set(name, made);
    locks.table(made, table, "IX", "table");
    return made;
  };
  const rec = (id: number): Rec => {
    const found = seek(index, [id], 1, "LE").rec;
    if (found.kind !== "user" || found.key[0] !== id) throw new Error(`no record ${id}`);
    return found;
  };
  const supremum = (): Rec => seek(index, [2 ** 31], 1, "GE").rec;
  const settle = (owner: TrxImpl, outcome: LockOutcome): string => {
    if (outcome.kind !== "wait") return outcome.kind;
    // The statement is suspended, unless its blocker was a deadlock's victim.
    return locks.wait(owner, outcome.wait).next().done === true ? "goesOn" : "waits";
  };
  return {
    locks,
    table,
    events: bench.events,
    woken: bench.woken,
    trx,
    rec,
    supremum,
    read(name, at, mode, shape = "ordinary") {
      const target = at === "supremum" ? supremum() : rec(at);
      return settle(trx(name), locks.read(trx(name), target, mode, shape, "wait", "scan"));
    },
    insert(name, id) {
      const before = seek(index, [id], 1, "LE").rec;
      const outcome = locks.insert(trx(name), nextOnPage(before), "insertIntention");
      if (outcome.kind === "granted") put(id, trx(name).id);
      return settle(trx(name), outcome);
    },
    remove: (id) => removeRec(context, rec(id), "purge"),
    end(name) {
      const ending = trx(name);
      trxs.delete(ending.ref);
      byName.delete(name);
      locks.releaseAll(ending, "commit");
    },
    lines: () => lockLines(bench).map((line) => line.replace(" PRIMARY", "")),
    waits() {
      const name = (ref: TrxRef) => trxs.get(ref)?.session ?? "?";
      return locks.lockWaits().map((wait) => `${name(wait.waiting)}>${name(wait.blocking)}`);
    },
  };
}
