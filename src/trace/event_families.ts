/** Events by what they are about, for readers who do not want all of them. */
import type { EventType, TraceEvent } from "./events.ts";

/** What a list of events can be narrowed to. */
export type EventFamily =
  | "all"
  /** All but the bookkeeping. */
  | "steps"
  /** What happens between the sessions: statements, waits, deadlocks, views, commits. */
  | "story"
  | "locks"
  | "versions"
  | "records"
  | "statements"
  | "net";

/** In the order in which a reader is offered them. */
export const FAMILIES: readonly EventFamily[] = [
  "story",
  "steps",
  "all",
  "statements",
  "locks",
  "versions",
  "records",
  "net",
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
  "net.shutDown",
  "client.called",
  "client.failed",
  "client.turned",
  "client.ended",
  "command.refused",
]);

const PREFIXES: Readonly<
  Record<Exclude<EventFamily, "all" | "steps" | "story">, readonly string[]>
> = {
  statements: ["statement.", "session.", "command.", "plan.", "clock."],
  locks: ["lock.", "mdl.", "deadlock.", "statement.waiting", "statement.resumed"],
  versions: ["readView.", "undo.", "purge.", "trx.", "savepoint."],
  records: ["rec.", "page.", "index.", "table."],
  net: ["net.", "client.", "command."],
};

export function isInFamily(event: TraceEvent, family: EventFamily): boolean {
  switch (family) {
    case "all":
      return true;
    case "steps":
      return !isQuiet(event);
    case "story":
      return STORY.has(event.type);
    default:
      return PREFIXES[family].some((prefix) => event.type.startsWith(prefix));
  }
}

/** Bookkeeping that a person stepping through has no use for: only the processlist's state or a counter moved. */
export function isQuiet(event: TraceEvent): boolean {
  if (event.type === "trx.changed") {
    return Object.keys(event.change).every((key) => key === "undoCount" || key === "waitsFor");
  }
  return (
    event.type === "session.changed" &&
    Object.keys(event.change).every((key) => key === "processState")
  );
}
