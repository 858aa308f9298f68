/** The rows of one step of a join, with the locks its table is read with. */
import { isPending, settled } from "../../../base/answer.ts";
import type { Datum, DbError, Handler, Row } from "../../../innodb/api.ts";
import type { Answer, BaseTable, Exec, StatementContext } from "../../context.ts";
import { openAccess } from "../access_reader.ts";
import { type AccessReader, isDbError } from "../cursor_reader.ts";
import { dbFailure } from "../db_failure.ts";
import { keyValue } from "../lookup_value.ts";
import type { JoinRequest, JoinStep } from "./join_types.ts";

/** Handlers by table position: what a locking statement changes rows through. */
export type Handlers = (Handler | undefined)[];

export interface RowReader {
  readonly next: () => Answer<Row | null>;
  readonly unlock: () => void;
  /** As `Handler.takeAhead`, behind a row that was found. */
  readonly takeAhead?: (take: (row: Row) => void) => void;
  /** Materialized values, by key. */
  readonly values?: ReadonlyMap<string, readonly Datum[]>;
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

  takeAhead(take: (row: Row) => void): void {
    const count = this.#reader.takeAhead?.(take) ?? 0;
    if (count > 0) this.#ctx.checkInterrupt(count);
  }

  unlock(): void {
    this.#handler.unlockRow();
  }
}

/** What a lookup by a unique key remembers from one row of the tables before to the next. */
export interface LastLookup {
  key: string | null;
  row: Row | null;
  /** How many rows before have taken the row; none: it did not match and goes when another is looked up. */
  uses: number;
}

/**
 * A lookup by a unique key reads again only when the key is another one, and lets go of a row that did not match only
 * then. MySQL: EQRefIterator.
 */
class UniqueRow implements RowReader {
  readonly #found: RowReader;
  readonly #last: LastLookup;
  readonly #keyOf: () => string | null;
  #isDone = false;

  constructor(found: RowReader, last: LastLookup, keyOf: () => string | null) {
    this.#found = found;
    this.#last = last;
    this.#keyOf = keyOf;
  }

  *next(): Exec<Row | null> {
    if (this.#isDone) return null;
    this.#isDone = true;
    const last = this.#last;
    const key = this.#keyOf();
    if (key === null) {
      last.key = null;
      last.row = null;
      return null;
    }
    if (key === last.key) {
      if (last.row !== null) last.uses += 1;
      return last.row;
    }
    if (last.row !== null && last.uses === 0) this.#found.unlock();
    last.key = key;
    last.row = yield* settled(this.#found.next());
    last.uses = 1;
    return last.row;
  }

  unlock(): void {
    if (this.#last.uses > 0) this.#last.uses -= 1;
  }
}

export function openRows(
  { ctx }: Pick<JoinRequest, "ctx">,
  handlers: Handlers,
  step: JoinStep,
  run: { readonly lookups: Map<JoinStep["table"], LastLookup> } | null = null,
): RowReader {
  const { source, scope } = step.table;
  if (source.kind === "rows") return new MadeRows(ctx, source.rows);
  const handler = handlers[scope.position] ?? source.table.open();
  handlers[scope.position] = handler;
  handler.setReadLock(source.lock.mode, source.lock.onConflict);
  const reader = openAccess({
    handler,
    chosen: step.eachRow?.access() ?? step.chosen,
    outerValue: (operand) => keyValue(step.outer[operand.id]),
    pushed: pushedCondition(step),
    another: (how) => {
      const opened = source.table.open();
      opened.setReadLock(source.lock.mode, how === "same" ? source.lock.onConflict : "wait");
      return opened;
    },
  });
  const found = new FoundRows(ctx, source.table, handler, reader);
  const { path } = step.chosen;
  if (run === null || path.kind !== "ref" || !path.isUnique) return found;
  const { lookups } = run;
  const last = lookups.get(step.table) ?? { key: null, row: null, uses: 0 };
  lookups.set(step.table, last);
  const keyOf = (): string | null => {
    const values = path.key.map(({ operand }) =>
      operand.kind === "const" ? operand.value : keyValue(step.outer[operand.id]),
    );
    const isRejected = path.key.some((part, at) => part.rejectsNull && values[at] === null);
    return isRejected
      ? null
      : JSON.stringify(values, (_, value) => (typeof value === "bigint" ? `${value}` : value));
  };
  return new UniqueRow(found, last, keyOf);
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
