import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rec, RecLock } from "../../../src/innodb/types.ts";
import { isCompatible } from "../../../src/trace/lock_modes.ts";
import type { RecLockShape } from "../../../src/trace/state.ts";
import { type Bench, lockBench } from "./bench.ts";

type Action =
  | {
      readonly kind: "read";
      readonly at: number;
      readonly mode: "S" | "X";
      readonly shape: RecLockShape;
    }
  | { readonly kind: "insert"; readonly at: number }
  | { readonly kind: "end" | "timeout" }
  | { readonly kind: "remove"; readonly at: number };
type Step = Action & { readonly who: string };

const SESSIONS = ["A", "B", "C", "D", "E"];
const IDS = [10, 20, 30, 40];

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.constantFrom(...SESSIONS),
    fc.oneof(
      { weight: 8, arbitrary: readAction() },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("insert" as const),
          at: fc.integer({ min: 1, max: 45 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom("end" as const, "timeout" as const) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant("remove" as const), at: fc.constantFrom(...IDS) }),
      },
    ),
  )
  .map(([who, action]) => ({ who, ...action }));

describe("over random scripts", () => {
  const scripts = fc.array(step, { maxLength: 60 });

  it("no two granted record locks conflict, and every waiter has a blocker", () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const run = newRun();
        for (const one of steps) {
          play(run, one);
          checkQueues(run.bench);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("every waiter goes on once all who can end have ended", () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const run = newRun();
        for (const one of steps) play(run, one);
        for (let round = 0; round <= SESSIONS.length; round += 1) {
          for (const name of SESSIONS) if (!isWaiting(run, name)) end(run, name);
        }
        expect(run.bench.waits()).toEqual([]);
        expect(run.bench.lines()).toEqual([]);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("the lock events fold to the locks that stand", () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const run = newRun();
        for (const one of steps) play(run, one);
        expect(folded(run.bench)).toEqual(standing(run.bench));
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

function readAction(): fc.Arbitrary<Action> {
  return fc.record({
    kind: fc.constant("read" as const),
    at: fc.constantFrom(...IDS, 0),
    mode: fc.constantFrom("S" as const, "X" as const),
    shape: fc.constantFrom("ordinary" as const, "gap" as const, "recNotGap" as const),
  });
}

interface Run {
  readonly bench: Bench;
  /** A victim's transaction is over as soon as it is woken. */
  woken: number;
}

function newRun(): Run {
  const bench = lockBench(IDS);
  for (const [at, name] of SESSIONS.entries()) {
    bench.trx(name, at < 3 ? "REPEATABLE READ" : "READ COMMITTED");
  }
  return { bench, woken: 0 };
}

function play(run: Run, action: Step): void {
  const { bench } = run;
  const { who } = action;
  if (action.kind === "remove") remove(bench, action.at);
  else if (action.kind === "timeout") bench.locks.cancelWait(bench.trx(who), "timeout");
  else if (!isWaiting(run, who)) ask(run, action);
  endVictims(run);
}

function ask(run: Run, action: Step): void {
  const { bench } = run;
  const { who } = action;
  const outcome = outcomeOf(bench, action);
  if (outcome === "deadlock" || action.kind === "end") end(run, who);
}

function outcomeOf(bench: Bench, action: Step): string {
  if (action.kind === "insert")
    return hasRec(bench, action.at) ? "" : bench.insert(action.who, action.at);
  if (action.kind !== "read") return "";
  if (action.at === 0) return bench.read(action.who, "supremum", action.mode);
  if (!hasRec(bench, action.at)) return "";
  return bench.read(action.who, action.at, action.mode, action.shape);
}

/** Purge removes a record only when no active transaction has written it. */
function remove(bench: Bench, id: number): void {
  if (hasRec(bench, id) && bench.locks.implicitHolder(bench.rec(id)) === null) bench.remove(id);
}

function endVictims(run: Run): void {
  while (run.woken < run.bench.woken.length) {
    const [name, verdict] = (run.bench.woken[run.woken] ?? "").split(" ");
    run.woken += 1;
    if (verdict === "deadlockVictim" && name !== undefined) end(run, name);
  }
}

/** The session's transaction ends; its next request begins another one. */
function end(run: Run, name: string): void {
  run.bench.end(name);
  endVictims(run);
}

function isWaiting({ bench }: Run, name: string): boolean {
  return bench.trx(name).waitLock !== null;
}

function hasRec(bench: Bench, id: number): boolean {
  return recsOf(bench).some((rec) => rec.key[0] === id);
}

function recsOf({ table }: Bench): Rec[] {
  return [...(table.indexes[0]?.root.recs ?? [])];
}

function checkQueues(bench: Bench): void {
  for (const rec of [...recsOf(bench), bench.supremum()]) {
    const queue = rec.page.locks.filter((lock) => lock.bits.has(rec.heapNo));
    const granted = queue.filter((lock) => !lock.waiting);
    for (const one of granted)
      for (const other of granted) expect(conflict(rec, one, other)).toBe(false);
    const firstWaiting = queue.findIndex((lock) => lock.waiting);
    if (firstWaiting >= 0)
      expect(queue.slice(firstWaiting).every((lock) => lock.waiting)).toBe(true);
  }
  const waiting = SESSIONS.filter((name) => bench.trx(name).waitLock !== null);
  for (const name of waiting)
    expect(bench.waits().some((wait) => wait.startsWith(`${name}>`))).toBe(true);
}

/** Both lock the record itself, in modes that do not go together. */
function conflict(rec: Rec, one: RecLock, other: RecLock): boolean {
  const locksRecord = (lock: RecLock) => lock.shape !== "gap" && rec.kind !== "supremum";
  return (
    one.trx !== other.trx &&
    locksRecord(one) &&
    locksRecord(other) &&
    !isCompatible(one.mode, other.mode)
  );
}

/** The record locks as the events tell them. */
function folded(bench: Bench): unknown[] {
  const locks = new Map<number, { id: number }>();
  for (const event of bench.events) {
    if (
      event.type === "lock.granted" ||
      event.type === "lock.waiting" ||
      event.type === "lock.grantedAfterWait"
    ) {
      locks.set(event.lock.id, event.lock);
    } else if (event.type === "lock.blockersChanged") {
      const lock = locks.get(event.id);
      if (lock !== undefined) locks.set(event.id, { ...lock, ...{ blockers: event.blockers } });
    } else if (event.type === "lock.released") {
      for (const id of event.ids) locks.delete(id);
    } else if (event.type === "lock.moved") {
      for (const lock of event.locks) locks.set(lock.id, lock);
    }
  }
  return [...locks.values()].sort((one, other) => one.id - other.id);
}

function standing({ locks }: Bench): unknown[] {
  const { recLocks, tableLocks } = locks.lockRows();
  return [...recLocks, ...tableLocks].sort((one, other) => one.id - other.id);
}
