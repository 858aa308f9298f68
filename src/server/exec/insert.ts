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
import type { Datum, DbError, Handler, Row } from "../../innodb/api.ts";
import { changedColumns } from "../../innodb/datum.ts";
import type { Answer, BaseTable, Exec, ExecResult, StatementContext } from "../context.ts";
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
  implicitDefault,
  passesChecks,
  storeOf,
} from "./column_values.ts";
import { dbFailure, passOverCutOff } from "./db_failure.ts";
import { type GeneratedItem, Generator, isGenerated } from "./generated.ts";
import type { OpenQuery } from "./query_types.ts";
import { isIgnorable, type RowChange, RowChanger } from "./update.ts";

/** What INSERT's VALUES gives for a column. */
export type InsertValue = Item | "default";

export type InsertSource =
  | { readonly kind: "values"; readonly rows: readonly (readonly InsertValue[])[] }
  /** Rows of a query, in the order of `columns`. */
  | {
      readonly kind: "query";
      readonly types: readonly SqlType[];
      /** Gets what is selected beyond that, for ON DUPLICATE KEY UPDATE. */
      readonly selectedSlot: Slot;
      readonly eachRow: OpenQuery["eachRow"];
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
  readonly generated: readonly GeneratedItem[];
  readonly defaultItem: (column: number) => Item;
  /** The row being inserted, for columns named in VALUES, VALUES(c) and CHECK. */
  readonly insertedSlot: Slot;
  /** ON DUPLICATE KEY UPDATE: `slot` holds the row in the way while the assignments are computed. */
  readonly onDuplicate:
    | (Pick<RowChange, "assignments" | "generated"> & { readonly slot: Slot })
    | null;
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
    env,
    plan.source.kind === "values" ? plan.source.rows.length : null,
  );
  const counts: Counts = { records: 0, copied: 0, deleted: 0, updated: 0 };
  try {
    yield* insertRows(plan, env, new RowWriter(plan, handler, env, auto, counts));
  } finally {
    auto.finish();
    // MySQL: THD::cleanup_after_query: of a statement that failed later, too.
    if (auto.firstGenerated !== null) ctx.lastInsertId.value = auto.firstGenerated;
  }
  return inserted(plan, counts, auto);
}

function inserted(
  plan: InsertPlan,
  counts: Counts,
  auto: AutoIncrement,
): Extract<ExecResult, { kind: "ok" }> {
  const duplicates =
    plan.isIgnore && plan.onDuplicate === null
      ? counts.records - counts.copied
      : counts.deleted + counts.updated;
  const isSingle = plan.source.kind === "values" && plan.source.rows.length === 1;
  const info = isSingle
    ? ""
    : `Records: ${counts.records}  Duplicates: ${duplicates}  Warnings: ${plan.ctx.warningCount()}`;
  const insertId = Number(auto.firstGenerated ?? (counts.copied > 0 ? auto.lastExplicit : 0));
  return { kind: "ok", affected: counts.copied + counts.deleted + counts.updated, info, insertId };
}

/** Complete rows, one at a time: given values converted, the other columns at their defaults. */
function* insertRows(plan: InsertPlan, env: EvalEnv, writer: RowWriter): Exec<void> {
  const { source, table } = plan;
  const missing = missingColumns(table, plan.columns);
  const empty = emptyRecord(table);
  const isExpression = (column: number) => table.columns[column]?.default.kind === "expr";
  const plain = missing.filter((column) => !isExpression(column));
  const computed = missing.filter(isExpression);
  if (source.kind === "query") {
    const stores = plan.columns.map((column, at) =>
      columnStore(table, column, source.types[at] ?? NULL_TYPE, env, true),
    );
    yield* settled(
      source.eachRow(function* (values) {
        writer.begin();
        source.selectedSlot.row = values.slice(stores.length);
        let row = yield* blankRow(plan, plain, empty, env);
        for (const [at, store] of stores.entries()) {
          row = row.with(store.column, store.store(values[at] ?? null));
        }
        if (computed.length > 0) row = yield* withDefaults(plan, row, computed, env);
        yield* writer.insert(row);
        return true;
      }),
    );
    return;
  }
  // MySQL: check_that_all_fields_are_given_values, only when the values are there (fill_record).
  const isRequired = (column: number) => table.columns[column]?.default.kind === "none";
  const required = plain.filter(isRequired);
  const optional = required.length === 0 ? plain : plain.filter((column) => !isRequired(column));
  const refusesNull = source.rows.length === 1 && !plan.isIgnore;
  for (const values of source.rows) {
    writer.begin();
    let row = optional.length === 0 ? empty : yield* blankRow(plan, optional, empty, env);
    for (let at = 0; at < values.length; at += 1) {
      const column = plan.columns[at] as number;
      if (isGenerated(table.columns[column])) continue;
      const value = values[at] as InsertValue;
      // An expression may name a column assigned before it, or one that has its default.
      plan.insertedSlot.row = row;
      const given = givenValue(plan, column, value, env, refusesNull);
      row = row.with(column, isPending(given) ? yield* given : given);
    }
    if (required.length > 0) row = yield* withDefaults(plan, row, required, env);
    if (computed.length > 0) row = yield* withDefaults(plan, row, computed, env);
    yield* writer.insert(row);
  }
}

