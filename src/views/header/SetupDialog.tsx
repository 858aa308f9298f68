/** The statements that run before the first step, to be changed. */
import { type ReactNode, useState } from "react";
import { statementsOf } from "../../editor/statements.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { failureText } from "../shell/failed_setup.ts";
import { useText } from "../text/use_text.ts";
import { SETUP_WORDS } from "./setup_words.ts";

export function SetupDialog(props: { readonly onClose: () => void }): ReactNode {
  const { close, cancel } = useText().scenario;
  const { setup, steps } = usePage((page) => page.script.scenario);
  const language = useLanguage();
  const words = SETUP_WORDS[language];
  const [sql, setSql] = useState(setup.map((statement) => `${statement};\n`).join(""));
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (keepsSteps: boolean): Promise<void> => {
    setProblem(null);
    const failure = await openTables(
      statementsOf(sql).map((one) => one.text),
      keepsSteps,
    );
    if (failure === null) props.onClose();
    else setProblem(failureText(failure, language));
  };
  return (
    <Dialog title={words.title} closeLabel={close} onClose={props.onClose}>
      <form
        className="setup-form"
        onSubmit={(event) => {
          event.preventDefault();
          void start(false);
        }}
      >
        <p id="setup-hint">{steps.length === 0 ? words.hint : words.hintAgain}</p>
        <textarea
          className="textarea"
          rows={12}
          spellCheck={false}
          aria-label={words.title}
          aria-describedby="setup-hint"
          placeholder={EXAMPLE}
          value={sql}
          onChange={(event) => setSql(event.target.value)}
        />
        {problem !== null && (
          <div role="alert" className="notice setup-problem" data-kind="notOpened">
            <p>{problem}</p>
          </div>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={props.onClose}>
            {cancel}
          </button>
          {steps.length > 0 && (
            <button type="button" className="button" onClick={() => void start(true)}>
              {words.again}
            </button>
          )}
          <button type="submit" className="button button-primary">
            {words.open}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const EXAMPLE = `CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1, 10), (2, 20);`;

/** Null when they stand; else what was wrong, and nothing has changed. */
async function openTables(setup: readonly string[], keepsSteps: boolean): Promise<string | null> {
  const { undo, redo, commands } = pageStore.getState();
  await commands.openSetup(setup, keepsSteps);
  const { notice } = pageStore.getState();
  if (notice?.kind !== "notOpened") return null;
  pageStore.setState({ notice: null, undo, redo });
  return notice.message;
}
