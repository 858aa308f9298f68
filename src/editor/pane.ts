/** What the plain editor and Monaco have in common: what they are given, and what can be asked of them. */
import type { Ref } from "react";
import type { EditorMark, EditorNames, EditorStatement } from "./editor_props.ts";
import type { ThemeName } from "./palette.ts";
import type { Problem } from "./problems.ts";
import type { Spot } from "./spot.ts";
import type { TextHistory, TextSelection } from "./text_history.ts";
import type { EditorLanguage } from "./words.ts";

export interface PaneProps {
  readonly ref: Ref<PaneHandle>;
  readonly value: string;
  readonly statements: readonly EditorStatement[];
  readonly problems: readonly Problem[];
  readonly onChange: (text: string, isNewText: boolean) => void;
  readonly onSpot: (spot: Spot) => void;
  readonly onLeave: () => void;
  readonly opening: number;
  readonly onTravel: (way: "undo" | "redo") => void;
  readonly onRunCurrent: () => void;
  readonly onRunAll: () => void;
  readonly label: string;
  readonly placeholder: string;
  readonly language: EditorLanguage;
  readonly theme: ThemeName;
  readonly readOnly: boolean;
  readonly marks: readonly EditorMark[];
  readonly names: EditorNames;
  readonly minRows: number;
  readonly maxRows: number;
}

export interface PaneHandle {
  readonly text: () => string;
  readonly spot: () => Spot;
  readonly focus: () => void;
  readonly goTo: (offset: number) => void;
}

/** What Monaco takes over from the plain editor. */
export interface Handover {
  readonly history: TextHistory;
  readonly selection: TextSelection;
  readonly scrollTop: number;
  readonly hasFocus: boolean;
}

/** The height of a row in px, and the margin above and below the text; editor.css has the same. */
export const ROW_HEIGHT = 20;
export const TEXT_PADDING = 6;

export type RunKey = "current" | "all" | null;

/** Ctrl/Cmd+Enter and Shift+Ctrl/Cmd+Enter. */
export function runKey(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}): RunKey {
  if (event.key !== "Enter" || event.altKey || !(event.ctrlKey || event.metaKey)) return null;
  return event.shiftKey ? "all" : "current";
}
