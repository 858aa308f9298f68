/** How Monaco behaves on this page. */
import type { editor } from "monaco-editor/editor";
import { ROW_HEIGHT, TEXT_PADDING } from "./pane.ts";

export const EDITOR_OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  lineHeight: ROW_HEIGHT,
  padding: { top: TEXT_PADDING, bottom: TEXT_PADDING },
  tabSize: 2,

  // Tab leaves the editor, as it leaves a textarea: no keyboard trap. Ctrl+M lets it indent.
  tabFocusMode: true,
  // EditContext hides the candidate window of Chinese input methods.
  editContext: false,
  fixedOverflowWidgets: true,
  scrollBeyondLastLine: false,
  scrollBeyondLastColumn: 0,
  scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, useShadows: false },
  wordWrap: "on",

  // The margin: a mark, and a bar along the current statement. editor.css has the same widths.
  glyphMargin: true,
  lineNumbers: "off",
  lineNumbersMinChars: 0,
  lineDecorationsWidth: 8,
  folding: false,

  minimap: { enabled: false },
  stickyScroll: { enabled: false },
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: "none",
  guides: { indentation: false },
  matchBrackets: "always",
  occurrencesHighlight: "off",
  selectionHighlight: false,
  // Chinese punctuation in a string is no attack.
  unicodeHighlight: {
    ambiguousCharacters: false,
    invisibleCharacters: false,
    nonBasicASCII: false,
  },
  contextmenu: true,
  dragAndDrop: false,
  dropIntoEditor: { enabled: false },
  pasteAs: { enabled: false },

  // Enter is a new line, also while the list is open; Tab takes the entry.
  acceptSuggestionOnEnter: "off",
  acceptSuggestionOnCommitCharacter: false,
  quickSuggestions: { other: true, comments: false, strings: false },
  // Behind the picture of the letter, and once where letters come fast.
  quickSuggestionsDelay: 90,
  suggest: { showStatusBar: false, showIcons: true, preview: false, showWords: false },
  inlineSuggest: { enabled: false },
  parameterHints: { enabled: false },

  // What would start the editor's worker.
  wordBasedSuggestions: "off",
  links: false,
  colorDecorators: false,
  defaultColorDecorators: "never",
};
