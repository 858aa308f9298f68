/** Over the lanes: jumps to waits, errors, deadlocks and bookmarks; setting a bookmark; comparing. */
import { type ReactNode, useMemo, useState } from "react";
import { usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { CompareIcon, FlagIcon, NextIcon, PreviousIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";
import { JUMP_KEYS, JUMP_KINDS, type JumpKind, jump, jumpTarget, placesOf } from "./jumps.ts";

const NONE: readonly number[] = [];

export function TimelineTools(): ReactNode {
  const text = useText().timeline;
  const openSheet = usePage((page) => page.openSheet);
  const futures = usePage((page) => page.branches.length);
  const compare = futures === 0 ? text.compare : `${text.compare} ${text.compareFutures(futures)}`;
  return (
    <div className="timeline-tools">
      <Jumps />
      <BookmarkButton />
      <button
        type="button"
        className="button button-quiet"
        aria-label={compare}
        title={text.compareHint}
        onClick={() => openSheet("compare")}
      >
        <CompareIcon />
        <span className="timeline-tool-word">{compare}</span>
      </button>
      <span className="timeline-hint">{text.dragHint}</span>
    </div>
  );
}

function Jumps(): ReactNode {
  const text = useText().timeline;
  const timeline = usePage((page) => page.timeline);
  const bookmarks = usePage((page) => page.script.bookmarks ?? NONE);
  const [chosen, choose] = useState<JumpKind>("wait");
  const places = useMemo(
    () => new Map(JUMP_KINDS.map((kind) => [kind, placesOf(kind, timeline, bookmarks)])),
    [timeline, bookmarks],
  );
  const here = places.get(chosen) ?? NONE;
  const before = usePage((page) => jumpTarget(here, page.position, -1) !== null);
  const behind = usePage((page) => jumpTarget(here, page.position, 1) !== null);
  const button = (direction: -1 | 1, isThere: boolean) => {
    const label =
      direction < 0 ? text.jumpBack(text.jumps[chosen]) : text.jumpOn(text.jumps[chosen]);
    return (
      <button
        type="button"
        className="button button-icon button-quiet"
        aria-label={label}
        title={`${label} (${direction < 0 ? "Shift+" : ""}${JUMP_KEYS[chosen].toUpperCase()})`}
        disabled={!isThere}
        onClick={() => jump(chosen, direction)}
      >
        {direction < 0 ? <PreviousIcon /> : <NextIcon />}
      </button>
    );
  };
  return (
    <span className="timeline-jumps">
      {button(-1, before)}
      <select
        className="select select-quiet"
        aria-label={text.jumpTo}
        title={text.jumpTo}
        value={chosen}
        onChange={({ target }) => {
          const kind = target.value as JumpKind;
          choose(kind);
          const isThere = places.get(kind)?.includes(pageStore.getState().position);
          if (!isThere && !jump(kind, -1)) jump(kind, 1);
        }}
      >
        {JUMP_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {`${text.jumps[kind]} (${places.get(kind)?.length ?? 0})`}
          </option>
        ))}
      </select>
      {button(1, behind)}
    </span>
  );
}

function BookmarkButton(): ReactNode {
  const text = useText().timeline;
  const isSet = usePage((page) => page.script.bookmarks?.includes(page.position) ?? false);
  const toggle = usePage((page) => page.toggleBookmark);
  const label = isSet ? text.bookmarkOff : text.bookmarkOn;
  return (
    <button
      type="button"
      className="button button-icon button-quiet"
      aria-label={text.bookmark}
      aria-pressed={isSet}
      title={`${label} (b)`}
      onClick={toggle}
    >
      <FlagIcon />
    </button>
  );
}
