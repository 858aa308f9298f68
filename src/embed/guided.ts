/** Guided lessons in an embed: their names, where they begin, what is shown beside their text. */
import type { LessonText } from "../lessons/format/lesson_text.ts";
import { stepsBefore } from "../lessons/format/steps_of.ts";
import type { Arrangement } from "../lessons/lesson.ts";
import { EMBED_PANELS, type EmbedPanel } from "./contract.ts";

/** A name goes into an address: nothing else may. */
export function isLessonName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(name);
}

/** The part to begin with: `p2` is part 2, `3` the part that comes when step 3 was run. From 0. */
export function partAt(lesson: LessonText, at: string | null): number {
  const number = Number(at?.replace(/^[ep]/, "") ?? 0);
  const last = lesson.parts.length - 1;
  if (at === null || at.startsWith("e")) return 0;
  if (at.startsWith("p")) return Math.min(last, Math.max(0, number - 1));
  return lesson.parts.findLastIndex((_, part) => stepsBefore(lesson, part) <= number);
}

/** What its author wants to be seen, with what its questions are answered in. */
export function panelsOf(lesson: LessonText): readonly EmbedPanel[] {
  const kinds = lesson.parts.map(({ question }) => question?.kind);
  const wanted = [
    ...panelsFor(lesson.view),
    ...(kinds.includes("locks") ? ["index"] : []),
    ...(kinds.includes("version") ? ["versions"] : []),
  ];
  return EMBED_PANELS.filter((panel) => wanted.includes(panel));
}

/** What is shown when the author of the post names no panels. */
export function panelsFor(view: Arrangement): readonly EmbedPanel[] {
  switch (view) {
    case "versions":
      return ["sessions", "versions"];
    case "waits":
      return ["sessions", "index", "waits"];
    default:
      return ["sessions", "index"];
  }
}
