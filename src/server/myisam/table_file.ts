/**
 * A table without transactions: a file of rows in the order in which they were written, with holes where rows were deleted,
 * and for each key a sorted list of row numbers.
 *
 *     rows     0: (3,30)   1: hole   2: (2,20)          a new row goes into the newest hole, else to the end
 *     PRIMARY  2 ─▶ row 2   3 ─▶ row 0
 *
 * MySQL: storage/myisam/mi_dynrec.c, mi_write.c, mi_delete.c; storage/heap.
 * Departure: keys are sorted lists and not B-trees; MEMORY's HASH keys are sorted too.
 */
import { assert } from "../../base/assert.ts";
import type { Datum, IndexInfo, Row, TableInfo } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";

export type RowNo = number;

interface Entry {
  readonly key: readonly Datum[];
  readonly row: RowNo;
}

export class TableFile {
  info: TableInfo;
  readonly #rows: (Row | null)[] = [];
  /** Deleted rows, the newest last: the next row is written there. */
  readonly #holes: RowNo[] = [];
  #entries: Entry[][];
  autoIncrement: bigint;

  constructor(info: TableInfo) {
    this.info = info;
    this.autoIncrement = info.autoIncrement;
    this.#entries = info.indexes.map(() => []);
  }

  /** Rows and holes: where the file ends. */
  get length(): number {
    return this.#rows.length;
  }

  get rowCount(): number {
    return this.#rows.length - this.#holes.length;
  }

  /** New rows go to the end, beside readers (MySQL: concurrent_insert=AUTO). */
  get hasHoles(): boolean {
    return this.#holes.length > 0;
  }

  row(number: RowNo): Row | null {
    return this.#rows[number] ?? null;
  }

  rows(): Row[] {
    return this.#rows.filter((row) => row !== null);
  }

  /** The unique key that a row other than `except` stands in the way of, with the key's values. */
  duplicate(
    row: Row,
    except: RowNo | null,
  ): { readonly index: IndexInfo; readonly key: readonly Datum[] } | null {
    for (const index of this.info.indexes) {
      if (!index.unique) continue;
      const key = this.#keyOf(index, row);
      if (key.includes(null)) continue;
      const found = this.#entriesWith(index, key).find((entry) => entry.row !== except);
      if (found !== undefined) return { index, key };
    }
    return null;
  }

  insert(row: Row): RowNo {
    const number = this.#holes.pop() ?? this.#rows.length;
    this.#rows[number] = row;
    this.#enter(number, row);
    return number;
  }

  update(number: RowNo, row: Row): void {
    this.#leave(number);
    this.#rows[number] = row;
    this.#enter(number, row);
  }

  delete(number: RowNo): void {
    this.#leave(number);
    this.#rows[number] = null;
    this.#holes.push(number);
  }

  /** DELETE without a condition: the file is empty, without holes. */
  deleteAll(): void {
    this.#rows.length = 0;
    this.#holes.length = 0;
    this.#entries = this.info.indexes.map(() => []);
  }

  /** The table has other columns or keys now; `convert` makes the rows fit. */
  redefine(info: TableInfo, convert: (row: Row) => Row): void {
    const rows = this.rows().map(convert);
    this.info = info;
    this.#rows.length = 0;
    this.#holes.length = 0;
    this.#entries = info.indexes.map(() => []);
    for (const row of rows) this.insert(row);
  }

  /** Row numbers in the order of a key. */
  ordered(index: IndexInfo): readonly RowNo[] {
    return this.#list(index).map((entry) => entry.row);
  }

  /** Position of the first entry of a key that is not before `key` (or, with `after`, that is behind it). */
  position(index: IndexInfo, key: readonly Datum[], after: boolean): number {
    const list = this.#list(index);
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(index, (list[middle] as Entry).key, key);
      if (order < 0 || (after && order === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  rowAt(index: IndexInfo, position: number): RowNo | null {
    return this.#list(index)[position]?.row ?? null;
  }

  keyAt(index: IndexInfo, position: number): readonly Datum[] | null {
    return this.#list(index)[position]?.key ?? null;
  }

  /** Position of the first entry behind the one of that key and row, which may be gone. */
  positionBehind(index: IndexInfo, key: readonly Datum[], row: RowNo): number {
    const list = this.#list(index);
    let place = this.position(index, key, false);
    while (
      place < list.length &&
      this.#compare(index, (list[place] as Entry).key, key) === 0 &&
      (list[place] as Entry).row <= row
    ) {
      place += 1;
    }
    return place;
  }

  #enter(number: RowNo, row: Row): void {
    for (const [at, index] of this.info.indexes.entries()) {
      const list = this.#entries[at] as Entry[];
      const key = this.#keyOf(index, row);
      let place = this.position(index, key, false);
      while (
        place < list.length &&
        this.#compare(index, (list[place] as Entry).key, key) === 0 &&
        (list[place] as Entry).row < number
      ) {
        place += 1;
      }
      list.splice(place, 0, { key, row: number });
    }
  }

  #leave(number: RowNo): void {
    const row = this.#rows[number];
    assert(row !== null && row !== undefined, `row ${number} is a hole`);
    for (const [at, index] of this.info.indexes.entries()) {
      const list = this.#entries[at] as Entry[];
      const from = this.position(index, this.#keyOf(index, row), false);
      const place = list.findIndex((entry, position) => position >= from && entry.row === number);
      list.splice(place, 1);
    }
  }

  #entriesWith(index: IndexInfo, key: readonly Datum[]): readonly Entry[] {
    return this.#list(index).slice(
      this.position(index, key, false),
      this.position(index, key, true),
    );
  }

  #list(index: IndexInfo): Entry[] {
    const at = this.info.indexes.findIndex((known) => known.id === index.id);
    const list = this.#entries[at];
    assert(list !== undefined, `${this.info.name} has no key ${index.name}`);
    return list;
  }

  #keyOf(index: IndexInfo, row: Row): Datum[] {
    return index.parts.map((part) => {
      const datum = row[part.column] ?? null;
      if (part.prefix === null || typeof datum !== "string") return datum;
      return [...datum].slice(0, part.prefix).join("");
    });
  }

  /** Of the first key parts, as many as `key` has. */
  #compare(index: IndexInfo, a: readonly Datum[], key: readonly Datum[]): number {
    for (const [at, value] of key.entries()) {
      const part = index.parts[at];
      const column = part === undefined ? undefined : this.info.columns[part.column];
      if (part === undefined || column === undefined) return 0;
      const order = compareDatum(column.type, a[at] ?? null, value);
      if (order !== 0) return part.desc ? -order : order;
    }
    return 0;
  }
}
