/**
 * Random queries over one and two tables give the rows that SQLite gives: grouped and not, with derived and common tables,
 * joins and set operations. The optimizer may read what it likes, and push conditions where it likes; the answer is one.
 */
import initSqlJs from "sql.js";
import { describe, expect, it } from "vitest";
import { Simulation } from "../../../src/server/simulation.ts";
import type { SessionName } from "../../../src/trace/ids.ts";

const TABLES = [
  "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, a INT, b INT NOT NULL, c INT, KEY a (a), KEY bc (b, c))",
  "CREATE TABLE t (id INT NOT NULL, a INT NOT NULL, b INT, c INT, PRIMARY KEY (a, id), UNIQUE KEY u (id), KEY b (b DESC))",
  "CREATE TABLE t (id INT, a INT, b INT, c INT, KEY id (id), KEY ab (a, b), KEY cab (c, a, b))",
];
const OTHER = "CREATE TABLE u (id INT NOT NULL PRIMARY KEY, tid INT, v INT, KEY tid (tid))";
const COLUMNS = ["id", "a", "b", "c"];
const MADE = ["g", "n"];
const A = "A" as SessionName;

describe("random queries", () => {
  it.each([1, 2, 3, 4])("answer as SQLite does, seed %d", async (seed) => {
    const sqlite = await initSqlJs();
    const random = new Queries(seed);
    for (let round = 0; round < 12; round += 1) {
      const table = random.of(TABLES);
      const rows = [...random.fill(table)];
      const simulation = new Simulation({ emit: () => {} });
      simulation.setup([table, OTHER, ...rows]);
      simulation.step({ session: A, sql: "SET sql_mode = ''" });
      const database = new sqlite.Database();
      database.exec("CREATE TABLE t (id INT, a INT, b INT, c INT)");
      database.exec("CREATE TABLE u (id INT, tid INT, v INT)");
      for (const sql of rows) database.exec(sql);
      for (let nth = 0; nth < 20; nth += 1) {
        const sql = random.query();
        const { outcome } = simulation.step({ session: A, sql });
        const found = outcome?.kind === "rows" ? outcome.rows : [[JSON.stringify(outcome)]];
        const [answer] = database.exec(sql) as readonly { readonly values: unknown[][] }[];
        const wanted = answer?.values ?? [];
        expect(sorted(found), `${table}\n${rows.join("\n")}\n${sql}`).toEqual(sorted(wanted));
      }
    }
  });
});

function sorted(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows.map((row) => row.map((value) => String(value ?? "NULL")).join()).sort();
}

