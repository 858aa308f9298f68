/** A wait that its limit ends: which limit it was, and what was never held is not called given back. */
import { describe, expect, it } from "vitest";
import { waitEdges } from "../../src/diagrams/wait_edges.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { explain } from "../../src/trace/explain.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { why } from "../../src/trace/why/why.ts";

function played(steps: readonly Step[]): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  const setup = ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)"];
  expect(simulation.setup(setup)).toBeNull();
  for (const step of steps) simulation.step(step);
  return events;
}

function runs(session: string, ...statements: readonly string[]): readonly Step[] {
  return statements.map((sql) => ({ session: session as SessionName, sql }));
}

/** Why each statement of the session ended with 1205, in Chinese, and how it went on. */
function failures(events: readonly TraceEvent[], session: string): readonly string[] {
  let state = initialState;
  return events.flatMap((event) => {
    state = applyEvent(state, event);
    const isEnd = event.type === "statement.ended" && event.outcome.kind === "error";
    if (event.session !== session || !(isEnd || event.type === "statement.resumed")) return [];
    return [why(event, state, "zh", (seq) => events[seq] ?? null)?.rule.join("") ?? ""];
  });
}

const BEHIND_ALTER = [
  ...runs("A", "BEGIN", "SELECT * FROM t"),
  ...runs("B", "ALTER TABLE t ADD INDEX (v)"),
  ...runs("C", "SET lock_wait_timeout = 3", "SELECT COUNT(*) FROM t"),
];

describe("a wait that lasted too long", () => {
  it("for a metadata lock names lock_wait_timeout", () => {
    const said = failures(played([...BEHIND_ALTER, { advance: 4 }]), "C");
    expect(said).toHaveLength(2);
    for (const text of said) expect(text).toContain("等待达到了 lock_wait_timeout 秒");
  });

  it("for a row names innodb_lock_wait_timeout", () => {
    const events = played([
      ...runs("A", "BEGIN", "UPDATE t SET v = 2"),
      ...runs("C", "UPDATE t SET v = 3"),
      { advance: 60 },
    ]);
    const said = failures(events, "C");
    expect(said.length).toBeGreaterThan(0);
    for (const text of said) expect(text).toContain("等待达到了 innodb_lock_wait_timeout 秒");
  });

  it("for a metadata lock gives up a request, no lock", () => {
    const events = played([...BEHIND_ALTER, { advance: 4 }]);
    const given = events.filter(
      (event) => event.type === "mdl.released" && event.session === "C" && event.why === "timeout",
    );
    expect(given.map((event) => explain(event, "zh"))).toEqual([
      "C 放弃等待元数据锁（TABLE sim.t SHARED_READ）：等待超时。",
    ]);
    expect(given.map((event) => explain(event, "en")).join()).toContain("C gives up waiting for");
  });
});

describe("who waits behind somebody that waits", () => {
  it("waits for a request that stands earlier, not for a lock that is held", () => {
    const state = played(BEHIND_ALTER).reduce(applyEvent, initialState);
    const edges = waitEdges(state).map(({ from, to, isQueued }) => ({ from, to, isQueued }));
    expect(edges).toEqual([
      { from: "B", to: "A", isQueued: false },
      { from: "C", to: "B", isQueued: true },
    ]);
  });
});
