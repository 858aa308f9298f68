/**
 * The handler of one statement on one table: the reader of the row search, and the writes with the checks of foreign
 * keys before them.
 *
 * InnoDB: ha_innobase (ha_innodb.cc): write_row, update_row, delete_row, get_auto_increment.
 */
import { isPending, settled } from "../base/answer.ts";
import type {
  Answer,
  CounterRange,
  CounterRequest,
  Datum,
  DbError,
  FindFlag,
  Handler,
  Operation,
  RangeEnd,
  ReadResult,
  Row,
  RowRef,
  Steps,
  TableInfo,
  Trx,
  WriteResult,
} from "./api.ts";
import { AutoIncrementCounter } from "./auto_increment_counter.ts";
import { tableInfo } from "./dictionary.ts";
import { askChildren } from "./foreign/children.ts";
import { checkParents } from "./foreign/parents.ts";
import {
  DELETE,
  READ_FIRST,
  READ_KEY,
  READ_LAST,
  READ_NEXT,
  READ_PREV,
  READ_RND,
  READ_RND_NEXT,
  UPDATE,
  WRITE,
} from "./handler_calls.ts";
import type { Reader } from "./search/reader.ts";
import type { Storage } from "./storage.ts";
import { TableCursor } from "./table_cursor.ts";
import { trxOf } from "./trx.ts";
import type { Table, TrxImpl } from "./types.ts";
import { insertRow } from "./write/insert.ts";
import { changeRow } from "./write/update.ts";

/** `used`: one that a statement before has done with. */
export function openHandler(
  storage: Storage,
  trx: TrxImpl,
  table: Table,
  used: Handler | null,
): Handler {
  if (!(used instanceof TableHandler) || !used.isOf(table)) {
    return new TableHandler(storage, trx, table);
  }
  used.beginAnew(trx);
  return used;
}

/** A class, because a statement that touches one row makes one of these and little else. */
class TableHandler implements Handler {
  readonly #storage: Storage;
  #trx: TrxImpl;
  readonly #table: Table;
  readonly #cursor: TableCursor;
  readonly #reader: Reader;
  /** Of a table with an AUTO_INCREMENT column, once it is needed. */
  #counter: AutoIncrementCounter | null = null;
  #isUpsert = false;
  /** How often a full scan asked for a row; -1 where an index is read. */
  #scanned = -1;
  /** The row for which REPLACE may have to delete others. */
  #replacement: Row | null = null;

  constructor(storage: Storage, trx: TrxImpl, table: Table) {
    this.#storage = storage;
    this.#trx = trx;
    this.#table = table;
    this.#cursor = new TableCursor(storage, trx, table);
    this.#reader = this.#cursor.reader;
  }

  get table(): TableInfo {
    return tableInfo(this.#table);
  }

  isOf(table: Table): boolean {
    return this.#table === table;
  }

  /** As if it were new. */
  beginAnew(trx: TrxImpl): void {
    this.#trx = trx;
    this.#cursor.beginAnew(trx);
    this.#counter = null;
    this.#isUpsert = false;
    this.#replacement = null;
  }

  // ------------------------------------------------------------ reading

  goOnIn(trx: Trx): void {
    this.#trx = trxOf(this.#storage, trx);
    this.#cursor.goOnIn(this.#trx);
  }

  setReadLock(lock: "none" | "S" | "X", onConflict: "wait" | "nowait" | "skipLocked"): void {
    this.#reader.setReadLock(lock, onConflict);
  }
  trySemiConsistentRead(on: boolean): void {
    this.#reader.trySemiConsistentRead(on);
  }
  wasSemiConsistentRead(): boolean {
    return this.#reader.wasSemiConsistentRead();
  }
  indexInit(...args: Parameters<Handler["indexInit"]>): void {
    this.#scanned = -1;
    this.#reader.indexInit(...args);
  }
  setEndRange(end: RangeEnd | null): void {
    this.#reader.setEndRange(end);
  }
  indexRead(key: readonly Datum[], flag: FindFlag): Answer<ReadResult> {
    return this.#start(READ_KEY).indexRead(key, flag);
  }
  indexFirst(): Answer<ReadResult> {
    return this.#start(READ_FIRST).indexFirst();
  }
  indexLast(): Answer<ReadResult> {
    return this.#start(READ_LAST).indexLast();
  }
  indexNext(): Answer<ReadResult> {
    return this.#goOn(READ_NEXT).indexNext();
  }
  takeAhead(take: (row: Row) => void): number {
    const count = this.#reader.takeAhead?.(take) ?? 0;
    this.#goOn(this.#scanned < 0 ? READ_NEXT : READ_RND_NEXT, count);
    return count;
  }
  indexPrev(): Answer<ReadResult> {
    return this.#goOn(READ_PREV).indexPrev();
  }
  indexNextSame(): Answer<ReadResult> {
    return this.#goOn(READ_NEXT).indexNextSame();
  }
  rndInit(): void {
    this.#scanned = 0;
    this.#reader.rndInit();
  }
  rndNext(): Answer<ReadResult> {
    const reader = this.#goOn(READ_RND_NEXT);
    if (this.#scanned === 0) this.#start(READ_FIRST);
    this.#scanned += 1;
    return reader.rndNext();
  }
  position(): RowRef {
    return this.#reader.position();
  }
  rndPos(ref: RowRef): Answer<ReadResult> {
    return this.#start(READ_RND).rndPos(ref);
  }
  unlockRow(): void {
    this.#reader.unlockRow();
  }
  readDuplicate(...[index, key]: Parameters<Handler["readDuplicate"]>): Answer<ReadResult> {
    this.#reader.setReadLock("X", "wait");
    this.indexInit(index, { keyRead: false, pushed: null });
    return this.indexRead(key, "exact");
  }

  #start(call: number): Reader {
    this.#does("starting index read", call);
    return this.#reader;
  }

  #goOn(call: number, times = 1): Reader {
    this.#does("fetching rows", call, times);
    return this.#reader;
  }

