/** One session: who it is, how it stands, its editor, and what the mysql client would have printed. */
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { EditorStatement, SqlEditorHandle } from "../../editor/editor_props.ts";
import { SqlEditor } from "../../editor/SqlEditor.tsx";
import { START } from "../../editor/spot.ts";
import { statementMeant, statementsOf, statementUnder } from "../../editor/statements.ts";
import { useLanguage, usePage, useTheme } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { StatementState } from "../../trace/state.ts";
import { AskButton } from "../peek/AskButton.tsx";
import { DisconnectIcon, PlayIcon } from "../shell/Icons.tsx";
import { LOW, useMedia } from "../shell/use_media.ts";
import { useIsSessionLit } from "../shell/use_pointing.ts";
import { useText } from "../text/use_text.ts";
import { HistoryMenu } from "./HistoryMenu.tsx";
import { bringResults, Results } from "./Results.tsx";
import { SessionHeader, SessionSettings } from "./SessionHeader.tsx";
import { sqlHead } from "./shortened.ts";
import { useProgress } from "./use_progress.ts";
import { commandOf, useIsWaiting } from "./use_session.ts";
import { useTableNames } from "./use_table_names.ts";

/** An answer is on the screen some frames after it has come. */
const DRAWN_MS = 400;

export function SessionCard(props: {
  readonly name: SessionName;
  readonly canRemove: boolean;
}): ReactNode {
  const { name } = props;
  const text = useText().session;
  const language = useLanguage();
  const theme = useTheme();
  const value = usePage((page) => page.texts[name] ?? "");
  const opening = usePage((page) => page.openings);
  const setText = usePage((page) => page.setText);
  const commands = usePage((page) => page.commands);
  const card = useRef<HTMLElement>(null);
  const editor = useRef<SqlEditorHandle>(null);
  const names = useTableNames();
  const [spot, setSpot] = useState(START);
  const under = useMemo(() => statementUnder(value, spot.caret), [value, spot]);
  const progress = useProgress(name, value, under, (offset) => editor.current?.goTo(offset));
  const { marks } = progress;
  const current = useMemo(() => statementMeant(value, spot, marks), [value, spot, marks]);
  const { left } = progress;
  const ran = current === null ? null : progress.ranAt(current);
  const isAsked = useRef(false);
  const drawn = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isLow = useMedia(LOW);
  const { cannotRun } = useText().notice;
  const waits = useIsWaiting(name) ? cannotRun.waiting(name) : null;

  const run = (statements: readonly EditorStatement[]): void => {
    progress.noteRun(statements.filter(({ clientCommand }) => clientCommand === undefined));
    isAsked.current = true;
    const asked = statements.map(({ text: sql, vertical = false, clientCommand }) =>
      clientCommand === undefined ? { sql, vertical } : { clientCommand },
    );
    void commands.run(name, asked).then(() => {
      // Of statements that follow each other, once: it asks the layout.
      clearTimeout(drawn.current);
      drawn.current = setTimeout(() => {
        isAsked.current = false;
        // A notice that came with it has taken room.
        bringResults(card.current?.querySelector(".results"));
      }, DRAWN_MS);
    });
  };
  return (
    <section
      ref={card}
      tabIndex={-1}
      className="session-card"
      data-session={name}
      data-lit={useIsSessionLit(name)}
      aria-label={text.title(name)}
    >
      <SessionHeader name={name}>
        <AskButton session={name} sql={current?.text ?? null} />
        {props.canRemove && (
          <button
            type="button"
            className="button button-icon button-quiet session-remove"
            aria-label={text.remove(name)}
            title={text.remove(name)}
            onClick={() => void commands.disconnect(name)}
          >
            <DisconnectIcon />
          </button>
        )}
      </SessionHeader>
      <div className="session-editor">
        <SqlEditor
          ref={editor}
          value={value}
          onChange={(changed, isNewText) => {
            if (isNewText) progress.forget();
            setText(name, changed);
            // A script that came in whole is run from its beginning, not from where the paste ended; who types on is left alone.
            const [first, second] = statementsOf(changed);
            const isWhole = (isNewText || value.trim() === "") && /;\s*$/.test(changed);
            if (isWhole && first !== undefined && second !== undefined)
              editor.current?.goTo(first.start);
          }}
          onRun={(statement) => run([statement])}
          onRunAll={(all, text) => run(progress.leftOf(all, text))}
          opening={opening}
          onTravel={(way) => void commands[way]()}
          onSpot={setSpot}
          onLeave={() => card.current?.focus()}
          label={text.editor(name)}
          placeholder={text.placeholder}
          language={language}
          theme={theme}
          marks={marks}
          names={names}
          minRows={isLow ? 2 : 3}
          maxRows={8}
        />
      </div>
      <div className="session-bar-frame">
        <div className="session-bar">
          <RunButton
            waits={waits}
            current={current}
            isRun={current !== null && progress.isRun(current)}
            onClick={() => editor.current?.runCurrent()}
          />
          {ran !== null && current !== null && <RerunButton sql={current.text} ran={ran} />}
          <RunAllButton
            waits={waits}
            left={left.length}
            isBegun={marks.length > 0}
            onClick={() => editor.current?.runAll()}
          />
          <SessionSettings name={name} />
          <HistoryMenu name={name} />
        </div>
      </div>
      <Results name={name} isAsked={isAsked} />
    </section>
  );
}

/** Says what it will run. */
function RunButton(props: {
  /** Why nothing can be run now; null: it can. */
  readonly waits: string | null;
  readonly current: EditorStatement | null;
  readonly isRun: boolean;
  readonly onClick: () => void;
}): ReactNode {
  const text = useText().session;
  const { current, isRun } = props;
  const what = current?.text.replace(/\s+/g, " ") ?? null;
  const hint = what === null ? text.runHint : isRun ? text.runsAgain(what) : text.runs(what);
  return (
    <button
      type="button"
      className="button button-run"
      data-again={isRun}
      aria-disabled={props.waits !== null}
      title={props.waits ?? hint}
      onClick={props.onClick}
    >
      <PlayIcon />
      <span>{isRun ? text.runAgain : text.run}</span>
      {what !== null && <code className="run-what">{what}</code>}
    </button>
  );
}

/** Of a statement that was edited since it ran: all again, with it in the place of what ran. */
function RerunButton(props: { readonly sql: string; readonly ran: StatementState }): ReactNode {
  const text = useText().session;
  return (
    <button
      type="button"
      className="button button-quiet"
      title={text.rerunHint(sqlHead(props.ran.sql).head)}
      onClick={() => {
        void import("../schedule/edit_step.ts").then(({ rewriteStep }) => {
          const command = commandOf(props.ran);
          if (command !== null) void rewriteStep(command, props.sql);
        });
      }}
    >
      {text.rerun}
    </button>
  );
}

/** All of them at first and when all have been run, else those that are left. */
function RunAllButton(props: {
  readonly waits: string | null;
  readonly left: number;
  readonly isBegun: boolean;
  readonly onClick: () => void;
}): ReactNode {
  const text = useText().session;
  const kind = !props.isBegun ? "all" : props.left > 0 ? "rest" : "again";
  const label = { all: text.runAll, rest: text.runRest, again: text.runAllAgain }[kind];
  const hint = {
    all: text.runAllHint,
    rest: text.runRestHint(props.left),
    again: text.runAllAgainHint,
  }[kind];
  return (
    <button
      type="button"
      className="button button-quiet"
      aria-disabled={props.waits !== null}
      title={props.waits ?? hint}
      onClick={props.onClick}
    >
      {label}
    </button>
  );
}
