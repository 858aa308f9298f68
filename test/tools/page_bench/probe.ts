/**
 * What is measured inside the page. From the moment an input's first handler runs until the frame that shows it has been
 * laid out and painted; and how far frames lie apart.
 *
 *     input ─▶ handlers, React ─▶ animation frame ─▶ style, layout, paint ─▶ the next task: the picture is there
 */
import type { CDPSession, Page } from "playwright-core";

export interface Samples {
  /** Milliseconds from input to picture. */
  readonly latencies: readonly number[];
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
}

interface Probe {
  latencies: number[];
  frames: number[];
}

/** To be given to `page.addInitScript`: runs in the page, so it can use nothing from here. */
export function installProbe(): void {
  const probe: Probe = { latencies: [], frames: [] };
  (window as unknown as { probe: Probe }).probe = probe;
  const channel = new MessageChannel();
  let begunAt: number | null = null;
  channel.port1.onmessage = () => {
    if (begunAt !== null) probe.latencies.push(performance.now() - begunAt);
    begunAt = null;
  };
  const begin = (): void => {
    if (begunAt !== null) return;
    begunAt = performance.now();
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
  for (const type of ["pointermove", "keydown"]) {
    window.addEventListener(type, begin, { capture: true, passive: true });
  }
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
    const { latencies, frames } = probe;
    probe.latencies = [];
    probe.frames = [];
    return { latencies, frames };
  });
}

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
