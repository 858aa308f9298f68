import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { ComparedRun } from "../../src/store/comparing.ts";
import type { Script } from "../../src/store/script.ts";
import { atLevel, goingFirst } from "../../src/store/variants.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import {
  alsoDiffers,
  comparedRuns,
  deedOf,
  lockKey,
} from "../../src/views/compare/compare_rows.ts";
import { scheduleRows } from "../../src/views/schedule/schedule_rows.ts";
import { scheduleText } from "../../src/views/session/schedule_text.ts";

const A = "A" as SessionName;
const B = "B" as SessionName;
const step = (session: SessionName, sql: string): Step => ({ session, sql });

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
  "INSERT INTO t VALUES (1, 10), (5, 50)",
];

function script(...steps: readonly Step[]): Script {
  return { lesson: null, scenario: { id: "x", setup: SETUP, steps }, sessions: [A, B] };
}

function played(given: Script): ComparedRun {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(simulation.setup(given.scenario.setup)).toBeNull();
  for (const each of given.scenario.steps) simulation.step(each);
  return { script: given, timeline: appended(emptyTimeline, events) };
}

const reads = script(
  step(A, "BEGIN"),
  step(A, "SELECT v FROM t WHERE id = 1"),
  step(B, "UPDATE t SET v = 11 WHERE id = 1"),
  step(A, "SELECT v FROM t WHERE id = 1"),
);

describe("two runs beside each other", () => {
  it("differ nowhere when they are the same", () => {
    const run = played(reads);
    expect(comparedRuns(run, played(reads)).first).toBeNull();
  });

  it("part at the second read when one is at READ COMMITTED", () => {
    const runs = comparedRuns(played(reads), played(atLevel(reads, "READ COMMITTED")));
    expect(runs.first).toBe(3);
    expect(runs.rows[3]?.difference).toBe("result");
  });

  it("do not part at a level that one of them chose by itself, but where it matters", () => {
    const level = step(B, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    const [begin, ...others] = reads.scenario.steps as [Step, ...Step[]];
    const given = script(begin, level, ...others);
    const runs = comparedRuns(played(given), played(atLevel(given, "READ COMMITTED")));
    expect(runs.rows[1]).toMatchObject({ right: null, difference: null });
    expect(runs.first).toBe(4);
    expect(runs.rows[4]?.difference).toBe("result");
    const writes = script(begin, level, step(A, "SELECT * FROM t FOR UPDATE"));
    const locked = comparedRuns(played(writes), played(atLevel(writes, "READ COMMITTED")));
    expect(locked.first).toBe(2);
    expect(locked.rows[2]?.difference).toBe("locks");
  });

  it("part at a wait that only one side has", () => {
    const writes = script(
      step(A, "BEGIN"),
      step(A, "SELECT * FROM t WHERE id = 3 FOR UPDATE"),
      step(B, "INSERT INTO t VALUES (4, 40)"),
    );
    const runs = comparedRuns(played(writes), played(atLevel(writes, "READ COMMITTED")));
    expect(runs.rows.map(({ difference }) => difference)).toEqual([null, "locks", "wait"]);
    expect(runs.first).toBe(1);
  });

  it("part at the first other statement, not at the same one before that ends differently because of it", () => {
    const waits = [
      step(A, "BEGIN"),
      step(A, "UPDATE t SET v = 0 WHERE id = 1"),
      step(B, "UPDATE t SET v = 1 WHERE id = 1"),
    ];
    const idle = played(script(...waits, step(A, "SELECT 1")));
    const commits = played(script(...waits, step(A, "COMMIT")));
    const runs = comparedRuns(idle, commits);
    expect(runs.rows.map(({ difference }) => difference)).toEqual([null, null, "result", "order"]);
    expect(runs).toMatchObject({ first: 3, firstOnRight: 3, endsDifferently: 2 });
    // A step that only one side has is another one too.
    const fewer = played(script(...waits));
    expect(comparedRuns(fewer, commits)).toMatchObject({ first: 3, endsDifferently: 2 });
    expect(comparedRuns(commits, fewer)).toMatchObject({ first: 3, endsDifferently: 2 });
    // On other tables it is the tables that may be why.
    const { script: there } = commits;
    const setup = [...SETUP, "INSERT INTO t VALUES (9, 90)"];
    const elsewhere = played({ ...there, scenario: { ...there.scenario, setup } });
    expect(comparedRuns(idle, elsewhere)).toMatchObject({ first: 2, endsDifferently: null });
    // Statements in another order: no statement is another one.
    const late = played(script(...waits, step(A, "SELECT 1"), step(A, "COMMIT")));
    const early = played(script(...waits, step(A, "COMMIT"), step(A, "SELECT 1")));
    expect(comparedRuns(late, early).endsDifferently).toBeNull();
  });

  it("part where locks come, and go together again where none come or go", () => {
    const given = script(
      step(A, "BEGIN"),
      step(A, "SELECT * FROM t WHERE v = 10 FOR UPDATE"),
      step(B, "BEGIN"),
      step(B, "SELECT 1"),
    );
    const runs = comparedRuns(played(given), played(atLevel(given, "READ COMMITTED")));
    expect(runs.rows.map(({ difference }) => difference)).toEqual([null, "locks", null, null]);
  });

  it("have a first difference in the order of either side", () => {
    const both = script(
      step(A, "SELECT v FROM t WHERE id = 1"),
      step(A, "SELECT v FROM t WHERE id = 5"),
      step(B, "UPDATE t SET v = v + 1"),
    );
    const steps = [both.scenario.steps[2], both.scenario.steps[1], both.scenario.steps[0]];
    const other = { ...both.scenario, steps: steps as readonly Step[] };
    const runs = comparedRuns(played(both), played({ ...both, scenario: other }));
    expect(runs.first).toBe(0);
    expect(runs.rows[0]?.right?.command).toBe(2);
    expect(runs.firstOnRight).toBe(1);
    expect(runs.rows[1]?.right?.command).toBe(1);
  });

  it("find the same statement in another order, and compare what it got", () => {
    const other = { ...reads.scenario, steps: goingFirst(reads.scenario.steps, B) };
    const runs = comparedRuns(played(reads), played({ ...reads, scenario: other }));
    expect(runs.rows.map(({ right }) => right?.command)).toEqual([1, 2, 0, 3]);
    expect(runs.first).toBe(1);
    expect(runs.rows[1]?.difference).toBe("result");
  });

  it("put two statements side by side where the futures part, with what each waits for and has locked", () => {
    const held = [
      step(A, "BEGIN"),
      step(A, "SELECT * FROM t WHERE id = 3 FOR UPDATE"),
      step(B, "BEGIN"),
    ];
    const left = played(script(...held, step(B, "INSERT INTO t VALUES (4, 40)")));
    const right = played(
      script(...held, step(B, "SELECT * FROM t WHERE id = 5 FOR UPDATE"), step(B, "COMMIT")),
    );
    const { rows, first } = comparedRuns(left, right);
    expect(rows.map((row) => [row.left?.command, row.right?.command])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [undefined, 4],
    ]);
    expect(first).toBe(3);
    const [mine, other] = [rows[3]?.left, rows[3]?.right];
    if (!mine || !other || !rows[3]) throw new Error("not side by side");
    const deeds = { left: deedOf(left, mine), right: deedOf(right, other) };
    const [wait] = deeds.left.waits;
    if (wait === undefined || typeof wait.lock === "string") throw new Error("no lock waited for");
    expect([lockKey(wait.lock), wait.of]).toEqual([
      "B t.PRIMARY X,GAP,INSERT_INTENTION waiting 5",
      "A",
    ]);
    expect(deeds.left.took).toEqual([]);
    expect(deeds.right.waits).toEqual([]);
    expect(deeds.right.took.map(lockKey)).toEqual(["B t.PRIMARY X,REC_NOT_GAP granted 5"]);
    expect(alsoDiffers(rows[3], deeds)).toEqual(["wait", "locks"]);
  });

  it("put what only one of two futures has where it stands there", () => {
    const [begin, read, update] = reads.scenario.steps as readonly [Step, Step, Step];
    const left = played(script(begin, read, step(A, "COMMIT")));
    const right = played(script(begin, read, step(A, "COMMIT"), update));
    const runs = comparedRuns(left, right);
    expect(runs.first).toBe(3);
    expect(runs.rows[3]).toMatchObject({ left: null, difference: "order" });
  });
});