function missingColumns(table: BaseTable, given: readonly number[]): number[] {
  const missing: number[] = [];
  for (let at = 0; at < table.columns.length; at += 1) {
    if (!given.includes(at) && !isGenerated(table.columns[at])) missing.push(at);
  }
  return missing;
}

/** What an expression finds in a column that has no value yet (MySQL: TABLE_SHARE::default_values). */
function emptyRecord(table: BaseTable): Datum[] {
  return table.columns.map((column) => {
    if (column.default.kind === "literal") return column.default.value;
    return column.nullable ? null : implicitDefault(column);
  });
}

/** The columns that are not given have their defaults. */
function* blankRow(
  plan: InsertPlan,
  missing: readonly number[],
  empty: readonly Datum[],
  env: EvalEnv,
): Exec<Row> {
  const { table, defaultItem } = plan;
  const row = [...empty];
  for (const column of missing) row[column] = yield* defaultOf(table, column, env, defaultItem);
  return row;
}

/** Defaults that are expressions come last: they may name any other column. */
function* withDefaults(
  plan: InsertPlan,
  before: Row,
  columns: readonly number[],
  env: EvalEnv,
): Exec<Row> {
  let row = before;
  for (const column of columns) {
    plan.insertedSlot.row = row;
    row = row.with(column, yield* defaultOf(plan.table, column, env, plan.defaultItem));
  }
  return row;
}

function givenValue(
  plan: InsertPlan,
  column: number,
  value: InsertValue,
  env: EvalEnv,
  refusesNull: boolean,
): Answer<Datum> {
  if (value === "default") return defaultOf(plan.table, column, env, plan.defaultItem);
  const store = storeOf(plan.table, column, value, env, true);
  if (value.eval === null) return storedLater(store, value, refusesNull);
  return store.store(value.eval(), refusesNull);
}

function* storedLater(store: ColumnStore, value: Item, refusesNull: boolean): Exec<Datum> {
  return store.store(yield* evalItem(value), refusesNull);
}

type DuplicateKey = Extract<DbError, { err: "duplicateKey" }>;

/** Writes the rows of one statement and counts what became of them. */
class RowWriter {
  readonly #plan: InsertPlan;
  readonly #handler: Handler;
  readonly #env: EvalEnv;
  readonly #auto: AutoIncrement;
  readonly #counts: Counts;
  readonly #onDuplicate: "update" | "replace" | "ignore" | "error";
  readonly #changer: RowChanger | null;
  /** ON DUPLICATE KEY UPDATE gives the AUTO_INCREMENT column a value. */
  readonly #setsAuto: boolean;
  readonly #generator: Generator | null;
  #begun = 0;

  constructor(
    plan: InsertPlan,
    handler: Handler,
    env: EvalEnv,
    auto: AutoIncrement,
    counts: Counts,
  ) {
    this.#plan = plan;
    this.#handler = handler;
    this.#env = env;
    this.#auto = auto;
    this.#counts = counts;
    if (plan.onDuplicate !== null) this.#onDuplicate = "update";
    else if (plan.mode === "replace") this.#onDuplicate = "replace";
    else this.#onDuplicate = plan.isIgnore ? "ignore" : "error";
    const { table, onDuplicate, generated, source } = plan;
    const isOneRow = source.kind === "query" || source.rows.length === 1;
    const refusesNull = isOneRow && !plan.isIgnore;
    this.#generator = generated.length === 0 ? null : new Generator(generated, table, env);
    this.#changer =
      onDuplicate === null
        ? null
        : new RowChanger({ ...plan, ...onDuplicate }, table, env, refusesNull);
    this.#setsAuto =
      onDuplicate?.assignments.some(({ column }) => table.columns[column]?.autoIncrement) ?? false;
  }

