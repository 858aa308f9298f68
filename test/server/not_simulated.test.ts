/** What the simulated server cannot do is refused with MySQL's 1235, says that MySQL can do it, and stands in one list. */
import { expect, it } from "vitest";
import {
  MISSING_FUNCTIONS,
  MISSING_SHOWS,
  MISSING_STATEMENTS,
  MISSING_TYPES,
} from "../../src/base/not_simulated.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { parseStatement } from "../../src/sql/parser.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { explain } from "../../src/trace/explain.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { why } from "../../src/trace/why/why.ts";
import { missingGroups } from "../../src/views/fidelity/missing.ts";

function refusal(sql: string): Extract<TraceEvent, { type: "statement.ended" }> {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup(["CREATE TABLE t (id INT PRIMARY KEY)"]);
  simulation.step({ session: "A" as SessionName, sql });
  const ended = events.findLast((event) => event.type === "statement.ended");
  if (ended?.type !== "statement.ended") throw new Error(`${sql} did not end`);
  return ended;
}

it("a refused statement keeps MySQL's error and says who cannot do it", () => {
  const ended = refusal("CREATE TABLE j (place POINT)");
  expect(ended.outcome).toMatchObject({
    errno: 1235,
    sqlState: "42000",
    message: "This version of MySQL doesn't yet support 'columns of type GEOMETRY'",
    notSimulated: "columns of type GEOMETRY",
  });
  expect(explain(ended, "en")).toContain("A real MySQL 9.7 can do it");
  expect(explain(ended, "zh")).toContain("真正的 MySQL 9.7 能做到");
  const causeOf = () => null;
  expect(why(ended, initialState, "en", causeOf)?.rule[0]).toContain(
    "MySQL 9.7 has columns of type GEOMETRY",
  );
  expect(why(ended, initialState, "zh", causeOf)?.rule[0]).toContain("columns of type GEOMETRY");
});

it("what MySQL itself refuses with 1235 is not called a lack of the simulator", () => {
  const { outcome } = refusal(
    "WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 3 ORDER BY n) SELECT * FROM c",
  );
  expect(outcome).toMatchObject({ errno: 1235 });
  expect(outcome).not.toHaveProperty("notSimulated");
});

it.each([
  ...MISSING_TYPES.map((type) => `CREATE TABLE x (c ${type})`),
  "SELECT JSON_SEARCH('[1]', 'one', 1)",
  "CREATE TABLE p (id INT) PARTITION BY HASH (id) PARTITIONS 2",
])("%s is refused as not simulated", (sql) => {
  expect(refusal(sql).outcome).toHaveProperty("notSimulated");
});

it.each([
  ["SELECT * FROM information_schema.innodb_buffer_page", "information_schema.INNODB_BUFFER_PAGE"],
  ["SELECT * FROM performance_schema.Accounts", "performance_schema.accounts"],
  ["SELECT * FROM mysql.user", "mysql.user"],
  ["SELECT * FROM sys.x$io_by_thread_by_latency", "sys.x$io_by_thread_by_latency"],
  ["DESCRIBE sys.sys_config", "sys.sys_config"],
  ["CALL sys.diagnostics(1, 1, 'current')", "sys.diagnostics"],
  ["SHOW CREATE FUNCTION sys.list_add", "sys.list_add"],
  ["SELECT sys.list_add('a', 'b')", "sys.list_add"],
  ["SELECT POINT(1, 2)", "spatial functions"],
  ["SELECT ST_Buffer_Strategy('end_flat')", "spatial functions"],
])("%s is not said to be absent: MySQL has %s", (sql, notSimulated) => {
  expect(refusal(sql).outcome).toMatchObject({ errno: 1235, notSimulated });
});

it.each([
  ["SELECT * FROM information_schema.innodb_nothing", 1109],
  ["SELECT * FROM performance_schema.nothing", 1146],
  ["SELECT * FROM mysql.nothing", 1146],
  ["SELECT * FROM sys.x$version", 1146],
  ["SELECT sys.nothing(1)", 1305],
  ["CALL sys.list_add('a', 'b')", 1305],
  ["SELECT ST_Nothing(1)", 1305],
])("%s is told what MySQL tells", (sql, errno) => {
  const { outcome } = refusal(sql);
  expect(outcome).toMatchObject({ errno });
  expect(outcome).not.toHaveProperty("notSimulated");
});

it("every statement of the list is recognised, and nothing more of it", () => {
  const texts = [
    ...MISSING_STATEMENTS.map((words) => words.join(" ")),
    ...MISSING_SHOWS.map((words) => `SHOW ${words.join(" ")}`),
  ];
  const kindOf = (text: string) => {
    const result = parseStatement(`${text} x`);
    return result.ok ? result.statement.kind : result.error.message;
  };
  const answered = ["SHOW GRANTS", "SHOW FUNCTION STATUS", "SHOW PROCEDURE STATUS"];
  expect(
    texts.filter((text) => kindOf(text) !== "unsupported" && !answered.includes(text)),
  ).toEqual([]);
});

it.each(["en", "zh"] as const)("the page names JSON and partitions (%s)", (language) => {
  const text = missingGroups(language)
    .flatMap(({ name, items }) => [name, ...items])
    .join(" ");
  for (const word of ["JSON", "PARTITION"]) expect(text).toContain(word);
  expect(text).toContain(MISSING_FUNCTIONS[0]?.toUpperCase());
  expect(text).toMatch(language === "zh" ? /空间函数/ : /spatial functions/);
});
