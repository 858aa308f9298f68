/**
 * What is measured inside the page. A latency begins when the browser took the input, so that waiting for a busy page counts, and
 * ends when the main thread has laid out and painted the frame that shows what the input did. Of Ctrl+Enter that is the frame
 * with the statement's result on the stage, worker and all.
 *
 *     input ─▶ handlers, Preact ─▶ animation frame ─▶ style, layout, paint ─▶ the next task: the picture is there
 *
 * An input that comes right behind a frame waits for the next one as if there were a screen, so inputs keep the pace of a hand.
 * With a screen, whose next frame is up to 16.7 ms away, a latency is never less than that wait: the bench takes latencies without
 * one, and beside them what the browser says of its own (Event Timing: to the frame that was presented, in steps of 8 ms).
 */
import type { CDPSession, Page } from "playwright-core";

export interface Samples {
  /** Milliseconds from input to picture. */
  readonly latencies: readonly number[];
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
  /** Milliseconds from a key to the frame on the screen; those under 16 are left out by the browser. */
  readonly presented: readonly number[];
}

interface Probe {
  latencies: number[];
  frames: number[];
  presented: number[];
}

/** To be given to `page.addInitScript`: runs in the page, so it can use nothing from here. */
export function installProbe(): void {
  const probe: Probe = { latencies: [], frames: [], presented: [] };
  (window as unknown as { probe: Probe }).probe = probe;
  let begunAt: number | null = null;
  const end = (): void => {
    if (begunAt !== null) probe.latencies.push(performance.now() - begunAt);
    begunAt = null;
    window.dispatchEvent(new Event("sampled"));
  };
  const inNextFrame = (): void => {
    requestAnimationFrame(() => void scheduler.postTask(end, { priority: "user-blocking" }));
  };
  const begin = (event: Event): void => {
    const isWithCtrl = event instanceof KeyboardEvent && (event.ctrlKey || event.key === "Control");
    if (begunAt !== null || (isWithCtrl && event.key !== "Enter")) return;
    begunAt = event.timeStamp;
    const place = document.querySelector(".narration-place");
    if (!isWithCtrl || place === null) {
      inNextFrame();
      return;
    }
    const observer = new MutationObserver(() => {
      observer.disconnect();
      inNextFrame();
    });
    observer.observe(place, { subtree: true, childList: true, characterData: true });
  };
  for (const type of ["pointermove", "keydown"]) {
    window.addEventListener(type, begin, { capture: true, passive: true });
  }
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === "keydown") probe.presented.push(duration);
    }
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

/** From now on every frame is counted; frames that nobody needs cost time, so this is for counting frames alone. */
export function countFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { probe } = window as unknown as { probe: Probe };
    let last = 0;
    const tick = (now: number): void => {
      if (last > 0) probe.frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
}

/** What was measured since the last time it was taken. */
export function taken(page: Page): Promise<Samples> {
  return page.evaluate(() => {
    const { probe } = window as unknown as { probe: Probe };
    const samples = { ...probe };
    Object.assign(probe, { latencies: [], frames: [], presented: [] });
    return samples;
  });
}

/**
 * Until there are so many latencies. Whoever waits asks for no frame: looked for in each frame, as Playwright's own waiting does,
 * an empty one stood before the picture where the worker's answer was not yet there, and the picture waited 16.7 ms for the next.
 */
export async function sampled(page: Page, count: number): Promise<void> {
  await page.evaluate(
    (count) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if ((window as unknown as { probe: Probe }).probe.latencies.length < count) return;
          window.removeEventListener("sampled", look);
          resolve();
        };
        window.addEventListener("sampled", look);
        look();
      }),
    count,
  );
}

/** One rectangle that moves with each input, drawn as a picture of ours is. */
export const FLOOR_PAGE = `<body style="margin:0"><svg class="floor" width="1400" height="600"><rect width="50" height="50"/></svg>
<script>
const rect = document.querySelector("rect");
let x = 0;
const move = () => rect.setAttribute("x", String((x += 37) % 1300));
addEventListener("pointermove", move);
addEventListener("keydown", move);
</script>`;

/** Until the page has drawn what there was to draw. */
export function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
}

/** Seconds that the page's main thread has worked so far, whatever else the machine was doing. */
export async function threadSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ThreadTime")?.value ?? Number.NaN;
}