  /** The next row is about to be computed. */
  begin(): void {
    this.#begun += 1;
    this.#env.rowNumber = this.#begun;
  }

  *insert(given: Row): Exec<void> {
    const { ctx, insertedSlot, checks, isIgnore } = this.#plan;
    ctx.checkInterrupt();
    insertedSlot.row = given;
    const row = this.#generator?.fill(insertedSlot) ?? given;
    if (checks.length > 0 && !(yield* passesChecks(checks, this.#env, isIgnore))) return;
    this.#counts.records += 1;
    // Once, whatever REPLACE deletes afterwards, and before a value of AUTO_INCREMENT is spent.
    if (this.#plan.table.info.foreignKeys.length > 0 && !(yield* this.#hasParents(row))) return;
    const complete = this.#auto.hasColumn ? yield* this.#auto.fill(row) : row;
    insertedSlot.row = complete;
    yield* this.#write(complete);
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

  *#write(row: Row): Exec<void> {
    const plan = this.#plan;
    const { ctx, table } = plan;
    const handler = this.#handler;
    const onDuplicate = this.#onDuplicate;
    for (;;) {
      const result = yield* handler.writeRow(row, { onDuplicate });
      if (result === "ok") {
        this.#counts.copied += 1;
        this.#auto.noteInserted(row);
        return;
      }
      const isQuery = plan.source.kind === "query";
      if (result.err === "duplicateKey" && isQuery) this.#auto.noteDuplicate(row);
      const isRefused =
        result.err !== "duplicateKey" ||
        onDuplicate === "error" ||
        onDuplicate === "ignore" ||
        (onDuplicate === "replace" && this.#auto.madeKey(result));
      if (isRefused) {
        if (!plan.isIgnore || !isIgnorable(result.err)) throw dbFailure(result, table);
        ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
        this.#auto.giveBack();
        return;
      }
      const key = duplicateKeyOf(table, result, row);
      const present = yield* settled(handler.readDuplicate(result.index, key));
      if (present === "notFound") continue;
      if ("err" in present) throw dbFailure(present, table);
      if (onDuplicate === "update") {
        this.#auto.giveBack();
        yield* this.#updateDuplicate(present.row, row);
        return;
      }
      if (isLastUniqueKey(table, result) && handler.table.isReferenced !== true) {
        yield* this.#replace(present.row, row);
        return;
      }
      yield* ctx.lockFollowers(table);
      const removed = yield* handler.deleteRow();
      if (removed !== "ok") throw dbFailure(removed, table);
      this.#counts.deleted += 1;
    }
  }

  /** REPLACE changes the row in the way. */
  *#replace(present: Row, row: Row): Exec<void> {
    const replaced = yield* this.#handler.updateRow(row, { ignoreDuplicate: false });
    if (replaced !== "ok") throw dbFailure(replaced, this.#plan.table);
    // InnoDB alone says afterwards that the row is the same (HA_ERR_RECORD_IS_THE_SAME).
    const isSame = changedColumns(present, row).length === 0;
    if (!isSame || this.#plan.table.engine !== "InnoDB") this.#counts.deleted += 1;
    this.#counts.copied += 1;
    this.#auto.noteInserted(row);
  }

  *#updateDuplicate(before: Row, tried: Row): Exec<void> {
    const { ctx, table, insertedSlot, checks, isIgnore, onDuplicate } = this.#plan;
    if (onDuplicate === null || this.#changer === null) return;
    insertedSlot.row = tried;
    const after = yield* settled(this.#changer.after(before, onDuplicate.slot));
    if (this.#setsAuto) this.#auto.checkUpdated(after);
    if (changedColumns(before, after).length === 0) return;
    const inserting = insertedSlot.row;
    insertedSlot.row = after;
    const passes = yield* passesChecks(checks, this.#env, isIgnore);
    insertedSlot.row = inserting;
    if (!passes) return;
    const result = yield* this.#handler.updateRow(after, { ignoreDuplicate: isIgnore });
    if (result !== "ok") {
      const soFar = () => inserted(this.#plan, this.#counts, this.#auto);
      if (passOverCutOff(result, false, table, soFar)) return;
      if (!isIgnore || !isIgnorable(result.err)) throw dbFailure(result, table);
      ctx.warn({ level: "Warning", ...dbFailure(result, table).error });
      return;
    }
    this.#counts.copied += 1;
    this.#counts.updated += 1;
    this.#auto.passOver(after);
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
