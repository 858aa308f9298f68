/** Pieces of sentences that are the same in every language. */
import type { SessionName } from "../ids.ts";
import { fieldText } from "../printing.ts";
import type { DeadlockState, MdlState, Outcome, RecLockState, TableLockState } from "../state.ts";
import type { Runs } from "../state_net.ts";
import type { Value } from "../values.ts";

/** LOCK_DATA of the end of an index page. */
const SUPREMUM = "supremum pseudo-record";

/** A row as people write it: (5, 'Bao', NULL). */
export function rowText(values: readonly Value[]): string {
  return `(${values.map(valueText).join(", ")})`;
}

function valueText(value: Value): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${value}'`;
}

/** Without a full stop of its own: a sentence that quotes it has one. */
export function unstopped(message: string): string {
  return message.replace(/\.+$/, "");
}

/** Virtual milliseconds as seconds: `3 s`, `1.5 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms % 1000 === 0 ? 0 : 1)} s`;
}

export function bytes(count: number): string {
  return `${count} B`;
}

/** 103, 104 × 90, 5. A long list is cut. */
export function runsText(runs: Runs): string {
  const shown = runs
    .slice(0, 6)
    .map(([size, times]) => (times === 1 ? `${size}` : `${size} × ${times}`));
  return runs.length > 6 ? `${shown.join(", ")}, ...` : shown.join(", ");
}

/** A key: of several columns in brackets, (10, 10), so that it is read as one. */
export function keyText(data: string): string {
  const bare = data.replace(/'(?:[^']|'')*'/g, "''");
  return bare.includes(",") ? `(${data})` : data;
}

export interface IndexName {
  readonly tableName: string;
  readonly indexName: string;
}

/** t.PRIMARY, as in the lock table. */
export function indexText(at: IndexName): string {
  return `${at.tableName}.${at.indexName}`;
}

export function isRecLock(lock: RecLockState | TableLockState): lock is RecLockState {
  return "shape" in lock;
}

/** What kind of thing a record lock is, for a language's table of phrases. */
export type RecLockKind =
  | "nextKey"
  | "supremum"
  | "gap"
  | "supremumGap"
  | "record"
  | "insertIntention";

export function recLockKind(lock: RecLockState): RecLockKind {
  const onSupremum = lock.data === SUPREMUM;
  if (lock.insertIntention) return "insertIntention";
  if (lock.shape === "recNotGap") return "record";
  if (lock.shape === "gap") return onSupremum ? "supremumGap" : "gap";
  return onSupremum ? "supremum" : "nextKey";
}

/** No record is under it. */
export function locksGapOnly(lock: RecLockState): boolean {
  return !["record", "nextKey"].includes(recLockKind(lock));
}

/** TABLE sim.t, GLOBAL, USER LEVEL LOCK name. */
export function mdlObject(lock: MdlState): string {
  const name = [lock.schema, lock.name].filter((part) => part !== null && part !== "").join(".");
  return name === "" ? lock.namespace : `${lock.namespace} ${name}`;
}

/** Every session once, as in the order given. */
export function sessionNames(
  blockers: readonly { readonly session: SessionName }[],
): readonly SessionName[] {
  return [...new Set(blockers.map((blocker) => blocker.session))];
}

/** Whether another of the cycle weighs as little as the victim: then the one who closed the cycle was chosen. */
export function isTie({ cycle, victim }: Pick<DeadlockState, "cycle" | "victim">): boolean {
  const weight = cycle.find((member) => member.trx === victim)?.weight;
  return cycle.some((member) => member.trx !== victim && member.weight === weight);
}

/** On one line, a long one cut. */
export function statementText(sql: string): string {
  const line = sql.slice(0, 400).replace(/\s+/g, " ").trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

/** Who an event is about when no session is on it: purge and the scheduler. */
export function who(session: SessionName | null, nobody: string): string {
  return session ?? nobody;
}

/** Longer ones are read in the result. */
const ONLY_ROW_MAX = 60;

/** What stands in a result of one row, behind `lead`, "age=5"; empty when there are more, or too much. */
export function onlyRow(
  { columns, rows, printed }: Extract<Outcome, { readonly kind: "rows" }>,
  lead: string,
): string {
  const [row] = rows;
  if (row === undefined || rows.length > 1) return "";
  const text = columns
    .map((name, at) => `${name}=${fieldText(row[at] ?? null, printed?.[at])}`)
    .join(", ");
  return text.length > ONLY_ROW_MAX || text.includes("\n") ? "" : `${lead}${text}`;
}
