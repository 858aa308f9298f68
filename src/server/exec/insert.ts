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
import type { Datum, DbError, Handler, Row } from "../../innodb/api.ts";
import { changedColumns } from "../../innodb/datum.ts";
import type { BaseTable, Exec, ExecResult, StatementContext } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { evalItem, type Item, type Slot } from "../expr/item.ts";
import { type EvalEnv, isStrictMode, newEnv } from "../types/eval_env.ts";
import { NULL_TYPE, type SqlType } from "../types/sql_type.ts";
import { AutoIncrement } from "./auto_increment.ts";
import {
  type CheckItem,
  type ColumnStore,
  columnStore,
  defaultOf,
  passesChecks,
} from "./column_values.ts";
import { dbFailure } from "./db_failure.ts";
import { isIgnorable, type RowChange, rowChanger } from "./update.ts";

/** What INSERT's VALUES gives for a column. */
export type InsertValue = Item | "default";

export type InsertSource =
  | { readonly kind: "values"; readonly rows: readonly (readonly InsertValue[])[] }
  /** Rows of a query, in the order of `columns`. */
  | {
      readonly kind: "query";
      readonly types: readonly SqlType[];
      readonly forEach: (sink: (values: readonly Datum[]) => Exec<boolean>) => Exec<void>;
    };

export interface InsertPlan {
  readonly ctx: StatementContext;
  readonly table: BaseTable;
  /** Positions of the columns that are given, in the order of the values. */
  readonly columns: readonly number[];
  readonly source: InsertSource;
  readonly mode: "insert" | "replace";
  readonly isIgnore: boolean;
  readonly checks: readonly CheckItem[];
  readonly defaultItem: (column: number) => Item;
  /** The row being inserted, for columns named in VALUES, VALUES(c) and CHECK. */
  readonly insertedSlot: Slot;
  /** ON DUPLICATE KEY UPDATE: `slot` holds the row in the way while the assignments are computed. */
  readonly onDuplicate: (Pick<RowChange, "assignments"> & { readonly slot: Slot }) | null;
}

interface Counts {
  records: number;
  copied: number;
  deleted: number;
  updated: number;
}

export function* runInsert(plan: InsertPlan): Exec<ExecResult> {
  const { ctx, table } = plan;
  const env = { ...newEnv(ctx), strict: isStrictMode(ctx) && !plan.isIgnore };
  const handler = table.open();
  handler.setReadLock("X", "wait");
  const auto = new AutoIncrement(
    table,
    handler,
    plan.source.kind === "values" ? plan.source.rows.length : null,
  );
  const counts: Counts = { records: 0, copied: 0, deleted: 0, updated: 0 };
  const writer = rowWriter(plan, handler, env, auto, counts);
  yield* forEachNewRow(plan, env, counts, function* (row) {
    ctx.checkInterrupt();
    const complete = auto.fill(row);
    plan.insertedSlot.row = complete;
    if (yield* passesChecks(plan.checks, env, plan.isIgnore)) yield* writer(complete);
  });
  if (auto.firstGenerated !== null) ctx.lastInsertId.value = auto.firstGenerated;
  return inserted(plan, counts, auto);
}

function inserted(plan: InsertPlan, counts: Counts, auto: AutoIncrement): ExecResult {
  const duplicates =
    plan.isIgnore && plan.onDuplicate === null
      ? counts.records - counts.copied
      : counts.deleted + counts.updated;
  const isSingle = plan.source.kind === "values" && plan.source.rows.length === 1;
  const info = isSingle
    ? ""
    : `Records: ${counts.records}  Duplicates: ${duplicates}  Warnings: ${plan.ctx.warningCount()}`;
  const insertId = auto.firstGenerated ?? (counts.copied > 0 ? auto.lastExplicit : 0);
  return { kind: "ok", affected: counts.copied + counts.deleted + counts.updated, info, insertId };
}

