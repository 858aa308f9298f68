/** innodb_autoinc_lock_mode: who takes the AUTO-INC lock; what is expected was seen on a MySQL 9.7.4 started with each mode. */
import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

const TABLES = [
  "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT, UNIQUE (v))",
  "CREATE TABLE s (v INT)",
  "INSERT INTO s VALUES (1),(2),(3),(4),(5)",
];

const withMode = (mode: string) => new Script(TABLES, { innodb_autoinc_lock_mode: mode });
const counter = (script: Script) =>
  /AUTO_INCREMENT=(\d+)/.exec(script.run("Z: SHOW CREATE TABLE t"))?.[1];

describe("INSERT ... SELECT that waits for a row", () => {
  const begin = ["A: BEGIN", "A: INSERT INTO t (v) VALUES (3)", "B: BEGIN"];
  const select = "B: INSERT INTO t (v) SELECT v FROM s";

  it("holds the AUTO-INC lock in the modes 0 and 1, and other inserts wait for it", () => {
    for (const mode of ["0", "1"]) {
      const script = withMode(mode);
      script.runAll(...begin);
      expect(script.run(select)).toBe("waits");
      expect(script.locks).toContain("B t AUTO_INC GRANTED");
      expect(script.run("C: INSERT INTO t (v) VALUES (100)")).toBe("waits");
      expect(script.locks).toContain("C t AUTO_INC WAITING");
    }
  });

  it("lets other inserts pass in mode 2", () => {
    const script = withMode("2");
    script.runAll(...begin);
    expect(script.run(select)).toBe("waits");
    expect(script.run("C: INSERT INTO t (v) VALUES (100)")).toBe("ok 1");
    expect(script.locks.filter((lock) => lock.includes("AUTO_INC"))).toEqual([]);
  });

  it("reserves what it needs in mode 0, and in powers of two otherwise", () => {
    const counters = ["0", "1", "2"].map((mode) => {
      const script = withMode(mode);
      script.run(select);
      return counter(script);
    });
    expect(counters).toEqual(["6", "8", "8"]);
  });
});

describe("INSERT ... VALUES that waits for a row", () => {
  const lines = [
    "A: BEGIN",
    "A: INSERT INTO t (v) VALUES (3)",
    "B: BEGIN",
    "B: INSERT INTO t (v) VALUES (1),(2),(3),(4)",
    "C: INSERT INTO t (v) VALUES (100)",
    "A: ROLLBACK",
    "B: COMMIT",
  ];

  it("holds the AUTO-INC lock in mode 0 only, until the statement ends", () => {
    const script = withMode("0");
    expect(script.runAll(...lines)).toEqual([
      "ok",
      "ok 1",
      "ok",
      "waits",
      "waits",
      "ok ; B: ok 4",
      "ok ; C: ok 1",
    ]);
    expect(script.run("A: SELECT * FROM t")).toBe("2 1 | 3 2 | 4 3 | 5 4 | 6 100");
  });

  it("reserves all its values at once in mode 1, and nobody waits", () => {
    const script = withMode("1");
    expect(script.runAll(...lines)).toEqual([
      "ok",
      "ok 1",
      "ok",
      "waits",
      "ok 1",
      "ok ; B: ok 4",
      "ok",
    ]);
    expect(script.run("A: SELECT * FROM t")).toBe("2 1 | 3 2 | 4 3 | 5 4 | 6 100");
  });
});

describe("rows that bring their own value", () => {
  const lines = [
    "A: INSERT INTO t VALUES (1, 1000)",
    "A: BEGIN",
    "A: INSERT INTO t (v) VALUES (3)",
    "B: BEGIN",
    "B: INSERT INTO t SELECT 50 + v, v FROM s",
    "C: INSERT INTO t VALUES (90, 90)",
    "D: UPDATE t SET id = 95 WHERE v = 1000",
  ];

  it("take the AUTO-INC lock in the modes 0 and 1, once they are in; an UPDATE of the column, too", () => {
    for (const mode of ["0", "1"]) {
      const script = withMode(mode);
      expect(script.runAll(...lines).slice(-3)).toEqual(["waits", "waits", "waits"]);
      expect(script.locks.filter((lock) => lock.includes("AUTO_INC"))).toEqual([
        "B t AUTO_INC GRANTED",
        "C t AUTO_INC WAITING",
        "D t AUTO_INC WAITING",
      ]);
      expect(script.run("A: COMMIT")).toBe("ok ; B: ERROR 1062 ; C: ok 1 ; D: ok 1");
      expect(script.locks.filter((lock) => lock.includes("AUTO_INC"))).toEqual([]);
      expect(script.run("A: SELECT * FROM t")).toBe("2 3 | 90 90 | 95 1000");
      expect(counter(script)).toBe("96");
    }
  });

  it("do not wait for one another in mode 2", () => {
    const script = withMode("2");
    expect(script.runAll(...lines).slice(-3)).toEqual(["waits", "ok 1", "ok 1"]);
    expect(script.locks.filter((lock) => lock.includes("AUTO_INC"))).toEqual([]);
  });

  it("take none in mode 1 where the statement knows its rows and nobody has it", () => {
    const script = withMode("1");
    script.runAll(lines[0] ?? "", lines[1] ?? "", lines[2] ?? "", "B: BEGIN");
    expect(script.run("B: INSERT INTO t VALUES (50, 50), (51, 3)")).toBe("waits");
    expect(script.locks.filter((lock) => lock.includes("AUTO_INC"))).toEqual([]);
  });
});

describe("a session that opens the table while a row with the next value failed or waits", () => {
  it("moves the counter beyond it: after ANALYZE in mode 0", () => {
    const script = withMode("0");
    script.runAll("A: INSERT INTO t (v) VALUES (1)", "A: INSERT IGNORE INTO t (v) VALUES (2), (1)");
    expect(counter(script)).toBe("3");
    script.runAll("A: ANALYZE TABLE t", "A: SELECT COUNT(*) FROM t");
    expect(counter(script)).toBe("4");
  });

  it("moves it in every mode, where the value was written by hand", () => {
    for (const mode of ["0", "1", "2"]) {
      const script = withMode(mode);
      script.runAll("A: BEGIN", "A: INSERT INTO t (v) VALUES (7)", "B: BEGIN");
      expect(script.run("B: INSERT INTO t VALUES (2, 7)")).toBe("waits");
      expect(counter(script)).toBe("2");
      script.run("C: INSERT INTO t (v) VALUES (8)");
      expect(counter(script)).toBe("4");
    }
  });
});
