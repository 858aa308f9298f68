/** The sessions under each other, and the button that adds one. */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { usePage } from "../../store/hooks.ts";
import { freeSession } from "../../store/page_store.ts";
import { SESSION_NAMES } from "../../store/script.ts";
import type { SessionName } from "../../trace/ids.ts";
import { AddIcon } from "../shell/Icons.tsx";
import { Intro } from "../shell/Intro.tsx";
import { focusEditor } from "../shell/input_places.ts";
import { useIsRacing } from "../shell/use_rapid_moves.ts";
import { useFocusInView } from "../stage/use_focus_in_view.ts";
import { useText } from "../text/use_text.ts";
import { SessionCard } from "./SessionCard.tsx";
import { useStatements } from "./use_session.ts";

export function SessionColumn(): ReactNode {
  const text = useText().session;
  const sessions = usePage((page) => page.script.sessions);
  const addSession = usePage((page) => page.addSession);
  const column = useRef<HTMLElement>(null);
  const free = usePage(freeSession);
  const added = useRef<SessionName | null>(null);
  // What is typed next belongs to the new card.
  useEffect(() => {
    if (added.current === null || !sessions.includes(added.current)) return;
    focusEditor(added.current);
    added.current = null;
  }, [sessions]);
  const opening = usePage((page) => page.openings);
  // A story is opened at its top, wherever the one before it was left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new opening is the reason
  useLayoutEffect(() => column.current?.scrollTo({ top: 0 }), [opening]);
  const add = (): void => {
    added.current = free;
    addSession();
  };
  return (
    <section ref={column} className="sessions" aria-label={text.column}>
      <NewestInView column={column} />
      <Intro />
      {sessions.map((name) => (
        <SessionCard key={name} name={name} canRemove={sessions.length > 1} />
      ))}
      {sessions.length === SESSION_NAMES.length ? (
        <p className="results-empty">{text.addFull}</p>
      ) : (
        <button
          type="button"
          className="button add-session"
          disabled={free === null}
          title={free === null ? text.addNone : text.add}
          onClick={add}
        >
          <AddIcon />
          {free === null ? text.addNone : text.add}
        </button>
      )}
    </section>
  );
}

/** Who steps through time and not through a card's editor sees what was printed last. Draws nothing: the cards rest. */
function NewestInView({ column }: { readonly column: RefObject<HTMLElement | null> }): ReactNode {
  const session = usePage((page) => page.eventAtCursor?.session ?? null);
  const opening = usePage((page) => page.openings);
  const isRacing = useIsRacing();
  // A story is opened at its top, and stays there until somebody does something.
  const touched = useRef(-1);
  useEffect(() => {
    const touch = (): void => {
      touched.current = opening;
    };
    const kinds = ["pointerdown", "keydown"];
    for (const kind of kinds) window.addEventListener(kind, touch, { capture: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true });
    };
  }, [opening]);
  if (session === null || isRacing) return null;
  return <CardInView name={session} {...{ column, opening, touched }} />;
}

function CardInView(props: {
  readonly name: SessionName;
  readonly column: RefObject<HTMLElement | null>;
  readonly opening: number;
  /** The story that somebody has done something in. */
  readonly touched: RefObject<number>;
}): ReactNode {
  const { name, column, opening, touched } = props;
  const last = useStatements(name).at(-1) ?? null;
  const isTyping = Boolean(document.activeElement?.closest(".session-card"));
  const isFollowed = touched.current === opening && !isTyping;
  useFocusInView(column, isFollowed ? `[data-session="${name}"]` : null, ".results", last);
  return null;
}
