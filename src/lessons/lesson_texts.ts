/**
 * The text of one lesson: of a file of its own, or where the site is kept for offline, and when that cannot be had, out of the
 * library with all of them. `library.ts` is kept for offline, the files are not.
 */
import { LESSON_LIST } from "virtual:lesson-list";

const FILES = import.meta.glob<string>("./texts/*.md", { query: "?one&raw", import: "default" });

/** Null when there is none of that name; rejects when it cannot be had. */
export async function lessonText(id: string): Promise<string | null> {
  const file = LESSON_LIST.find((lesson) => lesson.id === id)?.file;
  if (file === undefined) return null;
  if (!isKept()) {
    const text = await FILES[`./texts/${file}.md`]?.().catch(() => null);
    if (typeof text === "string") return text;
  }
  const { textNamed } = await import("./library.ts");
  return textNamed(file);
}

function isKept(): boolean {
  return navigator.serviceWorker?.controller instanceof Object;
}
