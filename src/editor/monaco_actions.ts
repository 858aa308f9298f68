/** What a session's editor can be told by keys and from its menu. */
import { type editor, KeyCode, KeyMod } from "monaco-editor/editor";
import { type EditorLanguage, WORDS } from "./words.ts";

export interface MonacoActions {
  readonly onLeave: () => void;
  readonly onRunCurrent: () => void;
  readonly onRunAll: () => void;
}

/** What Escape closes first. */
const NOTHING_OPEN =
  "!suggestWidgetVisible && !editorHoverVisible && !markersNavigationVisible && !inSnippetMode";

/** On a Mac both Ctrl and Cmd; the menu shows the last key. */
export function addActions(
  code: editor.IStandaloneCodeEditor,
  language: EditorLanguage,
  actions: MonacoActions,
): readonly { dispose(): void }[] {
  const { leave, runCurrent, runAll } = WORDS[language];
  return [
    code.addAction({
      id: "interleave.leave",
      label: leave,
      keybindings: [KeyCode.Escape],
      precondition: NOTHING_OPEN,
      run: actions.onLeave,
    }),
    code.addAction({
      id: "interleave.runCurrent",
      label: runCurrent,
      keybindings: [KeyMod.WinCtrl | KeyCode.Enter, KeyMod.CtrlCmd | KeyCode.Enter],
      contextMenuGroupId: "0_run",
      contextMenuOrder: 1,
      run: alone(actions.onRunCurrent),
    }),
    code.addAction({
      id: "interleave.runAll",
      label: runAll,
      keybindings: [
        KeyMod.WinCtrl | KeyMod.Shift | KeyCode.Enter,
        KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.Enter,
      ],
      contextMenuGroupId: "0_run",
      contextMenuOrder: 2,
      run: alone(actions.onRunAll),
    }),
  ];
}

/** The list of words would lie over what comes. */
function alone(run: () => void): (code: editor.ICodeEditor) => void {
  return (code) => {
    run();
    code.trigger("interleave", "hideSuggestWidget", null);
  };
}
