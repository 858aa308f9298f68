/**
 * The lines of a pasted deadlock log by what of the picture each is about: the heading of a transaction is its session, the
 * statement the one that waits, a lock and each record below it the lock there.
 */

import { intMapToArray } from "../../base/int_map.ts";
import { deadlocksIn, type LogLock, type LogRecord } from "../../formats/deadlock_log.ts";
import { asInLockData } from "../../formats/record_fields.ts";
import { type Ref, sameRef } from "../../trace/ref.ts";
import type { DeadlockState, RecLockState, State } from "../../trace/state.ts";
import { lockDataOf } from "../../trace/state_locks.ts";
import { type LogPart, lockOf, sessionOfNumber } from "./deadlock_notes.ts";

/** Lines that follow each other and are about the same thing; null: about none of the picture's. */
export interface LogLines {
  /** Of the first, from 0. */
  readonly line: number;
  readonly text: string;
  readonly ref: Ref | null;
}

/** `state`: when the cycle closed, with all its locks. */
export function logLines(
  part: LogPart,
  section: string,
  state: State,
  deadlock: DeadlockState,
): readonly LogLines[] {
  const refAt = refsOf(part, section, state, deadlock);
  const groups: LogLines[] = [];
  let ref: Ref | null = null;
  for (const [line, text] of part.text.split("\n").entries()) {
    ref = refAt(text, ref);
    const last = groups.at(-1);
    if (last !== undefined && sameRef(last.ref, ref)) {
      groups[groups.length - 1] = { ...last, text: `${last.text}\n${text}` };
    } else groups.push({ line, text, ref });
  }
  return groups;
}

/** What a line is about; `before`: what the line above it was. */
type RefAt = (text: string, before: Ref | null) => Ref | null;

function refsOf(part: LogPart, section: string, state: State, deadlock: DeadlockState): RefAt {
  const { kind, number } = part.about;
  const { trxs = [] } = deadlocksIn(section)[0] ?? {};
  const name = sessionOfNumber(number);
  const session = state.sessions.find((one) => one.name === name);
  const member = deadlock.cycle.find((one) => one.session === name);
  if (session === undefined) return () => null;
  switch (kind) {
    case "heading":
      return () => null;
    case "victim":
      return () => ({ kind: "event", id: deadlock.seq });
    case "trx": {
      const sql = trxs.find((one) => one.number === number)?.sql ?? "";
      const [first = ""] = sql.split("\n");
      const running = intMapToArray(state.statements).find(
        (one) => one.session === name && one.outcome === null,
      );
      return (text, before) => {
        const begins = first !== "" && text.trim() === first.trim() && running !== undefined;
        if (begins) return { kind: "statement", id: running.id };
        return before ?? { kind: "session", id: session.name };
      };
    }
    case "waits": {
      const lock = member?.waitsFor;
      return () => (lock === undefined ? null : { kind: "lock", id: lock.id });
    }
    case "holds": {
      const lock = lockOf(part.about, trxs);
      if (lock === null) return () => null;
      const locks = intMapToArray(state.recLocks).filter(
        (one) => one.session === name && one.status === "granted" && isOf(one, lock),
      );
      const hindering = deadlock.cycle.find((one) => one.heldBy.session === name)?.heldBy;
      const whole = locks.find((one) => one.id === hindering?.id) ?? locks[0];
      const records = lock.records.values();
      return (text, before) => {
        if (before === null) return whole === undefined ? null : { kind: "lock", id: whole.id };
        if (!text.startsWith("Record lock,")) return before;
        const record = records.next().value;
        const found = record === undefined ? undefined : onRecord(locks, record, state.recs);
        return found === undefined ? before : { kind: "lock", id: found.id };
      };
    }
  }
}

/** A server that keeps names in lower case prints them so. */
function isOf(one: RecLockState, lock: LogLock): boolean {
  const isTable = one.tableName.toLowerCase() === lock.table.toLowerCase();
  return isTable && one.indexName === lock.index;
}

/** LOCK_DATA has the first fields of what the log prints. */
function onRecord(
  locks: readonly RecLockState[],
  { isSupremum, fields }: LogRecord,
  recs: State["recs"],
): RecLockState | undefined {
  if (isSupremum) return locks.find(({ data }) => data.startsWith("supremum"));
  const texts = fields.map(asInLockData);
  const begins = texts.map((_text, at) => texts.slice(0, at + 1).join(", "));
  return (
    locks.find((lock) => begins.includes(lockDataOf(recs, lock))) ??
    (locks.length === 1 ? locks[0] : undefined)
  );
}
