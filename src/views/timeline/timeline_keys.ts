/** Letters that mean something while the timeline has the focus. */
import { togglePlaying } from "../header/moves.ts";
import { moveStep } from "../schedule/move_step.ts";
import { JUMP_KEYS, JUMP_KINDS, jump } from "./jumps.ts";

/** Jumps (with Shift back), playing, and moving the statement at the cursor. */
export function actOn(key: string): void {
  const kind = JUMP_KINDS.find((each) => JUMP_KEYS[each] === key.toLowerCase());
  if (kind !== undefined) jump(kind, key === JUMP_KEYS[kind] ? 1 : -1);
  switch (key) {
    case " ":
      togglePlaying();
      return;
    case "<":
      moveStep(-1);
      return;
    case ">":
      moveStep(1);
      return;
  }
}
