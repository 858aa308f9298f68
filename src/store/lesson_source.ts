/** Lessons by their names and by their texts. */

import { parseLesson } from "../lessons/format/parse_lesson.ts";
import { lessonText } from "../lessons/lesson_texts.ts";
import { openLessonAt, openLessonText } from "./guide_commands.ts";
import { guideStore, keepOwnLesson, type LessonSource } from "./guide_store.ts";
import { keepPlayed } from "./played.ts";
import type { Played } from "./story.ts";

/** What is on its way to be opened. */
let opening: { readonly what: string; readonly done: Promise<void> } | null = null;

/**
 * Opens a built-in lesson or another's text, if it can be read; `at` one of its parts, from 1, or where it was left. Once for
 * all who ask while it is on its way: the guide may be drawn anew meanwhile.
 */
export function openLesson(source: LessonSource, at: number | null = null): Promise<void> {
  const what = JSON.stringify([source, at]);
  if (opening?.what === what) return opening.done;
  const mine = { what, done: read(source, at).finally(() => forget(mine)) };
  opening = mine;
  return mine.done;
}

function forget(one: typeof opening): void {
  if (opening === one) opening = null;
}

async function read(source: LessonSource, at: number | null): Promise<void> {
  const text = source.kind === "builtIn" ? await builtIn(source.id) : source.text;
  const lesson = text === null ? null : parseLesson(text).lesson;
  if (lesson === null || lesson.parts.length === 0) {
    const failure = source.kind === "builtIn" ? source.id : "";
    return guideStore.setState({ lesson: null, failure });
  }
  const ownText = source.kind === "text" ? source.text : null;
  if (ownText !== null) keepOwnLesson(ownText);
  await openLessonText(lesson, ownText);
  if (at !== null) await openLessonAt(lesson, at - 1, ownText);
}

async function builtIn(id: string): Promise<string | null> {
  const found = await lessonText<Played>(id);
  if (found?.played) keepPlayed(found.played);
  return found?.text ?? null;
}
