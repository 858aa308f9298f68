/**
 * The page's beginning: what draws what the address shows is asked for beside what composes the page (`page.tsx`). In the built
 * site `begin.ts` has asked for all of it before.
 */
import { shownAt } from "./shown.ts";
import { startWorker } from "./store/browser_worker.ts";
import "./views/page_styles.ts";
import engineUrl from "./worker/engine.worker.ts?worker&url";

const shown = shownAt(window.location);

/** What draws it. */
function view(): Promise<unknown> {
  switch (shown) {
    case "map":
      return import("./views/lesson/LessonMap.tsx");
    case "lesson":
      // What is read goes before the playground beside it.
      return import("./views/lesson/GuidePanel.tsx").then(playground);
    case "scenario":
      return playground();
    case "other":
      return Promise.resolve();
  }
}

/** The picture, and then what stands beside it. */
async function playground(): Promise<void> {
  await import("./views/Playground.tsx");
  await import("./views/session/SessionColumn.tsx");
}

const composing = import("./page.tsx");
const worker = window.interleaveWorker ?? (shown === "scenario" ? startWorker(engineUrl) : null);
const drawing = view();
// Where no server was asked for beforehand, what the scenario does comes with the page.
const isTold = shown === "scenario" && window.interleaveWorker === undefined;
void composing.then(({ startSite }) => {
  startSite({ worker, view: drawing, isReading: shown === "map", isTold });
});
