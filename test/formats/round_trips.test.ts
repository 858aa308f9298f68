/** What is exported reads back as the same scenario, and no text makes the readers fail. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scenarioInText } from "../../src/embed/session_comments.ts";
import { goldenScript } from "../../src/formats/export_golden.ts";
import { mysqltestScript } from "../../src/formats/export_mysqltest.ts";
import { pythonScript } from "../../src/formats/export_python.ts";
import { scenarioFile } from "../../src/formats/export_scenario.ts";
import { scheduleSql, sqlFiles } from "../../src/formats/export_sql.ts";
import { type PlayedStep, playedSteps } from "../../src/formats/played.ts";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { DISCONNECT, type Scenario, type Step } from "../../src/trace/scenario.ts";
import { only, read, scenarios } from "./imported_text.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, v INT, s VARCHAR(40), KEY (v))",
  "CREATE PROCEDURE q(n INT) BEGIN DELETE FROM t WHERE id = n; SELECT n; END",
  "INSERT INTO t VALUES (1, 10, 'a'), (2, 20, '-- B'), (3, 30, '关羽;')",
];
const STATEMENTS = [
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
  "SELECT * FROM t WHERE v = 20 FOR UPDATE",
  "UPDATE t SET s = 'x; -- A'\n  WHERE id = 2",
  "INSERT INTO t VALUES (4, 15, '#')",
  "DELETE FROM t WHERE v > 25",
  "SELECT /* all */ COUNT(*) AS n FROM t",
  "SELECT FROM t",
  "CREATE PROCEDURE p(n INT) BEGIN UPDATE t SET v = n WHERE id = 1; SELECT v FROM t; END",
  "CALL p(5)",
  `KILL QUERY ${"$"}{B}`,
];

const SESSIONS = ["A", "B", "C"] as readonly string[] as readonly SessionName[];
const statement: fc.Arbitrary<Step> = fc.record({
  session: fc.constantFrom(...SESSIONS),
  sql: fc.constantFrom(...STATEMENTS),
});
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: statement },
  { weight: 1, arbitrary: fc.constantFrom(1, 2.5, 60).map((advance) => ({ advance })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...SESSIONS).map((session) => ({ session, sql: DISCONNECT })),
  },
);

function scenarioOf(steps: readonly Step[]): Scenario {
  return { id: "made", title: "Made up", setup: SETUP, steps };
}

function play(scenario: Scenario): readonly PlayedStep[] {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(simulation.setup(scenario.setup)).toBeNull();
  for (const step of scenario.steps) simulation.step(step);
  return playedSteps(scenario, events);
}

/** In the other formats a session is first heard of when it runs something. */
function comparable(steps: readonly Step[], keeps: (step: Step) => boolean = () => true) {
  return steps
    .filter(keeps)
    .map((step) => ("sql" in step ? { ...step, sql: step.sql.replace(/\s+/g, " ") } : step));
}

const isStatement = (step: Step): boolean => "sql" in step && step.sql !== DISCONNECT;

