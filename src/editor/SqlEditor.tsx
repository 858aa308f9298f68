/**
 * The SQL editor of a session: plain and working at once, Monaco as soon as that is there.
 *
 *     PlainEditor --- Monaco is loaded, and no hand is in the middle of something ---> MonacoPane
 *                     takes over text, undo, selection, focus and scroll position
 *                <--- Monaco throws -------------------------------------------------
 */
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import "./editor.css";
import type { SqlEditorProps } from "./editor_props.ts";
import { editorStyle } from "./editor_style.ts";
import {
  giveUpMonaco,
  loadMonaco,
  type MonacoState,
  monacoState,
  onMonacoState,
  whenSomebodyIsThere,
} from "./monaco_loader.ts";
import { PlainEditor, type PlainHandle } from "./PlainEditor.tsx";
import type { Handover, PaneHandle } from "./pane.ts";
import { START } from "./spot.ts";
import { statementMeant, statementsOf } from "./statements.ts";
import { startHistory } from "./text_history.ts";
import { useProblems } from "./use_problems.ts";
import { WORDS } from "./words.ts";

const NO_MARKS: NonNullable<SqlEditorProps["marks"]> = [];
const NO_NAMES: NonNullable<SqlEditorProps["names"]> = { tables: [] };
const nobody = (): void => {};
const ROWS = { min: 3, max: 12 };

export function SqlEditor(props: SqlEditorProps) {
  const { value, onRun, onRunAll, language, theme } = props;
  const monaco = useSyncExternalStore(onMonacoState, monacoState);
  const [handover, setHandover] = useState(() => handoverAtOnce(monaco, value));
  const statements = useMemo(() => statementsOf(value), [value]);
  const problems = useProblems(value, statements);
  const plain = useRef<PlainHandle>(null);
  const rich = useRef<PaneHandle>(null);
  const pane = () => rich.current ?? plain.current;

  useEffect(() => whenSomebodyIsThere(() => loadMonaco(language)), [language]);

  // Asked for whenever Monaco comes and whenever a hand lets go, whichever is later.
  const tryHandover = useCallback(() => {
    if (monacoState().kind === "ready") setHandover(plain.current?.handOver() ?? null);
  }, []);
  useLayoutEffect(() => {
    if (monaco.kind === "ready" && handover === null) tryHandover();
  }, [monaco, handover, tryHandover]);

  const runCurrent = () => {
    const text = pane()?.text() ?? "";
    const statement = statementMeant(text, pane()?.spot() ?? START, shared.marks);
    if (statement !== null) onRun(statement);
  };
  const runAll = () => {
    const text = pane()?.text() ?? "";
    const all = statementsOf(text);
    if (all.length > 0) onRunAll(all, text);
  };
  useImperativeHandle(props.ref, () => ({
    runCurrent,
    runAll,
    focus: () => pane()?.focus(),
    goTo: (offset) => pane()?.goTo(offset),
  }));

  const shared = {
    value,
    statements,
    problems,
    onChange: props.onChange,
    onSpot: props.onSpot ?? nobody,
    onLeave: props.onLeave ?? nobody,
    opening: props.opening ?? 0,
    onTravel: props.onTravel ?? nobody,
    onRunCurrent: runCurrent,
    onRunAll: runAll,
    label: props.label,
    placeholder: props.placeholder ?? "",
    language,
    theme,
    readOnly: props.readOnly ?? false,
    marks: props.marks ?? NO_MARKS,
    names: props.names ?? NO_NAMES,
    minRows: props.minRows ?? ROWS.min,
    maxRows: props.maxRows ?? ROWS.max,
  };
  const isRich = monaco.kind === "ready" && handover !== null;
  return (
    <div
      className="sql-editor"
      style={editorStyle(theme, shared.minRows, shared.maxRows)}
      data-editor={isRich ? "monaco" : "plain"}
    >
      {isRich ? (
        <monaco.Pane {...shared} ref={rich} handover={handover} onBroken={giveUpMonaco} />
      ) : (
        <PlainEditor
          {...shared}
          ref={plain}
          title={monaco.kind === "failed" ? WORDS[language].staysPlain : ""}
          onFocus={() => loadMonaco(language)}
          onQuiet={tryHandover}
        />
      )}
    </div>
  );
}

/** An editor that is mounted when Monaco is there already has nothing to hand over but its text. */
function handoverAtOnce(monaco: MonacoState, text: string): Handover | null {
  if (monaco.kind !== "ready") return null;
  const selection = { start: 0, end: 0, backward: false };
  return { history: startHistory(text), selection, scrollTop: 0, hasFocus: false };
}