/** Complete rows, one at a time: given values converted, the other columns at their defaults. */
function* forEachNewRow(
  plan: InsertPlan,
  env: EvalEnv,
  counts: Counts,
  body: (row: Row) => Exec<void>,
): Exec<void> {
  const { source, table } = plan;
  const given = new Set(plan.columns);
  const missing = table.columns.flatMap((_column, at) => (given.has(at) ? [] : [at]));
  const blank: Row = table.columns.map(() => null);
  const begin = (): void => {
    counts.records += 1;
    env.rowNumber = counts.records;
  };
  const withDefaults = function* (): Exec<Row> {
    let row = blank;
    for (const column of missing) {
      row = row.with(column, yield* defaultOf(table, column, env, plan.defaultItem));
    }
    return row;
  };
  if (source.kind === "query") {
    const stores = plan.columns.map((column, at) =>
      columnStore(table, column, source.types[at] ?? NULL_TYPE, env),
    );
    yield* source.forEach(function* (values) {
      begin();
      let row = yield* withDefaults();
      for (const [at, store] of stores.entries()) {
        row = row.with(store.column, store.store(values[at] ?? null, false));
      }
      yield* body(row);
      return true;
    });
    return;
  }
  for (const values of source.rows) {
    begin();
    let row = yield* withDefaults();
    for (const [at, value] of values.entries()) {
      const column = plan.columns[at] as number;
      // An expression may name a column assigned before it, or one that has its default.
      plan.insertedSlot.row = row;
      row = row.with(column, yield* givenValue(plan, column, value, env, source.rows.length === 1));
    }
    yield* body(row);
  }
}

function* givenValue(
  plan: InsertPlan,
  column: number,
  value: InsertValue,
  env: EvalEnv,
  isSingleRow: boolean,
): Exec<Datum> {
  if (value === "default") return yield* defaultOf(plan.table, column, env, plan.defaultItem);
  const store: ColumnStore = columnStore(plan.table, column, value.type, env);
  return store.store(yield* evalItem(value), isSingleRow);
}

type DuplicateKey = Extract<DbError, { err: "duplicateKey" }>;

function rowWriter(
  plan: InsertPlan,
  handler: Handler,
  env: EvalEnv,
  auto: AutoIncrement,
  counts: Counts,
): (row: Row) => Exec<void> {
  const { ctx, table } = plan;
  const onDuplicate =
    plan.onDuplicate !== null
      ? "update"
      : plan.mode === "replace"
        ? "replace"
        : plan.isIgnore
          ? "ignore"
          : "error";
  const change =
    plan.onDuplicate === null
      ? null
      : rowChanger(
          {
            assignments: plan.onDuplicate.assignments,
            checks: plan.checks,
            defaultItem: plan.defaultItem,
            isIgnore: plan.isIgnore,
          },
          table,
          env,
        );

  return function* (row) {
    for (;;) {
      const result = yield* handler.writeRow(row, { onDuplicate });
      if (result === "ok") {
        counts.copied += 1;
        auto.noteInserted(row);
        return;
      }
      const notesDuplicates = plan.mode === "replace" || plan.source.kind === "query";
      if (result.err === "duplicateKey" && notesDuplicates) auto.noteValue(row);
      if (result.err !== "duplicateKey" || onDuplicate === "error" || onDuplicate === "ignore") {
        if (!plan.isIgnore || !isIgnorable(result.err)) throw dbFailure(result, table);
        ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
        auto.giveBack();
        return;
      }
      const present = yield* handler.readDuplicate(
        result.index,
        duplicateKeyOf(table, result, row),
      );
      if (present === "notFound") continue;
      if ("err" in present) throw dbFailure(present, table);
      if (change !== null && plan.onDuplicate !== null) {
        yield* updateDuplicate(present.row, row);
        auto.giveBack();
        return;
      }
      if (isLastUniqueKey(table, result) && handler.table.isReferenced !== true) {
        const replaced =
          changedColumns(present.row, row).length === 0
            ? "ok"
            : yield* handler.updateRow(row, { ignoreDuplicate: false });
        if (replaced !== "ok") throw dbFailure(replaced, table);
        if (changedColumns(present.row, row).length > 0) counts.deleted += 1;
        counts.copied += 1;
        auto.noteInserted(row);
        return;
      }
      const removed = yield* handler.deleteRow();
      if (removed !== "ok") throw dbFailure(removed, table);
      counts.deleted += 1;
    }
  };

  function* updateDuplicate(before: Row, tried: Row): Exec<void> {
    const slot = plan.onDuplicate?.slot;
    if (slot === undefined || change === null) return;
    plan.insertedSlot.row = tried;
    const after = yield* change(before, slot);
    if (after === null || changedColumns(before, after).length === 0) return;
    const inserting = plan.insertedSlot.row;
    plan.insertedSlot.row = after;
    const passes = yield* passesChecks(plan.checks, env, plan.isIgnore);
    plan.insertedSlot.row = inserting;
    if (!passes) return;
    const result = yield* handler.updateRow(after, { ignoreDuplicate: plan.isIgnore });
    if (result !== "ok") {
      if (!plan.isIgnore || !isIgnorable(result.err)) throw dbFailure(result, table);
      ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
      return;
    }
    counts.copied += 1;
    counts.updated += 1;
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
