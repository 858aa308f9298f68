/** The statements that run before the first step, to be changed. */
import { type ReactNode, useState } from "react";
import { statementsOf } from "../../editor/statements.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { failureText } from "../shell/failed_setup.ts";
import { useText } from "../text/use_text.ts";

export function SetupDialog(props: { readonly onClose: () => void }): ReactNode {
  const text = useText().scenario;
  const { setup, steps } = usePage((page) => page.script.scenario);
  const language = useLanguage();
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
    <Dialog title={text.setupTitle} closeLabel={text.close} onClose={props.onClose}>
      <form
        className="setup-form"
        onSubmit={(event) => {
          event.preventDefault();
          void start(false);
        }}
      >
        <p id="setup-hint">{steps.length === 0 ? text.setupHint : text.setupHintAgain}</p>
        <textarea
          className="textarea"
          rows={12}
          spellCheck={false}
          aria-label={text.setupTitle}
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
            {text.cancel}
          </button>
          {steps.length > 0 && (
            <button type="button" className="button" onClick={() => void start(true)}>
              {text.setupAgain}
            </button>
          )}
          <button type="submit" className="button button-primary">
            {text.setupOpen}
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
