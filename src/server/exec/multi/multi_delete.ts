/**
 * DELETE of rows of several tables: table by table, when the join has ended, but for those that can go at once.
 *
 * MySQL: DeleteRowsIterator (sql_delete.cc).
 */
import { settled } from "../../../base/answer.ts";
import { compareKeys } from "../../../innodb/datum.ts";
import type { Delete } from "../../../sql/ast.ts";
import type { Exec, ExecResult } from "../../context.ts";
import { dbFailure, passOverCutOff } from "../db_failure.ts";
import type { StatementEnv } from "../statement_env.ts";
import { isIgnorable } from "../update.ts";
import { deletedAtOnce } from "./immediate_targets.ts";
import { collect, type Place, placed, writer } from "./multi_rows.ts";
import { type FoundRow, resolveMultiDelete, type Target } from "./resolve_multi.ts";

export function* runMultiDelete(statement: StatementEnv, node: Delete): Exec<ExecResult> {
  const { ctx } = statement;
  const join = resolveMultiDelete(statement, node);
  ctx.requireWriteLocks();
  const { targets } = join;
  let deleted = 0;
  const triggersOf = new Map(targets.map((target) => [target, ctx.triggersOf(target.table)]));
  function* change(target: Target, { before: old }: FoundRow, place: Place): Exec<void> {
    const handler = yield* place();
    if (handler === null) return;
    const triggers = triggersOf.get(target) ?? null;
    if (triggers !== null) yield* triggers.before("delete", { old, new: null });
    const result = yield* settled(handler.deleteRow());
    if (result === "ok") {
      deleted += 1;
      if (triggers !== null) yield* triggers.after("delete", { old, new: null });
    } else if (passOverCutOff(result, true, target.table, () => done(deleted))) return;
    else if (node.ignore && isIgnorable(result.err)) {
      ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
    } else throw dbFailure(result, target.table);
  }
  yield* collect(statement, {
    join,
    isSemiConsistent: false,
    atOnce: (plan) => deletedAtOnce(plan, targets),
    // biome-ignore lint/correctness/useYield: a deleted row has no new values
    *afterOf(_target, row) {
      return row;
    },
    change,
  });
  for (const target of targets) {
    const handler = writer(target.table);
    for (const found of inKeyOrder(target)) {
      yield* change(target, found, function* () {
        return (yield* placed(handler, found.ref, target.table)) === null ? null : handler;
      });
    }
  }
  ctx.foundRows.value = 0;
  return done(deleted);
}

function done(affected: number): Extract<ExecResult, { kind: "ok" }> {
  return { kind: "ok", affected, info: "", insertId: 0 };
}

/** MySQL: Unique, which sorts the rows that DELETE puts off by where they are. */
function inKeyOrder({ table, found }: Target): readonly FoundRow[] {
  const clustered = table.info.indexes.find((index) => index.clustered);
  const fields = (clustered?.parts ?? []).flatMap(({ column, prefix, desc }) => {
    const info = table.columns[column];
    return info === undefined ? [] : [{ column, prefix, desc, type: info.type, nullable: false }];
  });
  return [...found.values()].sort((a, b) =>
    fields.length === 0
      ? a.ref.rec - b.ref.rec
      : compareKeys(fields, a.ref.key, b.ref.key, fields.length),
  );
}
