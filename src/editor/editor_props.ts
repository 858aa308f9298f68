/** What the page gives to the SQL editor and hears from it: the whole of this layer's surface, but the component. */
import type { Ref } from "react";
import type { Spot } from "./spot.ts";

/** One statement of the text. `start` and `end` are UTF-16 offsets, `[start, end)`, without blanks and `;`. */
export interface EditorStatement {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Ended by \G. */
  readonly vertical?: true;
  /** A command of the mysql client that the server does not know. */
  readonly clientCommand?: string;
}

/**
 * How the run of a statement stands, drawn in the margin of its first line. Offsets are those of the
 * text `value` had when the statement was run; a mark moves along when text before it changes.
 */
export interface EditorMark {
  readonly start: number;
  readonly end: number;
  /** `edited`: another statement ran where this one stands. */
  readonly kind: "running" | "waiting" | "done" | "error" | "edited";
}

/** Names to complete: the tables of the schema with their columns. */
export interface EditorNames {
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
}

export interface SqlEditorProps {
  readonly ref?: Ref<SqlEditorHandle>;
  /** The text; the caller keeps it and gives back what `onChange` said. */
  readonly value: string;
  /** `isNewText`: all of the text was selected and replaced, so that nothing of it is the old one. */
  readonly onChange: (text: string, isNewText: boolean) => void;
  /** Ctrl/Cmd+Enter: the statement that is meant (`statementMeant`). Not called where there is none. */
  readonly onRun: (statement: EditorStatement) => void;
  /** Where the cursor is now, in offsets of `value`. */
  readonly onSpot?: (spot: Spot) => void;
  /** Escape, when nothing is open that it closes: the focus is to go elsewhere. */
  readonly onLeave?: () => void;
  /** Shift+Ctrl/Cmd+Enter: all of them, in the order of the text. Not called for an empty text. */
  /** `text`: as it stands; it may have been typed since `value` was given. */
  readonly onRunAll: (statements: readonly EditorStatement[], text: string) => void;
  /** Another number: `value` is of another script, and undo does not lead back into the text before it. */
  readonly opening?: number;
  /** Undo or redo was asked for, and the text has nothing of it. */
  readonly onTravel?: (way: "undo" | "redo") => void;
  /** The accessible name, e.g. "SQL of session A". */
  readonly label: string;
  /** Stands in the editor while that is empty. */
  readonly placeholder?: string;
  readonly language: "en" | "zh";
  readonly theme: "light" | "dark";
  readonly readOnly?: boolean;
  readonly marks?: readonly EditorMark[];
  readonly names?: EditorNames;
  /** The height follows the text between these; 3 and 12 unless said. */
  readonly minRows?: number;
  readonly maxRows?: number;
}

/** What a card's buttons do; `ref` of the component. */
export interface SqlEditorHandle {
  /** As Ctrl/Cmd+Enter. */
  readonly runCurrent: () => void;
  /** As Shift+Ctrl/Cmd+Enter. */
  readonly runAll: () => void;
  readonly focus: () => void;
  /** Puts the cursor there and brings it into sight; takes no focus. */
  readonly goTo: (offset: number) => void;
}