describe("the schedule", () => {
  const waits = script(
    step(A, "BEGIN"),
    step(A, "UPDATE t SET v = 1 WHERE id = 1"),
    step(B, "UPDATE t SET v = 2 WHERE id = 1"),
    step(B, "SELECT 1"),
    step(A, "COMMIT"),
    step(B, "@disconnect"),
    step(B, "SELECT 2"),
  );

  it("says which statements a waiting or closed session was not given", () => {
    const { timeline } = played(waits);
    const rows = scheduleRows(timeline, waits.scenario.steps);
    expect(rows.map(({ skipped }) => skipped)).toEqual([
      null,
      null,
      null,
      "waiting",
      null,
      null,
      null,
    ]);
    // The client finds its connection closed, and says so itself.
    expect(rows.map(({ refused }) => refused?.errno ?? null)).toEqual([
      ...Array.from({ length: 6 }, () => null),
      2013,
    ]);
    expect(rows[2]?.statement?.outcome?.kind).toBe("ok");
    expect(rows[2]?.statement?.endedAt).toBeGreaterThanOrEqual(rows[2]?.end ?? 0);
    expect(rows[3]?.end).toBe(rows[2]?.end);
  });

  it("is copied as text", () => {
    const { timeline } = played(waits);
    expect(scheduleText(waits.scenario, timeline)).toContain(
      "B> SELECT 1;\n-- not run\n\nA> COMMIT;\nQuery OK, 0 rows affected (0.00 sec)",
    );
  });
});
