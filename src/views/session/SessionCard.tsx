/** One session: who it is, how it stands, its editor, and what the mysql client would have printed. */
import { type ReactNode, useRef } from "react";
import type { EditorStatement, SqlEditorHandle } from "../../editor/editor_props.ts";
import { SqlEditor } from "../../editor/SqlEditor.tsx";
import { useLanguage, usePage, useTheme } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import { CloseIcon, PlayIcon } from "../shell/Icons.tsx";
import { useIsSessionLit } from "../shell/use_pointing.ts";
import { useText } from "../text/use_text.ts";
import { HistoryMenu } from "./HistoryMenu.tsx";
import { Results } from "./Results.tsx";
import { SessionHeader, SessionSettings } from "./SessionHeader.tsx";
import { useEditorMarks } from "./use_editor_marks.ts";
import { useTableNames } from "./use_table_names.ts";

export function SessionCard(props: {
  readonly name: SessionName;
  readonly canRemove: boolean;
}): ReactNode {
  const { name } = props;
  const text = useText().session;
  const language = useLanguage();
  const theme = useTheme();
  const value = usePage((page) => page.texts[name] ?? "");
  const setText = usePage((page) => page.setText);
  const commands = usePage((page) => page.commands);
  const editor = useRef<SqlEditorHandle>(null);
  const names = useTableNames();
  const { marks, noteRun } = useEditorMarks(name);

  const run = (statements: readonly EditorStatement[]): void => {
    noteRun(statements);
    void commands.run(
      name,
      statements.map((statement) => statement.text),
    );
  };
  return (
    <section
      className="session-card"
      data-session={name}
      data-lit={useIsSessionLit(name)}
      aria-label={text.title(name)}
    >
      <SessionHeader name={name}>
        {props.canRemove && (
          <button
            type="button"
            className="button button-icon button-quiet session-remove"
            aria-label={text.remove(name)}
            title={text.remove(name)}
            onClick={() => void commands.disconnect(name)}
          >
            <CloseIcon />
          </button>
        )}
      </SessionHeader>
      <div className="session-editor">
        <SqlEditor
          ref={editor}
          value={value}
          onChange={(changed) => setText(name, changed)}
          onRun={(statement) => run([statement])}
          onRunAll={run}
          label={text.editor(name)}
          language={language}
          theme={theme}
          marks={marks}
          names={names}
          minRows={3}
          maxRows={8}
        />
      </div>
      <div className="session-bar">
        <button
          type="button"
          className="button button-run"
          title={text.runHint}
          onClick={() => editor.current?.runCurrent()}
        >
          <PlayIcon />
          {text.run}
        </button>
        <button
          type="button"
          className="button button-quiet"
          title={text.runAllHint}
          onClick={() => editor.current?.runAll()}
        >
          {text.runAll}
        </button>
        <span className="bar-gap" />
        <SessionSettings name={name} />
        <HistoryMenu name={name} />
      </div>
      <Results name={name} />
    </section>
  );
}
