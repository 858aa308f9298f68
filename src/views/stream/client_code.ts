/** The program that a simulated client stands for, as its author would write it. */
import type { ClientApi, ClientSettings } from "../../trace/state_net.ts";

export function clientCode(settings: ClientSettings, sql: string): string {
  const { api } = settings;
  return api.startsWith("mysql_") ? inC(api, sql) : inPython(settings, sql);
}

function inC(api: ClientApi, sql: string): string {
  return [
    `mysql_query(conn, "${sql.replaceAll('"', '\\"')}");`,
    `MYSQL_RES *res = ${api}(conn);`,
    "MYSQL_ROW row;",
    "while ((row = mysql_fetch_row(res)))",
    "    work_on(row);",
    "mysql_free_result(res);",
  ].join("\n");
}

function inPython({ api, fetch, fetchSize, storeFirst }: ClientSettings, sql: string): string {
  const [driver, cursor] = api.split(".");
  const module = driver === "pymysql" ? "pymysql" : "MySQLdb";
  const loops: Readonly<Record<ClientSettings["fetch"], readonly string[]>> = {
    one: ["for row in cursor:", "    work_on(row)"],
    many: [
      `while rows := cursor.fetchmany(${fetchSize}):`,
      "    for row in rows:",
      "        work_on(row)",
    ],
    all: ["for row in cursor.fetchall():", "    work_on(row)"],
    manual: ["row = cursor.fetchone()"],
  };
  const loop = storeFirst
    ? ["rows = list(cursor)", "for row in rows:", "    work_on(row)"]
    : loops[fetch];
  return [
    `import ${module}, ${module}.cursors`,
    `cursor = conn.cursor(${module}.cursors.${cursor})`,
    `cursor.execute("${sql.replaceAll('"', '\\"')}")`,
    ...loop,
    "cursor.close()",
  ].join("\n");
}
