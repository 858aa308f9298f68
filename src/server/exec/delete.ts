/**
 * DELETE of one table (MySQL: Sql_cmd_delete::delete_from_single_table). Unlike UPDATE it never reads semi-consistently.
 */
import { settled } from "../../base/answer.ts";
import type { Exec, ExecResult, RowTriggers } from "../context.ts";
import { newEnv } from "../types/eval_env.ts";
import { dbFailure, passOverCutOff } from "./db_failure.ts";
import { decidedBefore } from "./known_constants.ts";
import {
  chooseModify,
  collectMatches,
  isEverything,
  type ModifyPlan,
  nextMatch,
  openModifyReader,
  RefsReader,
} from "./modify_plan.ts";
import { isIgnorable } from "./update.ts";

export interface DeletePlan extends ModifyPlan {
  readonly isIgnore: boolean;
  readonly triggers: RowTriggers | null;
}

const NO_COLUMNS: ReadonlySet<number> = new Set();

export function* runDelete(given: DeletePlan): Exec<ExecResult> {
  const { ctx, table } = given;
  const { where, known } = yield* decidedBefore(given.where, newEnv(ctx), [
    { slot: given.slot, info: table.info },
  ]);
  const plan = where === given.where ? given : { ...given, where, isFreed: where === null };
  const chosen = chooseModify(plan, "delete", NO_COLUMNS, known);
  let deleted = 0;
  if (chosen.path.kind !== "none" && plan.limit !== 0) {
    const handler = table.open();
    if (isEverything(plan) && plan.triggers === null && handler.deleteAllRows !== undefined) {
      return done(handler.deleteAllRows());
    }
    let reader = openModifyReader(chosen, handler, table);
    let search: ModifyPlan = plan;
    const scansTable = chosen.path.kind === "all" && !chosen.needsSort;
    if (chosen.needsSort) {
      const refs = yield* collectMatches(plan, chosen, handler, reader, "delete");
      reader = new RefsReader(refs, handler);
      search = { ...plan, where: null };
    }
    while (plan.limit === null || deleted < plan.limit) {
      const row = yield* settled(nextMatch(search, reader, handler));
      if (row === null) break;
      const gone = { old: row, new: null };
      if (plan.triggers !== null) yield* plan.triggers.before("delete", gone);
      const result = yield* settled(handler.deleteRow());
      if (result === "ok") {
        deleted += 1;
        if (plan.triggers !== null) yield* plan.triggers.after("delete", gone);
      } else if (passOverCutOff(result, scansTable, table, () => done(deleted))) continue;
      else if (plan.isIgnore && isIgnorable(result.err))
        ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
      else throw dbFailure(result, table);
    }
  }
  return done(deleted);
}

function done(affected: number): Extract<ExecResult, { kind: "ok" }> {
  return { kind: "ok", affected, info: "", insertId: 0 };
}
