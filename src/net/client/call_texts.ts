/** What a program calls, as its author would write it. */
import type { ClientCall } from "../../trace/state_net.ts";

export type CallTexts = {
  readonly [C in ClientCall | "execute" | "query" | "nextset"]: (argument: string) => string;
};

export const C_CALLS: CallTexts = {
  execute: (sql) => `mysql_real_query("${sql}")`,
  query: (sql) => `mysql_real_query("${sql}")`,
  fetchone: () => "mysql_fetch_row()",
  fetchmany: (size) => `mysql_fetch_row() × ${size}`,
  fetchall: () => "mysql_fetch_row() to the end",
  nextset: () => "mysql_next_result()",
  close: () => "mysql_free_result()",
  ping: () => "mysql_ping()",
  crash: () => "abort()",
};

export const PYTHON_CALLS: CallTexts = {
  execute: (sql) => `cursor.execute("${sql}")`,
  query: (sql) => `connection.cursor().execute("${sql}")`,
  fetchone: () => "cursor.fetchone()",
  fetchmany: (size) => `cursor.fetchmany(${size})`,
  fetchall: () => "cursor.fetchall()",
  nextset: () => "cursor.nextset()",
  close: () => "cursor.close()",
  ping: () => "connection.ping()",
  crash: () => "os.abort()",
};
