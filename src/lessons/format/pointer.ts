/**
 * Names of things in the pictures, as a lesson's text writes them, and what they stand for in a state.
 *
 *     session A          trx A              view A             result A         editor A
 *     table t            rec t.PRIMARY 5    gap t.PRIMARY 5    gap t.PRIMARY supremum
 *     version t 1 2      the second older version of the record with key 1
 *     lock A t.PRIMARY @ 5      lock A t.PRIMARY X,GAP @ 5      lock A t IX
 *     mdl A t            mdl A t EXCLUSIVE  panel waits
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import type { RollPtr, SessionName } from "../../trace/ids.ts";
import type { Ref } from "../../trace/ref.ts";
import type { IndexState, RecLockState, State, TableState } from "../../trace/state.ts";

export const PANELS = [
  "index",
  "versions",
  "waits",
  "locks",
  "levels",
  "stream",
  "log",
  "timeline",
  "sessions",
] as const;
export type PanelId = (typeof PANELS)[number];

export type Pointer =
  | {
      readonly kind: "session" | "trx" | "view" | "result" | "editor";
      readonly session: SessionName;
    }
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "rec" | "gap"; readonly index: string; readonly key: string }
  | {
      readonly kind: "version";
      readonly table: string;
      readonly key: string;
      readonly depth: number;
    }
  | {
      readonly kind: "lock";
      readonly session: SessionName;
      readonly on: string;
      readonly mode: string | null;
      readonly key: string | null;
    }
  | {
      readonly kind: "mdl";
      readonly session: SessionName;
      readonly name: string;
      readonly mode: string | null;
    }
  | { readonly kind: "panel"; readonly panel: PanelId };

/** Null when the text is none. */
export function parsePointer(text: string): Pointer | null {
  const [kind = "", first = "", ...rest] = text.trim().split(/\s+/);
  const tail = rest.join(" ");
  const session = /^[A-H]$/.test(first) ? (first as SessionName) : null;
  switch (kind) {
    case "session":
    case "trx":
    case "view":
    case "result":
    case "editor":
      return session === null || tail !== "" ? null : { kind, session };
    case "table":
      return first === "" || tail !== "" ? null : { kind, table: first };
    case "rec":
    case "gap":
      return first.includes(".") && tail !== "" ? { kind, index: first, key: tail } : null;
    case "version": {
      const found = /^(.+?)(?: (\d+))?$/.exec(tail);
      if (found?.[1] === undefined) return null;
      return { kind, table: first, key: found[1], depth: Number(found[2] ?? 0) };
    }
    case "lock": {
      const found = /^(\S+)(?: ([A-Z][A-Z_,]*))?(?: @ (.+))?$/.exec(tail);
      if (session === null || found?.[1] === undefined) return null;
      return { kind, session, on: found[1], mode: found[2] ?? null, key: found[3] ?? null };
    }
    case "mdl": {
      const [name = "", mode = null, ...more] = rest;
      if (session === null || name === "" || more.length > 0) return null;
      return { kind, session, name, mode };
    }
    case "panel": {
      const panel = PANELS.find((id) => id === first);
      return panel === undefined || tail !== "" ? null : { kind, panel };
    }
    default:
      return null;
  }
}

/** What the pointer names in this state; null when there is no such thing, or it is none of the trace's (a panel). */
export function refOf(pointer: Pointer, state: State): Ref | null {
  switch (pointer.kind) {
    case "session":
      return state.sessions.some(({ name }) => name === pointer.session)
        ? { kind: "session", id: pointer.session }
        : null;
    case "trx": {
      const trx = trxOf(state, pointer.session);
      return trx === null ? null : { kind: "trx", id: trx };
    }
    case "view": {
      const trx = trxOf(state, pointer.session);
      const id = trx === null ? null : (intMapGet(state.trxs, trx)?.readView ?? null);
      return id === null ? null : { kind: "readView", id };
    }
    case "table": {
      const table = tableNamed(state, pointer.table);
      return table === null ? null : { kind: "table", id: table.id };
    }
    case "rec":
    case "gap": {
      const rec = recordAt(state, pointer.index, pointer.key);
      return rec === null ? null : { kind: pointer.kind, id: rec };
    }
    case "version": {
      const version = versionsOf(state, pointer.table, pointer.key)[pointer.depth];
      return version === undefined ? null : { kind: "version", rec: version.rec, id: version.undo };
    }
    case "lock":
      return lockNamed(state, pointer);
    case "mdl": {
      const { session, name, mode } = pointer;
      const found = [...intMapValues(state.mdls)].find(
        (mdl) =>
          mdl.session === session &&
          (mdl.name ?? mdl.namespace) === name &&
          (mode === null || mdl.mode === mode),
      );
      return found === undefined ? null : { kind: "mdl", id: found.id };
    }
    case "result":
    case "editor":
    case "panel":
      return null;
  }
}

