/**
 * Produces the rows of a planned join in the tables' slots.
 *
 *   constants ─▶ step 0 ─▶ step 1 (nested loop: opened anew for each row; hash join: the rows before it are collected
 *   and the table is read once) ─▶ ... ─▶ body
 *
 * MySQL: NestedLoopIterator, HashJoinIterator, FilterIterator (which unlocks a row that does not match), ConstIterator.
 */
import { isPending, settled } from "../../base/answer.ts";
import { collationKey } from "../../base/collation.ts";
import type { Datum, DbError, Handler, Row } from "../../innodb/api.ts";
import type { Answer, BaseTable, Exec, StatementContext } from "../context.ts";
import { evalItem, type Item, isTrue } from "../expr/item.ts";
import { equalityKey } from "../types/compare.ts";
import { openAccess } from "./access_reader.ts";
import { type AccessReader, isDbError } from "./cursor_reader.ts";
import { dbFailure } from "./db_failure.ts";
import { wantsNoMatch } from "./join_not_null.ts";
import {
  type JoinPlan,
  type JoinStep,
  NO_CONSTANT_ROW,
  nullRow,
  REFUSED_CONSTANT_ROW,
} from "./join_types.ts";

/** Called with every table's row in its slot; false stops the join. */
export type Body = () => Answer<boolean>;

/** Handlers by table position: what a locking statement changes rows through. */
export type Handlers = Map<number, Handler>;

/** `wasRefused`: the body had no use for the row it got last, which is unlocked. */
export function* forEachRow(
  plan: JoinPlan,
  body: Body,
  handlers: Handlers = new Map(),
  wasRefused: () => boolean = () => false,
): Exec<void> {
  if (plan.impossible !== null) return;
  for (const step of plan.constants) {
    if ((yield* readConstant(plan, step, handlers)) !== null) return;
  }
  yield* settled(produce({ plan, handlers, wasRefused }, plan.steps.length - 1, body));
}

/** One execution of a plan. */
interface Run {
  readonly plan: JoinPlan;
  readonly handlers: Handlers;
  readonly wasRefused: () => boolean;
}

/** EXPLAIN: why the constant tables leave nothing to do, null when they do not. Read without locks. */
export function* emptyConstants(plan: JoinPlan): Exec<string | null> {
  for (const step of plan.constants) {
    const { source } = step.table;
    if (source.kind !== "base") continue;
    const unlocked = { ...source, lock: { mode: "none", onConflict: "wait" } } as const;
    const table = { ...step.table, source: unlocked };
    const empty = yield* readConstant(plan, { ...step, table }, new Map());
    if (empty !== null) return empty;
  }
  return null;
}

/** The row into its slot; null, or why there is none. */
function* readConstant(plan: JoinPlan, step: JoinStep, handlers: Handlers): Exec<string | null> {
  const reader = openRows(plan, handlers, step);
  const row = yield* settled(reader.next());
  if (row === null) return NO_CONSTANT_ROW;
  step.table.scope.slot.row = row;
  return (yield* settled(holds(step.conditions))) ? null : REFUSED_CONSTANT_ROW;
}

/** The rows of the first `last + 1` steps joined; false when the body wants no more. */
function produce(run: Run, last: number, body: Body): Answer<boolean> {
  const step = run.plan.steps[last];
  if (step === undefined) return body();
  if (step.leftJoin !== null) {
    return step.hash === null
      ? produce(run, last - 1, () => leftJoined(run, step, body))
      : leftHashed(run, last, step, body);
  }
  if (step.hash !== null) return hashed(run, last, step, body);
  return produce(run, last - 1, () => nestedLoop(run, step, body));
}

function* nestedLoop(run: Run, step: JoinStep, body: Body): Exec<boolean> {
  const reader = openRows(run.plan, run.handlers, step);
  for (;;) {
    const next = reader.next();
    const row = isPending(next) ? yield* next : next;
    if (row === null) return true;
    step.table.scope.slot.row = row;
    const isMatch = holds(step.conditions);
    if (!(typeof isMatch === "boolean" ? isMatch : yield* isMatch)) {
      reader.unlock();
      continue;
    }
    const wantsMore = body();
    if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return false;
    if (isInnermost(run, step) && run.wasRefused()) reader.unlock();
  }
}

/** Whose rows the body gets: of a join only the innermost table's rows can be unlocked by the one behind it. */
function isInnermost({ plan }: Run, step: JoinStep): boolean {
  return step === plan.steps.at(-1);
}

