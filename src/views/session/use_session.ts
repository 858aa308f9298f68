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

/** Oldest first. */
export function useStatements(name: SessionName): readonly StatementState[] {
  const statements = usePage((page) => page.stateAtCursor.statements);
  return useMemo(
    () => intMapToArray(statements).filter((statement) => statement.session === name),
    [statements, name],
  );
}
