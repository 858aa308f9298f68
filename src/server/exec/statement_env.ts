/** What every query block of one statement shares, and the locks that reading takes. */
import type { Locking, Query, QuerySpecification } from "../../sql/ast_query.ts";
import type { StatementContext } from "../context.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { Explained } from "./explain/explained.ts";
import type { BlockHints } from "./hints/block_hints.ts";
import type { HintedNode } from "./hints/hint_book.ts";
import type { ReadLock } from "./join/join_types.ts";

/** MySQL: THD::lex->sql_command, as far as the locks of reads depend on it. */
export type StatementKind =
  | "select"
  | "insert"
  | "insertSelect"
  | "update"
  | "multiUpdate"
  | "delete"
  | "multiDelete"
  | "createTable"
  /** DO, SET, KILL, SHOW ... WHERE: whatever is no query of its own. */
  | "expression";

export interface StatementEnv {
  readonly ctx: StatementContext;
  readonly env: EvalEnv;
  readonly kind: StatementKind;
  /** Names of user variables that the statement assigns to. */
  readonly assigned: ReadonlySet<string>;
  /** The query of an INSERT that reads the table it fills: its rows are gathered before the first is inserted. */
  readonly gathered?: Query;
  /** EXPLAIN: constant and derived tables are read all the same, but locking clauses do not count. */
  readonly isExplained?: boolean;
  /** EXPLAIN's traditional form: what it gathers. */
  readonly explained?: Explained;
}

/** Optimizer hints of a block; null where it has none. */
export function hintsOf({ ctx: { hints } }: StatementEnv, node: HintedNode): BlockHints | null {
  return hints === null ? null : hints.of(node);
}

/** The tables of a block are read as they are written: SELECT STRAIGHT_JOIN, or a hint. */
export function isStraight(
  statement: StatementEnv,
  block: HintedNode & Partial<Pick<QuerySpecification, "modifiers">>,
): boolean {
  if (block.modifiers?.includes("straightJoin") === true) return true;
  return hintsOf(statement, block)?.isFixed === true;
}

const NO_LOCK: ReadLock = { mode: "none", onConflict: "wait" };
const SHARED: ReadLock = { mode: "S", onConflict: "wait" };
const CONSISTENT_UNDER_READ_COMMITTED: readonly StatementKind[] = [
  "insertSelect",
  "update",
  "createTable",
];

const EXCLUSIVE: ReadLock = { mode: "X", onConflict: "wait" };

/**
 * The lock a table is read with when no locking clause names it (InnoDB: ha_innobase::store_lock, external_lock):
 * a query that is part of a change reads S, at READ COMMITTED mostly as a consistent read; SERIALIZABLE reads S in a transaction.
 */
export function plainReadLock({ ctx, kind }: StatementEnv, alias: string): ReadLock {
  const level = ctx.isolation();
  const locked = ctx.lockTablesMode(alias);
  if (locked !== null) {
    return kind === "select" && level !== "SERIALIZABLE" ? NO_LOCK : lockedRead(locked);
  }
  if (kind === "select")
    return level === "SERIALIZABLE" && !ctx.isAutocommitStatement ? SHARED : NO_LOCK;
  const isReadCommitted = level === "READ COMMITTED" || level === "READ UNCOMMITTED";
  return isReadCommitted && CONSISTENT_UNDER_READ_COMMITTED.includes(kind) ? NO_LOCK : SHARED;
}

/** Whoever reads with locks under LOCK TABLES does so as the table was locked. InnoDB: ha_innobase::start_stmt. */
function lockedRead(mode: "read" | "write"): ReadLock {
  return mode === "write" ? EXCLUSIVE : SHARED;
}

/** The lock of each table of a query block, by alias. */
export function readLocks(
  statement: StatementEnv,
  locking: readonly Locking[],
): (alias: string) => ReadLock {
  const plain = (alias: string) => plainReadLock(statement, alias);
  if (locking.length === 0) return plain;
  const { isExplained = false } = statement;
  const named = new Map<string, ReadLock>();
  let everyTable: ReadLock | null = null;
  for (const clause of locking) {
    const lock: ReadLock = {
      mode: clause.strength === "update" ? "X" : "S",
      onConflict: clause.wait,
    };
    if (clause.of.length === 0) everyTable = lock;
    for (const { name } of clause.of) named.set(name.text, lock);
  }
  return (alias) => {
    const asked = isExplained ? undefined : (named.get(alias) ?? everyTable);
    if (asked === undefined || asked === null) return plain(alias);
    const locked = statement.ctx.lockTablesMode(alias);
    return locked === null ? asked : lockedRead(locked);
  };
}