function* leftJoined(run: Run, step: JoinStep, body: Body): Exec<boolean> {
  const { slot } = step.table.scope;
  const reader = openRows(run.plan, run.handlers, step);
  const isAntijoin = wantsNoMatch(step);
  let hasMatch = false;
  for (;;) {
    const row = yield* settled(reader.next());
    if (row === null) break;
    slot.row = row;
    if (!(yield* settled(holds(step.leftJoin?.on ?? [])))) {
      reader.unlock();
      continue;
    }
    if (isAntijoin) return true;
    hasMatch = true;
    if (!(yield* settled(holds(step.conditions)))) continue;
    if (!(yield* settled(body()))) return false;
    if (isInnermost(run, step) && run.wasRefused()) reader.unlock();
  }
  return hasMatch || (yield* withoutMatch(step, body));
}

/** A row of NULLs stands in for the inner side. */
function* withoutMatch(step: JoinStep, body: Body): Exec<boolean> {
  step.table.scope.slot.row = nullRow(step.table);
  return (yield* settled(holds(step.conditions))) ? yield* settled(body()) : true;
}

/** Left hash join: the inner table is read first, whole; then each row before it looks for its matches. */
function* leftHashed(run: Run, at: number, step: JoinStep, body: Body): Exec<boolean> {
  const { slot } = step.table.scope;
  const keyOf = hashKey(step);
  const buckets = new Map<string, Row[]>();
  const isOwn = (item: Item) => item.tables === 2 ** step.table.scope.position;
  const on = step.leftJoin?.on ?? [];
  const early = on.filter(isOwn);
  const late = on.filter((item) => !isOwn(item));
  const reader = openRows(run.plan, run.handlers, step);
  for (;;) {
    const row = yield* settled(reader.next());
    if (row === null) break;
    slot.row = row;
    if (yield* settled(holds(early))) addTo(buckets, yield* keyOf("inner"), row);
    else reader.unlock();
  }
  return yield* settled(
    produce(run, at - 1, function* () {
      const key = yield* keyOf("outer");
      let hasMatch = false;
      for (const row of newestFirst(buckets, key)) {
        run.plan.request.ctx.checkInterrupt();
        slot.row = row;
        if (!(yield* settled(holds(late)))) continue;
        hasMatch = true;
        if (!(yield* settled(holds(step.conditions)))) continue;
        if (!(yield* settled(body()))) return false;
      }
      return hasMatch || (yield* withoutMatch(step, body));
    }),
  );
}

/** Hash join: the rows before are collected first (build side), then the table is read (probe side). */
function* hashed(run: Run, at: number, probe: JoinStep, body: Body): Exec<boolean> {
  const before = run.plan.steps.slice(0, at).map((step) => step.table.scope.slot);
  const buckets = new Map<string, Row[][]>();
  const keyOf = hashKey(probe);
  yield* settled(
    produce(run, at - 1, function* () {
      const rows = before.map((slot) => slot.row);
      addTo(buckets, yield* keyOf("outer"), rows);
      return true;
    }),
  );
  if (buckets.size === 0) return true;
  const reader = openRows(run.plan, run.handlers, probe);
  const isOwn = (item: Item) => item.tables === 2 ** probe.table.scope.position;
  const early = probe.conditions.filter(isOwn);
  const late = probe.conditions.filter((item) => !isOwn(item));
  for (;;) {
    const row = yield* settled(reader.next());
    if (row === null) return true;
    probe.table.scope.slot.row = row;
    if (!(yield* settled(holds(early)))) {
      reader.unlock();
      continue;
    }
    const key = yield* keyOf("inner");
    for (const rows of newestFirst(buckets, key)) {
      run.plan.request.ctx.checkInterrupt();
      for (const [i, slot] of before.entries()) slot.row = rows[i] as Row;
      if ((yield* settled(holds(late))) && !(yield* settled(body()))) return false;
    }
  }
}

/** What matches, as MySQL's hash table gives it. NULL matches nothing. */
function* newestFirst<T>(buckets: Map<string, T[]>, key: string | null): Generator<T> {
  const bucket = key === null ? undefined : buckets.get(key);
  for (let at = (bucket?.length ?? 0) - 1; at >= 0; at -= 1) yield bucket?.[at] as T;
}

