/**
 * The text of one lesson: of a file of its own, or where the site is kept for offline, and when that cannot be had, out of the
 * library with all of them. `library.ts` is kept for offline, the files are not.
 */
import { LESSON_LIST } from "virtual:lesson-list";
import { isKeptOffline } from "./kept_offline.ts";

/** A lesson's text, and what its beginning does if that is known (`store/played.ts`). */
export interface FoundText<Played> {
  readonly text: string;
  readonly played: Played | null;
}

const FILES = import.meta.glob("./texts/*.md", { query: "?one" });

/** Null when there is none of that name; rejects when it cannot be had. */
export async function lessonText<Played>(id: string): Promise<FoundText<Played> | null> {
  const file = LESSON_LIST.find((lesson) => lesson.id === id)?.file;
  if (file === undefined) return null;
  if (!isKeptOffline()) {
    const found = await FILES[`./texts/${file}.md`]?.().catch(() => null);
    if (found !== null && found !== undefined) return found as FoundText<Played>;
  }
  const { textNamed } = await import("./library.ts");
  const text = textNamed(file);
  return text === null ? null : { text, played: null };
}
