/** What a client is set to is said in words, in both languages, for every setting there is. */
import { describe, expect, it } from "vitest";
import { DEFAULT_CLIENT } from "../../src/net/settings.ts";
import type { Language } from "../../src/store/preferences.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { clientSaid, stepSaid } from "../../src/views/schedule/step_words.ts";

describe("a client's settings", () => {
  it.each(Object.keys(DEFAULT_CLIENT))("%s has words in both languages", (name) => {
    const one = { [name]: DEFAULT_CLIENT[name as keyof typeof DEFAULT_CLIENT] };
    expect(clientSaid(one, "en")).not.toContain(`${name} =`);
    expect(clientSaid(one, "zh")).not.toContain(`${name} =`);
  });

  it("that are switched off are not told beside what is set", () => {
    const off = {
      pauseAtRow: null,
      pauseMs: 0,
      storeFirst: false,
      memoryLimitBytes: null,
      rowMs: 0,
    };
    const client = { ...off, turnAtRow: 5, turn: "query", query: "SELECT 1" } as const;
    expect(clientSaid(client, "zh")).toBe("读完第 5 行后，发另一条查询，那条查询：SELECT 1");
    const stops = { pauseAtRow: 5, pauseMs: 600_000, turnAtRow: null, turn: "break" } as const;
    expect(clientSaid(stops, "en")).toBe("stops at row 5, for 600 s");
    expect(clientSaid({}, "en")).toBe("its client is simulated");
  });

  it("are one line", () => {
    const client = {
      api: "MySQLdb.SSCursor",
      turnAtRow: 3,
      turn: "query",
      query: "DO $1",
    } as const;
    expect(clientSaid(client, "en")).toBe(
      "client: MySQLdb.SSCursor, after row 3, sends another query, that query: DO $1",
    );
    expect(clientSaid(client, "zh")).toBe(
      "客户端：MySQLdb.SSCursor，读完第 3 行后，发另一条查询，那条查询：DO $1",
    );
  });
});

it("says of a connection that it is closed or made again, where no SQL does it", () => {
  const said = (sql: string, language: Language) =>
    stepSaid({ session: "A" as SessionName, sql }, language);
  expect(said("@disconnect", "en")).toBe("closes its connection");
  expect(said("@disconnect", "zh")).toBe("断开连接");
  expect(said("@reconnect", "zh")).toBe("重新连接");
  expect(said("SELECT  1", "zh")).toBe("SELECT 1");
});
