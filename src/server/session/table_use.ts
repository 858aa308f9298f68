/** A table as a statement names it, before it is opened. */

export interface TableUse {
  /** As written; null is the default database. */
  readonly schema: string | null;
  readonly name: string;
  readonly alias: string;
  /** "write": rows are changed or locked with FOR UPDATE; it takes SHARED_WRITE instead of SHARED_READ. "handler": SHARED. */
  readonly lock: "read" | "write" | "handler";
  /** Of a change of rows: LOW_PRIORITY takes SHARED_WRITE_LOW_PRIO, which lets LOCK TABLES ... READ pass; null: as low_priority_updates says. */
  readonly lowPriority?: boolean | null;
  /** Under LOCK TABLES a READ lock is enough: an UPDATE of several tables only reads it. */
  readonly readIsEnough?: boolean;
  /** Columns that an UPDATE of several tables assigns to without a table's name: it changes the table that has them. */
  readonly changedIfItHas?: readonly string[];
  /** What happens to its rows, for the foreign keys that this touches; empty when they are only read or locked. */
  readonly changes: readonly ("insert" | "update" | "delete")[];
  /** What its foreign keys' tables are opened for, where that is more: an UPDATE of several tables may change any. */
  readonly opensFor?: TableUse["changes"];
  /** The view that the statement names, for what a view names: that one is invalid when this one is not there. */
  readonly ofView?: { readonly schema: string; readonly name: string };
}
