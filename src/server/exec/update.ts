/**
 * UPDATE of one table (MySQL: Sql_cmd_update::update_single_table).
 *
 *   search ─▶ match? ── no ─▶ unlock        (READ COMMITTED gives the lock back)
 *               │ yes
 *               ▼
 *   assignments, left to right, each seeing the ones before ─▶ same as before? ─▶ matched, not changed
 *               │ changed
 *               ▼
 *   updateRow
 *
 * A statement that changes the key it searches by, or that has to sort, finds all rows first.
 */
import { isPending, settled } from "../../base/answer.ts";
import type { Datum, Handler, Row, WriteResult } from "../../innodb/api.ts";
import { sameData } from "../../innodb/datum.ts";
import type { Answer, Exec, ExecResult, RowTriggers } from "../context.ts";
import type { Item } from "../expr/item.ts";
import type { ModifyAccess } from "../optimizer/modify_access.ts";
import { type EvalEnv, isStrictMode, newEnv } from "../types/eval_env.ts";
import { passesChecks } from "./column_values.ts";
import type { AccessReader } from "./cursor_reader.ts";
import { dbFailure, passOverCutOff } from "./db_failure.ts";
import { decidedBefore, type KnownConstants, NOTHING_KNOWN } from "./known_constants.ts";
import {
  chooseModify,
  collectMatches,
  type ModifyPlan,
  nextMatch,
  openModifyReader,
  RefsReader,
} from "./modify_plan.ts";
import { automaticColumns, type RowChange, RowChanger } from "./row_changer.ts";

export interface UpdatePlan extends ModifyPlan, RowChange {
  readonly storing: Storing;
  readonly triggers: RowTriggers | null;
}

/** How assigned values are stored. */
interface Storing {
  readonly env: EvalEnv;
  readonly changer: RowChanger;
  /** Assigned columns, and those that change by themselves or by a trigger. */
  readonly written: ReadonlySet<number>;
  /** The AUTO_INCREMENT column, if it is assigned. */
  readonly counter: number | null;
  /** A row that stays the same is seen to. */
  readonly isComparable: boolean;
}

export function storingOf(plan: Omit<UpdatePlan, "storing">): Storing {
  const { ctx, table, assignments, generated, isIgnore } = plan;
  const env = { ...newEnv(ctx), strict: isStrictMode(ctx) && !isIgnore };
  const assigned = new Set(assignments.map(({ column }) => column));
  const made = generated.map(({ column }) => column);
  const counter = table.columns.findIndex((column) => column.autoIncrement);
  return {
    env,
    changer: new RowChanger(plan, table, env),
    written: new Set([
      ...assigned,
      ...automaticColumns(table),
      ...made,
      ...(plan.triggers?.assigned() ?? []),
    ]),
    counter: assigned.has(counter) ? counter : null,
    isComparable: readsAssigned(assigned, plan.needed),
  };
}

export function runUpdate(plan: UpdatePlan): Answer<ExecResult> {
  plan.storing.env.rowNumber = 1;
  const { where } = plan;
  if (where !== null && where.eval === null) return decidedFirst(plan, where);
  return runDecided(plan, NOTHING_KNOWN);
}

function* decidedFirst(given: UpdatePlan, condition: Item): Exec<ExecResult> {
  const { where, known } = yield* decidedBefore(condition, given.storing.env, [
    { slot: given.slot, info: given.table.info },
  ]);
  return yield* settled(runDecided({ ...given, where }, known));
}

function runDecided(plan: UpdatePlan, known: KnownConstants): Answer<ExecResult> {
  const { table } = plan;
  const { env, written } = plan.storing;
  const chosen = chooseModify(plan, "update", written, known);
  if (chosen.path.kind === "none" || plan.limit === 0) return updated(plan, 0, 0);

  const handler = table.open();
  const rows = openModifyReader(chosen, handler, table);
  // Messages name the row that was looked at, not the one that matched.
  const reader: AccessReader = {
    next: () => {
      env.rowNumber += 1;
      return rows.next();
    },
  };
  env.rowNumber = 0;
  if (chosen.needsSort || chosen.needsTemporary) return sortedFirst(plan, chosen, handler, reader);
  return new Updating(plan, plan, handler, reader, chosen.path.kind === "all").run();
}

function* sortedFirst(
  plan: UpdatePlan,
  chosen: ModifyAccess,
  handler: Handler,
  reader: AccessReader,
): Exec<ExecResult> {
  handler.trySemiConsistentRead(!chosen.needsSort);
  const refs = yield* collectMatches(plan, chosen, handler, reader, "update");
  handler.trySemiConsistentRead(false);
  const search = { ...plan, where: null };
  return yield* settled(
    new Updating(plan, search, handler, new RefsReader(refs, handler), false).run(),
  );
}

/** The rows that are found, changed one after the other. */
class Updating {
  readonly #plan: UpdatePlan;
  readonly #search: ModifyPlan;
  readonly #handler: Handler;
  readonly #reader: AccessReader;
  readonly #scansTable: boolean;
  #matched = 0;
  #changed = 0;
  /** IGNORE passed over the last row. */
  #isRefused = false;

  constructor(
    plan: UpdatePlan,
    search: ModifyPlan,
    handler: Handler,
    reader: AccessReader,
    scansTable: boolean,
  ) {
    this.#plan = plan;
    this.#search = search;
    this.#handler = handler;
    this.#reader = reader;
    this.#scansTable = scansTable;
  }

