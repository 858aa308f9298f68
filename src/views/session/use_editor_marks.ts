/** How the statements that were run from an editor stand, for its margin. */
import { useMemo, useState } from "react";
import { unreachable } from "../../base/assert.ts";
import type { EditorMark, EditorStatement } from "../../editor/editor_props.ts";
import { usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { StatementState } from "../../trace/state.ts";
import { useStatements } from "./use_session.ts";

interface Run {
  readonly statement: EditorStatement;
  /** It is the session's n-th statement. */
  readonly nth: number;
}

export function useEditorMarks(name: SessionName): {
  readonly marks: readonly EditorMark[];
  readonly noteRun: (statements: readonly EditorStatement[]) => void;
} {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const statements = useStatements(name);
  const session = usePage(
    (page) => page.stateAtCursor.sessions.find((candidate) => candidate.name === name) ?? null,
  );
  const marks = useMemo(
    () =>
      runs.flatMap(({ statement: { start, end }, nth }): readonly EditorMark[] => {
        const statement = statements[nth];
        if (statement === undefined) return [];
        return [{ start, end, kind: markKind(statement, session?.status === "waiting") }];
      }),
    [runs, statements, session],
  );
  const noteRun = (ran: readonly EditorStatement[]): void => {
    const first = statements.length;
    setRuns(ran.map((statement, at) => ({ statement, nth: first + at })));
  };
  return { marks, noteRun };
}

function markKind(statement: StatementState, isWaiting: boolean): EditorMark["kind"] {
  const { outcome } = statement;
  if (outcome === null) return isWaiting ? "waiting" : "running";
  switch (outcome.kind) {
    case "rows":
    case "ok":
      return "done";
    case "error":
    case "lost":
      return "error";
    default:
      return unreachable(outcome);
  }
}
