/**
 * The rows that a deadlock log shows, put together from the records of all indexes: a clustered record has every column, a
 * secondary one its own and the key. Where both show a column the secondary one is believed: it is still the committed
 * value when a statement has changed the clustered record and waits for the secondary one.
 */
import { parseStatement } from "../sql/parser.ts";
import { type DeadlockLog, type LogLock, type LogRecord, locksOf } from "./deadlock_log.ts";
import { type IndexShape, quote, ROW_ID_INDEX, type TableShape } from "./deadlock_tables.ts";
import { compareValues, type FieldValue, fieldValue, NULL_VALUE } from "./record_fields.ts";

/** A row that the log shows, or that must have been there; by column position. */
export interface Row {
  readonly key: string;
  readonly values: Map<number, FieldValue>;
  /** The transaction that wrote the clustered record last, in decimal; null where no such record is shown. */
  writer: string | null;
  /** By DB_ROLL_PTR: the row did not exist before. */
  isInserted: boolean;
  isDeleted: boolean;
  /** A made-up statement inserts it: it is no part of the set-up. */
  isLeftOut: boolean;
}

export class Rows {
  readonly shape: TableShape;
  /** Whether some lock of the log is on a gap: not so at READ COMMITTED. */
  readonly hasGaps: boolean;
  /** Columns that the log's statements change, in lower case. */
  readonly changed: ReadonlySet<string>;
  readonly #rows = new Map<string, Row>();
  readonly #certain = new Set<string>();
  readonly #neighbours = new Map<string, Row>();

  constructor(shape: TableShape, logs: DeadlockLog) {
    this.shape = shape;
    this.hasGaps = locksOf(logs).some(
      (lock) => lock.index !== null && (lock.shape !== "recNotGap" || lock.isInsertIntention),
    );
    this.changed = new Set(logs.trxs.flatMap(({ sql }) => columnsChanged(sql)));
    for (const lock of locksOf(logs).filter((one) => one.table === shape.name)) {
      for (const rec of lock.records) if (!rec.isSupremum) this.#note(lock, rec);
    }
  }

