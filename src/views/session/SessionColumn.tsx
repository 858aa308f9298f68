/** The sessions under each other, and the button that adds one. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { freeSession } from "../../store/page_store.ts";
import { SESSION_NAMES } from "../../store/script.ts";
import { AddIcon } from "../shell/Icons.tsx";
import { Intro } from "../shell/Intro.tsx";
import { useText } from "../text/use_text.ts";
import { SessionCard } from "./SessionCard.tsx";

export function SessionColumn(): ReactNode {
  const text = useText().session;
  const sessions = usePage((page) => page.script.sessions);
  const hasFree = usePage((page) => freeSession(page) !== null);
  const addSession = usePage((page) => page.addSession);
  return (
    <section className="sessions" aria-label={text.column}>
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
          disabled={!hasFree}
          title={hasFree ? text.add : text.addNone}
          onClick={addSession}
        >
          <AddIcon />
          {hasFree ? text.add : text.addNone}
        </button>
      )}
    </section>
  );
}
