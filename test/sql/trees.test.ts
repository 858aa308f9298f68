/** The trees of statements, where the shape is not obvious. */
import { describe, expect, it } from "vitest";
import type { QueryBody, TableReference } from "../../src/sql/ast_query.ts";
import { block, parsedAs } from "./helpers.ts";
import { printed } from "./printed.ts";

describe("joins", () => {
  it.each([
    ["a", "a"],
    ["a, b", "a; b"],
    ["a JOIN b ON 1 JOIN c ON 2", "((a inner b ON 1) inner c ON 2)"],
    ["a JOIN b JOIN c ON 1 ON 2", "(a inner (b inner c ON 1) ON 2)"],
    ["a JOIN b JOIN c ON 1", "((a inner b) inner c ON 1)"],
    ["a JOIN b LEFT JOIN c USING (x, y)", "((a inner b) left c USING x,y)"],
    ["a LEFT JOIN b JOIN c ON 1 ON 2", "(a left (b inner c ON 1) ON 2)"],
    ["a LEFT JOIN (b, c) ON 1", "(a left (b inner c) ON 1)"],
    ["a NATURAL LEFT JOIN b", "(a natural left b)"],
    ["a STRAIGHT_JOIN b ON 1", "(a straight b ON 1)"],
    ["(a JOIN b) JOIN (c JOIN d)", "((a inner b) inner (c inner d))"],
    ["(SELECT 1) AS q JOIN a", "(q inner a)"],
    ["((SELECT 1) UNION (SELECT 2)) q", "q"],
    ["((SELECT 1) AS q JOIN a ON 1)", "(q inner a ON 1)"],
    ["{oj a LEFT JOIN b ON 1}", "(a left b ON 1)"],
  ])("FROM %s", (from, expected) => {
    expect(block(`SELECT * FROM ${from}`).from.map(joinsOf).join("; ")).toBe(expected);
  });
});

describe("set operations", () => {
  it.each([
    ["SELECT 1 UNION SELECT 2 UNION ALL SELECT 3", "((s union s) union all s)"],
    ["SELECT 1 UNION SELECT 2 INTERSECT SELECT 3", "(s union (s intersect s))"],
    ["SELECT 1 EXCEPT (SELECT 2 UNION SELECT 3)", "(s except [(s union s)])"],
    ["(SELECT 1) UNION (SELECT 2)", "([s] union [s])"],
    ["TABLE a UNION VALUES ROW(1)", "(t union v)"],
  ])("%s", (sql, expected) => expect(bodyOf(parsedAs("select", sql).query.body)).toBe(expected));

  it("ORDER BY and LIMIT belong to the whole, INTO in the last SELECT, too", () => {
    const { query } = parsedAs("select", "SELECT 1 UNION SELECT 2 INTO @x ORDER BY 1 LIMIT 2");
    expect(query).toMatchObject({
      orderBy: [{ direction: "asc" }],
      limit: { count: { text: "2" }, offset: null },
      into: { kind: "intoVariables", variables: [{ name: "x" }] },
    });
  });
});

describe("locking clauses", () => {
  it.each([
    ["FOR UPDATE", { strength: "update", spelling: "for", of: [], wait: "wait" }],
    ["FOR SHARE NOWAIT", { strength: "share", wait: "nowait" }],
    ["FOR UPDATE OF t SKIP LOCKED", { of: [{ name: { text: "t" } }], wait: "skipLocked" }],
    ["LOCK IN SHARE MODE", { strength: "share", spelling: "lockInShareMode", wait: "wait" }],
  ])("%s", (clause, expected) => {
    const { locking } = parsedAs("select", `SELECT * FROM t ${clause}`).query;
    expect(locking).toMatchObject([expected]);
  });
});

describe("changes of rows", () => {
  it("INSERT ... SET is columns and one row", () => {
    expect(parsedAs("insert", "INSERT INTO t SET a = 1, b = DEFAULT")).toMatchObject({
      columns: [{ name: { text: "a" } }, { name: { text: "b" } }],
      source: {
        form: "set",
        rows: [{ values: [{ kind: "integer" }, { kind: "default", column: null }] }],
      },
    });
  });

  it("INSERT tells no columns from an empty list of them", () => {
    expect(parsedAs("insert", "INSERT INTO t VALUES ()").columns).toBeNull();
    expect(parsedAs("insert", "INSERT INTO t () VALUES ()").columns).toEqual([]);
  });

  it("INSERT ... SELECT ... ON DUPLICATE KEY belongs to the INSERT, not to a join", () => {
    const sql = "INSERT INTO t SELECT * FROM u ON DUPLICATE KEY UPDATE a = VALUES(a)";
    expect(parsedAs("insert", sql)).toMatchObject({
      source: { kind: "insertQuery" },
      onDuplicateKeyUpdate: [{ column: { name: { text: "a" } }, value: { kind: "insertedValue" } }],
    });
  });

  it("DELETE names its targets in both of its forms for several tables, and in neither for one", () => {
    const targets = (sql: string): unknown =>
      parsedAs("delete", sql).targets?.map(({ schema, name }) => [schema?.text, name.text]) ?? null;
    expect(targets("DELETE FROM t")).toBeNull();
    expect(targets("DELETE t.*, d.u FROM t JOIN d.u")).toEqual([
      [undefined, "t"],
      ["d", "u"],
    ]);
    expect(targets("DELETE FROM t USING t JOIN u")).toEqual([[undefined, "t"]]);
  });

  it("UPDATE keeps its order and limit", () => {
    const update = parsedAs("update", "UPDATE t SET a = a + 1 WHERE b = 2 ORDER BY c LIMIT 3");
    expect(update).toMatchObject({ orderBy: [{}], limit: { count: { text: "3" } } });
    expect(update.where && printed(update.where)).toBe("(b = 2)");
  });
});

