/** What InnoDB asks the server about a session, or has it do (MySQL: thd_test_options, innobase_get_computed_value). */
import { assert } from "../../base/assert.ts";
import type { Row, Steps } from "../../innodb/api.ts";
import type { SessionName, TableId } from "../../trace/ids.ts";
import { generatorOf } from "../exec/generated.ts";
import type { Server } from "../server.ts";
import { isStrictMode, newEnv } from "../types/eval_env.ts";
import { lockFollowers } from "./open_tables.ts";
import { StatementExecution } from "./statement_execution.ts";

export function engineQuestions(server: () => Server) {
  const sessionOf = (name: SessionName) => server().sessions.get(name);
  return {
    checksForeignKeys: (name: SessionName) =>
      sessionOf(name)?.variables.isOn("foreign_key_checks") ?? true,
    hasChangedNonTransactional: (name: SessionName) =>
      sessionOf(name)?.hasModifiedNonTransactional ?? false,
    /** The child's row, changed with its parent, with its generated columns. */
    regenerate: (name: SessionName, id: TableId, row: Row): Row => {
      const run = sessionOf(name)?.run;
      const table = server().catalog.tableById(id);
      if (run === undefined || run === null || table === null) return row;
      const execution = new StatementExecution(server(), run);
      const env = { ...newEnv(execution), strict: isStrictMode(execution) };
      return generatorOf(table, env)(row);
    },
    /** The engine hands on what this waits for, as it does with its own locks; the scheduler tells them apart. */
    openFollowers: (name: SessionName, id: TableId): Steps<void> => {
      const session = sessionOf(name);
      const table = server().catalog.tableById(id);
      assert(session !== undefined && table !== null, "a statement's cascade", name);
      return lockFollowers(server(), session, table) as Steps<void>;
    },
  };
}
