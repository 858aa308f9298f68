/**
 * The guide of a lesson for an embedded frame: a script of its own, fetched by frames that open a guided lesson. What it
 * has in common with the frame's script it takes from there (`embed/frame_door.ts`).
 */
import { frameDoor } from "./embed/frame_door.ts";
import { partAt } from "./embed/guided.ts";
import { openLessonAt } from "./store/guide_commands.ts";
import { guidePlace } from "./store/guide_place.ts";
import { guideStore, keepGuideIn } from "./store/guide_store.ts";
import { pageStore } from "./store/page_store.ts";
import { EmbedGuide } from "./views/embed/EmbedGuide.tsx";

const door = frameDoor<typeof EmbedGuide, unknown>();
// A frame keeps nothing.
keepGuideIn({ read: () => null, write: () => {}, isKeeping: () => false }, door.spawnWorker);

door.guide = {
  open: (lesson, at) => openLessonAt(lesson, partAt(lesson, at)),
  isOnItsWay: () => {
    const { lesson, part } = guideStore.getState();
    const { script } = pageStore.getState();
    return lesson !== null && guidePlace(lesson, part, script).kind !== "astray";
  },
  View: EmbedGuide,
};
