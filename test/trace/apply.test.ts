import { describe, expect, it } from "vitest";
import { intMapGet, intMapToArray } from "../../src/base/int_map.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { State } from "../../src/trace/state.ts";
import { stateDifference } from "../../src/trace/state_difference.ts";
import { phantomTrace } from "./phantom_trace.ts";

const events = phantomTrace();

/** The state when the command with this number is over. */
function stateAfter(command: number): State {
  return applyEvents(
    initialState,
    events.filter((event) => event.command <= command),
  );
}

function session(state: State, name: string) {
  return state.sessions.find((candidate) => candidate.name === name);
}

describe("the fold", () => {
  it("keeps the records of a page in key order", () => {
    const state = stateAfter(3);
    const [index] = intMapToArray(state.indexes);
    const [page] = index === undefined ? [] : intMapToArray(index.pages);
    const keys = page?.recs.map((rec) => intMapGet(state.recs, rec)?.key);
    expect(keys).toEqual(["0", "1", "5", "10", "15", "20", "25"]);
  });

  it("shows a locking read's seven locks as granted", () => {
    const locks = intMapToArray(stateAfter(1).recLocks);
    expect(locks.map((lock) => `${lock.session} ${lock.data}`)).toEqual([
      "A 0",
      "A 5",
      "A 10",
      "A 15",
      "A 20",
      "A 25",
      "A supremum pseudo-record",
    ]);
  });

  it("says for whom a session waits, since when, and what its transaction waits for", () => {
    const state = stateAfter(2);
    expect(session(state, "B")).toMatchObject({
      status: "waiting",
      statement: 3,
      wait: { blockers: ["A"], sinceMs: 0 },
    });
    expect(intMapGet(state.trxs, 2)).toMatchObject({ id: 102, waitsFor: 8 });
    expect(intMapGet(state.statements, 3)?.waits).toMatchObject([{ toSeq: null }]);
  });

  it("closes the wait when the statement goes on, and ends the statement", () => {
    const state = stateAfter(3);
    expect(session(state, "B")).toMatchObject({ status: "idle", statement: null, wait: null });
    const statement = intMapGet(state.statements, 3);
    expect(statement?.waits).toHaveLength(1);
    expect(statement?.waits[0]?.toSeq).not.toBeNull();
    expect(statement?.outcome).toMatchObject({ kind: "ok", affected: 1 });
    expect(intMapToArray(state.recLocks)).toHaveLength(1);
  });

  it("shares what an event does not touch", () => {
    const before = stateAfter(1);
    const next = stateAfter(2);
    expect(next.recs).toEqual(before.recs);
    const [last] = events.slice(before.seq);
    const one = last === undefined ? before : applyEvents(before, [last]);
    expect(one.recs).toBe(before.recs);
    expect(one.indexes).toBe(before.indexes);
  });
});

describe("the difference of two states", () => {
  it("is empty for equal states, whatever the depth of their maps", () => {
    const state = stateAfter(3);
    expect(stateDifference(state, JSON.parse(JSON.stringify(state)))).toEqual([]);
    const deeper = { ...state.recs, depth: state.recs.depth + 1, root: [state.recs.root] };
    expect(stateDifference(state, { ...state, recs: deeper })).toEqual([]);
  });

  it("names the path of what differs", () => {
    const state = stateAfter(2);
    const other = { ...state, clockMs: 5, recLocks: initialState.recLocks };
    const [first, ...rest] = stateDifference(state, other);
    expect(first).toBe("clockMs: 0 is not 5");
    expect(rest).toHaveLength(8);
  });
});
