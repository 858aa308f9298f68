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
