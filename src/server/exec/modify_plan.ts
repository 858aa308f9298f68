/**
 * UPDATE and DELETE of one table, with every name resolved, and the row search both share.
 */
import { isPending, settled } from "../../base/answer.ts";
import type { DbError, Handler, Row, RowRef, Steps } from "../../innodb/api.ts";
import type { PlanState } from "../../trace/state.ts";
import type { Answer, BaseTable, Exec, StatementContext } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { columnsOf, type Item, partsOf, type Slot, truthOf } from "../expr/item.ts";
import { type AccessPath, mergeText } from "../optimizer/access_path.ts";
import { type KeptAccess, keepAccess, renewAccess } from "../optimizer/kept_access.ts";
import { chooseModifyAccess, type ModifyAccess } from "../optimizer/modify_access.ts";
import { planState, stateAgain } from "../optimizer/plan_state.ts";
import { type IndexHints, planTable } from "../optimizer/plan_table.ts";
import type { Predicate } from "../optimizer/predicate.ts";
import { newEnv } from "../types/eval_env.ts";
import { openAccess } from "./access_reader.ts";
import { decidedConditions } from "./constant_conditions.ts";
import { type AccessReader, isDbError } from "./cursor_reader.ts";
import { dbFailure } from "./db_failure.ts";
import { conditionsAgain, type KeptConditions } from "./kept_plan.ts";
import type { KnownConstants } from "./known_constants.ts";
import { type PredicateTable, predicateOf, splitConjuncts } from "./predicate_of.ts";
import { compareRowIds } from "./row_id_order.ts";
import { filesortRows, type SortKey } from "./sort_rows.ts";

export interface ModifyPlan {
  readonly ctx: StatementContext;
  readonly table: BaseTable;
  readonly alias: string;
  /** The current row while expressions are computed. */
  readonly slot: Slot;
  readonly where: Item | null;
  /** WHERE was there, and was true for all rows before any was looked at. */
  readonly isFreed?: boolean;
  readonly order: readonly SortKey[];
  readonly limit: number | null;
  readonly hints: IndexHints;
  /** Every column that the statement reads. */
  readonly needed: ReadonlySet<number>;
  /** Of a statement that is kept: what it was planned with the time before. */
  readonly memory: { kept: KeptModify | null } | null;
}

interface KeptModify {
  readonly decided: KeptConditions;
  readonly access: KeptAccess<ModifyAccess>;
  readonly state: PlanState;
}

/** Table position of the one table in `Item.tables`. */
const ONLY_TABLE = 0;

/**
 * A text as an end of BETWEEN is read as a number when ranges are looked for in a key of its column, before there is a row: what
 * it raises, it raises then. MySQL: get_mm_leaf: stored_field_cmp_to_item.
 */
function readEnds(item: Item, plan: ModifyPlan): void {
  const { shape } = item;
  if (shape.kind === "and" || shape.kind === "or") {
    for (const part of partsOf(item)) readEnds(part, plan);
    return;
  }
  if (shape.kind !== "between" || shape.negated || shape.operand.shape.kind !== "column") return;
  const { column } = shape.operand.shape;
  const isText = ({ isConst, type }: Item) => isConst && type.kind === "varchar";
  if (!isText(shape.low) && !isText(shape.high)) return;
  if (!NUMBERS.has(plan.table.columns[column]?.type.kind ?? "")) return;
  const { indexes } = plan.table.info;
  if (!indexes.some(({ parts }) => parts.some((part) => part.column === column))) return;
  plan.slot.row = plan.table.columns.map((_unused, at) => (at === column ? 0 : null));
  item.eval?.();
}

const NUMBERS: ReadonlySet<string> = new Set(["int", "decimal", "double", "float", "year"]);

