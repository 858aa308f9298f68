/** What was run in a session: to put it into the editor again, or to copy all that was printed. */
import { memo, type ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { StatementState } from "../../trace/state.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { HistoryIcon, PencilIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { useText } from "../text/use_text.ts";
import { sqlHead } from "./shortened.ts";
import { statementEnd, statementOutput } from "./statement_output.ts";
import { commandOf, statementsNow, useStatements } from "./use_session.ts";

const SHOWN_MAX = 20;

/** Not drawn again with each letter that is typed, nor with a step: what was run is asked for when it is wanted. */
export const HistoryMenu = memo(function HistoryMenu(props: {
  readonly name: SessionName;
}): ReactNode {
  const { name } = props;
  const text = useText().session;
  return (
    <>
      <CopyButton
        className="button-quiet"
        label={text.copyAll}
        text={() => statementsNow(name).map(printed).join("\n\n")}
      />
      <Popover
        label={`${text.history}, ${text.title(name)}`}
        buttonClass="button button-icon button-quiet"
        button={<HistoryIcon />}
      >
        {(close) => <History name={name} onClose={close} />}
      </Popover>
    </>
  );
});

/** What was run last comes first, and once. */
function History(props: { readonly name: SessionName; readonly onClose: () => void }): ReactNode {
  const { name, onClose } = props;
  const text = useText().session;
  const statements = useStatements(name);
  const setText = usePage((page) => page.setText);
  const editStep = usePage((page) => page.editStep);
  const latest = new Map(statements.map((statement) => [statement.sql, statement]));
  const distinct = [...new Set(statements.map((statement) => statement.sql).reverse())];
  const edit = (sql: string): void => {
    const statement = latest.get(sql);
    const command = statement === undefined ? null : commandOf(statement);
    if (command !== null) editStep(command);
  };

  const append = (sql: string): void => {
    const before = (pageStore.getState().texts[name] ?? "").trimEnd();
    const separator = before === "" ? "" : before.endsWith(";") ? "\n" : ";\n";
    setText(name, `${before}${separator}${sql};\n`);
  };
  return (
    <div className="menu">
      <h2>{text.history}</h2>
      <p className="menu-note">{distinct.length === 0 ? text.historyEmpty : text.historyHint}</p>
      {distinct.slice(0, SHOWN_MAX).map((sql) => (
        <div key={sql} className="menu-pair">
          <button
            type="button"
            className="menu-item menu-code"
            onClick={() => {
              onClose();
              append(sql);
            }}
          >
            {sqlHead(sql).head}
          </button>
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={text.editRan(sqlHead(sql).head)}
            title={text.editRan(sqlHead(sql).head)}
            onClick={() => {
              onClose();
              edit(sql);
            }}
          >
            <PencilIcon />
          </button>
        </div>
      ))}
    </div>
  );
}

function printed(statement: StatementState): string {
  const output = statementOutput(statement) ?? "";
  return `mysql> ${statement.sql}${statementEnd(statement)}\n${output}`;
}