  get all(): readonly Row[] {
    return [...this.#rows.values()];
  }

  /** A row that the log does not show. */
  addNeighbour(row: Row): void {
    this.#neighbours.set(JSON.stringify([...row.values.values()].map((one) => one.literal)), row);
  }

  /** What is there before the transactions begin, in the order of the primary key. */
  get before(): readonly Row[] {
    const [first = -1] = this.shape.indexes.find((one) => one.isClustered)?.columns ?? [];
    const there = this.all.filter((row) => !row.isLeftOut && row.values.size > 0);
    return [...there, ...this.#neighbours.values()].toSorted((one, other) =>
      compareValues(one.values.get(first) ?? NULL_VALUE, other.values.get(first) ?? NULL_VALUE),
    );
  }

  index(lock: LogLock): IndexShape | null {
    return this.shape.indexes.find((one) => one.name === lock.index) ?? null;
  }

  /** Null where the record does not fit the table. */
  rowOf(lock: LogLock, rec: LogRecord): Row | null {
    const read = this.#read(lock, rec);
    return read === null ? null : (this.#rows.get(read.key) ?? null);
  }

  /** The known values of a column in rows that agree with `row` in the columns `prefix`. */
  valuesOf(column: number, prefix: readonly number[], row: Row | null): readonly FieldValue[] {
    return this.all
      .filter((one) => !one.isLeftOut)
      .filter((one) =>
        prefix.every((at) => one.values.get(at)?.literal === row?.values.get(at)?.literal),
      )
      .flatMap((one) => one.values.get(column) ?? []);
  }

  /**
   * `INSERT INTO t (a, b) VALUES (...)`; what the log does not show becomes NULL, its default or a number of its own. A number
   * without an index becomes 0: a statement that adds to it changes the row.
   */
  insertion(rows: readonly Row[]): string {
    const { columns, name } = this.shape;
    const written = columns.flatMap((column, at) => (column.isGenerated ? [] : [at]));
    const tuples = rows.map((row, nth) => {
      const values = written.map((at) => (row.values.get(at) ?? this.#unknown(at, nth)).literal);
      return `(${values.join(", ")})`;
    });
    const names = written.map((at) => quote(columns[at]?.name ?? ""));
    return `INSERT INTO ${quote(name)} (${names.join(", ")}) VALUES ${tuples.join(", ")}`;
  }

  #unknown(at: number, nth: number): FieldValue {
    const column = this.shape.columns[at];
    if (column === undefined) return NULL_VALUE;
    if (column.hasDefault) return { literal: "DEFAULT", sort: null };
    const { indexes } = this.shape;
    const isPlain =
      /int$|decimal|float|double/.test(column.type.name) &&
      !indexes.some((one) => one.columns.includes(at));
    if (column.isNullable) return isPlain ? { literal: "0", sort: null } : NULL_VALUE;
    const isUnique = indexes.some((one) => one.isUnique && one.columns.includes(at));
    return { literal: unknownLiteral(column.type.name, isUnique ? nth + 1001 : 0), sort: null };
  }

  #note(lock: LogLock, rec: LogRecord): void {
    const read = this.#read(lock, rec);
    if (read === null) return;
    const before = this.#rows.get(read.key);
    const row: Row = before ?? {
      key: read.key,
      values: new Map(),
      writer: null,
      isInserted: false,
      isDeleted: false,
      isLeftOut: false,
    };
    this.#rows.set(read.key, row);
    for (const [at, value] of read.values) {
      const certain = `${read.key}/${at}`;
      if (read.isClustered && this.#certain.has(certain)) continue;
      row.values.set(at, value);
      if (!read.isClustered) this.#certain.add(certain);
    }
    if (!read.isClustered) return;
    row.writer = read.writer;
    row.isInserted = read.isInserted;
    row.isDeleted = rec.isDeleted;
  }

  #read(lock: LogLock, rec: LogRecord) {
    const index = this.index(lock);
    const clustered = this.shape.indexes.find((one) => one.isClustered);
    if (index === null || clustered === undefined) return null;
    const { columns } = this.shape;
    const stored = columns.flatMap((column, at) => (column.isStored ? [at] : []));
    const keys = clustered.columns.length === 0 ? [-1] : clustered.columns;
    const order = index.isClustered
      ? [...keys, -2, -3, ...stored.filter((at) => !keys.includes(at))]
      : [...index.columns, ...keys.filter((at) => !index.columns.includes(at))];
    const values = new Map<number, FieldValue>();
    let rowId = "";
    let writer = "";
    let isInserted = false;
    for (const [place, at] of order.entries()) {
      const field = rec.fields[place];
      if (field === undefined) break;
      const hex = (field?.bytes ?? []).map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (at === -1) rowId = hex;
      else if (at === -2) writer = BigInt(`0x${hex || "0"}`).toString();
      else if (at === -3) isInserted = ((field?.bytes[0] ?? 0) & 0x80) !== 0;
      const type = columns[at]?.type;
      if (type !== undefined) values.set(at, fieldValue(type, field));
    }
    const key =
      index.name === ROW_ID_INDEX || keys[0] === -1
        ? rowId
        : keys.map((at) => values.get(at)?.literal).join(", ");
    return { key, values, writer, isInserted, isClustered: index.isClustered };
  }
}

function columnsChanged(sql: string): readonly string[] {
  const parsed = parseStatement(sql);
  if (!parsed.ok || parsed.statement.kind !== "update") return [];
  return parsed.statement.assignments.map(({ column }) => column.name.text.toLowerCase());
}

function unknownLiteral(type: string, value: number): string {
  switch (type) {
    case "date":
      return "'2000-01-01'";
    case "datetime":
    case "timestamp":
      return "'2000-01-01 00:00:00'";
    case "json":
      return "'{}'";
    case "enum":
      return "1";
    case "year":
      return "2000";
    case "time":
      return "'00:00:00'";
    default:
      return /char|text|binary|blob/.test(type) ? `'${value === 0 ? "" : value}'` : String(value);
  }
}
