/** The programs beside the picture, and the texts about bytes. */
import { describe, expect, it } from "vitest";
import { DEFAULT_CLIENT } from "../../src/net/settings.ts";
import type { ClientSettings } from "../../src/trace/state_net.ts";
import { byteText, partText } from "../../src/views/stream/byte_text.ts";
import { CODE_TABS, clientCode, tabOf } from "../../src/views/stream/client_code.ts";
import { streamWords } from "../../src/views/stream/words.ts";

const client = (change: Partial<ClientSettings>): ClientSettings => ({
  ...DEFAULT_CLIENT,
  ...change,
});

describe("a program is written as its author would", () => {
  it("with a loop over the result sets of a CALL", () => {
    expect(clientCode("c", client({ api: "mysql_store_result" }), "CALL p()")).toContain(
      "} while (mysql_next_result(conn) == 0);",
    );
    expect(clientCode("python", client({ api: "pymysql.Cursor" }), "CALL p()")).toContain(
      "while True:\n    for row in cursor:\n        work_on(row)\n    if not cursor.nextset(): break",
    );
    expect(clientCode("c", client({}), "SELECT 1")).not.toContain("mysql_next_result");
  });

  it("in C with the call that is simulated", () => {
    const settings = client({ api: "mysql_use_result", turnAtRow: 3, turn: "query" });
    expect(tabOf(settings)).toBe("c");
    expect(clientCode("c", settings, "SELECT 1")).toBe(
      [
        'mysql_query(conn, "SELECT 1");',
        "MYSQL_RES *res = mysql_use_result(conn);",
        "MYSQL_ROW row;",
        "int n = 0;",
        "while ((row = mysql_fetch_row(res))) {",
        "    n++;",
        "    work_on(row);",
        '    if (n == 3) mysql_query(conn, "SELECT 1");',
        "}",
        "mysql_free_result(res);",
      ].join("\n"),
    );
  });

  it("in Python with the cursor, the loop and the pause", () => {
    const settings = client({
      api: "pymysql.SSCursor",
      fetch: "many",
      rowMs: 500,
      pauseAtRow: 5,
      pauseMs: 60_000,
    });
    expect(tabOf(settings)).toBe("python");
    expect(clientCode("python", settings, "SELECT 1")).toBe(
      [
        "import pymysql, pymysql.cursors, time",
        "cursor = conn.cursor(pymysql.cursors.SSCursor)",
        'cursor.execute("SELECT 1")',
        "while rows := cursor.fetchmany(100):",
        "    for n, row in enumerate(rows, 1):",
        "        if n == 5: time.sleep(60)",
        "        work_on(row)",
        "        time.sleep(0.5)",
        "cursor.close()",
      ].join("\n"),
    );
  });

  it("for the mysql client, which streams with --quick", () => {
    expect(clientCode("client", client({ api: "pymysql.SSCursor" }), "SELECT 1")).toContain(
      "--quick",
    );
    expect(clientCode("client", client({}), "SELECT 'a'")).not.toContain("--quick");
    expect(CODE_TABS).toHaveLength(3);
  });
});

it.each([
  [0, "0 B"],
  [1448, "1448 B"],
  [16_384, "16 KB"],
  [5 * 1024 * 1024, "5.0 MB"],
])("%i bytes are %s", (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});

it("a part has its whole's unit once", () => {
  const { of } = streamWords("en");
  expect(partText(16_384, 32_768, of)).toBe("16 of 32 KB");
  expect(partText(605, 32_768, of)).toBe("605 B of 32 KB");
});
