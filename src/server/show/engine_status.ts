/**
 * SHOW ENGINE INNODB STATUS, laid out as the server does.
 *
 * InnoDB: srv0srv.cc: srv_printf_innodb_monitor.
 * Departure: the sections about threads, semaphores, files, the log and the buffer pool are left out: nothing here has them.
 */

import { intMapValues } from "../../base/int_map.ts";
import type { ShowEngine } from "../../sql/ast_show.ts";
import { nowText } from "../clock_text.ts";
import type { ExecResult } from "../context.ts";
import { mysqlError, notSimulated } from "../errors.ts";
import { transactionsText } from "../innodb_status/trx_print.ts";
import type { Server } from "../server.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { shownResult } from "./shown.ts";

export function showEngineStatus(execution: StatementExecution, statement: ShowEngine): ExecResult {
  const { engine, what } = statement;
  if (engine !== "innodb") throw mysqlError("ER_UNKNOWN_STORAGE_ENGINE", engine);
  if (what !== "status") throw notSimulated(`SHOW ENGINE INNODB ${what.toUpperCase()}`);
  return shownResult({
    columns: ["Type", "Name", "Status"],
    rows: [["InnoDB", "", statusText(execution.server)]],
  });
}

function statusText(server: Server): string {
  const { latestDeadlock } = server.status;
  const views = [...intMapValues(server.engine.dump().readViews)].length;
  const head = `${nowText(server.log.nowMs)} ${140_000_000_000_000} INNODB MONITOR OUTPUT`;
  const rule = "=".repeat(head.length);
  return [
    "",
    rule,
    head,
    rule,
    "Per second averages calculated from the last 1 seconds",
    ...(latestDeadlock === null ? [] : section("LATEST DETECTED DEADLOCK", latestDeadlock)),
    ...section("TRANSACTIONS", transactionsText(server)),
    ...section(
      "ROW OPERATIONS",
      `0 queries inside InnoDB, 0 queries in queue\n${views} read views open inside InnoDB`,
    ),
    "----------------------------",
    "END OF INNODB MONITOR OUTPUT",
    "============================",
    "",
  ].join("\n");
}

function section(title: string, text: string): string[] {
  const rule = "-".repeat(title.length);
  return [rule, title, rule, text];
}
