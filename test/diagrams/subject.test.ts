import { describe, expect, it } from "vitest";
import { intMapGet, intMapToArray } from "../../src/base/int_map.ts";
import { subjectOf } from "../../src/diagrams/subject.ts";
import type { Ref } from "../../src/trace/ref.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { runSql, type Script } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

describe("what has no place on the index lines leads to one", () => {
  it("a session that waits, and its transaction, to the lock it waits for; the other to its first lock", () => {
    const { find, state, onRecord } = played(SCRIPTS.fullScan);
    expect(onRecord(find({ kind: "session", id: "B" as never }))).toBe("B waiting 5");
    const [b, a] = ["B", "A"].map((name) => state.sessions.find((each) => each.name === name));
    expect(onRecord(find({ kind: "trx", id: b?.trx as never }))).toBe("B waiting 5");
    expect(onRecord(find({ kind: "trx", id: a?.trx as never }))).toBe("A granted 0");
  });

  it("a statement to what it waits for, to what it changed, or to what it read", () => {
    const { statement, recordOf, onRecord } = played({
      setup: SCRIPTS.fullScan.setup,
      steps: [
        "A: BEGIN",
        "A: UPDATE t SET d=7 WHERE id>=10 AND d>10",
        "A: SELECT * FROM t WHERE id=5",
        "B: BEGIN",
        "B: UPDATE t SET d=8 WHERE id=20",
      ],
    });
    expect(statement("BEGIN")).toBeNull();
    expect(recordOf(statement("UPDATE t SET d=7"))).toBe("15");
    expect(recordOf(statement("SELECT"))).toBe("5");
    expect(onRecord(statement("UPDATE t SET d=8"))).toBe("B waiting 20");
  });

  it("a version and the line about its undo record to its record, a deadlock to the lock that closed it", () => {
    const { find, events, onRecord } = played(SCRIPTS.deadlockOfTwo);
    expect(find({ kind: "version", id: 0 as never, rec: 9 as never })).toEqual({
      kind: "rec",
      id: 9,
    });
    const undo = events.find((event) => event.type === "undo.written");
    expect(find({ kind: "event", id: undo?.seq as never })).toEqual({
      kind: "rec",
      id: undo?.undo.rec,
    });
    const found = events.find((event) => event.type === "deadlock.found");
    expect(onRecord(find({ kind: "event", id: found?.seq as never }))).toBe("B waiting 5");
  });
});

function played(script: Script) {
  const { events, state } = runSql(script);
  const timeline = appended(emptyTimeline, events);
  const find = (ref: Ref): Ref | null => subjectOf(state, timeline, ref);
  return {
    state,
    events,
    find,
    statement: (sql: string) => {
      const found = intMapToArray(state.statements).find((each) => each.sql.startsWith(sql));
      return find({ kind: "statement", id: found?.id as never });
    },
    recordOf: (ref: Ref | null) => intMapGet(state.recs, ref?.id as never)?.key,
    onRecord: (ref: Ref | null) => {
      const lock = intMapGet(state.recLocks, ref?.id as never);
      return ref?.kind === "lock" ? `${lock?.session} ${lock?.status} ${lock?.data}` : ref;
    },
  };
}
