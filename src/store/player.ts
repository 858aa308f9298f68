/** Plays the trace: one event after the other until the end, at the preferred speed. */
import { stepInto } from "../trace/timeline.ts";
import type { PageStore } from "./page_store.ts";

/** Moves the cursor on while the page plays, to the trace's end. */
export function startPlayer(store: PageStore): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  function tick(): void {
    const { timeline, position, seek, setPlaying } = store.getState();
    if (position >= timeline.length) setPlaying(false);
    else seek(stepInto(timeline, position));
  }
  store.subscribe((page, old) => {
    const isSame =
      page.playing === old.playing && page.preferences.playSpeed === old.preferences.playSpeed;
    if (isSame) return;
    clearInterval(timer);
    if (page.playing) timer = setInterval(tick, 1000 / page.preferences.playSpeed);
  });
}
