/**
 * A parent row goes away or gets another key: its children refuse it, follow it or let it go, before it happens. A child
 * that follows has changed when its own children are asked.
 *
 *   RESTRICT, NO ACTION   reads the child's index for the old key with a shared lock; error 1451 at the first child
 *   CASCADE, SET NULL     reads every child with an exclusive lock; each is deleted or updated at once, and then its own
 *                         children are asked
 *
 * Constraints are asked in the order in which the child tables were made, those of one table by name.
 *
 * MySQL 9.7: the server does it (innodb_native_foreign_keys = OFF), with reads and writes of the child's handler.
 */
import { settled } from "../../base/answer.ts";
import type { ForeignKeyCheck } from "../../trace/events.ts";
import type { Datum, DbError, ForeignKeyDef, Row, Steps } from "../api.ts";
import { foreignIndex, referencedColumns } from "../dictionary.ts";
import type { Storage } from "../storage.ts";
import { TableCursor } from "../table_cursor.ts";
import type { Index, Rec, Table, TrxImpl } from "../types.ts";
import { changeRow } from "../write/update.ts";
import { canBeFound, followed } from "./key_copy.ts";
import { checkParents, foreignKeyError } from "./parents.ts";

/** MySQL: FK_MAX_CASCADE_DEPTH. */
const CASCADE_DEPTH_MAX = 15;

/** A change of a row that others may refer to; a cascade is one inside another. */
export interface ParentChange {
  readonly table: Table;
  readonly rec: Rec;
  readonly before: Row;
  /** Null: DELETE. */
  readonly after: Row | null;
  /** The row for which REPLACE deletes this one: where it has the same key, children keep their parent. */
  readonly replacedBy: Row | null;
  /** The change of the parent that caused this one. */
  readonly cause: ParentChange | null;
  /** Cascades of rows into their own table that it led to, by constraint and depth. */
  readonly begun: Set<string>;
}

/** Null when no child objects. */
export function* askChildren(
  storage: Storage,
  trx: TrxImpl,
  change: ParentChange,
): Steps<DbError | null> {
  if (storage.context.checksForeignKeys?.(trx.session) === false) return null;
  for (const { child, foreignKey } of change.table.referencedBy) {
    const columns = referencedColumns(change.table, foreignKey);
    const next = change.after ?? change.replacedBy;
    const isChanged =
      next === null || columns.some((column) => change.before[column] !== next[column]);
    const key = columns.map((column) => searchedValue(change, column));
    const index = foreignIndex(child, foreignKey);
    if (!isChanged || key.includes(null) || index === null) continue;
    const own = { table: change.table, columns };
    if (!canBeFound(key, own, { table: child, columns: foreignKey.columns })) continue;
    const tie: Tie = { child, foreignKey, index, key, columns };
    const action = change.after === null ? foreignKey.onDelete : foreignKey.onUpdate;
    const error =
      action === "CASCADE" || action === "SET NULL"
        ? yield* cascade(storage, trx, change, tie, action)
        : yield* refuseIfReferenced(storage, trx, change, tie);
    if (error !== null) return error;
  }
  return null;
}

/**
 * MySQL 9.7 looks behind the rows that REPLACE's cascades change with a row of defaults in its hand: grandchildren lose
 * their parents, and those of key 0 go away.
 */
function searchedValue(change: ParentChange, column: number): Datum {
  const isBehindReplace = change.cause !== null && isReplacing(change);
  return isBehindReplace ? implicitDefault(change.table, column) : (change.before[column] as Datum);
}

/** Departure: a DEFAULT of the column's own is not known here. */
function implicitDefault({ def }: Table, column: number): Datum {
  const known = def.columns[column];
  if (known === undefined || known.nullable) return null;
  switch (known.type.kind) {
    case "int":
      return 0;
    case "char":
    case "varchar":
      return "";
    default:
      return null;
  }
}

/** A constraint, seen from the parent's row. */
interface Tie {
  readonly child: Table;
  readonly foreignKey: ForeignKeyDef;
  readonly index: Index;
  readonly key: readonly Datum[];
  /** The parent's columns. */
  readonly columns: readonly number[];
}

function isReferenced(tie: Tie): DbError {
  return foreignKeyError("rowIsReferenced", tie.child, tie.foreignKey);
}

function checkOf(
  { table, after }: ParentChange,
  { child, foreignKey }: Tie,
  looksFor: ForeignKeyCheck["looksFor"],
): ForeignKeyCheck {
  return {
    constraint: foreignKey.name,
    child: child.def.name,
    parent: table.def.name,
    change: after === null ? "DELETE" : "UPDATE",
    looksFor,
  };
}

function* refuseIfReferenced(
  storage: Storage,
  trx: TrxImpl,
  change: ParentChange,
  tie: Tie,
): Steps<DbError | null> {
  const check = checkOf(change, tie, "refusingChild");
  const { reader } = new TableCursor(storage, trx, tie.child, check);
  reader.setReadLock("S", "wait");
  reader.indexInit(tie.index.id, { keyRead: true, pushed: null });
  const found = yield* settled(reader.indexRead(tie.key, "exact"));
  if (found === "notFound") return null;
  return "row" in found ? isReferenced(tie) : found;
}

