/** Events by what they are about, for readers who do not want all of them. */
import type { EventType } from "./events.ts";

export type EventFamily = "all" | "story" | "locks" | "versions" | "records" | "statements";

export const FAMILIES: readonly EventFamily[] = [
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

const PREFIXES: Readonly<Record<Exclude<EventFamily, "all" | "story">, readonly string[]>> = {
  statements: ["statement.", "session.", "plan.", "clock."],
  locks: ["lock.", "mdl.", "deadlock.", "statement.waiting", "statement.resumed"],
  versions: ["readView.", "undo.", "purge.", "trx.", "savepoint."],
  records: ["rec.", "page.", "index.", "table."],
};

export function isInFamily(type: EventType, family: EventFamily): boolean {
  if (family === "all") return true;
  if (family === "story") return STORY.has(type);
  return PREFIXES[family].some((prefix) => type.startsWith(prefix));
}
