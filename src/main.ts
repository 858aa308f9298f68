/**
 * The page's beginning: all that the address shows is asked for at once, before any of it is there. What composes it is
 * `page.tsx`.
 */
import { startWorker } from "./store/browser_worker.ts";
import "./views/page_styles.ts";
import engineUrl from "./worker/engine.worker.ts?worker&url";

type Shown = "map" | "lesson" | "scenario" | "other";

function shown(): Shown {
  const { hash } = window.location;
  if (hash === "" && document.querySelector('meta[name="interleave:lesson"]') !== null) {
    return "scenario";
  }
  if (hash === "" && document.querySelector('meta[name="interleave:guide"]') !== null) {
    return "lesson";
  }
  if (/^#?$|^#\/lessons$/.test(hash)) return "map";
  if (/^#\/learn/.test(hash)) return "lesson";
  return /^#(s=|\/$|\/(playground|lesson\/))/.test(hash) ? "scenario" : "other";
}

/** What draws it. */
function viewOf(what: Shown): Promise<unknown> {
  switch (what) {
    case "map":
      return import("./views/lesson/LessonMap.tsx");
    case "lesson":
      return Promise.all([
        import("./views/lesson/GuidePanel.tsx"),
        import("./views/Playground.tsx"),
      ]);
    case "scenario":
      return import("./views/Playground.tsx");
    case "other":
      return Promise.resolve();
  }
}

const what = shown();
const composing = import("./page.tsx");
// Where a scenario is what somebody came for, the simulated server is fetched with the page.
const worker = what === "scenario" ? startWorker(engineUrl) : null;
const view = viewOf(what);
void composing.then(({ startSite }) => startSite({ worker, view, isReading: what === "map" }));
