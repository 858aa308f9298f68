/**
 * The page when it could not be drawn: what was done comes back with every reload, and the fault with it, so here are the ways
 * out. The SQL itself can always be taken along, by hand where the browser lets nothing be copied.
 */
import { type ReactNode, useState } from "react";
import { scheduleSql } from "../../formats/export_sql.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { PageState } from "../../store/page_store.ts";
import { crashWords } from "./words.ts";
import "./crash.css";

export function CrashScreen(props: {
  readonly problem: Error;
  readonly again: () => void;
}): ReactNode {
  const { problem, again } = props;
  const words = crashWords(useLanguage());
  const commands = usePage((page) => page.commands);
  const canUndo = usePage((page) => page.undo.length > 0);
  const hasRun = usePage((page) => page.script.scenario.steps.length > 0);
  const sql = usePage(sqlOf);
  const [isCopied, setCopied] = useState(false);
  const leaveBy = (command: () => Promise<void>) => () => void command().then(again);
  const copy = (): void => void navigator.clipboard.writeText(sql).then(() => setCopied(true));
  return (
    <main className="crash" role="alert">
      <h1>{words.title}</h1>
      <p>{words.what}</p>
      <ul className="crash-ways">
        {canUndo && <Way name={words.undo} hint={words.undoHint} onTake={leaveBy(commands.undo)} />}
        {hasRun && (
          <Way name={words.restart} hint={words.restartHint} onTake={leaveBy(commands.restart)} />
        )}
        <Way
          name={words.first}
          hint={words.firstHint}
          onTake={leaveBy(async () => {
            const { FIRST_LESSON } = await import("../../lessons/lessons.ts");
            await commands.openLesson(FIRST_LESSON);
          })}
        />
      </ul>
      <p className="crash-tools">
        <button type="button" className="button" onClick={copy}>
          {isCopied ? words.copied : words.copy}
        </button>
        <button type="button" className="button" onClick={again}>
          {words.again}
        </button>
      </p>
      <p className="crash-problem">{`${problem.name}: ${problem.message}`}</p>
      <textarea
        className="crash-sql"
        aria-label={words.text}
        readOnly={true}
        value={sql}
        rows={12}
      />
    </main>
  );
}

function Way(props: {
  readonly name: string;
  readonly hint: string;
  readonly onTake: () => void;
}): ReactNode {
  return (
    <li>
      <button type="button" className="button" onClick={props.onTake}>
        {props.name}
      </button>
      <span>{props.hint}</span>
    </li>
  );
}

/** What was run, with the session behind each statement, and what stands in the editors. */
function sqlOf({ script, texts }: PageState): string {
  const { scenario } = script;
  const played = scenario.steps.map(
    (step) => ({ step, kind: "other", outcome: null, blockers: [], woken: [], locks: [] }) as const,
  );
  const typed = Object.entries(texts).filter(([, text]) => text.trim() !== "");
  return [
    scheduleSql(scenario, played),
    ...typed.map(([session, text]) => `-- the editor of ${session}:\n${text}\n`),
  ].join("\n");
}