describe("a scenario", () => {
  it("comes back from its own file as it was, with futures, editors and position", () => {
    const someSteps = fc.array(anyStep, { maxLength: 20 });
    fc.assert(
      fc.property(
        someSteps,
        fc.array(someSteps, { maxLength: 3 }),
        fc.nat(500),
        (steps, left, at) => {
          const scenario = scenarioOf(steps);
          const futures = left.map((others, n) => ({
            id: scenario.id,
            setup: n === 1 ? ["CREATE TABLE other (id INT)"] : scenario.setup,
            steps: others,
          }));
          const log = at % 2 === 0 ? null : "*** (1) TRANSACTION:\nTRANSACTION 5";
          const page = { editors: { A: "SELECT 1;\n" }, position: at, futures, log };
          const back = only(scenarioFile(scenario, page));
          expect(back.scenario).toEqual(scenario);
          expect(back.editors).toEqual(page.editors);
          expect(back.position).toBe(at);
          expect(back.futures).toEqual(futures);
          expect(back.log ?? null).toBe(log);
        },
      ),
    );
  });

  it("comes back from its own file with the rows that are printed vertically", () => {
    const sql = { session: "A" as SessionName, sql: "SELECT 1", vertical: true } as const;
    expect(only(scenarioFile(scenarioOf([sql]), null)).scenario.steps).toEqual([sql]);
  });

  it("comes back from SQL with the session behind each statement, time between them included", () => {
    const timed = fc.oneof(
      { weight: 6, arbitrary: statement },
      { weight: 1, arbitrary: fc.constantFrom(0.5, 51).map((advance): Step => ({ advance })) },
    );
    fc.assert(
      fc.property(fc.array(timed, { minLength: 1, maxLength: 12 }), (made) => {
        // Time that passes in two pieces reads back as one.
        const isSecond = (step: Step, at: number): boolean =>
          "advance" in step && at > 0 && "advance" in (made[at - 1] ?? {});
        const rest = made.filter((step, at) => !isSecond(step, at));
        const steps = [{ session: "A" as SessionName, sql: "BEGIN" }, ...rest];
        const scenario = scenarioOf(steps);
        const back = only(scheduleSql(scenario, play(scenario)));
        expect(back.scenario.setup).toEqual(SETUP);
        expect(comparable(back.scenario.steps)).toEqual(comparable(steps));
      }),
      { numRuns: 60 },
    );
  });

  it("is the same in a post's code block as in a file", () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 12 }), (steps) => {
        const scenario = scenarioOf(steps);
        const sql = scheduleSql(scenario, play(scenario));
        const { setup, steps: read } = only(sql).scenario;
        expect(scenarioInText(sql)).toEqual({ setup, steps: read });
      }),
      { numRuns: 60 },
    );
  });

  it("comes back from a golden script, time and disconnects included", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 12 }), (given) => {
        const steps = [{ session: "A" as SessionName, sql: "BEGIN" }, ...given].filter(isKnown);
        const scenario = scenarioOf(steps);
        const back = only(goldenScript(scenario, play(scenario)));
        expect(back.scenario.setup).toEqual(SETUP);
        expect(comparable(back.scenario.steps)).toEqual(comparable(steps));
      }),
      { numRuns: 60 },
    );
  });

  it("comes back from a mysqltest script with every statement that a session could take", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 12 }), (steps) => {
        const scenario = scenarioOf(steps);
        const played = play(scenario);
        const back = only(mysqltestScript(scenario, played));
        expect(back.scenario.setup).toEqual(SETUP);
        const taken = played.filter((one) => one.kind !== "skipped").map((one) => one.step);
        expect(comparable(back.scenario.steps, isStatement)).toEqual(
          comparable(taken, isStatement),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("gives each session a file with its own statements in their order, and no others", () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 10 }), (steps) => {
        const scenario = scenarioOf(steps);
        const files = sqlFiles(scenario, play(scenario));
        const names = files.map((one) => one.name);
        expect(names.slice(-2)).toEqual(["setup.sql", "schedule.sql"]);
        for (const name of SESSIONS) {
          const own = steps.filter((step) => "session" in step && step.session === name);
          const file = files.find((one) => one.name === `${name}.sql`);
          const back = file === undefined ? [] : only(file.text).scenario.steps;
          const given = comparable(own).map((step) => ("sql" in step ? step.sql : ""));
          expect(comparable(back).map((step) => ("sql" in step ? step.sql : ""))).toEqual(given);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("says to each session when to go on, what waits, and who is the deadlock's victim", () => {
    const [a, b] = ["A", "B"] as readonly string[] as readonly [SessionName, SessionName];
    const update = (session: SessionName, id: number): Step => ({
      session,
      sql: `UPDATE t SET v = 0 WHERE id = ${id}`,
    });
    const begin = (session: SessionName): Step => ({ session, sql: "BEGIN" });
    const cross = [begin(a), begin(b), update(a, 1), update(b, 2), update(a, 2), update(b, 1)];
    const filesOf = (scenario: Scenario) => {
      const files = sqlFiles(scenario, play(scenario));
      return (name: string) => files.find((one) => one.name === name)?.text.split("\n") ?? [];
    };
    const fileOf = filesOf(scenarioOf(cross));
    expect(fileOf("A.sql")).toContain("-- step 5: waits for B");
    expect(fileOf("B.sql")).toContain("-- go on when A has sent step 5 (which waits)");
    expect(fileOf("B.sql")).toContain(
      "-- step 6: gets 1213 here, as the deadlock's victim; A goes on",
    );
    const timeOut = filesOf(
      scenarioOf([begin(a), begin(b), update(b, 1), update(a, 1), { advance: 60 }, begin(b)]),
    );
    expect(timeOut("A.sql")).toContain("-- step 4: waits for B; gets 1205 in step 5");
    const others = timeOut("B.sql");
    const sent = others.indexOf("-- go on when A has sent step 4 (which waits)");
    expect(others.indexOf("-- step 5: 60 s pass")).toBe(sent + 1);
    expect(sent).toBeGreaterThan(0);
    expect(filesOf({ ...scenarioOf(cross), setup: [] })("setup.sql")).toEqual([]);
  });
});

/** A session's disconnect before it has run anything leaves no trace in the other formats. */
function isKnown(step: Step, at: number, all: readonly Step[]): boolean {
  if (!("sql" in step) || step.sql !== DISCONNECT) return true;
  return all
    .slice(0, at)
    .some((one) => isStatement(one) && "session" in one && one.session === step.session);
}

describe("the exported Python script", () => {
  it("carries a plan that says what the simulation said", () => {
    const scenario = scenarioOf([
      { session: "A" as SessionName, sql: "BEGIN" },
      { session: "A" as SessionName, sql: "UPDATE t SET v = 11 WHERE id = 1" },
      { session: "B" as SessionName, sql: 'UPDATE t SET v = \'"""\' WHERE id = 1' },
      { session: "A" as SessionName, sql: "COMMIT" },
      { session: "B" as SessionName, sql: "SELECT s FROM t WHERE id = 3" },
    ]);
    const script = pythonScript(scenario, play(scenario));
    const plan = JSON.parse(/json\.loads\(r"""\n([\s\S]*?)\n"""\)/.exec(script)?.[1] ?? "");
    expect(plan.setup).toEqual(SETUP);
    expect(plan.sessions).toEqual(["A", "B"]);
    expect(plan.steps[2].expect).toEqual({ outcome: "blocked" });
    expect(plan.steps[3].woken).toEqual([
      { step: 2, session: "B", expect: { outcome: "error", errno: 1366 } },
    ]);
    expect(plan.steps[4].expect).toEqual({ outcome: "ok", columns: ["s"], rows: [["关羽;"]] });
  });
});

describe("no text", () => {
  const pieces = fc.constantFrom(
    ...'-- T1\n|/*|*/|\'|"|`|;|\n|{|}|session a\n|step x {|permutation |setup |connect (c,|connection d;\n|send |reap;|--error 1\n|delimiter |```sql\n|```\n|| S1 | S2 |\n|-- | --|\n|steps:\n|setup: \n|  - A: |A> |---\n|BEGIN|SELECT 1|CREATE TABLE t (id INT)|create procedure p() begin|end|Query: "/* client a */|SetUpScript: []string{|[|{"steps":[|perl;\n|if (|while (1) {|\\|\u0000|会话 1|$x|let $x = 1;\n|eval '
      .split("|")
      .concat(["|"]),
  );
  it("makes a reader throw, and nothing that is read has a session or a length it should not", () => {
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
      fc.string({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("x", "x.test", "x.spec", "x.yaml"), (given, name) => {
        const result = read(given, name);
        if (result.kind !== "imported") return;
        for (const { scenario, remarks } of result.scenarios) {
          for (const step of scenario.steps) {
            if ("session" in step) expect("ABCDEFGH").toContain(step.session);
          }
          const lines = given.split("\n").length;
          for (const { line } of remarks) expect(line >= 1 && line <= lines).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("is lost when it comes from Windows", () => {
    const text = "create table t (id int);\nbegin; -- T1\ncommit; -- T2\n";
    const [unix] = scenarios(text);
    const [windows] = scenarios(`\uFEFF${text.replaceAll("\n", "\r\n")}`);
    expect(windows).toEqual(unix);
  });
});
