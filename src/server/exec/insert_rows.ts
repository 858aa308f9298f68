/**
 * The rows of an INSERT: given values converted, the other columns at their defaults.
 *
 * MySQL: fill_record, check_that_all_fields_are_given_values, TABLE_SHARE::default_values.
 */
import { isPending, settled } from "../../base/answer.ts";
import type { Datum, Handler, Row } from "../../innodb/api.ts";
import type { Answer, BaseTable, Exec, RowTriggers, StatementContext } from "../context.ts";
import { evalItem, type Item, type Slot } from "../expr/item.ts";
import { type EvalEnv, isStrictMode, newEnv } from "../types/eval_env.ts";
import { NULL_TYPE, type SqlType } from "../types/sql_type.ts";
import {
  type CheckItem,
  type ColumnStore,
  columnStore,
  defaultOf,
  implicitDefault,
  storeOf,
} from "./column_values.ts";
import { type GeneratedItem, isGenerated } from "./generated.ts";
import type { OpenQuery } from "./query_types.ts";
import type { RowChange } from "./row_changer.ts";
import { keepingNull } from "./trigger_rows.ts";

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
  /** REPLACE through a view: the rows that may be deleted for it. */
  readonly shown: Item | null;
  readonly generated: readonly GeneratedItem[];
  readonly defaultItem: (column: number) => Item;
  readonly triggers: RowTriggers | null;
  /** BEFORE triggers see a NULL for a NOT NULL column, and may change it. */
  readonly keepsNull: boolean;
  /** The row being inserted, for columns named in VALUES, VALUES(c) and CHECK. */
  readonly insertedSlot: Slot;
  /** ON DUPLICATE KEY UPDATE: `slot` holds the row in the way while the assignments are computed. */
  readonly onDuplicate:
    | (Pick<RowChange, "assignments" | "generated" | "defaultItem"> & { readonly slot: Slot })
    | null;
  readonly making: RowMaking;
}

/** Who writes the rows. */
interface RowTaker {
  /** The next row is about to be computed. */
  begin(): void;
  insert(row: Row): Answer<void>;
}

/** What new rows are made with, whichever they are. */
export interface RowMaking {
  readonly env: EvalEnv;
  /** As before any column was given. */
  readonly empty: Row;
  /** Columns that are not given: without a default, with one, with an expression for one. */
  readonly required: readonly number[];
  readonly optional: readonly number[];
  readonly computed: readonly number[];
  /** How a column was stored last, by the place among those given. */
  readonly stores: { readonly of: Item; readonly store: ColumnStore }[];
  /** One of the columns is AUTO_INCREMENT. */
  readonly hasAuto: boolean;
  readonly writing: RowWriting;
}

/** How new rows are written, whichever they are. */
export interface RowWriting {
  readonly onDuplicate: "update" | "replace" | "ignore" | "error";
  /** What the engine is told of it (HA_EXTRA_WRITE_CAN_REPLACE): not of a REPLACE that has triggers for what it deletes. */
  readonly how: Parameters<Handler["writeRow"]>[1];
  readonly deleting: RowTriggers | null;
  /** What changes a row in the way leaves a NULL to BEFORE triggers. */
  readonly keepsNull: boolean;
  readonly refusesNull: boolean;
  /** ON DUPLICATE KEY UPDATE gives the AUTO_INCREMENT column a value. */
  readonly setsAuto: boolean;
}

function rowWritingOf(plan: Omit<InsertPlan, "making">): RowWriting {
  const { table, source, triggers, isIgnore } = plan;
  const deletesAloud =
    triggers !== null && (triggers.has("before", "delete") || triggers.has("after", "delete"));
  const onDuplicate = onDuplicateOf(plan);
  return {
    onDuplicate,
    how: {
      onDuplicate: onDuplicate === "replace" && deletesAloud ? "error" : onDuplicate,
      rows: source.kind === "query" ? "unknown" : "known",
    },
    deleting: deletesAloud ? triggers : null,
    keepsNull: triggers?.has("before", "update") === true,
    refusesNull: (source.kind === "query" || source.rows.length === 1) && !isIgnore,
    setsAuto:
      plan.onDuplicate?.assignments.some(({ column }) => table.columns[column]?.autoIncrement) ??
      false,
  };
}

function onDuplicateOf(plan: Omit<InsertPlan, "making">): RowWriting["onDuplicate"] {
  if (plan.onDuplicate !== null) return "update";
  if (plan.mode === "replace") return "replace";
  return plan.isIgnore ? "ignore" : "error";
}

export function rowMakingOf(plan: Omit<InsertPlan, "making">): RowMaking {
  const { ctx, table, columns, isIgnore } = plan;
  const missing = missingColumns(table, columns);
  const isComputed = (column: number) => table.columns[column]?.default.kind === "expr";
  // MySQL: check_that_all_fields_are_given_values, only when the values are there (fill_record).
  const isRequired = (column: number) => table.columns[column]?.default.kind === "none";
  return {
    env: { ...newEnv(ctx), strict: isStrictMode(ctx) && !isIgnore },
    empty: emptyRecord(table),
    required: plan.keepsNull ? [] : missing.filter(isRequired),
    optional: missing.filter((column) => !isRequired(column) && !isComputed(column)),
    computed: missing.filter(isComputed),
    stores: [],
    hasAuto: table.columns.some(({ autoIncrement }) => autoIncrement),
    writing: rowWritingOf(plan),
  };
}