function* cascade(
  storage: Storage,
  trx: TrxImpl,
  change: ParentChange,
  tie: Tie,
  action: "CASCADE" | "SET NULL",
): Steps<DbError | null> {
  if (closesCircle(change, tie)) return change.after === null ? null : isReferenced(tie);
  const check = checkOf(change, tie, action === "CASCADE" ? "cascade" : "setNull");
  const cursor = new TableCursor(storage, trx, tie.child, check);
  const { reader } = cursor;
  reader.setReadLock("X", "wait");
  reader.indexInit(tie.index.id, { keyRead: false, pushed: null });
  let found = yield* settled(reader.indexRead(tie.key, "exact"));
  if (typeof found === "object" && "row" in found && isSecondBelow(change, tie)) {
    return { err: "cascadeTwice" };
  }
  for (let isFirst = true; ; isFirst = false) {
    if (found === "notFound") return null;
    if (!("row" in found)) return isFirst ? found : cutOff(found);
    const next = rowAfter(found.row, change, tie, action);
    if (next === "unfit") return isReferenced(tie);
    const after = withVirtual(storage, trx, tie.child, next);
    const error = yield* changeChild(storage, trx, change, tie, cursor, found.row, after);
    if (error !== null) return error;
    found = yield* settled(reader.indexNextSame());
  }
}

/** MySQL 9.7: a cascade that comes back to a table by way of another one ends there, whatever rows it has: of a key's change with 1451. */
function closesCircle({ table, cause }: ParentChange, { child }: Tie): boolean {
  return child !== table && cause !== null && chain(cause).some((at) => at.table === child);
}

/** MySQL 9.7 loses the error, and with it the change of the parent's row: nobody is told. */
function cutOff(error: DbError): DbError {
  const { err } = error;
  return err === "deadlock" || err === "lockWaitTimeout"
    ? { err: "cascadeCutOff", why: err }
    : error;
}

/** MySQL 9.7: below a child of its own table a key can cascade once for each row that the statement itself changes. */
function isSecondBelow(change: ParentChange, { child, foreignKey }: Tie): boolean {
  if (change.table !== child || change.cause === null) return false;
  const place = `${foreignKey.name} ${depthOf(change)}`;
  const isKnown = change.begun.has(place);
  change.begun.add(place);
  return isKnown;
}

function* changeChild(
  storage: Storage,
  trx: TrxImpl,
  cause: ParentChange,
  tie: Tie,
  cursor: TableCursor,
  before: Row,
  after: Row | null,
): Steps<DbError | null> {
  const { openFollowers } = storage.context;
  if (after !== null && tie.child === cause.table && openFollowers !== undefined) {
    yield* openFollowers(trx.session, tie.child.id);
  }
  const rec = cursor.current();
  const { begun } = cause;
  const change: ParentChange = {
    table: tie.child,
    rec,
    before,
    after,
    replacedBy: null,
    cause,
    begun,
  };
  if (after !== null && isUpdatedAbove(cause, tie.child)) return isReferenced(tie);
  if (depthOf(change) > CASCADE_DEPTH_MAX) return { err: "cascadeTooDeep" };
  // The row that goes away, met again as its own child.
  if (after === null && isChangedAbove(cause, rec)) return null;
  if (after !== null) {
    const orphan = yield* checkParents(storage, trx, tie.child, before, after, tie.foreignKey);
    if (orphan !== null) return orphan;
  }
  const result = yield* settled(changeRow(cursor.writer, rec, after));
  if (result === "ok") return yield* askChildren(storage, trx, change);
  return result.err === "duplicateKey" ? duplicateChild(cause, tie, result.indexName) : result;
}

/** MySQL: ER_FOREIGN_DUPLICATE_KEY_WITH_CHILD_INFO. */
function duplicateChild({ table, after }: ParentChange, tie: Tie, indexName: string): DbError {
  const key = tie.columns.map((column) => after?.[column] ?? null);
  const { name: childTable } = tie.child.def;
  return { err: "foreignDuplicate", table: table.def.name, key, childTable, indexName };
}

/** Null: the child is deleted with its parent; "unfit": it has no room for the parent's new key. */
function rowAfter(
  before: Row,
  change: ParentChange,
  tie: Tie,
  action: "CASCADE" | "SET NULL",
): Row | "unfit" | null {
  if (change.after === null && action === "CASCADE") return null;
  const row = [...before];
  const [own, theirs] = [change.table.def.columns, tie.child.def.columns];
  for (const [at, column] of tie.foreignKey.columns.entries()) {
    const from = tie.columns[at] as number;
    const [type, into] = [own[from]?.type, theirs[column]?.type];
    const value = action === "SET NULL" ? null : (change.after?.[from] ?? null);
    const next = type === undefined || into === undefined ? value : followed(value, type, into);
    if (next === undefined) return "unfit";
    row[column] = next;
  }
  return row;
}

/** InnoDB: row_ins_foreign_fill_virtual. */
function withVirtual(
  storage: Storage,
  trx: TrxImpl,
  { id, def }: Table,
  row: Row | null,
): Row | null {
  if (row === null || !def.columns.some(({ isVirtual }) => isVirtual)) return row;
  return storage.context.regenerate?.(trx.session, id, row) ?? row;
}

/** InnoDB: row_ins_cascade_ancestor_updates_table: a table is not updated twice in one chain. */
function isUpdatedAbove(change: ParentChange, table: Table): boolean {
  return chain(change).some((at) => at.table === table && at.after !== null);
}

function isReplacing(change: ParentChange): boolean {
  return chain(change).some((at) => at.replacedBy !== null);
}

function isChangedAbove(change: ParentChange, rec: Rec): boolean {
  return chain(change).some((at) => at.rec === rec);
}

function depthOf(change: ParentChange): number {
  return chain(change).length;
}

function chain(change: ParentChange): ParentChange[] {
  const links: ParentChange[] = [];
  for (let at: ParentChange | null = change; at !== null; at = at.cause) links.push(at);
  return links;
}
