/**
 * INSERT, INSERT IGNORE, REPLACE and INSERT ... ON DUPLICATE KEY UPDATE (MySQL: Sql_cmd_insert_values,
 * Query_result_insert, write_record).
 *
 *   row ─▶ writeRow ── ok ─▶ copied
 *              │ duplicate key k
 *              ├─ INSERT      error 1062 (IGNORE: warning)
 *              ├─ REPLACE     read the row in the way X; k the last unique key: update it, else delete it and try again
 *              └─ ON DUPLICATE KEY UPDATE   read the row in the way X, change it
 */
import { isPending, settled } from "../../base/answer.ts";
import type { Datum, DbError, Handler, Row, WriteResult } from "../../innodb/api.ts";
import { changedColumns } from "../../innodb/datum.ts";
import type { Answer, BaseTable, Exec, ExecResult, RowTriggers } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { evalItem, type Item } from "../expr/item.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { AutoIncrement } from "./auto_increment.ts";
import { defaultOf, passesChecks } from "./column_values.ts";
import { dbFailure, passOverCutOff } from "./db_failure.ts";
import { Generator } from "./generated.ts";
import { type InsertPlan, insertQuery, insertValues, type RowWriting } from "./insert_rows.ts";
import { RowChanger } from "./row_changer.ts";
import { seenByTriggers, withoutNulls } from "./trigger_rows.ts";
import { isIgnorable } from "./update.ts";

interface Counts {
  records: number;
  copied: number;
  deleted: number;
  updated: number;
}

export function runInsert(plan: InsertPlan): Answer<ExecResult> {
  const { ctx, table, source, making } = plan;
  const { env } = making;
  env.rowNumber = 1;
  env.told = null;
  const handler = table.open();
  handler.setReadLock("X", "wait");
  const rows = source.kind === "values" ? source.rows.length : null;
  const auto = making.hasAuto ? new AutoIncrement(table, handler, env, rows) : null;
  const counts: Counts = { records: 0, copied: 0, deleted: 0, updated: 0 };
  const writer = new RowWriter(plan, handler, env, auto, counts);
  const finish = (): void => {
    if (auto === null) return;
    auto.finish();
    // MySQL: THD::cleanup_after_query: of a statement that failed later, too.
    if (auto.firstGenerated !== null) ctx.lastInsertId.value = auto.firstGenerated;
  };
  let inserting: Answer<void> | null = null;
  try {
    inserting =
      source.kind === "query"
        ? insertQuery(plan, source, writer)
        : insertValues(plan, source, writer);
  } finally {
    if (!isPending(inserting)) finish();
  }
  if (!isPending(inserting)) return inserted(plan, counts, auto);
  return insertedLater(inserting, finish, () => inserted(plan, counts, auto));
}

function* insertedLater(
  inserting: Exec<void>,
  finish: () => void,
  result: () => ExecResult,
): Exec<ExecResult> {
  try {
    yield* inserting;
  } finally {
    finish();
  }
  return result();
}

function inserted(
  plan: InsertPlan,
  counts: Counts,
  auto: AutoIncrement | null,
): Extract<ExecResult, { kind: "ok" }> {
  const duplicates =
    plan.isIgnore && plan.onDuplicate === null
      ? counts.records - counts.copied
      : counts.deleted + counts.updated;
  const isSingle = plan.source.kind === "values" && plan.source.rows.length === 1;
  const info = isSingle
    ? ""
    : `Records: ${counts.records}  Duplicates: ${duplicates}  Warnings: ${plan.ctx.warningCount()}`;
  const insertId = Number(
    auto?.firstGenerated ?? (counts.copied > 0 ? (auto?.lastExplicit ?? 0) : 0),
  );
  return { kind: "ok", affected: counts.copied + counts.deleted + counts.updated, info, insertId };
}

type DuplicateKey = Extract<DbError, { err: "duplicateKey" }>;

/** Writes the rows of one statement and counts what became of them. */
class RowWriter {
  readonly #plan: InsertPlan;
  readonly #handler: Handler;
  readonly #env: EvalEnv;
  /** Null: the table has no such column. */
  readonly #auto: AutoIncrement | null;
  readonly #counts: Counts;
  readonly #writing: RowWriting;
  readonly #changer: RowChanger | null;
  readonly #generator: Generator | null;
  /** The row that was written last. */
  #written: Row | null = null;
  #begun = 0;

