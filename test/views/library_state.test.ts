import { expect, it } from "vitest";
import { libraryState } from "../../src/views/stream/library_state.ts";
import { streamEnglish as EN } from "../../src/views/stream/words_en.ts";

const UNREAD = { call: null, status: "useResult" } as const;

it("rows that are still to be read mean 2014 to libmysqlclient, and a warning to pymysql", () => {
  expect(libraryState(UNREAD, "MySQLdb.SSCursor", EN)).toContain("2014");
  expect(libraryState(UNREAD, "pymysql.SSCursor", EN)).toContain("throws them away");
});

it("a library that has sent a command waits for the answer", () => {
  const asked = { call: "mysql_query", status: "ready" } as const;
  expect(libraryState(asked, "mysql_use_result", EN)).toBe("waits for the answer");
});
