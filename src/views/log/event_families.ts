/** Which events the log shows: by family, by session, by what their sentence says. */
import type { EventType, TraceEvent } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";

export type Family = "all" | "story" | "locks" | "versions" | "records" | "statements";

export const FAMILIES: readonly Family[] = [
  "all",
  "story",
  "statements",
  "locks",
  "versions",
  "records",
];

const STORY: ReadonlySet<EventType> = new Set<EventType>([
  "statement.started",
  "statement.waiting",
  "statement.resumed",
  "statement.ended",
  "plan.chosen",
  "lock.waiting",
  "lock.grantedAfterWait",
  "lock.refused",
  "lock.timedOut",
  "deadlock.found",
  "mdl.waiting",
  "trx.committed",
  "trx.rolledBack",
  "savepoint.rolledBack",
  "readView.opened",
  "readView.closed",
  "readView.checked",
  "clock.advanced",
]);

const PREFIXES: Readonly<Record<Exclude<Family, "all" | "story">, readonly string[]>> = {
  statements: ["statement.", "session.", "plan.", "clock."],
  locks: ["lock.", "mdl.", "deadlock.", "statement.waiting", "statement.resumed"],
  versions: ["readView.", "undo.", "purge.", "trx.", "savepoint."],
  records: ["rec.", "page.", "index.", "table."],
};

export function isInFamily(type: EventType, family: Family): boolean {
  if (family === "all") return true;
  if (family === "story") return STORY.has(type);
  return PREFIXES[family].some((prefix) => type.startsWith(prefix));
}

export interface LogFilter {
  readonly family: Family;
  readonly session: SessionName | null;
  readonly words: string;
}

/** Whether the event passes; the sentence is asked for only when words are looked for. */
export function passes(event: TraceEvent, filter: LogFilter, sentence: () => string): boolean {
  if (!isInFamily(event.type, filter.family)) return false;
  if (filter.session !== null && event.session !== filter.session) return false;
  const words = filter.words.trim().toLowerCase();
  return words === "" || sentence().toLowerCase().includes(words);
}
