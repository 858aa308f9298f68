/** The walk down a version chain, step by step: at each version the comparisons as they are made, until one is visible. */
import { type ReactNode, useEffect, useRef } from "react";
import type { ViewVerdicts } from "../../diagrams/versions.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { visibilityRule } from "../../trace/why/visibility_rule.ts";
import { useRoom } from "../stage/use_room.ts";
import type { VersionWords } from "./words.ts";

const STEP_MS = 1800;
/** A panel that is lower has no room for the sentences as a list and the cards below them. */
const ROOM_FOR_LIST = 280;

export interface WalkAt {
  readonly view: number;
  readonly depth: number;
  readonly isPlaying: boolean;
}

export function Walk(props: {
  readonly walk: WalkAt;
  readonly verdicts: ViewVerdicts;
  /** DB_TRX_IDs of the chain, newest first. */
  readonly trxIds: readonly number[];
  readonly words: VersionWords;
  readonly onWalk: (walk: WalkAt | null) => void;
}): ReactNode {
  const { walk, verdicts, trxIds, words, onWalk } = props;
  const language = useLanguage();
  const still = usePage((page) => page.surroundings.reducedMotion);
  const { view } = verdicts;
  const last = verdicts.verdicts.length - 1;
  const depth = Math.min(walk.depth, last);
  const verdict = verdicts.verdicts[depth];
  const trxId = trxIds[depth] ?? 0;
  const isEnd = depth === last;
  const isPlaying = walk.isPlaying && !isEnd;
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => onWalk({ ...walk, depth: depth + 1 }), STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, walk, depth, onWalk]);
  // In a low panel there is room for it and the cards, and for nothing above them.
  const place = useRef<HTMLElement>(null);
  const room = useRoom(place);
  const isLow = room > 0 && room < ROOM_FOR_LIST;
  const { id } = view;
  useEffect(() => {
    if (id >= 0) place.current?.scrollIntoView({ block: "start" });
  }, [id]);
  useEffect(() => {
    // Before all else that Escape leaves: the walk is what is going on.
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      onWalk(null);
    };
    window.addEventListener("keydown", leave, { capture: true });
    return () => window.removeEventListener("keydown", leave, { capture: true });
  }, [onWalk]);
  const rule = visibilityRule(
    {
      trxId,
      creator: view.creatorTrxId,
      up: view.upLimitId,
      low: view.lowLimitId,
      ids: view.ids,
    },
    language,
  );
  const go = (to: number): void => onWalk({ ...walk, depth: to, isPlaying: false });
  return (
    <section
      ref={place}
      className="walk"
      aria-label={words.walkTitle(view.session)}
      data-session={view.session}
      data-low={isLow}
    >
      <header className="walk-head">
        <strong>{words.at(depth + 1, trxIds.length, trxId)}</strong>
        <span className="why-links">
          <button
            type="button"
            className="stage-button"
            disabled={depth === 0}
            onClick={() => go(depth - 1)}
          >
            {words.back}
          </button>
          <button
            type="button"
            className="stage-button"
            disabled={isEnd}
            onClick={() => go(depth + 1)}
          >
            {words.next}
          </button>
          {!still && (
            <button
              type="button"
              className="stage-button"
              disabled={isEnd && !walk.isPlaying && last === 0}
              onClick={() => onWalk({ ...walk, depth: isEnd ? 0 : depth, isPlaying: !isPlaying })}
            >
              {isPlaying ? words.pause : words.play}
            </button>
          )}
          <button type="button" className="stage-button" onClick={() => onWalk(null)}>
            {words.end}
          </button>
        </span>
      </header>
      <div className="walk-told">
        <ol aria-live="polite">
          {rule.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
        <p className="walk-end">
          {verdict?.visible === true
            ? words.found(view.session)
            : isEnd
              ? words.nothing(view.session)
              : words.follows}
        </p>
      </div>
    </section>
  );
}
