/**
 * A line for the reader's own statement: a text field and no editor, so that nothing is loaded for it; and no form, which
 * a sandbox without `allow-forms` would not let be sent.
 */
import { type ReactNode, useState } from "react";
import { usePage } from "../../store/hooks.ts";
import { freeSession, pageStore } from "../../store/page_store.ts";
import { cannotSend } from "../../trace/client_notes.ts";
import { useEmbedWords } from "./embed_words.ts";

/** What takes a text apart, loaded when somebody is about to write one. */
const statementsIn = () => import("../../editor/statements.ts");

export function EmbedInput(): ReactNode {
  const words = useEmbedWords();
  const sessions = usePage((page) => page.script.sessions);
  const free = usePage(freeSession);
  const commands = usePage((page) => page.commands);
  // What is run while a lesson is still being opened would be gone with what the page had before.
  const isBusy = usePage((page) => page.phase !== "ready");
  const notice = usePage((page) => page.notice);
  const canUndo = usePage((page) => page.undo.length > 0);
  const [chosen, choose] = useState(sessions[0]);
  const [text, setText] = useState("");
  const names = free === null ? sessions : [...sessions, free];
  const session = chosen !== undefined && names.includes(chosen) ? chosen : names[0];
  const waits = usePage(
    ({ stateAtCursor }) =>
      session !== undefined && cannotSend(stateAtCursor, session) === "waiting",
  );
  const run = async (): Promise<void> => {
    const reading = await statementsIn().catch(() => null);
    if (reading === null) {
      pageStore.setState({ notice: { kind: "partMissing", retry: () => void run() } });
      return;
    }
    const statements = reading.statementsOf(text).map((statement) => statement.text);
    const { phase } = pageStore.getState();
    if (session === undefined || statements.length === 0 || phase !== "ready" || waits) return;
    setText("");
    await commands.run(session, statements);
  };
  if (session === undefined) return null;
  return (
    <div className="embed-input" data-session={session}>
      <select
        className="select"
        aria-label={words.session}
        value={session}
        onChange={(event) => choose(names[event.currentTarget.selectedIndex])}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {sessions.includes(name) ? name : words.newSession(name)}
          </option>
        ))}
      </select>
      <textarea
        rows={text.includes("\n") ? 3 : 1}
        aria-label={words.editHint}
        placeholder={words.edit}
        value={text}
        spellCheck={false}
        onFocus={() => void statementsIn().catch(() => undefined)}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void run();
        }}
      />
      <button
        type="button"
        className="button"
        disabled={text.trim() === "" || isBusy || waits}
        onClick={run}
      >
        {words.run(session)}
      </button>
      <span role="status" className="embed-input-why">
        {waits && text.trim() !== "" ? words.cannotRun(session) : ""}
        {notice?.kind === "forked" && words.forked(notice.stepsLeft)}
      </span>
      {canUndo && (
        <button type="button" className="button" disabled={isBusy} onClick={commands.undo}>
          {words.undo}
        </button>
      )}
    </div>
  );
}
