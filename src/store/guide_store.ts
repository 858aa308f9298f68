/**
 * The guided lesson beside the page: which one, which part of it, what the reader predicted, and what was learnt so far.
 * Small and without the lessons' texts, which are loaded when the first one is opened (`guide_commands.ts`).
 */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { LessonText } from "../lessons/format/lesson_text.ts";
import type { CellResult } from "../lessons/format/matrix.ts";
import { emptyTimeline } from "../trace/timeline.ts";
import type { WorkerLike } from "./engine_client.ts";
import { type Progress, savedProgress, saveProgress } from "./lesson_progress.ts";
import type { KeptTexts } from "./storage.ts";
import { createTryOut, type TryOut } from "./try_out.ts";

/** What stands in the matrix of anomalies of a lesson, by "row level". */
export interface Board {
  /** Whether the reader expects the anomaly. */
  readonly expected: Readonly<Record<string, boolean>>;
  /** What was run. */
  readonly results: Readonly<Record<string, CellResult>>;
}

/** A lesson to open: a built-in one by its id, or the text of another. */
export type LessonSource =
  | { readonly kind: "builtIn"; readonly id: string }
  | { readonly kind: "text"; readonly text: string };

/** The lesson beside the page: which part, and what the reader has said. */
export interface GuideState {
  readonly lesson: LessonText | null;
  /** The file's text when it is not a built-in one. */
  readonly ownText: string | null;
  readonly part: number;
  /** By part: what the reader said would happen; empty when the reader asked to be shown. */
  readonly predictions: Readonly<Record<number, readonly string[]>>;
  /** Chosen, not said yet. */
  readonly picked: readonly string[];
  /** The name of a panel that should be in sight, from this moment on until the reader chooses another. */
  readonly asked: { readonly panel: string; readonly moment: number };
  /** Why a lesson could not be opened. */
  readonly failure: string | null;
  /** By lesson: who opens a cell in the playground comes back to what was there. */
  readonly boards: Readonly<Record<string, Board>>;
  readonly progress: Progress;
  /** Runs a scenario on a server of its own. */
  readonly tryOut: TryOut;
  readonly askFor: (panel: string) => void;
  readonly pick: (key: string, isMany: boolean) => void;
  readonly setBoard: (lesson: string, change: Partial<Board>) => void;
  readonly setProgress: (progress: Progress) => void;
}

export const EMPTY_BOARD: Board = { expected: {}, results: {} };

const nowhere: KeptTexts = { read: () => null, write: () => {}, isKeeping: () => false };
let kept: KeptTexts = nowhere;
const PATIENCE_MS = 20_000;
const OWN_KEY = "lesson.own.1";

export const guideStore = createStore<GuideState>((set) => ({
  lesson: null,
  ownText: null,
  part: 0,
  predictions: {},
  picked: [],
  asked: { panel: "sessions", moment: 0 },
  failure: null,
  boards: {},
  progress: {},
  tryOut: () => Promise.resolve(emptyTimeline),
  askFor: (panel) => set(({ asked }) => ({ asked: { panel, moment: asked.moment + 1 } })),
  pick: (key, isMany) =>
    set(({ picked }) => {
      if (!isMany) return { picked: [key] };
      const others = picked.filter((each) => each !== key);
      return { picked: others.length < picked.length ? others : [...picked, key] };
    }),
  setBoard: (lesson, change) =>
    set(({ boards }) => ({
      boards: { ...boards, [lesson]: { ...EMPTY_BOARD, ...boards[lesson], ...change } },
    })),
  setProgress: (progress) => {
    saveProgress(kept, progress);
    set({ progress });
  },
}));

/** Where progress and the reader's own lesson are kept, and how a second server is started. */
export function keepGuideIn(texts: KeptTexts, spawn: () => WorkerLike): void {
  kept = texts;
  const tryOut = createTryOut(spawn, PATIENCE_MS);
  guideStore.setState({ progress: savedProgress(texts), tryOut });
}

export function keptOwnLesson(): string | null {
  const text = kept.read(OWN_KEY);
  return text === "" ? null : text;
}

export function keepOwnLesson(text: string): void {
  kept.write(OWN_KEY, text);
}

export function useGuide<T>(selector: (guide: GuideState) => T): T {
  return useStore(guideStore, selector);
}
