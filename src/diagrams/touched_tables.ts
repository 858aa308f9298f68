/**
 * Which tables somebody has to do with: the others can be folded to a line. A transaction that changed a table keeps
 * its table lock IX until it ends, so that what is uncommitted counts with the locks.
 */
import { intMapGet, intMapValues } from "../base/int_map.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { RecId, TableId } from "../trace/ids.ts";
import type { Ref } from "../trace/ref.ts";
import type { MdlState, State } from "../trace/state.ts";
import { eventRef } from "./event_focus.ts";

/** The tables with a lock on them, in them, or on their definition. */
export function lockedTables(state: State): ReadonlySet<TableId> {
  const tables = new Set<TableId>();
  for (const lock of intMapValues(state.recLocks)) tables.add(lock.table);
  for (const lock of intMapValues(state.tableLocks)) tables.add(lock.table);
  for (const mdl of intMapValues(state.mdls)) {
    const table = tableOfMdl(state, mdl);
    if (table !== null) tables.add(table);
  }
  return tables;
}

/** The table that an event is about, or else the statement that it belongs to; null when there is none. */
export function tableOfEvent(state: State, event: TraceEvent | null): TableId | null {
  if (event === null) return null;
  if (event.type === "plan.chosen") return tableNamed(state, event.plan.table);
  if (event.type === "undo.written") return event.undo.table;
  if (event.type === "rec.inserted" || event.type === "rec.changed") {
    return intMapGet(state.indexes, event.rec.index)?.table ?? null;
  }
  if ("index" in event && typeof event.index === "number") {
    return intMapGet(state.indexes, event.index)?.table ?? null;
  }
  if ("table" in event && typeof event.table === "object") return event.table.id;
  if (event.type === "statement.waiting") {
    const { reason } = event;
    if (reason.kind === "mdl") return tableOf(state, { kind: "mdl", id: reason.lock });
    if (reason.kind === "recLock" || reason.kind === "tableLock") {
      return tableOf(state, { kind: "lock", id: reason.lock });
    }
  }
  return tableOf(state, eventRef(event)) ?? tableOfStatement(state, event);
}

/** What a statement that begins or ends read last. */
function tableOfStatement(state: State, event: TraceEvent): TableId | null {
  const { statement } = event;
  if (statement === null) return null;
  const plan = intMapGet(state.statements, statement)?.plans.at(-1);
  return plan === undefined ? null : tableNamed(state, plan.table);
}

/** The table that a thing lies in. */
export function tableOf(state: State, ref: Ref | null): TableId | null {
  switch (ref?.kind) {
    case "table":
      return ref.id;
    case "index":
      return intMapGet(state.indexes, ref.id)?.table ?? null;
    case "rec":
    case "gap":
      return tableOfRec(state, ref.id);
    case "version":
      return tableOfRec(state, ref.rec);
    case "lock": {
      const lock = intMapGet(state.recLocks, ref.id) ?? intMapGet(state.tableLocks, ref.id);
      return lock?.table ?? null;
    }
    case "mdl": {
      const mdl = intMapGet(state.mdls, ref.id);
      return mdl === undefined ? null : tableOfMdl(state, mdl);
    }
    default:
      return null;
  }
}

/** The end of a page is in no list of records: its page is looked for. */
function tableOfRec(state: State, id: RecId): TableId | null {
  const rec = intMapGet(state.recs, id);
  if (rec !== undefined) return intMapGet(state.indexes, rec.index)?.table ?? null;
  for (const index of intMapValues(state.indexes)) {
    for (const no of index.leaves) {
      const page = intMapGet(index.pages, no);
      if (page?.supremum === id || page?.infimum === id) return index.table;
    }
  }
  return null;
}

function tableOfMdl(state: State, mdl: MdlState): TableId | null {
  if (mdl.namespace !== "TABLE") return null;
  for (const table of intMapValues(state.tables)) {
    if (table.schema === mdl.schema && table.name === mdl.name) return table.id;
  }
  return null;
}

function tableNamed(state: State, name: string): TableId | null {
  for (const table of intMapValues(state.tables)) if (table.name === name) return table.id;
  return null;
}
