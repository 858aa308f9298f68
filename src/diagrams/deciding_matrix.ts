/**
 * Why one lock waits for another, as the cell of a compatibility matrix: the request's row, the column of what stands in its
 * way. The matrices are the ones the simulated server decides with.
 */
import { intMapGet } from "../base/int_map.ts";
import type { SessionName } from "../trace/ids.ts";
import { isCompatible, TABLE_LOCK_MODES } from "../trace/lock_modes.ts";
import { grantedIsInTheWay, mdlModes, pendingIsInTheWay } from "../trace/mdl_matrices.ts";
import type { Ref } from "../trace/ref.ts";
import type { MdlState, RecLockState, State, TableLockState } from "../trace/state.ts";
import { type LockKind, lockKind } from "./lock_shapes.ts";

export interface DecidingMatrix {
  /** `granted` and `waiting`: metadata locks, against locks that are held, and against requests that go first. */
  readonly kind: "granted" | "waiting" | "table" | "record";
  readonly waiter: SessionName;
  readonly blocker: SessionName;
  /** Full names of what is asked and what is there. */
  readonly asked: string;
  readonly there: string;
  /** Of rows and columns. */
  readonly modes: readonly string[];
  /** By row and column: false makes the request wait. */
  readonly goesTogether: readonly (readonly boolean[])[];
  readonly row: number;
  readonly column: number;
}

/** For a waiting lock and the first one in its way; null where nothing waits or a mode has no place in a matrix. */
export function decidingMatrix(state: State, ref: Ref): DecidingMatrix | null {
  if (ref.kind === "mdl") {
    const mdl = intMapGet(state.mdls, ref.id);
    return mdl === undefined ? null : ofMetadata(state, mdl);
  }
  if (ref.kind !== "lock") return null;
  const rec = intMapGet(state.recLocks, ref.id);
  if (rec !== undefined) return ofRecord(state, rec);
  const table = intMapGet(state.tableLocks, ref.id);
  return table === undefined ? null : ofTable(state, table);
}

function ofMetadata(state: State, asked: MdlState): DecidingMatrix | null {
  const there = intMapGet(state.mdls, asked.blockers[0]?.lock ?? 0);
  if (there === undefined) return null;
  const { namespace } = asked;
  const modes = mdlModes(namespace);
  const isWaiting = there.status === "PENDING";
  const inTheWay = isWaiting ? pendingIsInTheWay : grantedIsInTheWay;
  return {
    kind: isWaiting ? "waiting" : "granted",
    waiter: asked.session,
    blocker: there.session,
    asked: asked.mode,
    there: there.mode,
    modes: modes.map(([short]) => short),
    goesTogether: modes.map(([, row]) =>
      modes.map(([, column]) => !inTheWay(namespace, row, column)),
    ),
    row: modes.findIndex(([, mode]) => mode === asked.mode),
    column: modes.findIndex(([, mode]) => mode === there.mode),
  };
}

function ofTable(state: State, asked: TableLockState): DecidingMatrix | null {
  const there = intMapGet(state.tableLocks, asked.blockers[0]?.lock ?? 0);
  if (there === undefined) return null;
  return {
    kind: "table",
    waiter: asked.session,
    blocker: there.session,
    asked: asked.mode,
    there: there.mode,
    modes: TABLE_LOCK_MODES,
    goesTogether: TABLE_LOCK_MODES.map((row) =>
      TABLE_LOCK_MODES.map((column) => isCompatible(row, column)),
    ),
    row: TABLE_LOCK_MODES.indexOf(asked.mode),
    column: TABLE_LOCK_MODES.indexOf(there.mode),
  };
}

/** Kinds of locks on one record whose modes do not go together; InnoDB: rec_lock_check_conflict. */
const RECORD_KINDS: readonly LockKind[] = ["nextKey", "record", "gap", "insertIntention"];
// biome-ignore format: a table
const RECORD_KINDS_TOGETHER = [
  // next-key, record, gap, insert intention
  [false, false, true, true],
  [false, false, true, true],
  [true, true, true, true],
  [false, true, false, true],
];

function ofRecord(state: State, asked: RecLockState): DecidingMatrix | null {
  const there = intMapGet(state.recLocks, asked.blockers[0]?.lock ?? 0);
  if (there === undefined) return null;
  return {
    kind: "record",
    waiter: asked.session,
    blocker: there.session,
    asked: asked.modeText,
    there: there.modeText,
    modes: RECORD_KINDS,
    goesTogether: RECORD_KINDS_TOGETHER,
    row: RECORD_KINDS.indexOf(lockKind(asked)),
    column: RECORD_KINDS.indexOf(lockKind(there)),
  };
}
