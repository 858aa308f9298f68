/** A session and its statements at the cursor. */
import { useMemo } from "react";
import { intMapToArray } from "../../base/int_map.ts";
import { usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { SessionState, StatementState } from "../../trace/state.ts";

/** Null before it connects. */
export function useSession(name: SessionName): SessionState | null {
  return usePage(
    (page) => page.stateAtCursor.sessions.find((session) => session.name === name) ?? null,
  );
}

const ER_LOCK_DEADLOCK = 1213;

/** Whether the session's last statement was rolled back to break a deadlock. */
export function useIsVictim(name: SessionName): boolean {
  const outcome = useStatements(name).at(-1)?.outcome ?? null;
  return outcome?.kind === "error" && outcome.errno === ER_LOCK_DEADLOCK;
}

/** Oldest first. */
export function useStatements(name: SessionName): readonly StatementState[] {
  const statements = usePage((page) => page.stateAtCursor.statements);
  return useMemo(
    () => intMapToArray(statements).filter((statement) => statement.session === name),
    [statements, name],
  );
}
