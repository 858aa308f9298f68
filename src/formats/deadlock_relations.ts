/**
 * Tables of which a deadlock log shows no lock: its statements name them, and foreign keys lead from or to them. A statement
 * that waits in a table that it does not name has come there by a foreign key, and the values tell by which column.
 *
 *     INSERT INTO orders (id, customer) VALUES (1, 2)   waits for S on customer's PRIMARY 2: customer REFERENCES customer (id)
 *     DELETE FROM customer WHERE id = 2                 waits in orders: S looks for children, X is ON DELETE CASCADE
 */
import { append } from "../base/lists.ts";
import type { ColumnReference, Expression } from "../sql/ast_expression.ts";
import { parseStatement } from "../sql/parser.ts";
import { type DeadlockLog, type LogTrx, locksOf } from "./deadlock_log.ts";
import { type Row, Rows } from "./deadlock_rows.ts";
import {
  type ForeignKey,
  guessedParent,
  guessedTable,
  type IndexShape,
  type TableShape,
  withForeignKey,
} from "./deadlock_tables.ts";
import { newRow } from "./lock_statements.ts";
import { type FieldValue, text } from "./record_fields.ts";
import { conjuncts, type NamedTable, tablesNamed, usedNames, walk } from "./statement_names.ts";

/** A column that a statement compares with a value or sets to it. */
type Pair = readonly [column: string, value: FieldValue];

/** `shapes` with the tables that only `statements` name, and with the foreign keys of those that are guessed. */
export function related(
  log: DeadlockLog,
  statements: readonly string[],
  shapes: readonly TableShape[],
): readonly TableShape[] {
  const all = [...shapes];
  const isKnown = (table: string): boolean => all.some((shape) => isCalled(shape, table));
  for (const { table } of statements.flatMap((sql) => tablesNamed(sql))) {
    if (isKnown(table)) continue;
    const used = usedNames(statements, table);
    const guess = guessedTable(table, [], {
      ...used,
      isUnique: () => false,
      named: () => undefined,
    });
    if (guess !== null) all.push(guess);
  }
  for (const child of shapes) {
    for (const key of child.foreignKeys) {
      const guess = isKnown(key.parent) ? null : guessedParent(child, key);
      if (guess !== null) all.push(guess);
    }
  }
  for (const [at, trx] of log.trxs.entries()) {
    const found = foreignKeyOf(log, trx, statements[at] ?? "", all);
    const child = all.findIndex((shape) => found !== null && isCalled(shape, found.child));
    const parent = all.findIndex((shape) => found !== null && isCalled(shape, found.parent));
    const [one, other] = [all[child], all[parent]];
    if (found === null || one === undefined || other === undefined) continue;
    // Of the two the one whose records the log shows has the right type.
    const isSeen = locksOf(log).some((lock) => isCalled(other, lock.table));
    const made = withForeignKey(one, other, found, isSeen);
    if (made !== null) [all[parent], all[child]] = [made[1], made[0]];
  }
  return all;
}

/**
 * The rows that statements find in tables of which the log shows no lock, as their WHERE says, and the parents of what they
 * write.
 */
export function addFound(
  log: DeadlockLog,
  statements: readonly string[],
  tables: ReadonlyMap<string, Rows>,
): void {
  for (const [at, trx] of log.trxs.entries()) {
    const sql = statements[at] ?? "";
    const named = tablesNamed(sql);
    for (const one of /^\s*(?:insert|replace)\b/i.test(sql) ? named.slice(1) : named) {
      const rows = [...tables.values()].find(({ shape }) => isCalled(shape, one.table));
      if (rows === undefined || rows.all.length > 0) continue;
      const values = valuesFound(sql, one, named, trx, tables).flatMap(([column, value]) => {
        const place = rows.shape.columns.findIndex((other) => isSame(other.name, column));
        return place < 0 ? [] : [[place, value] as const];
      });
      if (values.length > 0) rows.addNeighbour(newRow(new Map(values)));
    }
    for (const { shape } of tables.values()) {
      if (named[0] !== undefined && isCalled(shape, named[0].table)) addParents(sql, shape, tables);
    }
  }
}

function addParents(sql: string, child: TableShape, tables: ReadonlyMap<string, Rows>): void {
  const pairs = written(sql, child);
  for (const { column, parent, key } of child.foreignKeys) {
    const rows = [...tables.values()].find(({ shape }) => isCalled(shape, parent));
    const at = rows?.shape.columns.findIndex(({ name }) => isSame(name, key)) ?? -1;
    if (rows === undefined || at < 0) continue;
    const there = rows.before.flatMap((row) => row.values.get(at)?.literal ?? []);
    for (const [name, value] of pairs) {
      if (!isSame(name, column) || there.includes(value.literal)) continue;
      rows.addNeighbour(newRow(new Map([[at, value]])));
      there.push(value.literal);
    }
  }
}

