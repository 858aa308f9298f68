/** Plays the trace: one event after the other until the end, or where it is to stop, at the preferred speed. */
import type { TraceEvent } from "../trace/events.ts";
import { eventAt, stepInto } from "../trace/timeline.ts";
import type { PageStore } from "./page_store.ts";

/** What there is most to look at stays, at any speed: the cycle, before the victim's rollback takes it apart. */
const LINGERS_MS: { readonly [Type in TraceEvent["type"]]?: number } = { "deadlock.found": 2_500 };

/** Moves the cursor on while the page plays. */
export function startPlayer(store: PageStore): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  /** For so many turns more. */
  let lingers = 0;
  function tick(): void {
    if (lingers > 0) {
      lingers -= 1;
      return;
    }
    const { timeline, position, playsTo, preferences, seek, setPlaying } = store.getState();
    if (position >= Math.min(timeline.length, playsTo)) {
      setPlaying(false);
      return;
    }
    const next = stepInto(timeline, position);
    seek(next);
    const shown = eventAt(timeline, next - 1);
    const ms = (shown !== null && LINGERS_MS[shown.type]) || 0;
    lingers = Math.floor((ms * preferences.playSpeed) / 1_000);
  }
  function turn({ playing, preferences }: ReturnType<PageStore["getState"]>): void {
    clearInterval(timer);
    lingers = 0;
    if (playing) timer = setInterval(tick, 1000 / preferences.playSpeed);
  }
  store.subscribe((page, old) => {
    const isSame =
      page.playing === old.playing && page.preferences.playSpeed === old.preferences.playSpeed;
    if (!isSame) turn(page);
  });
  // It may have been brought because it is to play.
  turn(store.getState());
}
