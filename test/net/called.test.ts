/** A CALL answers with a result set for each SELECT of the procedure, and with an OK behind them. */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Outcome } from "../../src/trace/state.ts";
import type { ClientSettings } from "../../src/trace/state_net.ts";

const A = "A" as SessionName;

interface Called {
  readonly server: Outcome | null;
  /** What the program made of it. */
  readonly program: Outcome | null;
  readonly calls: readonly string[];
}

function called(
  sql: string,
  client: Partial<ClientSettings> | null,
  before: string[] = [],
): Called {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(
    simulation.setup([
      "CREATE TABLE t (id INT PRIMARY KEY)",
      "INSERT INTO t VALUES (1), (2)",
      "CREATE PROCEDURE two() BEGIN SELECT id FROM t; SELECT COUNT(*) AS n, 'x' AS s FROM t; DELETE FROM t; END",
      "CREATE PROCEDURE outer_one() BEGIN SELECT 0 AS z; CALL two(); END",
      "CREATE PROCEDURE fails() BEGIN SELECT 7 AS q; INSERT INTO t VALUES (1); SELECT 8; END",
    ]),
  ).toBeNull();
  if (client !== null) simulation.step({ session: A, client });
  for (const statement of before) simulation.step({ session: A, sql: statement });
  const result = simulation.step({ session: A, sql });
  const ended = events.findLast((event) => event.type === "statement.ended");
  return {
    server: ended?.type === "statement.ended" ? ended.outcome : null,
    program: result.outcome,
    calls: events.flatMap((event) => (event.type === "client.called" ? [event.call] : [])),
  };
}

const TWO = {
  kind: "rows",
  columns: ["id"],
  rows: [["1"], ["2"]],
  call: { more: [{ columns: ["n", "s"], rows: [["2", "x"]] }], affected: 2 },
};

describe("what a CALL answers", () => {
  it("all result sets of its procedure, and what its last statement changed", () => {
    expect(called("CALL two()", null).server).toMatchObject(TWO);
    expect(called("SELECT ROW_COUNT()", null, ["CALL two()"]).server).toMatchObject({
      rows: [["2"]],
    });
  });

  it("those of the procedures that it calls, in their order", () => {
    const { server } = called("CALL outer_one()", null);
    expect(server).toMatchObject({
      columns: ["z"],
      call: { more: [{ columns: ["id"] }, { columns: ["n", "s"] }] },
    });
  });

  it("what it had handed out before an error", () => {
    expect(called("CALL fails()", null).server).toMatchObject({
      kind: "error",
      errno: 1062,
      before: [{ columns: ["q"], rows: [["7"]] }],
    });
  });
});

describe.each([
  "mysql_store_result",
  "mysql_use_result",
  "MySQLdb.SSCursor",
  "pymysql.Cursor",
  "pymysql.SSCursor",
] as const)("%s", (api) => {
  it("reads one result set after the other, and can go on", () => {
    const { program, calls } = called("CALL two()", { api });
    expect(program).toMatchObject({ ...TWO, call: { more: TWO.call.more } });
    const next = api.startsWith("mysql_") ? "mysql_next_result()" : "cursor.nextset()";
    expect(calls.filter((call) => call === next)).toHaveLength(2);
    expect(called("SELECT 5", { api }, ["CALL two()"]).program).toMatchObject({ rows: [["5"]] });
  });

  it("gets the error that comes behind a result set", () => {
    expect(called("CALL fails()", { api }).program).toMatchObject({ kind: "error", errno: 1062 });
    expect(called("SELECT 5", { api }, ["CALL fails()"]).program).toMatchObject({ rows: [["5"]] });
  });
});

it("a command in the middle of the result sets is out of turn in C", () => {
  const { program } = called("CALL two()", {
    api: "mysql_use_result",
    turnAtRow: 1,
    turn: "query",
    query: "SELECT 1",
  });
  expect(program).toMatchObject({ kind: "error", errno: 2014 });
});
