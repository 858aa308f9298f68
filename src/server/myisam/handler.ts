/**
 * A cursor on a table without transactions: the calls of InnoDB's handler, without locks, versions and waits.
 *
 * MySQL: storage/myisam/ha_myisam.cc, mi_rkey.c, mi_rnext.c.
 */
import { assert } from "../../base/assert.ts";
import type {
  CounterRange,
  Datum,
  FindFlag,
  Handler,
  IndexInfo,
  RangeEnd,
  ReadResult,
  Row,
  RowRef,
  Steps,
  WriteResult,
} from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { IndexId, RecId } from "../../trace/ids.ts";
import type { RowNo, TableFile } from "./table_file.ts";

export class MyisamHandler implements Handler {
  readonly #file: TableFile;
  /** Rows that were appended after the statement (or LOCK TABLES) took its read lock are not seen. */
  readonly #visibleLength: number;
  readonly #onChange: () => void;
  #index: IndexInfo | null = null;
  #pushed: ((row: Row) => boolean) | null = null;
  #end: RangeEnd | null = null;
  /** Position in the index, or row number of a full scan. */
  #at = -1;
  /** The index entry last read, found again after changes of the index. */
  #entry: { readonly key: readonly Datum[]; readonly row: RowNo } | null = null;
  #exactKey: readonly Datum[] | null = null;
  #current: RowNo | null = null;

  constructor(file: TableFile, visibleLength: number, onChange: () => void) {
    this.#file = file;
    this.#onChange = onChange;
    this.#visibleLength = visibleLength;
  }

  get table() {
    return this.#file.info;
  }

  setReadLock(): void {}

  trySemiConsistentRead(): void {}

  wasSemiConsistentRead(): boolean {
    return false;
  }

  indexInit(
    index: IndexId,
    options: { readonly keyRead: boolean; readonly pushed: ((row: Row) => boolean) | null },
  ): void {
    this.#index = this.#indexById(index);
    this.#pushed = options.pushed;
    this.#end = null;
  }

