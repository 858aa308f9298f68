/** What is advised about a deadlock: first what would have kept this circle from closing. */
import { describe, expect, it } from "vitest";
import { deadlockAdvice } from "../../src/trace/why/deadlock_advice.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

const T = ["CREATE TABLE t (id INT PRIMARY KEY, k INT, v INT, KEY (k))"];
const ROWS = [...T, "INSERT INTO t VALUES (10, 1, 1), (20, 2, 2)"];

const CIRCLES: Readonly<
  Record<string, readonly [setup: readonly string[], steps: readonly string[]]>
> = {
  gaps: [
    ROWS,
    [
      "A: BEGIN",
      "A: SELECT * FROM t WHERE id = 15 FOR UPDATE",
      "B: BEGIN",
      "B: SELECT * FROM t WHERE id = 16 FOR UPDATE",
      "A: INSERT INTO t VALUES (15, 5, 5)",
      "B: INSERT INTO t VALUES (16, 6, 6)",
    ],
  ],
  upgrade: [
    ROWS,
    [
      "A: BEGIN",
      "A: SELECT * FROM t WHERE id = 10 FOR SHARE",
      "B: BEGIN",
      "B: SELECT * FROM t WHERE id = 10 FOR SHARE",
      "A: UPDATE t SET v = 2 WHERE id = 10",
      "B: UPDATE t SET v = 3 WHERE id = 10",
    ],
  ],
  duplicate: [
    T,
    [
      "A: BEGIN",
      "A: INSERT INTO t VALUES (1, 1, 1)",
      "B: INSERT INTO t VALUES (1, 1, 1)",
      "C: INSERT INTO t VALUES (1, 1, 1)",
      "A: ROLLBACK",
    ],
  ],
  duplicateUpdate: [
    ["CREATE TABLE c (id INT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE, n INT)"],
    [
      "A: INSERT INTO c (k, n) VALUES (10, 1), (20, 1)",
      "A: BEGIN",
      "A: INSERT INTO c (k, n) VALUES (15, 1) ON DUPLICATE KEY UPDATE n = n + 1",
      "B: INSERT INTO c (k, n) VALUES (15, 1) ON DUPLICATE KEY UPDATE n = n + 1",
      "C: INSERT INTO c (k, n) VALUES (15, 1) ON DUPLICATE KEY UPDATE n = n + 1",
      "A: ROLLBACK",
    ],
  ],
  parent: [
    [
      "CREATE TABLE p (id INT PRIMARY KEY, stock INT)",
      "CREATE TABLE c (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES p (id))",
      "INSERT INTO p VALUES (1, 9)",
    ],
    [
      "A: BEGIN",
      "A: INSERT INTO c VALUES (1, 1)",
      "B: BEGIN",
      "B: INSERT INTO c VALUES (2, 1)",
      "A: UPDATE p SET stock = stock - 1 WHERE id = 1",
      "B: UPDATE p SET stock = stock - 1 WHERE id = 1",
    ],
  ],
  indexes: [
    ROWS,
    [
      "A: BEGIN",
      "A: SELECT id FROM t FORCE INDEX (k) WHERE k = 1 LOCK IN SHARE MODE",
      "B: BEGIN",
      "B: UPDATE t SET v = 7 WHERE id = 10",
      "A: SELECT v FROM t FORCE INDEX (k) WHERE k = 1 FOR UPDATE",
      "B: UPDATE t SET k = 9 WHERE id = 10",
    ],
  ],
  scan: [
    ROWS,
    [
      "A: BEGIN",
      "A: UPDATE t SET v = 5 WHERE id = 20",
      "B: BEGIN",
      "B: UPDATE t SET v = 6 WHERE id = 10",
      "A: UPDATE t SET k = 8 WHERE v = 1",
      "B: UPDATE t SET k = 9 WHERE id = 20",
    ],
  ],
};

type Run = ReturnType<typeof runSql>;

function adviceOf({ state, events }: Run, language: "en" | "zh"): readonly string[] {
  if (state.lastDeadlock === null) throw new Error("no deadlock");
  return deadlockAdvice(state.lastDeadlock, state, language, (seq) => events[seq] ?? null).lines;
}

function circle(name: string): Run {
  const [setup = [], steps = []] = CIRCLES[name] ?? [];
  return runSql({ setup, steps });
}

describe("the advice about a deadlock", () => {
  const ofTwo = runSql(SCRIPTS.deadlockOfTwo);

  it.each(["en", "zh"] as const)(
    "in %s is as reviewed, for every kind of circle",
    async (language) => {
      const all = [
        ["order", adviceOf(ofTwo, language)] as const,
        ...Object.keys(CIRCLES).map((name) => [name, adviceOf(circle(name), language)] as const),
      ];
      const text = all.map(([name, lines]) => `== ${name}\n${lines.join("\n")}\n`).join("\n");
      await expect(text).toMatchFileSnapshot(`snapshots/deadlock_advice_${language}.txt`);
    },
  );

  it("begins with the circle's own case", () => {
    const first = (run: Run) => adviceOf(run, "en")[0];
    expect(first(ofTwo)).toMatch(/^Opposite order: .*PRIMARY 5 before .*PRIMARY 10:/);
    expect(first(circle("gaps"))).toMatch(/^Gap and insert: /);
    expect(first(circle("upgrade"))).toMatch(/^Read shared, then write: /);
    for (const name of ["duplicate", "duplicateUpdate"]) {
      expect(first(circle(name))).toMatch(/^The same key inserted at once: /);
      expect(adviceOf(circle(name), "en").join(" ")).not.toContain("a way out");
    }
    expect(first(circle("parent"))).toMatch(/^First the child, then the parent: .*c_ibfk_1/);
    expect(first(circle("indexes"))).toMatch(/^Two ways to the same rows: /);
  });

  it("names the victim's transaction as what is run again, and a table that was read whole", () => {
    expect(adviceOf(ofTwo, "en").join(" ")).toContain("all of B's transaction");
    expect(adviceOf(circle("scan"), "en").join(" ")).toContain("A read all of t");
    expect(adviceOf(ofTwo, "en").join(" ")).not.toContain("READ COMMITTED");
    expect(adviceOf(circle("gaps"), "en").join(" ")).toContain("READ COMMITTED");
  });
});
