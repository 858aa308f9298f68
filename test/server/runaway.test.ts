/** A statement that runs away ends: within a bounded number of steps, with an error or a warning that says so, and nothing is changed. */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { SessionName } from "../../src/trace/ids.ts";

const ROWS = 300;
const STOPPED =
  /^ERROR 1105: The simulation stops a statement after (50000 rows examined|30000 events)$/;

class Server {
  readonly #simulation = new Simulation({ emit: () => {}, rowsExaminedMax: 50_000 });

  constructor() {
    const failure = this.#simulation.setup([
      "CREATE TABLE t (id INT PRIMARY KEY, v INT, s VARCHAR(50), KEY (v))",
      `INSERT INTO t VALUES ${many(ROWS, (i) => `(${i}, ${i}, '${i}')`)}`,
    ]);
    expect(failure).toBeNull();
  }

  /** The first row, or the error. */
  run(sql: string): string {
    const { outcome } = this.#simulation.step({ session: "A" as SessionName, sql });
    if (outcome === null || outcome.kind === "lost") return "waits";
    if (outcome.kind === "error") return `ERROR ${outcome.errno}: ${outcome.message}`;
    if (outcome.kind === "ok") return `ok ${outcome.affected}`;
    return outcome.rows[0]?.map((value) => value ?? "NULL").join(" ") ?? "no rows";
  }
}

function many(count: number, one: (at: number) => string, separator = ", "): string {
  return Array.from({ length: count }, (_, at) => one(at)).join(separator);
}

describe("a statement that runs away", () => {
  it.each([
    "SELECT COUNT(*) FROM t a, t b, t c, t d",
    "SELECT a.v, b.v, COUNT(*) FROM t a, t b, t c GROUP BY 1, 2",
    "SELECT COUNT(*) FROM t a, t b, t c WHERE a.v + b.v <> c.v",
    "SELECT COUNT(*) FROM t WHERE v > (SELECT COUNT(*) FROM t b, t c WHERE b.v + c.v > t.v)",
    "SELECT COUNT(*) FROM t WHERE v NOT IN (SELECT b.v + c.v + 1000 FROM t b, t c)",
    "UPDATE t a JOIN t b JOIN t c SET a.v = a.v + 1 WHERE a.v + b.v + c.v < 0",
    "DELETE a FROM t a, t b, t c WHERE a.v > b.v + c.v + 1000",
    "INSERT INTO t SELECT a.id * 1000 + b.id + 1000, 1, 'x' FROM t a, t b",
    "WITH RECURSIVE r AS (SELECT 1 x UNION ALL SELECT x + 1 FROM r UNION ALL SELECT x + 1 FROM r) SELECT COUNT(*) FROM r",
  ])("%s", (sql) => {
    const server = new Server();
    expect(server.run(sql)).toMatch(STOPPED);
    expect(server.run("SELECT COUNT(*), SUM(v) FROM t")).toBe(`${ROWS} ${(ROWS * (ROWS - 1)) / 2}`);
  });

  it("recurses no deeper than cte_max_recursion_depth", () => {
    const sql =
      "WITH RECURSIVE r AS (SELECT 1 x UNION ALL SELECT x + 1 FROM r) SELECT COUNT(*) FROM r";
    expect(new Server().run(sql)).toMatch(/^ERROR 3636: /);
  });

  it("makes no text larger than the packet, and says so", () => {
    const server = new Server();
    const warned = (name: string) =>
      `Warning 1301 Result of ${name}() was larger than max_allowed_packet (67108864) - truncated`;
    for (const [sql, name] of [
      ["SELECT REPEAT('x', 1000000000)", "repeat"],
      ["SELECT SPACE(1e10)", "space"],
      ["SELECT LPAD('x', 1000000000, 'y')", "lpad"],
      ["SELECT REPLACE(REPEAT('x', 100000), 'x', REPEAT('y', 100000))", "replace"],
      [
        "SELECT CONCAT_WS(REPEAT('x', 1000000), 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9)",
        "concat_ws",
      ],
    ] as const) {
      expect(server.run(sql)).toBe("NULL");
      expect(server.run("SHOW WARNINGS")).toBe(warned(name));
    }
  });

  it("counts long texts as work", () => {
    expect(new Server().run("SELECT REPEAT('x', 100000 + v) FROM t")).toMatch(STOPPED);
    const server = new Server();
    server.run("SET @a = REPEAT('x', 1000000)");
    expect(server.run(`SELECT CONCAT(${many(100, () => "@a")})`)).toBe("NULL");
  });

  it("reads long lists and conditions in time that grows with them", () => {
    const server = new Server();
    const all = many(8_000, String);
    expect(server.run(`SELECT COUNT(*) FROM t WHERE v IN (${all})`)).toBe(`${ROWS}`);
    expect(server.run(`SELECT COUNT(*) FROM t WHERE s IN (${many(8_000, (i) => `'${i}'`)})`)).toBe(
      `${ROWS}`,
    );
    expect(
      server.run(
        `SELECT COUNT(*) FROM t a, t b WHERE a.id < 100 AND a.v + b.v + 1000000 IN (${all})`,
      ),
    ).toBe("0");
    const longAnd = many(5_000, (i) => `v <> ${i + 1}`, " AND ");
    expect(server.run(`SELECT COUNT(*) FROM t WHERE ${longAnd}`)).toBe("1");
    expect(server.run(`SELECT LOCATE(CONCAT(REPEAT('a', 200000), 'b'), REPEAT('a', 400000))`)).toBe(
      "0",
    );
    expect(server.run("SELECT CONV(REPEAT('9', 200000), 10, 16)")).toBe("FFFFFFFFFFFFFFFF");
  });

  it("multiplies no lists into ranges without end", () => {
    const server = new Server();
    server.run("CREATE TABLE m (a INT, b INT, c INT, d INT, KEY (a, b, c, d))");
    server.run("INSERT INTO m VALUES (1, 2, 3, 4), (1, 2, 3, 500)");
    const list = many(300, String);
    const where = ["a", "b", "c", "d"].map((column) => `${column} IN (${list})`).join(" AND ");
    expect(server.run(`SELECT * FROM m WHERE ${where}`)).toBe("1 2 3 4");
  });
});
