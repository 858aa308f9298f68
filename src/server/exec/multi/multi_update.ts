/**
 * UPDATE of rows of several tables: at once where the join cannot meet the row again, else table by table when it has ended.
 *
 * MySQL: UpdateRowsIterator (sql_update.cc).
 */

import { settled } from "../../../base/answer.ts";
import { assert } from "../../../base/assert.ts";
import { changedColumns } from "../../../innodb/datum.ts";
import type { Update } from "../../../sql/ast.ts";
import type { Exec, ExecResult, StatementContext } from "../../context.ts";
import { type EvalEnv, isStrictMode } from "../../types/eval_env.ts";
import { passesChecks, refuseRow } from "../column_values.ts";
import { dbFailure, passOverCutOff } from "../db_failure.ts";
import type { StatementEnv } from "../statement_env.ts";
import { counted, isIgnorable, updateInfo } from "../update.ts";
import { updatedAtOnce } from "./immediate_targets.ts";
import { collect, type Place, placed, writer } from "./multi_rows.ts";
import { type FoundRow, resolveMultiUpdate, type Target } from "./resolve_multi.ts";
import { UpdatedTable } from "./updated_table.ts";

export function* runMultiUpdate(statement: StatementEnv, node: Update): Exec<ExecResult> {
  const { ctx } = statement;
  const env = { ...statement.env, strict: isStrictMode(ctx) && !node.ignore };
  const join = resolveMultiUpdate(statement, node);
  ctx.requireWriteLocks();
  const tables = new Map(
    join.targets.map((target) => [
      target,
      new UpdatedTable(target, join, statement, env, node.through),
    ]),
  );
  const tableOf = (target: Target): UpdatedTable => {
    const table = tables.get(target);
    assert(table !== undefined, "a target of the join is updated");
    return table;
  };
  const changes = new Changes(ctx, env, node.ignore);
  yield* collect(statement, {
    join,
    isSemiConsistent: true,
    atOnce: (plan) =>
      updatedAtOnce(
        plan,
        join.targets,
        new Map([...tables].map(([target, table]) => [target, table.counted])),
      ),
    afterOf: (target, row) => tableOf(target).afterOf(row),
    change: (target, row, place) => changes.change(tableOf(target), row, place),
  });
  for (const [target, table] of tables) {
    const handler = writer(target.table);
    for (const kept of target.found.values()) {
      const row = yield* placed(handler, kept.ref, target.table);
      if (row === null) continue;
      // biome-ignore lint/correctness/useYield: the cursor stands on the row
      yield* changes.change(table, table.asItIsNow(kept, row), function* () {
        return handler;
      });
    }
  }
  ctx.foundRows.value = 0;
  return changes.result();
}

/** The rows that were matched and changed so far. */
class Changes {
  readonly #ctx: StatementContext;
  readonly #env: EvalEnv;
  readonly #isIgnore: boolean;
  #matched = 0;
  #changed = 0;

  constructor(ctx: StatementContext, env: EvalEnv, isIgnore: boolean) {
    this.#ctx = ctx;
    this.#env = env;
    this.#isIgnore = isIgnore;
  }

  *change(table: UpdatedTable, row: FoundRow, place: Place): Exec<void> {
    this.#matched += 1;
    const { before } = row;
    const after = yield* table.triggered(row);
    const isSame = changedColumns(before, after).length === 0;
    if (isSame && table.isComparable) return;
    const { table: stored, joinTable } = table.target;
    joinTable.scope.slot.row = after;
    const hidden = table.hiddenBy(row.after);
    if (hidden !== null) {
      refuseRow(hidden, this.#env, this.#isIgnore);
      return;
    }
    if (!isSame && !(yield* passesChecks(table.checks, this.#env, this.#isIgnore))) return;
    const handler = yield* place();
    if (handler === null) return;
    const writing = handler.updateRow(after, { ignoreDuplicate: this.#isIgnore });
    const { counter } = table;
    const result =
      counter === null || before[counter] === after[counter]
        ? yield* settled(writing)
        : yield* counted(handler, after[counter] ?? null, writing);
    if (result === "ok") {
      this.#changed += isSame ? 0 : 1;
      if (table.triggers !== null) {
        yield* table.triggers.after("update", { old: before, new: after });
      }
    } else if (passOverCutOff(result, true, stored, () => this.result())) return;
    else if (this.#isIgnore && isIgnorable(result.err)) {
      this.#ctx.warn({ level: "Warning", ...dbFailure(result, stored).error });
    } else throw dbFailure(result, stored);
  }

  result(): Extract<ExecResult, { kind: "ok" }> {
    const info = updateInfo(this.#matched, this.#changed, this.#ctx.warningCount());
    return { kind: "ok", affected: this.#changed, info, insertId: 0 };
  }
}
