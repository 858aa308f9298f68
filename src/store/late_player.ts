/** The player, brought when something is to play: a frame that is only looked at does without. */
import type { PageStore } from "./page_store.ts";

export function bringPlayer(store: PageStore): void {
  let isBrought = false;
  store.subscribe(({ playing, setPlaying }) => {
    if (!playing || isBrought) return;
    isBrought = true;
    import("./player.ts").then(
      ({ startPlayer }) => startPlayer(store),
      () => {
        // Without a network nothing plays; the next press asks again.
        isBrought = false;
        setPlaying(false);
      },
    );
  });
}
