/** Locks that go with their record, or with a wait that is given up, are told of as their owners'; deadlocks of one step together. */
import { expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvents } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { explain } from "../../src/trace/explain.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { deadlocksTogether } from "../../src/trace/why/deadlocks_together.ts";
import { why } from "../../src/trace/why/why.ts";

function played(setup: readonly string[], steps: readonly (readonly [string, string])[]) {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(simulation.setup(setup)).toBeNull();
  for (const [session, sql] of steps) simulation.step({ session: session as SessionName, sql });
  return events;
}

const NAMES = [
  "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(9), UNIQUE KEY uk (name))",
  "INSERT INTO t VALUES (1, 'apple'), (2, 'pear')",
];

it("a request that goes with the record is the waiter's, not the one's who removes it", () => {
  const events = played(NAMES, [
    ["A", "BEGIN"],
    ["A", "INSERT INTO t VALUES (3, 'kiwi')"],
    ["B", "BEGIN"],
    ["B", "INSERT INTO t VALUES (4, 'kiwi')"],
    ["A", "ROLLBACK"],
  ]);
  const dropped = events.find(
    (event) => event.type === "lock.released" && event.why === "recordRemoved",
  );
  if (dropped === undefined) throw new Error("nothing was dropped");
  expect(explain(dropped, "en")).toMatch(/B's request for t\.uk S @ 'kiwi', 3\. Why: the record/);
  expect(explain(dropped, "en")).not.toContain("A gives back");
  expect(explain(dropped, "zh")).toContain("B 对 t.uk S @ 'kiwi', 3 的请求");
});

it("the victim's request is the victim's", () => {
  const events = played(
    ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1), (2, 2)"],
    [
      ["A", "BEGIN"],
      ["B", "BEGIN"],
      ["A", "UPDATE t SET v = 9 WHERE id = 1"],
      ["B", "UPDATE t SET v = 9 WHERE id = 2"],
      ["A", "UPDATE t SET v = 8 WHERE id = 2"],
      ["B", "UPDATE t SET v = 8 WHERE id = 1"],
    ],
  );
  const dropped = events.find(
    (event) => event.type === "lock.released" && event.why === "deadlockVictim",
  );
  if (dropped === undefined) throw new Error("nothing was dropped");
  expect(explain(dropped, "en")).toBe(
    "Dropped: B's request for t.PRIMARY X,REC_NOT_GAP @ 1. Why: its transaction was chosen as the deadlock's victim.",
  );
});

it("a gap that an insert cuts in two stays locked, and it is said why", () => {
  const events = played(
    ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (10), (20)"],
    [
      ["A", "BEGIN"],
      ["A", "SELECT * FROM t WHERE id = 15 FOR UPDATE"],
      ["A", "INSERT INTO t VALUES (15)"],
    ],
  );
  const passed = events.find((event) => event.type === "lock.granted" && event.why === "gapSplit");
  if (passed === undefined) throw new Error("nothing was inherited");
  const after = applyEvents(initialState, events.slice(0, passed.seq + 1));
  const rule = why(passed, after, "en", (seq) => events[seq] ?? null)?.rule ?? [];
  expect(rule[0]).toMatch(
    /^15 was inserted into a gap that A had locked, and cut it in two\..* between 10 and 15/,
  );
  expect(explain(passed, "zh")).toContain("这条记录插进了一个被锁的间隙");
});

it("a gap lock that comes from a request is not told as one of what was locked", () => {
  const events = played(
    ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (10), (20)"],
    [
      ["A", "BEGIN"],
      ["A", "INSERT INTO t VALUES (15)"],
      ["B", "BEGIN"],
      ["B", "SELECT * FROM t WHERE id = 15 FOR UPDATE"],
      ["A", "ROLLBACK"],
    ],
  );
  const passed = events.find(
    (event) =>
      event.type === "lock.granted" && event.why === "inherited" && event.lock.session === "B",
  );
  if (passed === undefined) throw new Error("nothing was inherited");
  const after = applyEvents(initialState, events.slice(0, passed.seq + 1));
  const rule = (language: "en" | "zh") =>
    why(passed, after, language, (seq) => events[seq] ?? null)?.rule[0];
  expect(rule("en")).toMatch(/What was asked for there passes to 20 as a gap lock/);
  expect(rule("zh")).toContain("那里请求的锁由 20 继承");
});

it("of a row that is read it is said that the server tests WHERE, and what becomes of its lock", () => {
  const events = played(
    ["CREATE TABLE t (id INT PRIMARY KEY, d INT)", "INSERT INTO t VALUES (1, 1), (2, 2)"],
    [
      ["A", "BEGIN"],
      ["A", "SELECT * FROM t WHERE d = 2 FOR UPDATE"],
      ["B", "SELECT * FROM t WHERE id = 1"],
    ],
  );
  const rules = events.flatMap((event) => {
    if (event.type !== "rec.visited" || event.verdict !== "match") return [];
    const after = applyEvents(initialState, events.slice(0, event.seq + 1));
    return [why(event, after, "en", (seq) => events[seq] ?? null)?.rule.join(" ")];
  });
  const [first, second, third] = rules;
  expect(first).toMatch(/through the whole index.*tests WHERE on it.*its lock stays/);
  expect(second).toBe(first);
  expect(third).toMatch(/No other part of WHERE/);
});

it("two deadlocks of one step are both told, those of other steps are not", () => {
  const events = played(
    ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (10)"],
    [
      ["A", "BEGIN"],
      ["A", "INSERT INTO t VALUES (5)"],
      ["B", "BEGIN"],
      ["B", "INSERT INTO t VALUES (5)"],
      ["C", "BEGIN"],
      ["C", "INSERT INTO t VALUES (5)"],
      ["D", "BEGIN"],
      ["D", "INSERT INTO t VALUES (5)"],
      ["A", "ROLLBACK"],
    ],
  );
  const { lastDeadlock } = applyEvents(initialState, events);
  if (lastDeadlock === null) throw new Error("no deadlock");
  const together = deadlocksTogether(lastDeadlock, (seq) => events[seq] ?? null);
  const found = events.filter((event) => event.type === "deadlock.found");
  expect(found.length).toBeGreaterThan(1);
  expect(together.map(({ seq }) => seq)).toEqual(found.map(({ seq }) => seq));
});
