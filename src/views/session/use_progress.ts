/** How the statements of a session's editor stand: run (with their marks), next, left. */
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { unreachable } from "../../base/assert.ts";
import type { EditorMark, EditorStatement } from "../../editor/editor_props.ts";
import { statementsOf } from "../../editor/statements.ts";
import { usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { StatementState } from "../../trace/state.ts";
import {
  alignedRuns,
  editedSince,
  inTurn,
  movedRuns,
  nextToRun,
  notRun,
  type Ran,
  runsSoFar,
  withRuns,
  withRunsElsewhere,
} from "./progress.ts";
import { useAllStatements, useIsWaiting, useStatements } from "./use_session.ts";

export interface Progress {
  readonly marks: readonly EditorMark[];
  /** In the order of the text. */
  readonly left: readonly EditorStatement[];
  /** What of a text is to be run when all of it is: what is left, or all again. It may be newer than what is drawn. */
  readonly leftOf: (all: readonly EditorStatement[], text: string) => readonly EditorStatement[];
  readonly isRun: (statement: EditorStatement) => boolean;
  /** The session's statement that ran where this one stands, which was edited since; null: none. */
  readonly ranAt: (statement: EditorStatement) => StatementState | null;
  /** Says that another text is about to take this one's place. */
  readonly forget: () => void;
  /** Says which statements are about to be run. */
  readonly noteRun: (statements: readonly EditorStatement[]) => void;
}

interface Known {
  readonly text: string;
  readonly opening: number;
  readonly runs: readonly Ran[];
  /** So many statements of the session have been looked for in the text. */
  readonly seen: number;
  /** What was said last to be about to run, when it has begun to. */
  readonly begun: Noted | null;
}

/** Statements of a text that were sent to the server, the first as the session's n-th. */
interface Noted {
  readonly text: string;
  readonly statements: readonly EditorStatement[];
  readonly nth: number;
}

/**
 * `goTo` puts the editor's cursor on what comes next: when a text is opened, and after each run; when nothing is left, on
 * what was run last, where the cursor is not in it. `current`: the statement that the cursor is in.
 */
export function useProgress(
  name: SessionName,
  text: string,
  current: EditorStatement | null,
  goTo: (offset: number) => void,
): Progress {
  const opening = usePage((page) => page.openings);
  const ran = useAllStatements(name);
  const [known, setKnown] = useState<Known>({
    text,
    opening: -1,
    runs: [],
    seen: 0,
    begun: null,
  });
  /** Not drawn before there is something to show of it: a mark that goes and comes back takes two pictures. */
  const noted = useRef<Noted | null>(null);
  const history = useStatements(name);
  const isWaiting = useIsWaiting(name);
  const statements = useMemo(() => statementsOf(text), [text]);

  const now = withTheNew(known.text === text && known.opening === opening ? known : caughtUp());
  if (now !== known) setKnown(now);

  function caughtUp(): Known {
    if (known.opening === opening) {
      return { ...known, text, runs: movedRuns(known.runs, known.text, text) };
    }
    return {
      text,
      opening,
      seen: ran.length,
      begun: noted.current,
      runs: alignedRuns(
        statements,
        ran.map((statement) => statement.sql),
      ),
    };
  }

  function withTheNew(one: Known): Known {
    const begun = withTheNoted(one);
    if (begun.seen === ran.length) return begun;
    const history = ran.map((statement) => statement.sql);
    const runs = withRunsElsewhere(begun.runs, statements, history, begun.seen);
    return { ...begun, runs, seen: ran.length };
  }

  function withTheNoted(one: Known): Known {
    const note = noted.current;
    if (note === null || note === one.begun || note.nth >= ran.length) return one;
    // Of a text that has changed since, what ran is looked for.
    if (note.text !== text) return { ...one, begun: note };
    const before = runsSoFar(one.runs, text, ran.slice(0, note.nth));
    return { ...one, begun: note, runs: withRuns(before, statements, note.statements, note.nth) };
  }

  /** Another text has taken this one's place, and is not drawn yet. */
  const isForgotten = useRef(false);
  useLayoutEffect(() => {
    isForgotten.current = false;
  });

  const runs = useMemo(() => {
    const ends = new Map(statements.map((statement) => [statement.start, statement.end]));
    // One that has got a letter at its end is another statement.
    const whole = runsSoFar(now.runs, text, history).filter(
      (run) => ends.get(run.start) === run.end,
    );
    return inTurn(whole, text, history);
  }, [now.runs, statements, text, history]);
  const edited = useMemo(() => editedSince(statements, runs, history), [statements, runs, history]);
  const marks = useMemo(
    () => [
      ...runs.flatMap(({ start, end, nth }): readonly EditorMark[] => {
        const statement = history[nth];
        return statement === undefined
          ? []
          : [{ start, end, kind: markKind(statement, isWaiting) }];
      }),
      ...edited.map(({ start, end }): EditorMark => ({ start, end, kind: "edited" })),
    ],
    [runs, edited, history, isWaiting],
  );

  const outcome = history.at(-1)?.outcome ?? null;
  const isHere = usePage(
    (page) => page.position < page.timeline.length && page.eventAtCursor?.session === name,
  );
  const stand = `${isHere} ${opening} ${history.length} ${outcome?.kind ?? (isWaiting ? "waiting" : "running")}`;
  const follow = useEffectEvent(() => {
    // In the past the editor shows the statement that the cursor stands in or right behind.
    const here = isHere ? runs.find(({ nth }) => nth === history.length - 1) : undefined;
    if (here !== undefined) return goTo(here.start);
    const next = nextToRun(statements, runs, history);
    if (next !== null) return goTo(next.start);
    const last = runs.find(({ nth }) => nth === history.length - 1);
    if (last !== undefined && last.start !== current?.start) goTo(last.start);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is for the moments when this changes
  useEffect(() => follow(), [stand]);

  function leftOf(all: readonly EditorStatement[], newer: string): readonly EditorStatement[] {
    if (isForgotten.current) return all;
    const moved =
      newer === text ? runs : runsSoFar(movedRuns(now.runs, text, newer), newer, history);
    const left = notRun(all, inTurn(moved, newer, history));
    return left.length === 0 ? all : left;
  }

  return {
    marks,
    left: useMemo(() => notRun(statements, runs), [statements, runs]),
    leftOf,
    isRun: (statement) => runs.some((run) => run.start === statement.start),
    ranAt: (statement) => {
      const found = edited.find((one) => one.start === statement.start);
      return found === undefined ? null : (history[found.nth] ?? null);
    },
    forget: () => {
      isForgotten.current = true;
      setKnown({ ...now, runs: [] });
    },
    noteRun: (running) => {
      noted.current = { text, statements: running, nth: history.length };
    },
  };
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
