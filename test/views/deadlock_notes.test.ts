import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { deadlockParts } from "../../src/views/stage/deadlock_notes.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

const GAPS = {
  setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (10), (20)"],
  steps: [
    "A: BEGIN",
    "A: SELECT * FROM t WHERE id = 15 FOR UPDATE",
    "B: BEGIN",
    "B: SELECT * FROM t WHERE id = 30 FOR UPDATE",
    "B: INSERT INTO t VALUES (16)",
    "A: INSERT INTO t VALUES (31)",
  ],
};

describe("the notes beside InnoDB's deadlock log", () => {
  it("leave out nothing of the log, and say something of each part", () => {
    const { section, parts } = partsOf(SCRIPTS.deadlockOfTwo);
    expect(
      parts
        .map(({ text }) => text)
        .join("\n")
        .replace(/\n+/g, "\n"),
    ).toBe(section.replace(/\n+/g, "\n"));
    expect(parts.map(({ text }) => text.split("\n")[0])).toEqual([
      "-".repeat(24),
      "*** (1) TRANSACTION:",
      "*** (1) HOLDS THE LOCK(S):",
      "*** (1) WAITING FOR THIS LOCK TO BE GRANTED:",
      "*** (2) TRANSACTION:",
      "*** (2) HOLDS THE LOCK(S):",
      "*** (2) WAITING FOR THIS LOCK TO BE GRANTED:",
      "*** WE ROLL BACK TRANSACTION (2)",
    ]);
    expect(parts.every(({ notes }) => notes.length > 0)).toBe(true);
  });

  it("say what the bytes of a record are", () => {
    const { parts } = partsOf(GAPS);
    const said = parts.map(({ notes }) => notes.join(" "));
    expect(said.filter((note) => note.includes("80000014 is 20."))).toHaveLength(2);
  });

  it("name the sessions, the weights and the locks by what they lock", () => {
    const { parts } = partsOf(SCRIPTS.deadlockOfTwo);
    expect(parts[1]?.notes[0]).toContain("Transaction (1) is session A");
    expect(parts[4]?.notes[0]).toContain("Transaction (2) is session B");
    expect(parts[2]?.notes.join(" ")).toContain("the record alone, not the gap before it");
    expect(parts[2]?.notes.join(" ")).toContain("X,REC_NOT_GAP");
    // How a record is printed is said once.
    expect(parts.filter(({ notes }) => notes.join().includes("80000001"))).toHaveLength(1);
  });

  it("tell of a lock on several records all of them, the one that is waited for first", () => {
    const { parts } = partsOf({
      setup: [
        "CREATE TABLE a (id INT PRIMARY KEY, owner VARCHAR(9), KEY (owner))",
        "INSERT INTO a VALUES (1, 'alice'), (2, 'bob')",
      ],
      steps: [
        "A: BEGIN",
        "B: BEGIN",
        "A: SELECT * FROM a FORCE INDEX (owner) WHERE owner = 'bob' FOR UPDATE",
        "B: SELECT * FROM a FORCE INDEX (owner) WHERE owner = 'alice' FOR UPDATE",
        "A: SELECT * FROM a FORCE INDEX (owner) WHERE owner = 'alice' FOR UPDATE",
        "B: SELECT * FROM a FORCE INDEX (owner) WHERE owner = 'bob' FOR UPDATE",
      ],
    });
    const said = parts[2]?.notes.join(" ");
    expect(said).toContain("a next-key lock");
    expect(said).toContain("all of these: 'bob', which (2) waits for, and supremum.");
  });

  it("tell a gap, the end of the index and an insert intention apart", () => {
    const { parts } = partsOf(GAPS);
    const notes = parts.map((part) => part.notes.join(" "));
    expect(notes[2]).toContain("the gap behind the last record");
    expect(notes[3]).toContain("wants to insert into the gap before this record");
    expect(notes[5]).toContain("the gap before the record alone");
    expect(notes[6]).toContain("wants to insert");
  });
});

function partsOf(script: { readonly setup: readonly string[]; readonly steps: readonly string[] }) {
  const { state } = runSql(script);
  const simulation = new Simulation({ emit: () => {} });
  simulation.setup(script.setup);
  for (const step of script.steps) {
    const [, session = "", sql = ""] = /^(\w+): (.*)$/s.exec(step) ?? [];
    simulation.step({ session: session as SessionName, sql });
  }
  const { outcome } = simulation.step({
    session: "Z" as SessionName,
    sql: "SHOW ENGINE INNODB STATUS",
  });
  const text = outcome?.kind === "rows" ? String(outcome.rows[0]?.[2]) : "";
  const section = /-{24}\nLATEST DETECTED DEADLOCK[\s\S]*?WE ROLL BACK TRANSACTION \(\d+\)/.exec(
    text,
  );
  if (section === null || state.lastDeadlock === null) throw new Error("no deadlock");
  return { section: section[0], parts: deadlockParts(section[0], state.lastDeadlock, "en") };
}
