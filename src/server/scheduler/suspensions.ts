/** What a suspended statement waits for, as the trace shows it, and when it gives up by itself. */
import { unreachable } from "../../base/assert.ts";
import type { WaitReason } from "../../trace/state.ts";
import type { Suspension } from "../context.ts";
import type { Session } from "../session/session.ts";

/** InnoDB: a larger innodb_lock_wait_timeout means for ever. */
const LOCK_WAIT_FOREVER_S = 100_000_000;

/** Virtual milliseconds; null: never. */
export function deadlineOf(session: Session, suspension: Suspension, nowMs: number): number | null {
  switch (suspension.kind) {
    case "recLock":
    case "tableLock": {
      const seconds = session.variables.number("innodb_lock_wait_timeout");
      return seconds > LOCK_WAIT_FOREVER_S ? null : nowMs + seconds * 1000;
    }
    case "mdl":
    case "thrLock":
    case "tableFlush":
      return nowMs + session.variables.number("lock_wait_timeout") * 1000;
    case "sleep":
    case "userLock":
    case "net":
      return suspension.untilMs;
    default:
      return unreachable(suspension);
  }
}

export function reasonOf(suspension: Suspension): WaitReason {
  switch (suspension.kind) {
    case "recLock":
    case "tableLock":
    case "mdl":
      return { kind: suspension.kind, lock: suspension.lock } as WaitReason;
    case "sleep":
      return { kind: "sleep", untilMs: suspension.untilMs };
    case "userLock":
      return { kind: "userLock", name: suspension.name };
    case "thrLock":
    case "tableFlush":
      return { kind: suspension.kind, table: suspension.table };
    case "net":
      return { kind: "net", detail: "Sending to client" };
    default:
      return unreachable(suspension);
  }
}
