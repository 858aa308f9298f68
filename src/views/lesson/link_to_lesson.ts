/** The link that is copied while a lesson is open; comes with the button's first press. */
import { guidePlace } from "../../store/guide_place.ts";
import { guideStore } from "../../store/guide_store.ts";
import { pageStore } from "../../store/page_store.ts";
import { lessonLink, packedLink, placeInLesson } from "./lesson_route.ts";
import { packed } from "./packed_text.ts";

export interface LessonShare {
  readonly link: string;
  /** What it holds: a built-in lesson's name, or the whole text of the reader's own. */
  readonly holds: "lesson" | "ownLesson";
  readonly part: number;
}

/** Null when no lesson is open, or the reader has left it for a way of their own: then the page itself is what to link to. */
export async function linkToLesson(): Promise<LessonShare | null> {
  const { lesson, part, ownText } = guideStore.getState();
  if (lesson === null) return null;
  const { script, preferences } = pageStore.getState();
  if (guidePlace(lesson, part, script).kind === "astray") return null;
  const place = placeInLesson(part + 1, preferences.language);
  const base = ownText === null ? lessonLink(lesson.id) : packedLink(await packed(ownText));
  return {
    link: new URL(base + place, window.location.href).href,
    holds: ownText === null ? "lesson" : "ownLesson",
    part: part + 1,
  };
}