  #does(operation: Operation, call: number, times = 1): void {
    const trx = this.#trx;
    trx.operation = operation;
    trx.calls[call] = (trx.calls[call] as number) + times;
  }

  // ------------------------------------------------------------ writing

  checkParents(row: Row): Steps<DbError | null> {
    return checkParents(this.#storage, this.#trx, this.#table, null, row, null);
  }

  writeRow(row: Row, how: Parameters<Handler["writeRow"]>[1]): Answer<WriteResult> {
    const { onDuplicate } = how;
    const { writer } = this.#cursor;
    this.#isUpsert = onDuplicate === "update";
    this.#replacement = onDuplicate === "replace" ? row : null;
    writer.allowDuplicates = onDuplicate === "replace" || onDuplicate === "update";
    this.#does("inserting", WRITE);
    const counts = hasCounter(this.#table);
    if (counts) this.#counterInUse().rowBegins(row);
    const writing = insertRow(writer, this.#table, row);
    return counts ? this.#counted(row, writing, how) : writing;
  }

  *#counted(
    row: Row,
    writing: Answer<WriteResult>,
    how: Parameters<Handler["writeRow"]>[1],
  ): Steps<WriteResult> {
    const result = yield* settled(writing);
    const counting = this.#counterInUse().rowWritten(row, result === "ok", how);
    const counted = isPending(counting) ? yield* counting : counting;
    return counted === "ok" ? result : counted;
  }

  updateRow(row: Row): Answer<WriteResult> {
    const changing = this.#change(row);
    return this.#isUpsert && hasCounter(this.#table) ? this.#upserted(row, changing) : changing;
  }

  /** ON DUPLICATE KEY UPDATE counts the value of the row that it updated. */
  *#upserted(row: Row, changing: Answer<WriteResult>): Steps<WriteResult> {
    const result = yield* settled(changing);
    return result === "ok" ? yield* settled(this.#counterInUse().noteRow(row)) : result;
  }

  deleteRow(): Answer<WriteResult> {
    return this.#change(null);
  }

  #change(after: Row | null): Answer<WriteResult> {
    const table = this.#table;
    this.#does("updating or deleting", after === null ? DELETE : UPDATE);
    const asksParents = after !== null && table.def.foreignKeys.length > 0;
    if (table.referencedBy.length > 0 || asksParents) return this.#changeRelated(after);
    return changeRow(this.#cursor.writer, this.#cursor.current(), after);
  }

  *#changeRelated(after: Row | null): Steps<WriteResult> {
    const rec = this.#cursor.current();
    const before = rec.row as Row;
    if (this.#table.referencedBy.length > 0) {
      const replacedBy = this.#replacement;
      const change = {
        table: this.#table,
        rec,
        before,
        after,
        replacedBy,
        cause: null,
        begun: new Set<string>(),
      };
      const refused = yield* askChildren(this.#storage, this.#trx, change);
      if (refused !== null) return refused;
    }
    if (after !== null && this.#table.def.foreignKeys.length > 0) {
      const orphan = yield* checkParents(
        this.#storage,
        this.#trx,
        this.#table,
        before,
        after,
        null,
      );
      if (orphan !== null) return orphan;
    }
    return yield* settled(changeRow(this.#cursor.writer, rec, after));
  }

  // ------------------------------------------------------------ AUTO_INCREMENT

  reserveAutoIncrement(request: CounterRequest): Steps<CounterRange | "exhausted" | DbError> {
    return this.#counterInUse().reserve(request);
  }

  noteAutoIncrement(value: number | bigint): Answer<WriteResult> {
    return this.#counterInUse().note(value, "unknown");
  }

  #counterInUse(): AutoIncrementCounter {
    this.#counter ??= new AutoIncrementCounter(this.#storage, this.#trx, this.#table);
    return this.#counter;
  }
}

function hasCounter(table: Table): boolean {
  return table.def.columns.some((column) => column.autoIncrement);
}
