/** The statements that run before the first step, to be changed. */
import { type ReactNode, useState } from "react";
import { statementsOf } from "../../editor/statements.ts";
import { usePage } from "../../store/hooks.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { useText } from "../text/use_text.ts";

export function SetupDialog(props: { readonly onClose: () => void }): ReactNode {
  const text = useText().scenario;
  const setup = usePage((page) => page.script.scenario.setup);
  const openSetup = usePage((page) => page.commands.openSetup);
  const [sql, setSql] = useState(setup.map((statement) => `${statement};\n`).join(""));
  return (
    <Dialog title={text.setupTitle} closeLabel={text.close} onClose={props.onClose}>
      <form
        method="dialog"
        className="setup-form"
        onSubmit={() => void openSetup(statementsOf(sql).map((one) => one.text))}
      >
        <p id="setup-hint">{text.setupHint}</p>
        <textarea
          className="textarea"
          rows={12}
          spellCheck={false}
          aria-label={text.setupTitle}
          aria-describedby="setup-hint"
          value={sql}
          onChange={(event) => setSql(event.target.value)}
        />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={props.onClose}>
            {text.cancel}
          </button>
          <button type="submit" className="button button-primary">
            {text.setupOpen}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
