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
