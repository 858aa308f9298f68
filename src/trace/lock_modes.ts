/**
 * Lock modes: which are compatible, which contain which, and how they are printed.
 *
 * InnoDB: lock_compatibility_matrix, lock_strength_matrix (lock0priv.h), lock_get_mode_str (lock0lock.cc).
 */
import type { RecLockShape, TableLockMode } from "./state.ts";

export const TABLE_LOCK_MODES: readonly TableLockMode[] = ["IS", "IX", "S", "X", "AUTO_INC"];

type Matrix = Readonly<Record<TableLockMode, Readonly<Record<TableLockMode, boolean>>>>;

const o = true;
const _ = false;

/** May two transactions hold these at the same time? Rows: one lock; columns: the other. Symmetric. */
// biome-ignore format: a table
const COMPATIBLE: Matrix = {
  //          IS     IX     S     X     AUTO_INC
  IS:       { IS: o, IX: o, S: o, X: _, AUTO_INC: o },
  IX:       { IS: o, IX: o, S: _, X: _, AUTO_INC: o },
  S:        { IS: o, IX: _, S: o, X: _, AUTO_INC: _ },
  X:        { IS: _, IX: _, S: _, X: _, AUTO_INC: _ },
  AUTO_INC: { IS: o, IX: o, S: _, X: _, AUTO_INC: _ },
};

/** Does holding the row's mode give all that the column's mode gives? */
// biome-ignore format: a table
const STRONGER_OR_EQUAL: Matrix = {
  //          IS     IX     S     X     AUTO_INC
  IS:       { IS: o, IX: _, S: _, X: _, AUTO_INC: _ },
  IX:       { IS: o, IX: o, S: _, X: _, AUTO_INC: _ },
  S:        { IS: o, IX: _, S: o, X: _, AUTO_INC: _ },
  X:        { IS: o, IX: o, S: o, X: o, AUTO_INC: o },
  AUTO_INC: { IS: _, IX: _, S: _, X: _, AUTO_INC: o },
};

/** Whether two transactions may hold both at once (InnoDB: lock_mode_compatible). */
export function isCompatible(one: TableLockMode, other: TableLockMode): boolean {
  return COMPATIBLE[one][other];
}

/** Whether who holds `held` needs `asked` no more (InnoDB: lock_mode_stronger_or_eq). */
export function isStrongerOrEqual(held: TableLockMode, asked: TableLockMode): boolean {
  return held === asked || STRONGER_OR_EQUAL[held][asked];
}

/** What a record lock request asks for, and what a record lock struct grants. */
export interface RecLockType {
  readonly mode: "S" | "X";
  readonly shape: RecLockShape;
  readonly insertIntention: boolean;
}

/** LOCK_MODE of data_locks: "X", "S,REC_NOT_GAP", "X,GAP,INSERT_INTENTION". */
export function recModeText(type: RecLockType): string {
  const texts = type.mode === "X" ? MODE_TEXTS.X : MODE_TEXTS.S;
  const text = type.shape === "ordinary" ? texts.ordinary : texts[type.shape];
  return type.insertIntention ? `${text},INSERT_INTENTION` : text;
}

const MODE_TEXTS: Readonly<Record<"S" | "X", Readonly<Record<RecLockShape, string>>>> = {
  S: { ordinary: "S", gap: "S,GAP", recNotGap: "S,REC_NOT_GAP" },
  X: { ordinary: "X", gap: "X,GAP", recNotGap: "X,REC_NOT_GAP" },
};
