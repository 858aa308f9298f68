/**
 * Every lock by the level it lies on, from the whole server down to the single record: what is locked, who holds it, who
 * queues for it.
 *
 *     server       GLOBAL, COMMIT, BACKUP LOCK       FLUSH TABLES WITH READ LOCK, LOCK INSTANCE FOR BACKUP
 *     schema       SCHEMA
 *     definition   TABLE                             metadata locks
 *     table        IS, IX, S, X, AUTO_INC            InnoDB's own; and waits for the lock of a MyISAM table
 *     record       one line for each index
 *     named        USER LEVEL LOCK                   GET_LOCK
 */
import { intMapValues } from "../base/int_map.ts";
import type { SessionName } from "../trace/ids.ts";
import { type Ref, refKey } from "../trace/ref.ts";
import type {
  MdlNamespace,
  MdlState,
  RecLockState,
  State,
  TableLockState,
} from "../trace/state.ts";

export const LEVELS = ["server", "schema", "definition", "table", "record", "named"] as const;
export type LevelName = (typeof LEVELS)[number];

export interface Level {
  readonly name: LevelName;
  readonly objects: readonly LockedObject[];
}

/** A thing that locks lie on. */
export interface LockedObject {
  /** "GLOBAL", "t", "t.PRIMARY". */
  readonly name: string;
  readonly held: readonly LevelLock[];
  /** In the order in which they were asked for. */
  readonly queue: readonly LevelLock[];
}

/** One lock, or equal granted record locks of one session together. */
export interface LevelLock {
  readonly key: string;
  readonly refs: readonly Ref[];
  readonly session: SessionName;
  readonly mode: string;
  /** The key of a single record lock. */
  readonly data: string | null;
  /** Sessions in the way; none of a lock that is held. */
  readonly blockers: readonly SessionName[];
}

/** All levels, empty ones too, the widest first. */
export function lockLevels(state: State): readonly Level[] {
  const found = new Map<LevelName, Map<string, LevelLock[][]>>(
    LEVELS.map((level) => [level, new Map()]),
  );
  const put = (level: LevelName, object: string, lock: LevelLock, isWaiting: boolean): void => {
    const objects = found.get(level);
    const lists = objects?.get(object) ?? [[], []];
    objects?.set(object, lists);
    lists[isWaiting ? 1 : 0]?.push(lock);
  };
  for (const mdl of intMapValues(state.mdls)) {
    put(LEVEL_OF[mdl.namespace], objectOf(mdl), mdlOf(mdl), mdl.status === "PENDING");
  }
  for (const lock of intMapValues(state.tableLocks)) {
    put("table", lock.tableName, tableLockOf(lock), lock.status === "waiting");
  }
  for (const lock of intMapValues(state.recLocks)) {
    const name = `${lock.tableName}.${lock.indexName}`;
    put("record", name, recLockOf(lock), lock.status === "waiting");
  }
  for (const { name, wait } of state.sessions) {
    if (wait?.reason.kind !== "thrLock") continue;
    const ref: Ref = { kind: "session", id: name };
    const blockers = wait.blockers.map((session) => ({ session }));
    put(
      "table",
      wait.reason.table,
      lockOf(ref, { session: name, blockers }, "THR_LOCK", null),
      true,
    );
  }
  return LEVELS.map((name) => ({
    name,
    objects: [...(found.get(name) ?? [])].map(([object, [held = [], queue = []]]) => ({
      name: object,
      held: name === "record" ? together(held) : held,
      queue,
    })),
  }));
}

const LEVEL_OF: Readonly<Record<MdlNamespace, LevelName>> = {
  GLOBAL: "server",
  COMMIT: "server",
  "BACKUP LOCK": "server",
  SCHEMA: "schema",
  TABLE: "definition",
  FUNCTION: "definition",
  PROCEDURE: "definition",
  TRIGGER: "definition",
  "FOREIGN KEY": "definition",
  "CHECK CONSTRAINT": "definition",
  "USER LEVEL LOCK": "named",
};

function objectOf(mdl: MdlState): string {
  switch (mdl.namespace) {
    case "GLOBAL":
    case "COMMIT":
    case "BACKUP LOCK":
      return mdl.namespace;
    case "SCHEMA":
      return mdl.schema ?? "";
    case "FUNCTION":
    case "PROCEDURE":
    case "TRIGGER":
    case "FOREIGN KEY":
    case "CHECK CONSTRAINT":
      return `${mdl.namespace} ${mdl.name}`;
    default:
      return mdl.name ?? "";
  }
}

function mdlOf(mdl: MdlState): LevelLock {
  return lockOf({ kind: "mdl", id: mdl.id }, mdl, mdl.mode, null);
}

function tableLockOf(lock: TableLockState): LevelLock {
  return lockOf({ kind: "lock", id: lock.id }, lock, lock.mode, null);
}

function recLockOf(lock: RecLockState): LevelLock {
  return lockOf({ kind: "lock", id: lock.id }, lock, lock.modeText, lock.data);
}

function lockOf(
  ref: Ref,
  lock: {
    readonly session: SessionName;
    readonly blockers: readonly { readonly session: SessionName }[];
  },
  mode: string,
  data: string | null,
): LevelLock {
  const blockers = lock.blockers.map((blocker) => blocker.session);
  return {
    key: refKey(ref),
    refs: [ref],
    session: lock.session,
    mode,
    data,
    blockers: [...new Set(blockers)].sort(),
  };
}

/** Equal locks of a session as one, in the order of their first. */
function together(locks: readonly LevelLock[]): readonly LevelLock[] {
  const groups = new Map<string, LevelLock>();
  for (const lock of locks) {
    const key = `${lock.session} ${lock.mode}`;
    const group = groups.get(key);
    groups.set(
      key,
      group === undefined ? lock : { ...group, data: null, refs: [...group.refs, ...lock.refs] },
    );
  }
  return [...groups.values()];
}
