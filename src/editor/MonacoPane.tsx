/** Monaco as a pane of the editor: hands what React says to the imperative half. Loaded lazily. */
import {
  type KeyboardEvent,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import "./monaco_features.ts";
import { MonacoEditor } from "./monaco_editor.ts";
import type { Handover, PaneProps } from "./pane.ts";
import { type Spot, START } from "./spot.ts";
import { travelKey } from "./travel_key.ts";

export interface MonacoPaneProps extends PaneProps {
  readonly handover: Handover;
  /** Monaco threw: it is not to be used again. */
  readonly onBroken: () => void;
}

export function MonacoPane(props: MonacoPaneProps) {
  const { value, statements, problems, marks, names, minRows, maxRows } = props;
  const { label, placeholder, language, theme, readOnly } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MonacoEditor | null>(null);

  const create = useEffectEvent((element: HTMLDivElement): MonacoEditor | null => {
    try {
      return new MonacoEditor(element, props.handover, props.theme, {
        onChange: (text, isNewText) => changed(text, isNewText),
        onSpot: (spot) => spotMoved(spot),
        onLeave: () => leave(),
        onRunCurrent: () => runCurrent(),
        onRunAll: () => runAll(),
      });
    } catch {
      props.onBroken();
      return null;
    }
  });
  const changed = useEffectEvent((text: string, isNewText: boolean) =>
    props.onChange(text, isNewText),
  );
  const spotMoved = useEffectEvent((spot: Spot) => props.onSpot(spot));
  const leave = useEffectEvent(() => props.onLeave());
  const runCurrent = useEffectEvent(() => props.onRunCurrent());
  const runAll = useEffectEvent(() => props.onRunAll());

  useLayoutEffect(() => {
    if (host.current === null) return;
    const created = create(host.current);
    editor.current = created;
    return () => {
      editor.current = null;
      created?.dispose();
    };
  }, []);

  /** What the text has nothing to undo of is the page's; a key that is held down stays in the text. */
  const travelOn = (press: KeyboardEvent): void => {
    const way = travelKey(press);
    if (way === null || editor.current === null || editor.current.canTravel(way)) return;
    press.preventDefault();
    press.stopPropagation();
    if (!press.repeat) props.onTravel(way);
  };

  useImperativeHandle(props.ref, () => ({
    text: () => {
      editor.current?.tell();
      return editor.current?.text() ?? value;
    },
    spot: () => editor.current?.spot() ?? START,
    focus: () => editor.current?.focus(),
    goTo: (offset) => editor.current?.goTo(offset),
  }));

  const known = useRef(props.opening);
  useLayoutEffect(() => {
    editor.current?.setText(value, known.current !== props.opening);
    known.current = props.opening;
  }, [value, props.opening]);
  useLayoutEffect(() => editor.current?.setRows(minRows, maxRows), [minRows, maxRows]);
  useLayoutEffect(
    () => editor.current?.setOptions({ label, placeholder, language, theme, readOnly }),
    [label, placeholder, language, theme, readOnly],
  );
  useLayoutEffect(() => editor.current?.setStatements(statements), [statements]);
  useLayoutEffect(() => editor.current?.setMarks(marks), [marks]);
  useLayoutEffect(() => editor.current?.setProblems(problems), [problems]);
  useLayoutEffect(() => editor.current?.setNames(names), [names]);

  // The menu is hung into the host, and Monaco's colours are properties of its components only.
  return <div className="sql-monaco monaco-component" ref={host} onKeyDownCapture={travelOn} />;
}
