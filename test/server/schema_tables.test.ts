/** Tables that tell of the server itself. */
import { expect, it } from "vitest";
import { Script } from "./script.ts";

it("performance_schema keeps a thread's last statements with what became of them", () => {
  const script = new Script();
  script.runAll("A: INSERT INTO t VALUES (4,40)", "A: INSERT INTO t VALUES (4,40)", "A: nonsense");
  const columns = "event_name, mysql_errno, rows_affected";
  expect(
    script.run(
      `B: SELECT ${columns} FROM performance_schema.events_statements_history ORDER BY event_id`,
    ),
  ).toBe("statement/sql/insert 0 1 | statement/sql/insert 1062 0 | statement/sql/error 1064 0");
  expect(
    script.run(
      "B: SELECT sql_text FROM performance_schema.events_statements_current WHERE mysql_errno = 1064",
    ),
  ).toBe("nonsense");
});

it("information_schema shows the statistics that were last asked for, until they expire", () => {
  const script = new Script();
  const rows = "A: SELECT table_rows FROM information_schema.tables WHERE table_name = 't'";
  script.run("A: INSERT INTO t VALUES (4,40)");
  expect(script.run(rows)).toBe("3");
  script.run("advance 86401");
  expect(script.run(rows.replace("A:", "B:"))).toBe("4");
});

it("the hint MAX_EXECUTION_TIME goes before the variable", () => {
  const script = new Script();
  script.run("A: SET max_execution_time = 90000");
  expect(script.run("A: SELECT /*+ MAX_EXECUTION_TIME(2000) */ COUNT(SLEEP(9)) FROM t")).toBe(
    "waits",
  );
  expect(script.run("advance 3")).toBe("ok ; A: ERROR 3024");
});

it("information_schema and SHOW tell of routines and triggers", () => {
  const script = new Script();
  script.runAll(
    "A: CREATE PROCEDURE p(IN x INT) COMMENT 'hello' SELECT x",
    "A: CREATE FUNCTION f(a INT) RETURNS VARCHAR(20) DETERMINISTIC NO SQL RETURN 'x'",
    "A: CREATE TRIGGER second BEFORE INSERT ON t FOR EACH ROW SET @a = 1",
    "A: CREATE TRIGGER third BEFORE INSERT ON t FOR EACH ROW SET @a = 2",
    "advance 5",
    "A: ALTER FUNCTION f SQL SECURITY INVOKER",
  );
  const columns =
    "routine_name, dtd_identifier, character_octet_length, routine_definition, sql_data_access, security_type, TIMEDIFF(last_altered, created)";
  expect(
    script.run(`A: SELECT ${columns} FROM information_schema.routines ORDER BY routine_name`),
  ).toBe(
    "f varchar(20) 80 RETURN 'x' NO SQL INVOKER 00:00:05 | p NULL NULL SELECT x CONTAINS SQL DEFINER 00:00:00",
  );
  expect(script.run("A: SHOW PROCEDURE STATUS LIKE 'P'")).toContain("p PROCEDURE SQL");
  expect(script.run("A: SHOW FUNCTION STATUS WHERE Comment = 'hello'")).toBe("");
  expect(
    script.run(
      "A: SELECT trigger_name, action_order, action_statement FROM information_schema.triggers ORDER BY trigger_name",
    ),
  ).toBe("second 1 SET @a = 1 | third 2 SET @a = 2");
  expect(script.run("A: SHOW TRIGGERS LIKE 't'")).toContain("second INSERT t SET @a = 1 BEFORE");
});

it("InnoDB's status tells of each session's own last statement", () => {
  const script = new Script();
  script.runAll("A: BEGIN", "A: UPDATE t SET v = 1 WHERE id = 1");
  const queryOfA = (): string | undefined =>
    /query id (\d+) localhost root$/m.exec(script.run("B: SHOW ENGINE INNODB STATUS"))?.[1];
  const first = queryOfA();
  expect(first).toBeDefined();
  expect(queryOfA()).toBe(first);
});

it("information_schema tells of the parameters of routines, and of what a function gives as its parameter 0", () => {
  const script = new Script();
  script.runAll(
    "A: CREATE PROCEDURE p(IN a INT, OUT b VARCHAR(20), INOUT c DECIMAL(8,2)) SELECT 1",
    "A: CREATE FUNCTION f(x DATETIME(3)) RETURNS CHAR(5) DETERMINISTIC RETURN 'a'",
  );
  const columns =
    "specific_name, ordinal_position, parameter_mode, parameter_name, data_type, numeric_scale, dtd_identifier";
  expect(script.run(`A: SELECT ${columns} FROM information_schema.parameters ORDER BY 1, 2`)).toBe(
    "f 0 NULL NULL char NULL char(5) | f 1 IN x datetime NULL datetime(3) | p 1 IN a int 0 int | " +
      "p 2 OUT b varchar NULL varchar(20) | p 3 INOUT c decimal 2 decimal(8,2)",
  );
});

