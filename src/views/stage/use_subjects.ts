/** What the index lines go to when something is selected that is not drawn there, or a timeline statement was run. */
import { useMemo, useRef } from "react";
import { intMapGet } from "../../base/int_map.ts";
import type { PeekPicture } from "../../diagrams/peek_picture.ts";
import { usePage } from "../../store/hooks.ts";
import { endedStatement } from "../../trace/ended_statement.ts";
import { type Ref, sameRef } from "../../trace/ref.ts";
import { eventAt } from "../../trace/timeline.ts";
import { usePeekPicture } from "../peek/use_peek.ts";
import { lateFunction } from "./late_function.ts";

export interface Subjects {
  /** Of the selection. */
  readonly selected: Ref | null;
  /** Of the statement that has just ended. */
  readonly ended: Ref | null;
  /** Of one that was asked about: the lock it would wait for, else the first it would get. */
  readonly asked: Ref | null;
}

const useSubjectOf = lateFunction(async () => {
  const { subjectOf } = await import("../../diagrams/subject.ts");
  return subjectOf;
});

export function useSubjects(useHere: typeof usePage = usePage): Subjects {
  const selection = useHere((page) => page.selection);
  const event = useHere((page) => page.eventAtCursor);
  const timeline = useHere((page) => page.timeline);
  const ended = event === null ? null : endedStatement(event, (seq) => eventAt(timeline, seq));
  const isWanted = selection !== null || ended !== null;
  const subjectOf = useSubjectOf(isWanted);
  const peeked = usePeekPicture(useHere);
  const state = useHere((page) => (isWanted ? (peeked?.state ?? page.stateAtCursor) : null));
  const found = useMemo((): Subjects => {
    const asked = peeked === null ? null : firstAsked(peeked);
    if (subjectOf === null || state === null) return { ...NOTHING, asked };
    const find = (ref: Ref | null): Ref | null =>
      ref === null ? null : subjectOf(state, timeline, ref);
    return {
      asked,
      selected: find(selection),
      ended: find(ended === null ? null : { kind: "statement", id: ended.id }),
    };
  }, [subjectOf, state, timeline, selection, ended, peeked]);
  return useSame(found);
}

const NOTHING: Subjects = { selected: null, ended: null, asked: null };

function firstAsked({ state, isNew }: PeekPicture): Ref | null {
  const locks = [...isNew].flatMap((id) => intMapGet(state.recLocks, id) ?? []);
  const lock = locks.find(({ status }) => status === "waiting") ?? locks[0];
  return lock === undefined ? null : { kind: "lock", id: lock.id };
}

/** The object before, and the refs before, where they name the same things. */
function useSame(found: Subjects): Subjects {
  const before = useRef(found);
  const { selected, ended, asked } = before.current;
  const same: Subjects = {
    selected: sameRef(selected, found.selected) ? selected : found.selected,
    ended: sameRef(ended, found.ended) ? ended : found.ended,
    asked: sameRef(asked, found.asked) ? asked : found.asked,
  };
  before.current = same;
  return same;
}
