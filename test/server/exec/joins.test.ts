import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

const TABLES = [
  "CREATE TABLE a (id INT PRIMARY KEY, x INT, v INT)",
  "INSERT INTO a VALUES (1, 1, 5), (2, NULL, 6), (3, 2, 7), (4, 9, 8)",
  "CREATE TABLE b (id INT PRIMARY KEY, x INT, KEY x (x))",
  "INSERT INTO b VALUES (1, 1), (2, 1), (3, 2), (4, NULL)",
];

function answer(sql: string): string {
  return new Script(TABLES).run(`A: ${sql}`);
}

describe("a join", () => {
  it("has no row where columns that are equal to one another are to have different values", () => {
    const sql = "SELECT a.id FROM a JOIN b ON b.id = a.id JOIN b c ON c.id = b.id";
    expect(answer(`${sql} WHERE a.id = 1 AND c.id = 3`)).toBe("");
    expect(answer(`${sql} WHERE a.id = 1 AND c.id = 1`)).toBe("1");
  });

  it("looks at a condition on one of two equal columns with the table that is read first", () => {
    const script = new Script(TABLES);
    script.run("A: BEGIN");
    script.run("A: SELECT b.id FROM b JOIN a ON a.id = b.x WHERE a.id > 1 FOR UPDATE");
    const locks = script.simulation.observe().locks.filter((lock) => lock.includes("a.PRIMARY"));
    expect(locks).toEqual(["A a.PRIMARY X,REC_NOT_GAP GRANTED @ 2"]);
  });
});

describe("a semi-join", () => {
  it("gives each row once however many matches it has", () => {
    expect(answer("SELECT id FROM a WHERE x IN (SELECT x FROM b)")).toBe("1 | 3");
    expect(answer("SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x = a.x)")).toBe("1 | 3");
  });

  it("keeps rows of NULL when it is to find no match", () => {
    const sql = "SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.x = a.x)";
    expect(answer(sql)).toBe("2 | 4");
    expect(answer("SELECT id FROM a WHERE x NOT IN (SELECT x FROM b)")).toBe("");
  });
});

describe("GROUP BY", () => {
  it("takes groups as an index gives them, and as they come where there is none", () => {
    expect(answer("SELECT x, COUNT(*) FROM b GROUP BY x")).toBe("NULL 1 | 1 2 | 2 1");
    const sql = "SELECT v > 6, COUNT(*) FROM a GROUP BY v > 6";
    expect(answer(sql)).toBe("0 2 | 1 2");
  });
});

describe("a table that is compared by < with one read before", () => {
  const PAIR = [
    "CREATE TABLE t (id INT PRIMARY KEY, b INT, KEY b (b))",
    "INSERT INTO t VALUES (1, 4), (2, 0), (3, 3), (5, NULL)",
    "CREATE TABLE u (id INT PRIMARY KEY, a INT, b INT, KEY a (a, b))",
    "INSERT INTO u VALUES (1, 4, 4), (2, 2, 4), (3, 2, 5), (4, 0, 2), (5, 0, 0)",
  ];
  const explained = (sql: string): string => new Script(PAIR).run(`A: EXPLAIN ${sql}`);

  it("is read by the range that each row allows", () => {
    const script = new Script(PAIR);
    script.run("A: BEGIN");
    const sql = "SELECT t.id, u.id FROM t LEFT JOIN u ON t.b < u.a WHERE t.id IN (3, 5) FOR SHARE";
    expect(script.run(`A: ${sql}`)).toBe("5 NULL | 3 1");
    const locks = script.simulation.observe().locks.filter((lock) => lock.includes(" u."));
    expect(locks).toEqual([
      "A u.a S GRANTED @ 4, 4, 1",
      "A u.a S GRANTED @ supremum pseudo-record",
    ]);
  });

  it("is explained as such, in a subquery too", () => {
    const range = "Range checked for each record (index map: 0x2)";
    const rows = explained("FORMAT=TRADITIONAL SELECT * FROM t LEFT JOIN u ON t.b < u.a");
    expect(rows).toContain(range);
    const inside = "SELECT t.id, (SELECT MAX(id + 1) FROM u WHERE u.a < t.b) FROM t";
    expect(explained(`FORMAT=TRADITIONAL ${inside}`)).toContain(range);
    expect(explained("FORMAT=TREE SELECT * FROM t JOIN u ON t.b < u.a")).toContain(
      "Index range scan on u (re-planned for each iteration)",
    );
  });

  it("is joined through a buffer where a range is known before", () => {
    const known = explained(
      "FORMAT=TRADITIONAL SELECT * FROM t JOIN u ON t.b < u.a WHERE u.a > -9",
    );
    expect(known).not.toContain("Range checked");
  });
});

describe("IN with a subquery under OR", () => {
  it("looks for no NULL, which is as good as no match", () => {
    const script = new Script(TABLES);
    script.run("A: BEGIN");
    script.run(
      "A: SELECT id FROM a WHERE id IN (SELECT x FROM b WHERE b.id > 0) OR v = 0 FOR SHARE",
    );
    const locks = script.simulation.observe().locks.filter((lock) => lock.includes("b.x"));
    expect(locks.some((lock) => lock.includes("NULL"))).toBe(false);
  });
});

it("equalities of a join are asked the last one first, those of ON behind those of WHERE", () => {
  const script = new Script([
    "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, c INT)",
    "CREATE TABLE u (id INT PRIMARY KEY, a INT, b INT, c INT)",
    "INSERT INTO t VALUES (1,1,1,1), (2,2,2,2)",
    "INSERT INTO u VALUES (1,1,1,1), (2,2,2,2)",
  ]);
  const plan = script.run(
    "A: EXPLAIN FORMAT=TREE SELECT * FROM t JOIN u ON t.a = u.a AND t.b = 1 WHERE t.c > 0 AND t.c = u.c",
  );
  // As a MySQL 9.7.4 printed it.
  expect(plan).toContain("Inner hash join (u.a = t.a), (u.c = t.c)");
  expect(plan).toContain("Filter: ((t.b = 1) and (t.c > 0))");
});
