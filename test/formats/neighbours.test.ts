/** The formats of other projects: the isolation tester, mysqltest, YAML scenarios, Go tests. The texts are our own. */
import { describe, expect, it } from "vitest";
import { isAllRefused } from "../../src/formats/imported.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { only, read, remarkLines, scenarios, stepLines } from "./imported_text.ts";

describe("isolation-tester specifications", () => {
  it("may have C's comments, and calls of the server's functions in their set-up", () => {
    const spec = `#include "common.h"
// what comes first
setup { CREATE TABLE t (id int PRIMARY KEY); SELECT distribute('t', 'id'); }
/* two lines
   of words */
session "s1"
step "r" { SELECT * FROM t; }
// verify that it is read
permutation "r"
`;
    const read = only(spec, "c.spec");
    expect(read.scenario.setup.length).toBe(1);
    expect(stepLines(read)).toEqual(["A: SELECT * FROM t"]);
    expect(remarkLines(read)).toEqual(["3 notMysql: SELECT distribute('t', 'id')"]);
  });

  const spec = `# two sessions
setup
{
  CREATE TABLE foo (key serial PRIMARY KEY, name text NOT NULL);
  INSERT INTO foo (name) VALUES ('a''b');
}
teardown { DROP TABLE foo; }

session "s1"
setup { BEGIN ISOLATION LEVEL REPEATABLE READ; }
step "r1" { SELECT * FROM foo FOR KEY SHARE; }
step "c1" { COMMIT; }

session s2
step w2 { INSERT INTO foo VALUES (1, 'x' || 'y') ON CONFLICT DO NOTHING; }
step l2 { LOCK TABLE foo; }
teardown { ABORT; }
`;

  it("become one scenario for each permutation, in MySQL's words", () => {
    const [first, second] = scenarios(
      `${spec}\npermutation r1 w2 c1\npermutation "r1" l2(*) w2(r1) c1\n`,
    );
    expect(first?.scenario.setup).toEqual([
      "CREATE TABLE foo (`key` serial PRIMARY KEY, name varchar(255) NOT NULL)",
      "INSERT INTO foo (name) VALUES ('a''b')",
    ]);
    expect(first && stepLines(first)).toEqual([
      "A: SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
      "A: BEGIN",
      "A: SELECT * FROM foo FOR SHARE",
      "B: INSERT IGNORE INTO foo VALUES (1, CONCAT('x', 'y'))",
      "A: COMMIT",
    ]);
    expect(second && remarkLines(second)).toContain("16 notMysql: LOCK TABLE: LOCK TABLE foo");
    expect(second?.scenario.steps).toHaveLength(5);
  });

  it("fill their tables by a recursive table, and know no extensions and access methods", () => {
    const { scenario, remarks } = only(`setup {
  CREATE EXTENSION IF NOT EXISTS pageinspect;
  CREATE TABLE a (id int PRIMARY KEY, v int) USING heap;
  INSERT INTO a SELECT i, i / 3 FROM generate_series(0, 6, 2) i;
  INSERT INTO a (SELECT n + 10, 0 FROM generate_series(1, 3) AS s(n));
  INSERT INTO a SELECT generate_series(20, 22), 1;
  INSERT INTO a SELECT g, g FROM generate_series(1, 60000) g;
}
session s1
step r1 { SELECT id, v FROM a; }
session s2
step r2 { SELECT 1; }
permutation r1 r2
`);
    expect(scenario.setup).toEqual([
      "CREATE TABLE a (id int PRIMARY KEY, v int)",
      "INSERT INTO a WITH RECURSIVE i (i) AS (SELECT 0 UNION ALL SELECT i + 2 FROM i WHERE i <= 4) SELECT i, i DIV 3 FROM i",
      "INSERT INTO a (WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n <= 2) SELECT n + 10, 0 FROM s)",
      "INSERT INTO a WITH RECURSIVE series (n) AS (SELECT 20 UNION ALL SELECT n + 1 FROM series WHERE n <= 21) SELECT n, 1 FROM series",
    ]);
    expect(remarks.filter(({ kind }) => kind === "notMysql")).toHaveLength(1);
    expect(new Simulation({ emit: () => {} }).setup(scenario.setup)).toBeNull();
  });

  it("are played in turns and in a row when no order is given", () => {
    const made = scenarios(spec);
    expect(made).toHaveLength(2);
    expect(made[0] && remarkLines(made[0])[0]).toBe("1 permutations: 2");
  });

  it("say that a plain BEGIN is of another level here, and that RETURNING gives no rows", () => {
    const begun = (level: string) =>
      only(`setup { CREATE TABLE t (id int); }
session s1
setup { BEGIN${level}; }
step u1 { UPDATE t SET id = 2 WHERE id = 1 RETURNING 'a' AS x; }
step r1 { SELECT ' RETURNING '; }
step c1 { COMMIT; }
permutation u1 r1 c1
`);
    expect(remarkLines(begun(""))).toEqual([
      "3 defaultLevel: BEGIN",
      "4 translated: UPDATE t SET id = 2 WHERE id = 1",
      "4 returning: UPDATE t SET id = 2 WHERE id = 1 RETURNING 'a' AS x",
    ]);
    const named = remarkLines(begun(" ISOLATION LEVEL READ COMMITTED"));
    expect(named.join()).not.toContain("defaultLevel");
  });

  it("say in which line they are broken", () => {
    expect(read("session a\nstep x { SELECT 1; }\nstep y\n", "x.spec")).toMatchObject({
      kind: "broken",
      format: "isolationSpec",
      line: 3,
    });
  });
});