/** Complete rows, one at a time: given values converted, the other columns at their defaults. */
export function* insertQuery(
  plan: InsertPlan,
  source: Extract<InsertSource, { readonly kind: "query" }>,
  writer: RowTaker,
): Exec<void> {
  const { table, making } = plan;
  const { env, empty, required, optional, computed } = making;
  const stores = plan.columns.map((column, at) =>
    keepingNull(
      plan.keepsNull,
      columnStore(table, column, source.types[at] ?? NULL_TYPE, env, true),
    ),
  );
  yield* settled(
    source.eachRow(function* (values) {
      writer.begin();
      source.selectedSlot.row = values.slice(stores.length);
      const row = yield* withDefaults(plan, empty.slice(), optional);
      for (const [at, store] of stores.entries()) {
        row[store.column] = store.store(values[at] ?? null);
      }
      yield* withDefaults(plan, row, required);
      yield* settled(writer.insert(yield* withDefaults(plan, row, computed)));
      return true;
    }),
  );
}

type ValuesSource = Extract<InsertSource, { readonly kind: "values" }>;

export function insertValues(
  plan: InsertPlan,
  source: ValuesSource,
  writer: RowTaker,
): Answer<void> {
  const { rows } = source;
  for (let at = 0; at < rows.length; at += 1) {
    const values = rows[at] as ValuesSource["rows"][number];
    if (!isAllGiven(plan, values)) return valuesFrom(plan, source, writer, at, null);
    writer.begin();
    const writing = writer.insert(givenRow(plan, source, values));
    if (isPending(writing)) return valuesFrom(plan, source, writer, at + 1, writing);
  }
}

/** From a row on for which something may have to be waited for. */
function* valuesFrom(
  plan: InsertPlan,
  source: ValuesSource,
  writer: RowTaker,
  first: number,
  writing: Exec<void> | null,
): Exec<void> {
  const { making, table } = plan;
  const { env, empty, required, optional, computed } = making;
  if (writing !== null) yield* writing;
  const refusesNull = source.rows.length === 1 && !plan.isIgnore;
  for (const values of source.rows.slice(first)) {
    writer.begin();
    const row = yield* withDefaults(plan, empty.slice(), optional);
    for (let at = 0; at < values.length; at += 1) {
      const column = plan.columns[at] as number;
      if (isGenerated(table.columns[column])) continue;
      const value = values[at] as InsertValue;
      // An expression may name a column assigned before it, or one that has its default.
      plan.insertedSlot.row = row;
      row[column] =
        value === "default"
          ? yield* defaultOf(table, column, env, plan.defaultItem)
          : storeAt(plan, at, value).store(yield* evalItem(value), refusesNull);
    }
    yield* withDefaults(plan, row, required);
    yield* settled(writer.insert(yield* withDefaults(plan, row, computed)));
  }
}

/** Every column is given, by values that are there at once. */
function isAllGiven({ making }: InsertPlan, values: readonly InsertValue[]): boolean {
  const { required, optional, computed } = making;
  if (required.length > 0 || optional.length > 0 || computed.length > 0) return false;
  for (const value of values) if (value === "default" || value.eval === null) return false;
  return true;
}

function givenRow(plan: InsertPlan, source: ValuesSource, values: readonly InsertValue[]): Row {
  const { table, columns, insertedSlot, making } = plan;
  const refusesNull = source.rows.length === 1 && !plan.isIgnore;
  const row = making.empty.slice();
  insertedSlot.row = row;
  for (let at = 0; at < values.length; at += 1) {
    const column = columns[at] as number;
    if (isGenerated(table.columns[column])) continue;
    const value = values[at] as Item;
    row[column] = storeAt(plan, at, value).store(value.eval?.() ?? null, refusesNull);
  }
  return row;
}

/** Made once for all rows where the values have the same type. */
function storeAt(
  { table, columns, making, keepsNull }: InsertPlan,
  at: number,
  value: Item,
): ColumnStore {
  const { stores, env } = making;
  const before = stores[at];
  if (before !== undefined && (before.of === value || isStoredAlike(before.of, value))) {
    return before.store;
  }
  const store = keepingNull(keepsNull, storeOf(table, columns[at] as number, value, env, true));
  stores[at] = { of: value, store };
  return store;
}

function isStoredAlike(one: Item, other: Item): boolean {
  const isColumn = one.shape.kind === "column" || other.shape.kind === "column";
  return one.type === other.type && !isColumn && one.eval !== null && other.eval !== null;
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

/** Columns that are not given have their defaults; those that are expressions come last: they may name any other column. */
function* withDefaults(plan: InsertPlan, row: Datum[], columns: readonly number[]): Exec<Datum[]> {
  const { table, making, defaultItem } = plan;
  for (const column of columns) {
    plan.insertedSlot.row = row;
    row[column] = yield* defaultOf(table, column, making.env, defaultItem);
  }
  return row;
}
