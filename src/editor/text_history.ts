/**
 * What was typed into the plain editor, so that Monaco's undo goes on where the browser's was.
 *
 * A list of texts with the selection after each; steps of one burst of typing are one entry. The browser's
 * own undo takes entries away again. Nothing here is a clock: the caller says what time it is.
 */

export interface TextSelection {
  readonly start: number;
  readonly end: number;
  readonly backward: boolean;
}

export interface HistoryEntry {
  readonly text: string;
  readonly selection: TextSelection;
}

export interface TextHistory {
  /** Oldest first; the last one is the text as it is. Never empty. */
  readonly entries: readonly HistoryEntry[];
  /** The last change may still grow: its time in ms, and whether it typed or deleted. */
  readonly burst: { readonly kind: ChangeKind; readonly at: number } | null;
}

/** How the text changed, as `InputEvent.inputType` tells it. */
export type ChangeKind = "type" | "delete" | "undo" | "redo" | "other";

const ENTRIES_MAX = 100;
const BURST_MS = 1000;

export function startHistory(text: string): TextHistory {
  const selection = { start: text.length, end: text.length, backward: false };
  return { entries: [{ text, selection }], burst: null };
}

export function recordChange(
  history: TextHistory,
  entry: HistoryEntry,
  kind: ChangeKind,
  at: number,
): TextHistory {
  if (entry.text === history.entries.at(-1)?.text) return history;
  if (kind === "undo") {
    const earlier = history.entries.findLastIndex((known) => known.text === entry.text);
    if (earlier >= 0) return { entries: history.entries.slice(0, earlier + 1), burst: null };
  }
  const { burst } = history;
  const goesOn =
    burst !== null &&
    burst.kind === kind &&
    at - burst.at < BURST_MS &&
    !startsLine(history, entry);
  const kept = goesOn ? history.entries.slice(0, -1) : history.entries;
  const grows = kind === "type" || kind === "delete";
  return {
    entries: [...kept, entry].slice(-ENTRIES_MAX),
    burst: grows ? { kind, at } : null,
  };
}

export function changeKind(inputType: string): ChangeKind {
  switch (inputType) {
    case "historyUndo":
      return "undo";
    case "historyRedo":
      return "redo";
    case "insertText":
    case "insertCompositionText":
      return "type";
    default:
      return inputType.startsWith("deleteContent") ? "delete" : "other";
  }
}

/** The smallest replacement that makes `after` of `before`: `before[start, end)` becomes `text`. */
export function replacement(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly text: string } {
  const max = Math.min(before.length, after.length);
  let start = 0;
  while (start < max && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < max - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same += 1;
  }
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

function startsLine(history: TextHistory, entry: HistoryEntry): boolean {
  const last = history.entries.at(-1) as HistoryEntry;
  return replacement(last.text, entry.text).text.includes("\n");
}