describe("mysqltest scripts", () => {
  it("switch connections, send and reap; the clean-up at the end is left out", () => {
    const scenario = only(`--source include/have_debug.inc
--disable_warnings
DROP TABLE IF EXISTS t1;
--enable_warnings
CREATE TABLE t1 (id INT PRIMARY KEY) ENGINE=InnoDB;
connect (con1,localhost,root,,);
SET SESSION innodb_lock_wait_timeout = 3;
BEGIN;
connection default;
--echo # now it waits
send DELETE FROM t1
  WHERE id = 1;
connection con1;
--error ER_LOCK_WAIT_TIMEOUT
UPDATE t1 SET id = 2;
let $n = 7;
eval INSERT INTO t1 VALUES ($n);
let $m = \`SELECT 1\`;
eval INSERT INTO t1 VALUES ($m);
while ($n)
{
  SELECT 1;
}
--exec ls
connection default;
reap;
disconnect con1;
DROP TABLE t1;
`);
    expect(scenario.scenario.setup).toEqual([
      "DROP TABLE IF EXISTS t1",
      "CREATE TABLE t1 (id INT PRIMARY KEY) ENGINE=InnoDB",
    ]);
    expect(stepLines(scenario)).toEqual([
      "B: SET SESSION innodb_lock_wait_timeout = 3",
      "B: BEGIN",
      "A: DELETE FROM t1 WHERE id = 1",
      "B: UPDATE t1 SET id = 2",
      "+ 4 s",
      "B: INSERT INTO t1 VALUES (7)",
    ]);
    expect(remarkLines(scenario)).toEqual([
      "19 substitution: INSERT INTO t1 VALUES ($m)",
      "20 block: while ($n)",
      "24 command: exec ls",
      "27 cleanUp: 2",
    ]);
  });

  it("know delimiters and here-documents", () => {
    const scenario = only(`--echo x
delimiter |;
CREATE EVENT p ON SCHEDULE EVERY 1 HOUR DO BEGIN SET @a = 1; SET @b = 1; END|
delimiter ;|
perl;
  print "connection x;";
EOF
SELECT ';';
`);
    expect(stepLines(scenario)).toEqual(["A: SELECT ';'"]);
    expect(scenario.remarks.map((one) => one.kind)).toEqual(["notSimulated", "block"]);
  });
});

