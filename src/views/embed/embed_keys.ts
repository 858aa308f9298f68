/** The keys of an embed, for a reader who has the focus in it: through time, and back after an own statement. */
import { travelKey } from "../../editor/travel_key.ts";
import { pageStore } from "../../store/page_store.ts";
import { moveByKey } from "../shell/time_keys.ts";

const TAKES_TEXT = "input, textarea, select";

export function actOnKey(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.defaultPrevented || target.closest(TAKES_TEXT) !== null) return;
  const travel = travelKey(event);
  if (travel !== null) void pageStore.getState().commands[travel]();
  else if (!moveByKey(event, target)) return;
  event.preventDefault();
}