  constructor(
    plan: InsertPlan,
    handler: Handler,
    env: EvalEnv,
    auto: AutoIncrement | null,
    counts: Counts,
  ) {
    this.#plan = plan;
    this.#handler = handler;
    this.#env = env;
    this.#auto = auto;
    this.#counts = counts;
    const { table, onDuplicate, generated, making } = plan;
    const { writing } = making;
    this.#writing = writing;
    this.#generator = generated.length === 0 ? null : new Generator(generated, table, env);
    const { keepsNull, refusesNull } = writing;
    this.#changer =
      onDuplicate === null
        ? null
        : new RowChanger(
            { ...plan, ...onDuplicate, keepsNull, isOnDuplicate: true },
            table,
            env,
            refusesNull,
          );
  }

  /** The next row is about to be computed. */
  begin(): void {
    this.#begun += 1;
    this.#env.rowNumber = this.#begun;
  }

  insert(given: Row): Answer<void> {
    const { ctx, insertedSlot, checks, table, triggers } = this.#plan;
    ctx.checkInterrupt(0); // a row that is written is none that was looked at
    insertedSlot.row = given;
    if (triggers !== null) return this.#withTriggers(triggers, given);
    const row = this.#generator?.fill(insertedSlot) ?? given;
    const isPlain = checks.length === 0 && table.info.foreignKeys.length === 0;
    if (!isPlain || this.#auto !== null) return this.#complete(row);
    this.#counts.records += 1;
    insertedSlot.row = row;
    return this.#write(row);
  }

  *#withTriggers(triggers: RowTriggers, given: Row): Exec<void> {
    const { insertedSlot, table, columns, defaultItem } = this.#plan;
    let row = this.#generator?.fill(insertedSlot) ?? given;
    if (triggers.has("before", "insert")) {
      const made = yield* triggers.before("insert", { old: null, new: seenByTriggers(table, row) });
      row = withoutNulls(table, made, this.#env, this.#writing.refusesNull);
      for (const [at, { default: given }] of table.columns.entries()) {
        if (given.kind !== "none" || columns.includes(at) || made.set.has(at)) continue;
        row = row.with(at, yield* defaultOf(table, at, this.#env, defaultItem));
      }
      insertedSlot.row = row;
      row = this.#generator?.fill(insertedSlot) ?? row;
    }
    this.#written = null;
    yield* this.#complete(row);
    const written = this.#written as Row | null;
    if (written !== null) yield* triggers.after("insert", { old: null, new: written });
  }

  *#complete(row: Row): Exec<void> {
    const { insertedSlot, checks, isIgnore, table } = this.#plan;
    if (checks.length > 0 && !(yield* passesChecks(checks, this.#env, isIgnore))) return;
    // Once, whatever REPLACE deletes afterwards, and before a value of AUTO_INCREMENT is spent.
    if (table.info.foreignKeys.length > 0 && !(yield* this.#hasParents(row))) return;
    this.#counts.records += 1;
    const complete = this.#auto === null ? row : yield* this.#auto.fill(row);
    insertedSlot.row = complete;
    yield* settled(this.#write(complete));
  }

  *#hasParents(row: Row): Exec<boolean> {
    const { ctx, table, isIgnore } = this.#plan;
    const handler = this.#handler;
    if (handler.checkParents === undefined) return true;
    const orphan = yield* handler.checkParents(row);
    if (orphan === null) return true;
    if (!isIgnore || !isIgnorable(orphan.err)) throw dbFailure(orphan, table);
    ctx.warn({ level: "Warning", ...dbFailure(orphan, table).error });
    return false;
  }

  #write(row: Row): Answer<void> {
    const writing = this.#handler.writeRow(row, this.#writing.how);
    if (writing !== "ok") return this.#writtenLater(row, writing);
    this.#inserted(row);
  }

  #inserted(row: Row): void {
    this.#counts.copied += 1;
    this.#written = row;
    this.#auto?.noteInserted(row);
  }

  /** The row had to wait, or another one is in its way. */
  *#writtenLater(row: Row, first: Answer<WriteResult>): Exec<void> {
    const plan = this.#plan;
    const { ctx, table } = plan;
    const handler = this.#handler;
    const onDuplicate = this.#writing.onDuplicate;
    const deleting = this.#writing.deleting;
    let writing: Answer<WriteResult> | null = first;
    for (;;) {
      writing ??= handler.writeRow(row, this.#writing.how);
      const result: WriteResult = isPending(writing) ? yield* writing : writing;
      writing = null;
      if (result === "ok") {
        this.#inserted(row);
        return;
      }
      const isQuery = plan.source.kind === "query";
      if (result.err === "duplicateKey" && isQuery && this.#auto !== null) {
        const noted = yield* settled(this.#auto.noteDuplicate(row));
        if (noted !== "ok") throw dbFailure(noted, table);
      }
      const isRefused =
        result.err !== "duplicateKey" ||
        onDuplicate === "error" ||
        onDuplicate === "ignore" ||
        (onDuplicate === "replace" && this.#auto?.madeKey(result) === true);
      if (isRefused) {
        if (!plan.isIgnore || !isIgnorable(result.err)) throw dbFailure(result, table);
        ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
        this.#auto?.giveBack();
        return;
      }
      const key = duplicateKeyOf(table, result, row);
      const present = yield* settled(handler.readDuplicate(result.index, key));
      if (present === "notFound") continue;
      if ("err" in present) throw dbFailure(present, table);
      if (onDuplicate === "update") {
        yield* this.#updateDuplicate(present.row, row);
        return;
      }
      if (plan.shown !== null) yield* this.#refuseHidden(plan.shown, present.row);
      if (
        isLastUniqueKey(table, result) &&
        handler.table.isReferenced !== true &&
        deleting === null
      ) {
        yield* this.#replace(present.row, row);
        return;
      }
      yield* ctx.lockFollowers(table);
      const gone = { old: present.row, new: null };
      if (deleting !== null) yield* deleting.before("delete", gone);
      const removed = yield* settled(handler.deleteRow());
      if (removed !== "ok") throw dbFailure(removed, table);
      this.#counts.deleted += 1;
      if (deleting !== null) yield* deleting.after("delete", gone);
    }
  }

  /** Throws 3059 for a row in the way that the view does not show. */
  *#refuseHidden(shown: Item, present: Row): Exec<void> {
    const { insertedSlot } = this.#plan;
    const { row } = insertedSlot;
    insertedSlot.row = present;
    const value = yield* evalItem(shown);
    insertedSlot.row = row;
    if (value === 0 || value === null) throw mysqlError("ER_REPLACE_INACCESSIBLE_ROWS");
  }

  /** REPLACE changes the row in the way. */
  *#replace(present: Row, row: Row): Exec<void> {
    const replaced = yield* settled(this.#handler.updateRow(row, { ignoreDuplicate: false }));
    if (replaced !== "ok") throw dbFailure(replaced, this.#plan.table);
    // InnoDB alone says afterwards that the row is the same (HA_ERR_RECORD_IS_THE_SAME).
    const isSame = changedColumns(present, row).length === 0;
    if (!isSame || this.#plan.table.engine !== "InnoDB") this.#counts.deleted += 1;
    this.#inserted(row);
  }

  *#updateDuplicate(before: Row, tried: Row): Exec<void> {
    const { ctx, table, insertedSlot, checks, isIgnore, onDuplicate, triggers } = this.#plan;
    if (onDuplicate === null || this.#changer === null) return;
    insertedSlot.row = tried;
    let after = yield* settled(this.#changer.after(before, onDuplicate.slot));
    if (triggers?.has("before", "update")) {
      after = yield* this.#changer.triggered(
        triggers,
        { old: before, new: after },
        onDuplicate.slot,
      );
    }
    if (!this.#writing.setsAuto || this.#auto?.isTakenBy(after) !== true) this.#auto?.giveBack();
    const changed = { old: before, new: after };
    if (changedColumns(before, after).length === 0) {
      if (triggers !== null) yield* triggers.after("update", changed);
      return;
    }
    const inserting = insertedSlot.row;
    insertedSlot.row = after;
    const passes = yield* passesChecks(checks, this.#env, isIgnore);
    insertedSlot.row = inserting;
    if (!passes) return;
    const result = yield* settled(this.#handler.updateRow(after, { ignoreDuplicate: isIgnore }));
    if (result !== "ok") {
      const soFar = () => inserted(this.#plan, this.#counts, this.#auto);
      if (passOverCutOff(result, false, table, soFar)) return;
      if (!isIgnore || !isIgnorable(result.err)) throw dbFailure(result, table);
      ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
      return;
    }
    this.#counts.copied += 1;
    this.#counts.updated += 1;
    if (triggers !== null) yield* triggers.after("update", changed);
  }
}

/** The inserted row's values in the columns of the key that was in the way. */
function duplicateKeyOf(table: BaseTable, error: DuplicateKey, row: Row): readonly Datum[] {
  const index = table.info.indexes.find((candidate) => candidate.id === error.index);
  if (index === undefined) throw mysqlError("ER_DUP_KEY", table.name);
  return index.parts.map((part) => row[part.column] ?? null);
}

/** MySQL: last_uniq_key: REPLACE may then change the row in place instead of deleting it. */
function isLastUniqueKey(table: BaseTable, error: DuplicateKey): boolean {
  const uniques = table.info.indexes.filter(
    (index) => index.unique && index.name !== "GEN_CLUST_INDEX",
  );
  return uniques.at(-1)?.id === error.index;
}
