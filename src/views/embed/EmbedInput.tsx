/**
 * A line for the reader's own statement: a text field and no editor, so that nothing is loaded for it; and no form, which
 * a sandbox without `allow-forms` would not let be sent.
 */
import { type ReactNode, useState } from "react";
import { statementsOf } from "../../editor/statements.ts";
import { usePage } from "../../store/hooks.ts";
import { freeSession } from "../../store/page_store.ts";
import { cannotSend } from "../../trace/client_notes.ts";
import { useEmbedWords } from "./embed_words.ts";

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
  const run = (): void => {
    const statements = statementsOf(text).map((statement) => statement.text);
    if (session === undefined || statements.length === 0 || isBusy || waits) return;
    setText("");
    void commands.run(session, statements);
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
          <option key={name}>{name}</option>
        ))}
      </select>
      <textarea
        rows={text.includes("\n") ? 3 : 1}
        aria-label={words.editHint}
        placeholder={words.edit}
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          run();
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