class Queries {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 7919;
  }

  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * n);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  isOneOf(n: number): boolean {
    return this.below(n) === 0;
  }

  *fill(table: string): Iterable<string> {
    const value = (column: string, below: number) =>
      !table.includes(`${column} INT NOT`) && this.isOneOf(6) ? "NULL" : this.below(below);
    const rows = Array.from({ length: this.of([0, 1, 4, 12, 25]) }, (_, at) => {
      return `(${at + 1}, ${value("a", 5)}, ${value("b", 5)}, ${value("c", 6)})`;
    });
    const others = Array.from({ length: this.of([0, 1, 3, 8]) }, (_, at) => {
      return `(${at + 1}, ${value("tid", 8)}, ${this.below(5)})`;
    });
    if (rows.length > 0) yield `INSERT INTO t VALUES ${rows.join()}`;
    if (others.length > 0) yield `INSERT INTO u VALUES ${others.join()}`;
  }

  condition(columns: readonly string[], prefix: string): string {
    const column = prefix + this.of(columns);
    const n = () => this.below(7);
    return this.of([
      () => `${column} = ${n()}`,
      () => `${column} > ${n()}`,
      () => `${column} <= ${n()}`,
      () => `${column} BETWEEN ${n()} AND ${n() + 2}`,
      () => `${column} IN (${n()}, ${n()})`,
      () => `${column} IS ${this.isOneOf(2) ? "NOT " : ""}NULL`,
      () => `${column} <> ${n()}`,
      () => `${column} + 1 < ${n()}`,
    ])();
  }

  where(columns: readonly string[], prefix = ""): string {
    if (this.isOneOf(3)) return "";
    const parts = Array.from({ length: 1 + this.below(3) }, () => this.condition(columns, prefix));
    return ` WHERE ${parts.join(this.isOneOf(4) ? " OR " : " AND ")}`;
  }

  aggregate(prefix = ""): string {
    const column = prefix + this.of(COLUMNS);
    const form = this.of([
      "COUNT(*)",
      "COUNT(x)",
      "MIN(x)",
      "MAX(x)",
      "SUM(x)",
      "COUNT(DISTINCT x)",
    ]);
    return form.replace("x", column);
  }

  made(): string {
    const [g, h] = [this.of(COLUMNS), this.of(COLUMNS)];
    const where = this.where(COLUMNS);
    return this.of([
      `SELECT ${g} AS g, COUNT(*) AS n FROM t${where} GROUP BY ${g}`,
      `SELECT ${g} AS g, MAX(${h}) AS n FROM t GROUP BY ${g} HAVING MAX(${h}) > 1`,
      `SELECT ${g} AS g, MAX(${h}) AS n FROM t GROUP BY ${g}`,
      `SELECT DISTINCT ${g} AS g, ${h} AS n FROM t${where}`,
      `SELECT ${g} AS g, ${h} AS n FROM t${where}`,
      `SELECT ${g} + ${h} AS g, COUNT(*) AS n FROM t GROUP BY ${g} + ${h}`,
      `SELECT MAX(${g}) AS g, COUNT(*) AS n FROM t`,
      "SELECT tid AS g, v AS n FROM u UNION ALL SELECT id, v FROM u",
      `SELECT tid AS g, v AS n FROM u UNION SELECT ${g}, ${h} FROM t`,
      `SELECT tid AS g, v AS n FROM u EXCEPT SELECT ${g}, ${h} FROM t`,
    ]);
  }

  overMade(): string {
    const inner = this.made();
    const made = this.isOneOf(4) ? `SELECT g, n FROM (${inner}) y${this.where(MADE, "y.")}` : inner;
    const where = this.where(MADE, "x.");
    const both = `${this.condition(MADE, "p.")} AND ${this.condition(MADE, "q.")}`;
    return this.of([
      `SELECT * FROM (${made}) x${where}`,
      `WITH x AS (${made}) SELECT * FROM x${where}`,
      `SELECT x.n, u.v FROM (${made}) x JOIN u ON u.id = x.n${where}`,
      `SELECT u.id, x.n, x.g FROM u LEFT JOIN (${made}) x ON x.n = u.id${where}`,
      `SELECT COUNT(*), MAX(x.n) FROM (${made}) x${where}`,
      `SELECT * FROM u WHERE id IN (SELECT g FROM (${made}) x${where})`,
      `SELECT x.g, COUNT(*) FROM (${made}) x${where} GROUP BY x.g`,
      `WITH x AS (${made}) SELECT x.g, y.n FROM x JOIN x y ON x.g = y.n${where}`,
      `WITH x AS (${made}), z AS (SELECT g, n FROM x) SELECT p.g, q.n FROM z p JOIN z q ON p.n = q.n WHERE ${both}`,
    ]);
  }

  query(): string {
    const g = this.of(["t.id", "t.a", "t.b", "u.v", "u.tid"]);
    const join = `t ${this.of(["JOIN", "LEFT JOIN"])} u ON u.tid = t.${this.of(COLUMNS)}`;
    const where = this.where(COLUMNS, "t.");
    return this.of([
      () => `SELECT t.b, ${this.aggregate("t.")} FROM t${where} GROUP BY t.b`,
      () => `SELECT ${this.aggregate("t.")}, ${this.aggregate("t.")} FROM t${where}`,
      () => `SELECT ${g}, ${this.aggregate("t.")} FROM ${join}${where} GROUP BY ${g}`,
      () => `SELECT ${this.aggregate("t.")}, MIN(u.id) FROM ${join}${where}`,
      () => this.overMade(),
      () => this.overMade(),
    ])();
  }
}
