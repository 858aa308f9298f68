/** Buttons for moving the cursor: to the ends, by statements, by events, and playing. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { storyStart } from "../../trace/timeline.ts";
import {
  BackIcon,
  IntoIcon,
  OverBackIcon,
  OverIcon,
  PauseIcon,
  PlayIcon,
  ToEndIcon,
  ToStartIcon,
} from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";
import { type Move, moveCursor, togglePlaying } from "./moves.ts";

const SPEEDS = [2, 4, 8, 16, 32];

export function TimeControls(): ReactNode {
  const text = useText().time;
  const position = usePage((page) => page.position);
  const length = usePage((page) => page.timeline.length);
  const start = usePage((page) => storyStart(page.timeline));
  const playing = usePage((page) => page.playing);
  const speed = usePage((page) => page.preferences.playSpeed);
  const prefer = usePage((page) => page.prefer);

  const button = (move: Move, label: string, keys: string, icon: ReactNode, off: boolean) => (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={off}
      onClick={() => moveCursor(move)}
    >
      {icon}
    </button>
  );
  const atStart = position <= start;
  const atEnd = position >= length;
  const playLabel = playing ? text.pause : text.play;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the row
    <div className="time-controls" role="group" aria-label={text.controls}>
      {button("toStart", text.toStart, "Home", <ToStartIcon />, atStart)}
      {button("overBack", text.overBack, "Shift+←", <OverBackIcon />, atStart)}
      {button("back", text.back, "←", <BackIcon />, atStart)}
      <button
        type="button"
        className="button button-icon"
        aria-label={playLabel}
        title={`${playLabel} (Space)`}
        disabled={length === start}
        onClick={togglePlaying}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      {button("into", text.into, "→", <IntoIcon />, atEnd)}
      {button("over", text.over, "Shift+→", <OverIcon />, atEnd)}
      {button("toEnd", text.toEnd, "End", <ToEndIcon />, atEnd)}
      <select
        className="select select-quiet"
        aria-label={text.speed}
        title={text.speed}
        value={speed}
        onChange={(event) => prefer({ playSpeed: Number(event.target.value) })}
      >
        {SPEEDS.map((n) => (
          <option key={n} value={n}>
            {text.perSecond(n)}
          </option>
        ))}
      </select>
    </div>
  );
}