export function chooseModify(
  plan: ModifyPlan,
  statement: "update" | "delete",
  assigned: ReadonlySet<number>,
  known: KnownConstants,
): ModifyAccess {
  const again = chosenAgain(plan, known);
  if (again !== null) return again;
  const { ctx, table } = plan;
  const predicateTable: PredicateTable = {
    position: ONLY_TABLE,
    columns: table.columns,
    env: newEnv(ctx),
    outer: [],
    known,
  };
  const written = splitConjuncts(plan.where);
  const left = decidedConditions(written, [predicateTable], predicateTable.env);
  const conditions = left.map((item) => predicateOf(item, predicateTable));
  for (const item of left) if (item.shape.kind !== "compare") readEnds(item, plan);
  const columns = plan.order.map(({ item, desc }) =>
    item.shape.kind === "column" ? { column: item.shape.column, desc } : null,
  );
  const isSimple = columns.every((column) => column !== null);
  const where: Predicate = { kind: "and", args: conditions };
  const planned = planTable({ table, where, needed: plan.needed, hints: plan.hints }, false);
  const chosen = chooseModifyAccess(planned, {
    statement,
    order:
      plan.order.length > 0 && isSimple ? (columns as { column: number; desc: boolean }[]) : null,
    mustSort: !isSimple,
    limit: plan.limit,
    hasWhere: plan.where !== null,
    assigned,
  });
  const shown = statement === "update" ? scanAsIndex(chosen, table) : chosen;
  const extra = extraText(plan, chosen, statement);
  const state = planState(
    plan.alias,
    table.info,
    shown,
    extra,
    () => "?",
    () => left.flatMap((item) => columnsOf(item, 2 ** ONLY_TABLE)),
  );
  ctx.planChosen(state);
  if (plan.limit === null) refuseWithoutKey(ctx, chosen);
  if (plan.memory !== null && isPlain(plan) && !left.some((item) => item.isConst)) {
    const access = keepAccess(planned, conditions, chosen, true);
    const decided = { table: predicateTable, written, left };
    plan.memory.kept = access === null ? null : { decided, access, state };
  }
  return chosen;
}

function isPlain({ order, limit }: ModifyPlan): boolean {
  return order.length === 0 && limit === null;
}

/** The access of the time before for the values of now; null when it has to be chosen from the start. */
function chosenAgain(
  { memory, ctx, table }: ModifyPlan,
  known: KnownConstants,
): ModifyAccess | null {
  const kept = memory?.kept ?? null;
  if (kept === null || known.size > 0) return null;
  const conditions = conditionsAgain(kept.decided);
  if (conditions === null || !renewAccess(kept.access, conditions)) return null;
  const { chosen } = kept.access;
  ctx.planChosen(stateAgain(kept.state, chosen.path, table.info));
  return chosen;
}

/** sql_safe_updates: rows that change are found through a key. Throws 1175. */
export function refuseWithoutKey(
  ctx: StatementContext,
  { path }: { readonly path: AccessPath },
): void {
  if (path.kind !== "all" && path.kind !== "index") return;
  if (ctx.systemVariable("session", "sql_safe_updates") !== 1) return;
  throw mysqlError("ER_UPDATE_WITHOUT_KEY_IN_SAFE_MODE", "");
}

/** EXPLAIN calls an UPDATE's scan of a table a scan of its primary key (MySQL: key_used_on_scan). */
function scanAsIndex(chosen: ModifyAccess, table: BaseTable): ModifyAccess {
  const index = table.info.indexes.find(
    ({ clustered, name }) => clustered && name !== "GEN_CLUST_INDEX",
  );
  if (chosen.path.kind !== "all" || index === undefined) return chosen;
  return { ...chosen, path: { kind: "index", index, isReverse: false } };
}