describe("transactions and settings", () => {
  it.each([
    ["COMMIT", { chain: null, release: null }],
    ["COMMIT AND CHAIN", { chain: true, release: null }],
    ["COMMIT AND NO CHAIN RELEASE", { chain: false, release: true }],
    ["COMMIT NO RELEASE", { chain: null, release: false }],
  ])("%s", (sql, expected) => expect(parsedAs("commit", sql)).toMatchObject(expected));

  it("SET TRANSACTION without a scope is for the next one", () => {
    const sql = "SET TRANSACTION READ ONLY, ISOLATION LEVEL READ COMMITTED";
    expect(parsedAs("setTransaction", sql)).toMatchObject({
      scope: "next",
      isolation: "READ COMMITTED",
      access: "readOnly",
    });
  });

  it("a scope word goes for the bare names after it, but not for @@", () => {
    const { assignments } = parsedAs("set", "SET a=1, GLOBAL b=1, c=1, @@d=1, @@session.e=1, f=1");
    expect(assignments.map((one) => "scope" in one && one.scope)).toEqual([
      "session",
      "global",
      "global",
      "default",
      "session",
      "global",
    ]);
  });

  it("a value may be a bare word, DEFAULT or any expression", () => {
    const { assignments } = parsedAs("set", "SET a=ON, b=chain, c=DEFAULT, d='x', e=t.f, g=1+1");
    expect(assignments.map((one) => "value" in one && one.value.kind)).toEqual([
      "setWord",
      "setWord",
      "setDefault",
      "string",
      "column",
      "arithmetic",
    ]);
  });
});

describe("tables", () => {
  it("a column carries its attributes, in any order", () => {
    const sql =
      "CREATE TABLE t (a INTEGER UNSIGNED COMMENT 'c' AUTO_INCREMENT NOT NULL PRIMARY KEY)";
    expect(parsedAs("createTable", sql).elements).toMatchObject([
      {
        type: { name: "int", unsigned: true, length: null },
        nullable: false,
        autoIncrement: true,
        primaryKey: true,
        unique: false,
        comment: "c",
        default: null,
      },
    ]);
  });

  it("types go by MySQL's own names", () => {
    const sql =
      "CREATE TABLE t (a BOOL, b DEC(5), c NUMERIC(6,2), d DOUBLE PRECISION, e CHARACTER VARYING(3), f LONG, g NCHAR(2), h SERIAL, i ENUM('x','y'))";
    const { elements } = parsedAs("createTable", sql);
    const types = elements.flatMap((one) => (one.kind === "columnDefinition" ? one.type : []));
    expect(types.map(({ name, length, decimals }) => [name, length, decimals])).toEqual([
      ["tinyint", 1, null],
      ["decimal", 5, null],
      ["decimal", 6, 2],
      ["double", null, null],
      ["varchar", 3, null],
      ["mediumtext", null, null],
      ["char", 2, null],
      ["bigint", null, null],
      ["enum", null, null],
    ]);
    expect(types.at(-1)?.values).toEqual(["x", "y"]);
  });

  it("a key is named after itself, else after its constraint", () => {
    const sql = "CREATE TABLE t (a INT, CONSTRAINT c UNIQUE KEY k (a), CONSTRAINT d UNIQUE (a))";
    const keys = parsedAs("createTable", sql).elements.filter(({ kind }) => kind === "key");
    expect(keys.map(({ name }) => name?.text)).toEqual(["k", "d"]);
  });

  it("ALTER TABLE keeps its actions in order, ALGORITHM and LOCK apart", () => {
    const sql = "ALTER TABLE t ADD (a INT, b INT), DROP c, ENGINE=InnoDB COMMENT 'x', LOCK=NONE";
    const alter = parsedAs("alterTable", sql);
    expect(alter.actions.map(({ kind }) => kind)).toEqual([
      "addColumn",
      "addColumn",
      "dropColumn",
      "setTableOption",
      "setTableOption",
    ]);
    expect(alter).toMatchObject({ algorithm: null, lock: "none" });
  });
});

function joinsOf(reference: TableReference): string {
  switch (reference.kind) {
    case "table":
      return reference.alias?.text ?? reference.name.name.text;
    case "derivedTable":
      return reference.alias?.text ?? "?";
    case "unsupportedTable":
      return "?";
    case "join": {
      const { natural, type, left, right, on, using } = reference;
      const condition = on === null ? "" : ` ON ${printed(on)}`;
      const columns = using.length === 0 ? "" : ` USING ${using.map(({ text }) => text).join(",")}`;
      const word = natural ? `natural ${type}` : type;
      return `(${joinsOf(left)} ${word} ${joinsOf(right)}${condition}${columns})`;
    }
  }
}

function bodyOf(body: QueryBody): string {
  switch (body.kind) {
    case "querySpecification":
      return "s";
    case "explicitTable":
      return "t";
    case "valuesRows":
      return "v";
    case "query":
      return `[${bodyOf(body.body)}]`;
    case "setOperation": {
      const all = body.quantifier === "all" ? " all" : "";
      return `(${bodyOf(body.left)} ${body.operator}${all} ${bodyOf(body.right)})`;
    }
  }
}
