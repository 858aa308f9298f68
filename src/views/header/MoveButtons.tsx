/** The buttons that move through time: to the ends, by statements, by events, and playing. */
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
import { type Move, moveCursor, togglePlaying } from "./moves.ts";

export interface MoveNames extends Readonly<Record<Move, string>> {
  readonly play: string;
  readonly pause: string;
}

const KEYS: Readonly<Record<Move, string>> = {
  toStart: "Home",
  overBack: "Shift+←",
  back: "←",
  into: "→",
  over: "Shift+→",
  toEnd: "End",
};

/** The keys of `shell/time_keys.ts` are named in the tips. */
export function MoveButtons(props: { readonly names: MoveNames }): ReactNode {
  const { names } = props;
  const position = usePage((page) => page.position);
  const length = usePage((page) => page.timeline.length);
  const start = usePage((page) => storyStart(page.timeline));
  const playing = usePage((page) => page.playing);
  const tip = (name: string, key: string) => `${name} (${key})`;
  const button = (move: Move, icon: ReactNode, off: boolean) => (
    <button
      type="button"
      className="button button-icon"
      aria-label={names[move]}
      title={tip(names[move], KEYS[move])}
      disabled={off}
      onClick={() => moveCursor(move)}
    >
      {icon}
    </button>
  );
  const atStart = position <= start;
  const atEnd = position >= length;
  const play = playing ? names.pause : names.play;
  return (
    <>
      {button("toStart", <ToStartIcon />, atStart)}
      {button("overBack", <OverBackIcon />, atStart)}
      {button("back", <BackIcon />, atStart)}
      <button
        type="button"
        className="button button-icon"
        aria-label={play}
        title={tip(play, "Space")}
        disabled={length === start}
        onClick={togglePlaying}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      {button("into", <IntoIcon />, atEnd)}
      {button("over", <OverIcon />, atEnd)}
      {button("toEnd", <ToEndIcon />, atEnd)}
    </>
  );
}