/** EXPLAIN's Extra, in the order in which MySQL writes its parts. */
function extraText(plan: ModifyPlan, chosen: ModifyAccess, statement: "update" | "delete"): string {
  const { path } = chosen;
  if (path.kind === "none") return path.why;
  if (statement === "delete" && isEverything(plan)) return "Deleting all rows";
  const isBackward = path.kind === "range" && path.isReverse;
  const parts = [
    path.kind === "merge" ? `Using ${mergeText(path)}` : "",
    plan.where === null ? "" : "Using where",
    isBackward ? "Backward index scan" : "",
    chosen.needsTemporary ? "Using temporary" : "",
    chosen.needsSort ? "Using filesort" : "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** Neither a condition nor a limit: an engine that can empties the table at once. */
export function isEverything({ where, isFreed, limit, order }: ModifyPlan): boolean {
  return where === null && isFreed !== true && limit === null && order.length === 0;
}

export function openModifyReader(
  chosen: ModifyAccess,
  handler: Handler,
  table: BaseTable,
): AccessReader {
  handler.setReadLock("X", "wait");
  const another = (): Handler => {
    const opened = table.open();
    opened.setReadLock("X", "wait");
    return opened;
  };
  return openAccess({ handler, chosen, outerValue: () => null, pushed: null, another });
}

/** The next row that WHERE accepts, in `plan.slot`; rows it does not accept are unlocked. Null at the end. */
export function nextMatch(
  plan: ModifyPlan,
  reader: AccessReader,
  handler: Handler,
): Answer<Row | null> {
  for (;;) {
    const row = reader.next();
    if (isPending(row)) return matchLater(plan, reader, handler, row, null);
    if (row === null) return null;
    const isMatch = isWanted(plan, row);
    if (isPending(isMatch)) return matchLater(plan, reader, handler, null, isMatch);
    if (isTaken(isMatch, handler)) return row as Row;
  }
}

/** Puts the row into the slot, counts it and asks the condition. */
function isWanted(plan: ModifyPlan, row: Row | DbError): Answer<boolean> {
  if (isDbError(row)) throw dbFailure(row, plan.table);
  plan.ctx.checkInterrupt();
  plan.slot.row = row;
  return plan.where === null || truthOf(plan.where);
}

/** A row that was read without a lock, as last committed, and matches: the next read locks it and looks again. */
function isTaken(isMatch: boolean, handler: Handler): boolean {
  if (!isMatch) handler.unlockRow();
  return isMatch && !handler.wasSemiConsistentRead();
}

/** The same from where something has to be waited for: a row, or what the condition says of one. */
function* matchLater(
  plan: ModifyPlan,
  reader: AccessReader,
  handler: Handler,
  reading: Steps<Row | DbError | null> | null,
  asking: Exec<boolean> | null,
): Exec<Row | null> {
  if (asking !== null && isTaken(yield* asking, handler)) return plan.slot.row;
  let begun = reading;
  for (;;) {
    const next = begun ?? reader.next();
    begun = null;
    const row = isPending(next) ? yield* next : next;
    if (row === null) return null;
    const isMatch = yield* settled(isWanted(plan, row));
    if (isTaken(isMatch, handler)) return row as Row;
  }
}

/** Finds every row first: the search key changes, or the rows have to be sorted. DELETE sorts all of them, whatever its LIMIT. */
export function* collectMatches(
  plan: ModifyPlan,
  chosen: ModifyAccess,
  handler: Handler,
  reader: AccessReader,
  statement: "update" | "delete",
): Exec<readonly RowRef[]> {
  const found: { readonly ref: RowRef; readonly row: Row }[] = [];
  const stopsEarly = !chosen.needsSort && plan.limit !== null;
  while (!(stopsEarly && found.length >= (plan.limit ?? 0))) {
    const row = yield* settled(nextMatch(plan, reader, handler));
    if (row === null) break;
    found.push({ ref: handler.position(), row });
  }
  if (!chosen.needsSort) return found.map(({ ref }) => ref);
  const limit = statement === "update" ? plan.limit : null;
  const place = ({ row }: { readonly row: Row }): void => {
    plan.slot.row = row;
  };
  const byReference = (a: { readonly ref: RowRef }, b: { readonly ref: RowRef }): number =>
    compareRowIds(handler, a.ref, b.ref);
  const sorted = yield* filesortRows(found, plan.order, limit, place, byReference);
  return sorted.slice(0, plan.limit ?? sorted.length).map(({ ref }) => ref);
}

/** Rows by reference, already locked. */
export class RefsReader implements AccessReader {
  readonly #refs: readonly RowRef[];
  readonly #handler: Handler;
  #at = 0;

  constructor(refs: readonly RowRef[], handler: Handler) {
    this.#refs = refs;
    this.#handler = handler;
  }

  *next(): Steps<Row | DbError | null> {
    for (;;) {
      const ref = this.#refs[this.#at];
      if (ref === undefined) return null;
      this.#at += 1;
      const result = yield* settled(this.#handler.rndPos(ref));
      if (result !== "notFound") return "row" in result ? result.row : result;
    }
  }
}