  run(): Answer<ExecResult> {
    this.#handler.trySemiConsistentRead(true);
    while (this.#wantsMore()) {
      const before = nextMatch(this.#search, this.#reader, this.#handler);
      if (isPending(before)) return this.#goOn(before, null);
      if (before === null) break;
      const changing = this.#change(before);
      if (isPending(changing)) return this.#goOn(null, changing);
    }
    return this.#end();
  }

  /** From where something has to be waited for: a row, or what is done with the last one. */
  *#goOn(reading: Exec<Row | null> | null, change: Exec<void> | null): Exec<ExecResult> {
    if (change !== null) yield* change;
    let begun = reading;
    while (begun !== null || this.#wantsMore()) {
      const found = begun ?? nextMatch(this.#search, this.#reader, this.#handler);
      begun = null;
      const before = isPending(found) ? yield* found : found;
      if (before === null) break;
      const changing = this.#change(before);
      if (isPending(changing)) yield* changing;
    }
    return this.#end();
  }

  #wantsMore(): boolean {
    const { limit } = this.#plan;
    return limit === null || this.#matched < limit;
  }

  #end(): ExecResult {
    this.#handler.trySemiConsistentRead(false);
    this.#plan.ctx.foundRows.value = this.#matched;
    return updated(this.#plan, this.#matched, this.#changed);
  }

  #change(before: Row): Answer<void> {
    this.#matched += 1;
    const { storing, slot, triggers } = this.#plan;
    if (triggers !== null) return this.#changeWithTriggers(triggers, before);
    const after = storing.changer.after(before, slot);
    return isPending(after) ? this.#changeLater(before, after) : this.#store(before, after);
  }

  *#changeWithTriggers(triggers: RowTriggers, before: Row): Exec<void> {
    const { storing, slot } = this.#plan;
    let after = yield* settled(storing.changer.after(before, slot));
    if (triggers.has("before", "update")) {
      after = yield* storing.changer.triggered(triggers, { old: before, new: after }, slot);
    }
    this.#isRefused = false;
    yield* settled(this.#store(before, after));
    if (!this.#isRefused) yield* triggers.after("update", { old: before, new: after });
  }

  *#changeLater(before: Row, changing: Exec<Row>): Exec<void> {
    yield* settled(this.#store(before, yield* changing));
  }

  #store(before: Row, after: Row): Answer<void> {
    const { storing, slot, checks } = this.#plan;
    const isSame = sameData(before, after);
    if (isSame && storing.isComparable) return;
    slot.row = after;
    if (!isSame && checks.length > 0) return this.#storeChecked(before, after);
    const writing = this.#write(before, after);
    return isPending(writing)
      ? this.#writtenLater(isSame, writing)
      : this.#written(isSame, writing);
  }

  *#storeChecked(before: Row, after: Row): Exec<void> {
    const { checks, isIgnore, storing } = this.#plan;
    if (!(yield* passesChecks(checks, storing.env, isIgnore))) {
      this.#isRefused = true;
      return;
    }
    this.#written(false, yield* settled(this.#write(before, after)));
  }

  #write(before: Row, after: Row): Answer<WriteResult> {
    const { isIgnore, storing } = this.#plan;
    const writing = this.#handler.updateRow(after, { ignoreDuplicate: isIgnore });
    const { counter } = storing;
    if (counter === null || before[counter] === after[counter]) return writing;
    return counted(this.#handler, after[counter] ?? null, writing);
  }

  *#writtenLater(isSame: boolean, writing: Exec<WriteResult>): Exec<void> {
    this.#written(isSame, yield* writing);
  }

  #written(isSame: boolean, result: WriteResult): void {
    const plan = this.#plan;
    const { ctx, table } = plan;
    if (result === "ok") {
      this.#changed += isSame ? 0 : 1;
      return;
    }
    this.#isRefused = true;
    const soFar = () => updated(plan, this.#matched, this.#changed);
    if (passOverCutOff(result, this.#scansTable, table, soFar)) return;
    if (!plan.isIgnore || !isIgnorable(result.err)) {
      ctx.foundRows.value = this.#matched;
      throw dbFailure(result, table);
    }
    ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
  }
}

/** The AUTO_INCREMENT counter goes beyond the value that the row was given. */
export function* counted(
  handler: Handler,
  value: Datum,
  writing: Answer<WriteResult>,
): Exec<WriteResult> {
  const result = yield* settled(writing);
  if (result !== "ok" || value === null || typeof value === "string") return result;
  return yield* settled(handler.noteAutoIncrement(value));
}

/**
 * The server sees that a row stays the same only when it has read the columns it assigns; else the engine writes a new
 * version with the same values (MySQL: records_are_comparable).
 */
export function readsAssigned(assigned: ReadonlySet<number>, needed: ReadonlySet<number>): boolean {
  return [...assigned].every((column) => needed.has(column));
}

/** Errors of one row that IGNORE turns into warnings. */
export function isIgnorable(err: string): boolean {
  return err === "duplicateKey" || err === "noReferencedRow" || err === "rowIsReferenced";
}

function updated(
  plan: UpdatePlan,
  matched: number,
  changed: number,
): Extract<ExecResult, { kind: "ok" }> {
  return {
    kind: "ok",
    affected: changed,
    info: updateInfo(matched, changed, plan.ctx.warningCount()),
    insertId: 0,
  };
}

export function updateInfo(matched: number, changed: number, warnings: number): string {
  if (matched === 1 && changed === 1 && warnings === 0) return ONE_CHANGED;
  return `Rows matched: ${matched}  Changed: ${changed}  Warnings: ${warnings}`;
}

const ONE_CHANGED = "Rows matched: 1  Changed: 1  Warnings: 0";