it("InnoDB's status lists who has a number, with the read view; who only reads has none", () => {
  const script = new Script();
  const listed = (): string[] =>
    script
      .run("S: SHOW ENGINE INNODB STATUS")
      .split("\n")
      .filter((line) => /ACTIVE|read view will|read views open/.test(line))
      .map((line) => line.replace(/TRANSACTION \d+/, "TRANSACTION n").trim());
  script.runAll("A: BEGIN", "A: SELECT * FROM t", "A: SELECT * FROM t WHERE id = 1 FOR SHARE");
  expect(listed()).toEqual(["1 read views open inside InnoDB"]);
  script.runAll("B: BEGIN", "B: UPDATE t SET v = 1 WHERE id = 2");
  expect(listed()).toEqual(["---TRANSACTION n, ACTIVE 0 sec", "1 read views open inside InnoDB"]);
  script.runAll("B: SELECT * FROM t", "A: UPDATE t SET v = 1 WHERE id = 1");
  const [first, ofB, second, ofA] = listed();
  expect([first, second]).toEqual([
    "---TRANSACTION n, ACTIVE 0 sec",
    "---TRANSACTION n, ACTIVE 0 sec",
  ]);
  for (const line of [ofB, ofA]) {
    expect(line).toMatch(/^Trx read view will not see trx with id >= \d+, sees < \d+$/);
  }
});

it("InnoDB's own dictionary has every table and index, GEN_CLUST_INDEX too, as MySQL 9.7.4 listed them", () => {
  const script = new Script();
  script.runAll(
    "A: CREATE TABLE o (id INT PRIMARY KEY, c INT, d INT, KEY c (c), UNIQUE KEY cd (c, d))",
    "A: CREATE TABLE n (a INT, v INT GENERATED ALWAYS AS (a+1) VIRTUAL, KEY (a)) ROW_FORMAT=COMPACT",
    "A: CREATE TABLE m (a INT) ENGINE=MyISAM",
  );
  const rowsOf = (sql: string) => script.run(`A: ${sql}`).split(" | ");
  expect(
    rowsOf(
      "SELECT NAME, FLAG, N_COLS, ROW_FORMAT, SPACE_TYPE FROM information_schema.INNODB_TABLES WHERE NAME <> 'sim/t' ORDER BY NAME",
    ),
  ).toEqual(["sim/n 1 4 Compact Single", "sim/o 33 6 Dynamic Single"]);
  expect(
    rowsOf(
      "SELECT t.NAME, i.NAME, i.TYPE, i.N_FIELDS FROM information_schema.INNODB_INDEXES i JOIN information_schema.INNODB_TABLES t USING (TABLE_ID) WHERE t.NAME <> 'sim/t' ORDER BY 1, 2",
    ),
  ).toEqual([
    "sim/n a 0 2",
    "sim/n GEN_CLUST_INDEX 1 4",
    "sim/o c 0 2",
    "sim/o cd 2 3",
    "sim/o PRIMARY 3 5",
  ]);
});

it("PS_CURRENT_THREAD_ID is the session's row in threads", () => {
  expect(
    new Script().run(
      "A: SELECT THREAD_ID = PS_CURRENT_THREAD_ID() FROM performance_schema.threads WHERE PROCESSLIST_ID = CONNECTION_ID()",
    ),
  ).toBe("1");
});

it("metadata locks taken while their instrument is off are never shown, those from before are", () => {
  const script = new Script();
  const set = (value: string) =>
    `B: UPDATE performance_schema.setup_instruments SET enabled = '${value}' WHERE name = 'wait/lock/metadata/sql/mdl'`;
  const shown =
    "B: SELECT lock_type FROM performance_schema.metadata_locks WHERE object_name = 't'";
  script.runAll("A: BEGIN", "A: SELECT * FROM t", set("NO"), "A: DELETE FROM t WHERE id = 1");
  expect(script.run(shown)).toBe("SHARED_READ");
  script.runAll(set("YES"), "A: COMMIT", "A: BEGIN", "A: DELETE FROM t WHERE id = 2");
  expect(script.run(shown)).toBe("SHARED_WRITE");
});

it("what consumers gathered goes with TRUNCATE, and what came while one was off is missing", () => {
  const script = new Script();
  const texts =
    "B: SELECT sql_text FROM performance_schema.events_statements_history WHERE sql_text LIKE 'DO%' ORDER BY event_id";
  const set = (value: string) =>
    `B: UPDATE performance_schema.setup_consumers SET enabled = '${value}' WHERE name = 'events_statements_history'`;
  script.runAll("A: DO 1", set("NO"), "A: DO 2", set("YES"), "A: DO 3");
  expect(script.run(texts)).toBe("DO 1 | DO 3");
  script.runAll("B: TRUNCATE TABLE performance_schema.events_statements_history", "A: DO 4");
  expect(script.run(texts)).toBe("DO 4");
});