/** The one that has brought a statement to the record that it waits for; null where it may have come by itself. */
function foreignKeyOf(
  log: DeadlockLog,
  { waits }: LogTrx,
  sql: string,
  shapes: readonly TableShape[],
): ForeignKey | null {
  const named = tablesNamed(sql);
  const [own] = named;
  const shape = shapes.find((one) => own !== undefined && isCalled(one, own.table));
  const locked = shapes.find((one) => waits !== null && isCalled(one, waits.table));
  if (own === undefined || shape === undefined || locked === undefined || waits === null)
    return null;
  const isNamed = named.some(({ table }) => isSame(table, waits.table));
  if (isNamed && (shape !== locked || waits.mode !== "S")) return null;
  const rows = new Rows(locked, log);
  const [rec] = waits.records;
  const place = {
    index: rows.index(waits),
    row: rec === undefined ? null : rows.rowOf(waits, rec),
  };
  const parent = toParent(place, written(sql, shape), shape, locked);
  if (parent !== null || isNamed) return parent;
  const found = valuesFound(sql, own, named, null, new Map());
  const verb = /^\s*update\b/i.test(sql) ? "UPDATE" : "DELETE";
  return toChildren(place, found, shape, locked, waits.mode === "X" ? verb : null);
}

/** The record that is waited for. */
interface Place {
  readonly index: IndexShape | null;
  readonly row: Row | null;
}

/** What is written into a column is looked for in the unique key of another table, or of the same one. */
function toParent(
  { index, row }: Place,
  pairs: readonly Pair[],
  child: TableShape,
  parent: TableShape,
): ForeignKey | null {
  const [at = -1, second] = index?.columns ?? [];
  const key = parent.columns[at]?.name;
  if (index?.isUnique !== true || second !== undefined || key === undefined) return null;
  const value = row?.values.get(at)?.literal;
  const equal = pairs.filter(([, one]) => one.literal === value).map(([name]) => name);
  // A key that is there already is a duplicate.
  if (child === parent && equal.some((name) => isSame(name, key))) return null;
  const alike = [parent.name, `${parent.name}_${key}`];
  const column = equal[0] ?? child.columns.find(({ name }) => alike.includes(name))?.name;
  if (column === undefined) return null;
  return { child: child.name, column, parent: parent.name, key, cascade: null };
}

/** A row that is deleted or gets another key has children. `found`: what its WHERE says of it. */
function toChildren(
  { index, row }: Place,
  found: readonly Pair[],
  parent: TableShape,
  child: TableShape,
  cascade: ForeignKey["cascade"],
): ForeignKey | null {
  const places = index?.isClustered
    ? [...child.columns.keys()]
    : (index?.columns.slice(0, 1) ?? []);
  for (const [key, value] of found) {
    const at = places.find((one) => row?.values.get(one)?.literal === value.literal) ?? -1;
    const column = child.columns[at]?.name;
    if (column !== undefined)
      return { child: child.name, column, parent: parent.name, key, cascade };
  }
  return null;
}

/** What an INSERT or an UPDATE puts into the columns of its table. */
function written(sql: string, shape: TableShape): readonly Pair[] {
  const parsed = parseStatement(sql);
  if (!parsed.ok) return [];
  const { statement } = parsed;
  if (statement.kind === "update")
    return statement.assignments.flatMap(({ column, value }) => pair(column.name.text, value));
  if (statement.kind !== "insert" || statement.source.kind !== "insertValues") return [];
  const columns =
    statement.columns?.map((one) => one.name.text) ?? shape.columns.map(({ name }) => name);
  return statement.source.rows.flatMap(({ values }) =>
    values.flatMap((value, at) => pair(columns[at], value)),
  );
}

/**
 * The columns of one table that a WHERE or ON sets equal to a value, or to a column of the record that is waited for. `trx`:
 * null where that record is not asked for.
 */
function valuesFound(
  sql: string,
  table: NamedTable,
  named: readonly NamedTable[],
  trx: LogTrx | null,
  tables: ReadonlyMap<string, Rows>,
): readonly Pair[] {
  const waits = trx?.waits ?? null;
  const rows = waits === null ? undefined : tables.get(waits.table);
  const waited = named.find((one) => waits !== null && isSame(one.table, waits.table));
  const isOf = (one: NamedTable, { table: behind }: ColumnReference): boolean =>
    behind === null ? named.length === 1 : one.names.includes(behind.text.toLowerCase());
  const waitedFor = (column: ColumnReference): FieldValue | undefined => {
    const rec = waits?.records[0];
    if (waits === null || rows === undefined || rec === undefined) return undefined;
    const at = rows.shape.columns.findIndex(({ name }) => isSame(name, column.name.text));
    return rows.rowOf(waits, rec)?.values.get(at);
  };
  return conditionsOf(sql).flatMap((condition): readonly Pair[] => {
    if (condition.kind !== "comparison" || condition.operator !== "=") return [];
    const sides = [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const;
    return sides.flatMap(([left, right]): readonly Pair[] => {
      if (left.kind !== "column" || !isOf(table, left)) return [];
      if (right.kind !== "column") return pair(left.name.text, right);
      const value = waited !== undefined && isOf(waited, right) ? waitedFor(right) : undefined;
      return value === undefined ? [] : [[left.name.text, value]];
    });
  });
}

function conditionsOf(sql: string): readonly Expression[] {
  const parsed = parseStatement(sql);
  const found: Expression[] = [];
  walk(parsed.ok ? parsed.statement : null, ({ where, on }) => {
    for (const one of [where, on]) append(found, conjuncts((one ?? null) as Expression | null));
  });
  return found;
}

/** Nothing for what is no plain value. */
function pair(column: string | undefined, value: Expression): readonly Pair[] {
  if (column === undefined) return [];
  if (value.kind === "string") return [[column, text(value.value)]];
  if (value.kind !== "integer") return [];
  const sort = BigInt(value.text);
  return [[column, { literal: String(sort), sort }]];
}

function isCalled(shape: TableShape, table: string): boolean {
  return isSame(shape.name, table);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
