/** How far the reader has come in each lesson: kept on the device, exported and read back as JSON, with distrust. */
import type { KeptTexts } from "./storage.ts";

/** How far a lesson was read, kept on the device. */
export interface LessonProgress {
  /** The part that was open last. */
  readonly at: number;
  /** Parts seen to their end. */
  readonly reached: number;
  readonly of: number;
  /** By part: whether the prediction came true. */
  readonly answers: Readonly<Record<string, boolean>>;
}

/** By lesson id. */
export type Progress = Readonly<Record<string, LessonProgress>>;

const KEY = "lessons.1";

export function savedProgress(kept: KeptTexts): Progress {
  return parseProgress(kept.read(KEY) ?? "{}") ?? {};
}

export function saveProgress(kept: KeptTexts, progress: Progress): void {
  kept.write(KEY, JSON.stringify(progress));
}

/** Null when the text is no progress. */
export function parseProgress(text: string): Progress | null {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given !== "object" || given === null || Array.isArray(given)) return null;
    const entries = Object.entries(given as Record<string, unknown>).flatMap(([id, value]) => {
      const one = lessonProgress(value);
      return one === null ? [] : [[id, one] as const];
    });
    return Object.fromEntries(entries);
  } catch {
    return null;
  }
}

export function isDone(progress: LessonProgress | undefined): boolean {
  return progress !== undefined && progress.of > 0 && progress.reached >= progress.of;
}

/** The part was seen to its end; `isRight` is null where nothing was predicted. */
export function withPart(
  progress: Progress,
  id: string,
  part: number,
  of: number,
  isRight: boolean | null,
): Progress {
  const before = progress[id];
  const answers = before?.answers ?? {};
  // The first prediction counts.
  const isNew = isRight !== null && answers[part] === undefined;
  return {
    ...progress,
    [id]: {
      at: part,
      reached: Math.max(before?.reached ?? 0, part + 1),
      of,
      answers: isNew ? { ...answers, [part]: isRight } : answers,
    },
  };
}

function lessonProgress(value: unknown): LessonProgress | null {
  if (typeof value !== "object" || value === null) return null;
  const { at, reached, of, answers } = value as Record<string, unknown>;
  if (typeof at !== "number" || typeof reached !== "number" || typeof of !== "number") return null;
  const given = typeof answers === "object" && answers !== null ? Object.entries(answers) : [];
  return {
    at,
    reached,
    of,
    answers: Object.fromEntries(
      given.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"),
    ),
  };
}