function addTo<T>(buckets: Map<string, T[]>, key: string | null, value: T): void {
  if (key === null) return;
  const bucket = buckets.get(key);
  if (bucket === undefined) buckets.set(key, [value]);
  else bucket.push(value);
}

/** The join key of the current rows as text; null when a part is NULL, which matches nothing. */
function hashKey(step: JoinStep): (side: "inner" | "outer") => Exec<string | null> {
  const keys = step.hash?.keys ?? [];
  const parts = keys.map(({ inner, outer }) => ({
    inner,
    outer,
    form: inner.type.kind === "null" ? null : equalityKey(inner.type, collationKey),
  }));
  return function* (side) {
    let key = "";
    for (const part of parts) {
      const value: Datum = yield* evalItem(part[side]);
      if (value === null || part.form === null) return null;
      key += `${part.form(value)}\u0000`;
    }
    return key;
  };
}

/** Are all true? */
function holds(conditions: readonly Item[]): Answer<boolean> {
  for (let at = 0; at < conditions.length; at += 1) {
    const compute = (conditions[at] as Item).eval;
    if (compute === null) return holdsFrom(conditions, at);
    const value = compute();
    if (value === null || value === 0) return false;
  }
  return true;
}

function* holdsFrom(conditions: readonly Item[], first: number): Exec<boolean> {
  for (let at = first; at < conditions.length; at += 1) {
    if (!(yield* isTrue(conditions[at] as Item))) return false;
  }
  return true;
}

interface RowReader {
  readonly next: () => Answer<Row | null>;
  readonly unlock: () => void;
}

/** The rows of a table that is made for the block. */
class MadeRows implements RowReader {
  readonly #ctx: StatementContext;
  readonly #make: () => Exec<readonly Row[]>;
  #rows: readonly Row[] | null = null;
  #at = 0;

  constructor(ctx: StatementContext, make: () => Exec<readonly Row[]>) {
    this.#ctx = ctx;
    this.#make = make;
  }

  *next(): Exec<Row | null> {
    this.#ctx.checkInterrupt();
    this.#rows ??= yield* this.#make();
    const row = this.#rows[this.#at] ?? null;
    this.#at += 1;
    return row;
  }

  unlock(): void {}
}

/** The rows that an access path finds in a base table. */
class FoundRows implements RowReader {
  readonly #ctx: StatementContext;
  readonly #table: BaseTable;
  readonly #handler: Handler;
  readonly #reader: AccessReader;

  constructor(ctx: StatementContext, table: BaseTable, handler: Handler, reader: AccessReader) {
    this.#ctx = ctx;
    this.#table = table;
    this.#handler = handler;
    this.#reader = reader;
  }

  next(): Answer<Row | null> {
    this.#ctx.checkInterrupt();
    const answer = this.#reader.next();
    return isPending(answer) ? this.#waitFor(answer) : this.#checked(answer);
  }

  *#waitFor(answer: Exec<Row | DbError | null>): Exec<Row | null> {
    return this.#checked(yield* answer);
  }

  #checked(row: Row | DbError | null): Row | null {
    if (isDbError(row)) throw dbFailure(row, this.#table);
    return row;
  }

  unlock(): void {
    this.#handler.unlockRow();
  }
}

function openRows(plan: JoinPlan, handlers: Handlers, step: JoinStep): RowReader {
  const { source, scope } = step.table;
  const { ctx } = plan.request;
  if (source.kind === "rows") return new MadeRows(ctx, source.rows);
  const handler = handlers.get(scope.position) ?? source.table.open();
  handlers.set(scope.position, handler);
  handler.setReadLock(source.lock.mode, source.lock.onConflict);
  const reader = openAccess({
    handler,
    chosen: step.chosen,
    outerValue: (operand) => step.outer[operand.id]?.eval?.() ?? null,
    pushed: pushedCondition(step),
    another: (how) => {
      const opened = source.table.open();
      opened.setReadLock(source.lock.mode, how === "same" ? source.lock.onConflict : "wait");
      return opened;
    },
  });
  return new FoundRows(ctx, source.table, handler, reader);
}

function pushedCondition(step: JoinStep): ((row: Row) => boolean) | null {
  if (step.pushed.length === 0) return null;
  const { slot } = step.table.scope;
  return (row) => {
    slot.row = row;
    return step.pushed.every((item) => {
      const value = item.eval?.() ?? null;
      return value !== null && value !== 0;
    });
  };
}
