/** The program that a simulated client stands for, as its author would write it, in Python, in C and for the mysql client. */
import { type ClientSettings, OTHER_WAY } from "../../trace/state_net.ts";

export type CodeTab = "python" | "c" | "client";

export const CODE_TABS: readonly CodeTab[] = ["python", "c", "client"];

/** The language that the simulated call is of. */
export function tabOf({ api }: ClientSettings): CodeTab {
  return api.startsWith("mysql_") ? "c" : "python";
}

export function clientCode(tab: CodeTab, settings: ClientSettings, sql: string): string {
  switch (tab) {
    case "c":
      return inC(settings, sql);
    case "python":
      return inPython(settings, sql);
    case "client":
      return inMysqlClient(settings, sql);
  }
}

function inMysqlClient({ api }: ClientSettings, sql: string): string {
  const quoted = `mysql -h db -e '${sql.replaceAll("'", "'\\''")}'`;
  return OTHER_WAY[api].stores
    ? `${quoted}\n# mysql_store_result: all rows in the client's memory before the first is printed`
    : `${quoted} --quick\n# --quick: mysql_use_result, each row is printed as it comes`;
}

function inC(settings: ClientSettings, sql: string): string {
  const call = OTHER_WAY[settings.api].stores ? "mysql_store_result" : "mysql_use_result";
  const { turnAtRow, rowMs, storeFirst } = settings;
  const counts = turnAtRow !== null || settings.pauseAtRow !== null;
  const body = [
    ...(counts ? ["n++;"] : []),
    ...pause(settings, (row, ms) => `if (n == ${row}) usleep(${ms * 1000});`),
    storeFirst ? "keep(copy_of(row));" : "work_on(row);",
    ...(rowMs > 0 && !storeFirst ? [`usleep(${rowMs * 1000});`] : []),
    ...(turnAtRow === null ? [] : [`if (n == ${turnAtRow}) ${TURN_IN_C(settings)}`]),
  ];
  const reading = (whenNone: readonly string[]): readonly string[] => [
    `MYSQL_RES *res = ${call}(conn);`,
    ...whenNone,
    "MYSQL_ROW row;",
    ...(counts ? ["int n = 0;"] : []),
    "while ((row = mysql_fetch_row(res))) {",
    ...body.map((line) => `    ${line}`),
    "}",
    "mysql_free_result(res);",
  ];
  return [
    `mysql_query(conn, "${sql.replaceAll('"', '\\"')}");`,
    ...(isCall(sql)
      ? [
          "do {",
          ...reading(["if (!res) continue;  /* the OK behind the last result set */"]).map(
            (line) => `    ${line}`,
          ),
          "} while (mysql_next_result(conn) == 0);",
        ]
      : reading([])),
    ...(storeFirst ? ["work_on_what_was_kept();"] : []),
  ].join("\n");
}

/** A CALL answers with as many result sets as its procedure has, and an OK. */
function isCall(sql: string): boolean {
  return /^\s*call\b/i.test(sql);
}

const TURN_IN_C = ({ turn, query }: ClientSettings): string =>
  ({
    break: "break;",
    close: "{ mysql_free_result(res); return; }",
    query: `mysql_query(conn, "${query.replaceAll('"', '\\"')}");`,
    ping: "mysql_ping(conn);",
    crash: "abort();",
  })[turn];

function inPython(settings: ClientSettings, sql: string): string {
  const { api, fetch, fetchSize, storeFirst, turnAtRow, rowMs } = settings;
  const [driver, cursor] = api.startsWith("mysql_")
    ? ["MySQLdb", OTHER_WAY[api].stores ? "Cursor" : "SSCursor"]
    : api.split(".");
  const counts = (turnAtRow !== null || settings.pauseAtRow !== null) && fetch !== "manual";
  const rows = counts ? "n, row in enumerate" : "row in ";
  const over = (source: string): string =>
    counts ? `for ${rows}(${source}, 1):` : `for ${rows}${source}:`;
  const work = [
    ...pause(settings, (row, ms) => `if n == ${row}: time.sleep(${ms / 1000})`),
    "work_on(row)",
    ...(rowMs > 0 ? [`time.sleep(${rowMs / 1000})`] : []),
    ...(turnAtRow === null ? [] : [`if n == ${turnAtRow}: ${TURN_IN_PYTHON(settings)}`]),
  ];
  const indented = work.map((line) => `    ${line}`);
  const loops: Readonly<Record<ClientSettings["fetch"], readonly string[]>> = {
    one: [over("cursor"), ...indented],
    many: [
      `while rows := cursor.fetchmany(${fetchSize}):`,
      `    ${over("rows")}`,
      ...indented.map((line) => `    ${line}`),
    ],
    all: [over("cursor.fetchall()"), ...indented],
    manual: ["row = cursor.fetchone()"],
  };
  const ofCall = ["while True:", ...loops[fetch].map((line) => `    ${line}`), NEXT_SET];
  const loop = storeFirst
    ? ["rows = list(cursor)", "cursor.close()", over("rows"), ...indented]
    : [...(isCall(sql) ? ofCall : loops[fetch]), "cursor.close()"];
  return [
    `import ${driver}, ${driver}.cursors${rowMs > 0 || settings.pauseAtRow !== null ? ", time" : ""}`,
    `cursor = conn.cursor(${driver}.cursors.${cursor})`,
    `cursor.execute("${sql.replaceAll('"', '\\"')}")`,
    ...loop,
  ].join("\n");
}

const NEXT_SET = "    if not cursor.nextset(): break";

const TURN_IN_PYTHON = ({ turn, query }: ClientSettings): string =>
  ({
    break: "break",
    close: "cursor.close(); break",
    query: `conn.cursor().execute("${query.replaceAll('"', '\\"')}")`,
    ping: "conn.ping()",
    crash: "os.abort()",
  })[turn];

function pause(
  { pauseAtRow, pauseMs }: ClientSettings,
  line: (row: number, ms: number) => string,
): readonly string[] {
  return pauseAtRow === null || pauseMs === 0 ? [] : [line(pauseAtRow, pauseMs)];
}