describe("YAML scenarios", () => {
  it("have a session as the key of each step, and wait out an expected timeout", () => {
    const scenario = only(`title: Wait, but not forever
setup: |
  CREATE TABLE t (id int PRIMARY KEY);
  INSERT INTO t VALUES (1);
sessions: [A, M]
steps:
  - note: a word
  - A: BEGIN
  - M: SET SESSION innodb_lock_wait_timeout = 1
  - M.fails: UPDATE t SET id = 3
    error: "1205"
  - A: SELECT connection_id() AS me
    capture: a
  - M: KILL \${a.me}
  - M: SELECT \${a.other}
  - sleep: 500
`);
    expect(scenario.title).toBe("Wait, but not forever");
    expect(scenario.scenario.setup).toHaveLength(2);
    expect(stepLines(scenario)).toEqual([
      "A: BEGIN",
      "B: SET SESSION innodb_lock_wait_timeout = 1",
      "B: UPDATE t SET id = 3",
      "+ 2 s",
      "A: SELECT connection_id() AS me",
      `B: KILL ${"$"}{A}`,
      "+ 0.5 s",
    ]);
    expect(remarkLines(scenario)).toEqual([`15 substitution: SELECT ${"$"}{a.other}`]);
  });

  it("say in which line they are broken", () => {
    const result = read("title: x\nsteps:\n  - A: BEGIN\n  - A: 'open\n");
    expect(result).toMatchObject({ kind: "broken", format: "yaml" });
    expect(result.kind === "broken" && result.line).toBeGreaterThanOrEqual(4);
  });
});

describe("Go tests with clients in comments", () => {
  it("are read by name, set-up and query", () => {
    const [first, second] = scenarios(`var T = []TransactionTest{
	{
		Name: "one",
		SetUpScript: []string{
			"create table t (x int primary key)",
			\`insert into t values (1)\`,
		},
		Assertions: []ScriptTestAssertion{
			{
				Query:    "/* client b */ insert into t values (\\"2\\")",
			},
		},
	},
	{
		Name: "two",
		Assertions: []ScriptTestAssertion{
			{Query: "/* client a */ commit"},
			{Query: "select 1"},
		},
	},
}`);
    expect(first?.scenario.setup).toHaveLength(2);
    expect(first && stepLines(first)).toEqual(['B: insert into t values ("2")']);
    expect(second?.title).toBe("two");
    expect(second && remarkLines(second)).toEqual(["18 noSession: select 1"]);
  });
});

describe("our own files", () => {
  it("are a scenario, a list of them, or recordings one a line; what is no step is said", () => {
    const one = { id: "x", setup: [], steps: [{ session: "A", sql: "BEGIN", outcome: "ok" }] };
    expect(only(JSON.stringify(one)).scenario.steps).toEqual([{ session: "A", sql: "BEGIN" }]);
    expect(scenarios(JSON.stringify([one, one]))).toHaveLength(2);
    expect(scenarios(`${JSON.stringify(one)}\n${JSON.stringify(one)}\n`)).toHaveLength(2);
    const odd = only(
      JSON.stringify({ ...one, steps: [{ session: "Z", sql: "BEGIN" }, null, { advance: 2 }] }),
    );
    expect(odd.scenario.steps).toEqual([{ advance: 2 }]);
    expect(odd.remarks).toHaveLength(2);
  });

  it("of a later version are refused by name; broken ones say where", () => {
    expect(read('{"interleave": 2, "steps": []}')).toMatchObject({
      kind: "broken",
      message: "version 2 > 1",
    });
    expect(read('{\n"id": "x",\n"steps": [}')).toMatchObject({ kind: "broken", line: 3 });
    const step = { session: "H", sql: "BEGIN" };
    const formatOf = (file: object) => read(JSON.stringify(file));
    expect(formatOf({ interleave: 1, steps: [step] })).toMatchObject({ format: "ownFile" });
    expect(formatOf({ steps: [{ ...step, outcome: "ok" }] })).toMatchObject({
      format: "transcript",
      scenarios: [{ scenario: { steps: [step] }, remarks: [] }],
    });
    expect(formatOf({ steps: [step] })).toMatchObject({ format: "scenario" });
    expect(read('{"a": 1}')).toEqual({ kind: "empty", format: "scenario" });
  });
});

describe("what is no script", () => {
  it("is told from one: bytes, and words that MySQL refuses one and all", () => {
    expect(read("\u0089PNG\r\n\u0000\u0000")).toEqual({ kind: "notText" });
    expect(read("SELECT '\uFFFD\uFFFD\uFFFD'")).toEqual({ kind: "notText" });
    expect(read(`SELECT 1; -- \uFFFD${" ".repeat(100)}`).kind).toBe("imported");
    expect(isAllRefused(only("Dear reader; how are you?"))).toBe(true);
    expect(isAllRefused(only("Dear reader; SELECT 1"))).toBe(false);
    expect(isAllRefused(only("CREATE TABLE t (id INT); Dear reader"))).toBe(false);
  });
});
