/** The sheet in which a statement that was run is written anew; all is run again with it. */
import { type ReactNode, useState } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { useText } from "../text/use_text.ts";
import { rewriteStep, statementAt } from "./edit_step.ts";
import { scheduleWords } from "./words.ts";

export function EditStep(props: { readonly onClose: () => void }): ReactNode {
  const { close, cancel } = useText().scenario;
  const words = scheduleWords(useLanguage());
  const script = usePage((page) => page.script);
  const command = usePage((page) => page.editing);
  const step = statementAt(script, command);
  const [sql, setSql] = useState(step?.sql ?? "");
  if (step === null) return null;
  const place = command + 1;
  const isLast = place === script.scenario.steps.length;
  const isSame = sql.trim() === step.sql.trim() || sql.trim() === "";
  const run = (): void => {
    if (isSame) return;
    props.onClose();
    void rewriteStep(command, sql);
  };
  return (
    <Dialog title={words.editTitle(place, step.session)} closeLabel={close} onClose={props.onClose}>
      <form
        className="setup-form"
        data-session={step.session}
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p id="edit-step-hint">{isLast ? words.editHintLast : words.editHint}</p>
        <textarea
          className="textarea"
          rows={Math.min(12, Math.max(4, sql.split("\n").length + 1))}
          spellCheck={false}
          autoCapitalize="off"
          aria-label={words.editTitle(place, step.session)}
          aria-describedby="edit-step-hint"
          value={sql}
          onChange={(event) => setSql(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            run();
          }}
        />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={props.onClose}>
            {cancel}
          </button>
          <button type="submit" className="button button-primary" disabled={isSame}>
            {words.runEdited}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