/** Whether it can be named at all: things outside the trace are always there. */
export function isInState(pointer: Pointer, state: State): boolean {
  if (pointer.kind === "panel") return true;
  if (pointer.kind === "result" || pointer.kind === "editor") {
    return state.sessions.some(({ name }) => name === pointer.session);
  }
  return refOf(pointer, state) !== null;
}

function lockNamed(state: State, wanted: Extract<Pointer, { kind: "lock" }>): Ref | null {
  const { session, on, mode, key } = wanted;
  if (key === null) {
    const table = [...intMapValues(state.tableLocks)].find(
      (lock) =>
        lock.session === session && lock.tableName === on && (mode === null || lock.mode === mode),
    );
    return table === undefined ? null : { kind: "lock", id: table.id };
  }
  const locks = [...intMapValues(state.recLocks)].filter(
    (lock) =>
      lock.session === session &&
      `${lock.tableName}.${lock.indexName}` === on &&
      isLockData(lock, key) &&
      (mode === null || lock.modeText === mode),
  );
  const chosen = locks.find((lock) => lock.status === "waiting") ?? locks[0];
  return chosen === undefined ? null : { kind: "lock", id: chosen.id };
}

export function isLockData(lock: RecLockState, key: string): boolean {
  return key === "supremum" ? lock.data.startsWith("supremum") : lock.data === key;
}

function trxOf(state: State, session: SessionName) {
  return state.sessions.find(({ name }) => name === session)?.trx ?? null;
}

function tableNamed(state: State, name: string): TableState | null {
  return [...intMapValues(state.tables)].find((table) => table.name === name) ?? null;
}

/** "t.PRIMARY" */
export function indexNamed(state: State, name: string): IndexState | null {
  const dot = name.lastIndexOf(".");
  const [table, index] = [name.slice(0, dot), name.slice(dot + 1)];
  return (
    [...intMapValues(state.indexes)].find(
      (each) => each.tableName === table && each.name === index,
    ) ?? null
  );
}

/** The records of an index in its order, the last page's supremum at the end. */
export function recordsOf(state: State, index: IndexState) {
  const pages = index.leaves.flatMap((no) => intMapGet(index.pages, no) ?? []);
  const recs = pages.flatMap((page) => page.recs.flatMap((id) => intMapGet(state.recs, id) ?? []));
  return { recs, supremum: pages.at(-1)?.supremum ?? null };
}

function recordAt(state: State, indexName: string, key: string) {
  const index = indexNamed(state, indexName);
  if (index === null) return null;
  const { recs, supremum } = recordsOf(state, index);
  if (key === "supremum") return supremum;
  return recs.find((rec) => rec.key === key)?.id ?? null;
}

/** The versions of a clustered record, the one on the page first. */
export function versionsOf(state: State, table: string, key: string) {
  const clustered = [...intMapValues(state.indexes)].find(
    (index) => index.tableName === table && index.clustered,
  );
  if (clustered === undefined) return [];
  const rec = recordsOf(state, clustered).recs.find((each) => each.key === key);
  if (rec === undefined) return [];
  const { trxId, values, deleted } = rec;
  const versions = [{ rec: rec.id, undo: 0 as RollPtr, trxId, values, deleted }];
  for (let at = rec.rollPtr; at !== 0; ) {
    const undo = intMapGet(state.undo, at);
    if (undo === undefined || undo.before === null) break;
    const { before } = undo;
    versions.push({
      rec: rec.id,
      undo: at,
      trxId: before.trxId,
      values: before.values,
      deleted: before.deleted,
    });
    at = before.rollPtr;
  }
  return versions;
}