  setEndRange(end: RangeEnd | null): void {
    this.#end = end;
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *indexRead(key: readonly Datum[], flag: FindFlag): Steps<ReadResult> {
    const index = this.#opened();
    this.#exactKey = flag === "exact" || flag === "prefixLast" ? key : null;
    switch (flag) {
      case "exact":
      case "orNext":
        this.#at = this.#file.position(index, key, false);
        return this.#forward();
      case "after":
        this.#at = this.#file.position(index, key, true);
        return this.#forward();
      case "prefixLast":
      case "prefixLastOrPrev":
      case "orPrev":
        this.#at = this.#file.position(index, key, true) - 1;
        return this.#backward();
      case "before":
        this.#at = this.#file.position(index, key, false) - 1;
        return this.#backward();
    }
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *indexFirst(): Steps<ReadResult> {
    this.#exactKey = null;
    this.#at = 0;
    return this.#forward();
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *indexLast(): Steps<ReadResult> {
    this.#exactKey = null;
    this.#at = this.#file.ordered(this.#opened()).length - 1;
    return this.#backward();
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *indexNext(): Steps<ReadResult> {
    this.#exactKey = null;
    this.#at = this.#behindEntry();
    return this.#forward();
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *indexPrev(): Steps<ReadResult> {
    this.#exactKey = null;
    this.#at = this.#beforeEntry();
    return this.#backward();
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *indexNextSame(): Steps<ReadResult> {
    this.#at = this.#behindEntry();
    return this.#forward();
  }

  rndInit(): void {
    this.#index = null;
    this.#pushed = null;
    this.#at = -1;
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *rndNext(): Steps<ReadResult> {
    const end = Math.min(this.#visibleLength, this.#file.length);
    for (this.#at += 1; this.#at < end; this.#at += 1) {
      const row = this.#file.row(this.#at);
      if (row !== null) return this.#found(this.#at, row);
    }
    return "notFound";
  }

  position(): RowRef {
    return { rec: this.#standing() as RecId, key: [] };
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *rndPos(ref: RowRef): Steps<ReadResult> {
    const row = this.#file.row(ref.rec);
    return row === null ? "notFound" : this.#found(ref.rec, row);
  }

  unlockRow(): void {}

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *writeRow(row: Row, { onDuplicate }: Parameters<Handler["writeRow"]>[1]): Steps<WriteResult> {
    const clash = this.#file.duplicate(row, null);
    if (clash !== null) {
      if (onDuplicate !== "error") this.#onChange();
      return duplicateKey(clash);
    }
    this.#file.insert(row);
    this.#onChange();
    this.#noteCounter(row);
    return "ok";
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *updateRow(row: Row): Steps<WriteResult> {
    const number = this.#standing();
    const clash = this.#file.duplicate(row, number);
    if (clash !== null) return duplicateKey(clash);
    this.#file.update(number, row);
    this.#onChange();
    return "ok";
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *deleteRow(): Steps<WriteResult> {
    this.#file.delete(this.#standing());
    this.#onChange();
    return "ok";
  }

  deleteAllRows(): number {
    const { rowCount } = this.#file;
    this.#file.deleteAll();
    if (rowCount > 0) this.#onChange();
    return rowCount;
  }

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *readDuplicate(index: IndexId, key: readonly Datum[]): Steps<ReadResult> {
    const known = this.#indexById(index);
    const number = this.#file.rowAt(known, this.#file.position(known, key, false));
    const row = number === null ? null : this.#file.row(number);
    return number === null || row === null ? "notFound" : this.#found(number, row);
  }

  /** MyISAM: the value behind the largest one; the table is locked, so all that follow are free as well. */
  // biome-ignore lint/correctness/useYield: nothing to wait for
  *reserveAutoIncrement(): Steps<CounterRange> {
    return { first: this.#file.autoIncrement, count: null };
  }

  noteAutoIncrement(value: number | bigint): "ok" {
    if (value >= this.#file.autoIncrement) this.#file.autoIncrement = BigInt(value) + 1n;
    return "ok";
  }

  #noteCounter(row: Row): void {
    const value = row[this.table.columns.findIndex((column) => column.autoIncrement)] ?? null;
    if (value !== null && typeof value !== "string") this.noteAutoIncrement(value);
  }

  #behindEntry(): number {
    const entry = this.#entry;
    return entry === null
      ? this.#at + 1
      : this.#file.positionBehind(this.#opened(), entry.key, entry.row);
  }

  #beforeEntry(): number {
    const behind = this.#behindEntry();
    const isThere = this.#file.rowAt(this.#opened(), behind - 1) === this.#entry?.row;
    return behind - (isThere ? 2 : 1);
  }

  #remember(index: IndexInfo, row: RowNo): void {
    const key = this.#file.keyAt(index, this.#at);
    this.#entry = key === null ? null : { key, row };
  }

  #forward(): ReadResult {
    const index = this.#opened();
    for (;;) {
      const number = this.#file.rowAt(index, this.#at);
      const row = number === null ? null : this.#file.row(number);
      if (number === null || row === null) return "notFound";
      if (!this.#isInside(row, 1)) return "notFound";
      if (number < this.#visibleLength && (this.#pushed?.(row) ?? true)) {
        this.#remember(index, number);
        return this.#found(number, row);
      }
      this.#at += 1;
    }
  }

  #backward(): ReadResult {
    const index = this.#opened();
    for (;;) {
      const number = this.#at < 0 ? null : this.#file.rowAt(index, this.#at);
      const row = number === null ? null : this.#file.row(number);
      if (number === null || row === null) return "notFound";
      if (!this.#isInside(row, -1)) return "notFound";
      if (number < this.#visibleLength && (this.#pushed?.(row) ?? true)) {
        this.#remember(index, number);
        return this.#found(number, row);
      }
      this.#at -= 1;
    }
  }

  /** Neither past the end of the range in this direction nor, after an exact read, past its key. */
  #isInside(row: Row, direction: 1 | -1): boolean {
    if (this.#exactKey !== null) return this.#compare(row, this.#exactKey) === 0;
    if (this.#end === null) return true;
    const order = this.#compare(row, this.#end.key) * direction;
    return order < 0 || (order === 0 && this.#end.inclusive);
  }

  #compare(row: Row, key: readonly Datum[]): number {
    const index = this.#opened();
    for (const [at, value] of key.entries()) {
      const part = index.parts[at];
      const column = part === undefined ? undefined : this.table.columns[part.column];
      if (part === undefined || column === undefined) return 0;
      const order = compareDatum(column.type, row[part.column] ?? null, value);
      if (order !== 0) return part.desc ? -order : order;
    }
    return 0;
  }

  #found(number: RowNo, row: Row): ReadResult {
    this.#current = number;
    return { row };
  }

  #standing(): RowNo {
    assert(this.#current !== null, "the cursor stands on no row");
    return this.#current;
  }

  #opened(): IndexInfo {
    assert(this.#index !== null, "no index is open");
    return this.#index;
  }

  #indexById(id: IndexId): IndexInfo {
    const index = this.table.indexes.find((known) => known.id === id);
    assert(index !== undefined, `no index ${id}`);
    return index;
  }
}

function duplicateKey(clash: {
  readonly index: IndexInfo;
  readonly key: readonly Datum[];
}): WriteResult {
  const { index, key } = clash;
  return { err: "duplicateKey", index: index.id, indexName: index.name, key };
}
