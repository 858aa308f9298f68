/** One session's lane: its statements as bars, their waits hatched, errors and deadlocks marked. */
import {
  lazy,
  memo,
  type PointerEvent,
  type ReactNode,
  Suspense,
  useCallback,
  useMemo,
  useRef,
} from "react";
import { ellipsized, textWidth } from "../../diagrams/measure.ts";
import { usePage, usePoint } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import type { SessionName } from "../../trace/ids.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import type { StatementState } from "../../trace/state.ts";
import { eventAt, type Timeline } from "../../trace/timeline.ts";
import { sqlHead } from "../session/shortened.ts";
import { commandOf } from "../session/use_session.ts";
import { CrossIcon, HourglassIcon } from "../shell/Icons.tsx";
import { lateFunction } from "../stage/late_function.ts";
import { useLit } from "../stage/use_lit.ts";
import type { Text } from "../text/en.ts";
import { useText } from "../text/use_text.ts";
import type { chipStretches } from "./skipped_steps.ts";
import {
  type Bar,
  barsOf,
  barsWithin,
  type Sight,
  type TimelineScale,
} from "./timeline_geometry.ts";
import type { BarDrag } from "./use_bar_drag.ts";

const useChips = lateFunction(async () => (await import("./skipped_steps.ts")).chipStretches);
const StepMarks = lazy(async () => {
  const { StepMarks } = await import("./StepMarks.tsx");
  return { default: StepMarks };
});

const ER_LOCK_DEADLOCK = 1213;
/** A hatched part narrower than this has no room for a word. */
const WAIT_WORD_MIN_PX = 70;
/** In a hatched part, beside its word. */
const HOURGLASS_PX = 34;
/** A bar's padding and borders. */
const BAR_ASIDE_PX = 12;
/** Under a bar this narrow there is no letter. */
const BAR_TEXT_MIN_PX = 10;
const MARK_MIN_PX = 44;
const MARK_PX = 18;

export function Lane(props: {
  readonly session: SessionName;
  readonly timeline: Timeline;
  readonly scale: TimelineScale;
  readonly position: number;
  readonly sight: Sight;
  readonly drag: BarDrag | null;
  readonly grab: Grab;
  /** Some step of the schedule is not a statement that the server was given. */
  readonly hasMarks: boolean;
}): ReactNode {
  const { session, timeline, scale, position, sight, drag } = props;
  const grab = useStable(props.grab);
  const steps = usePage((page) => page.script.scenario.steps);
  const chipsOf = useChips(props.hasMarks);
  const chips = useMemo(
    () => chipsOf?.(timeline, steps, session, scale) ?? [],
    [chipsOf, timeline, steps, session, scale],
  );
  const bars = useMemo(() => barsOf(timeline, scale, session), [timeline, scale, session]);
  const seen = useMemo(() => barsWithin(bars, sight), [bars, sight]);
  // Asked here and not by each bar: there are many, and every one that listens costs with every step.
  const lit = useLit();
  const point = usePoint();
  const text = useText().timeline;
  return (
    <div className="lane" data-session={session}>
      {seen.map((bar) => (
        <BarView
          key={bar.statement.id}
          bar={bar}
          isLit={lit.has(refKey({ kind: "statement", id: bar.statement.id }))}
          {...{ point, text, grab }}
          isDragged={drag !== null && isOfCommand(bar.statement, timeline, drag.command)}
          isFuture={bar.statement.startedAt >= position}
          isCurrent={isCurrent(bar.statement, position)}
          waitsFor={waitsFor(bar.statement, timeline)}
          textEnd={textEnd(bar, chips)}
        />
      ))}
      {props.hasMarks && (
        <Suspense>
          <StepMarks session={session} scale={scale} />
        </Suspense>
      )}
    </div>
  );
}

const BarView = memo(function BarView(props: {
  readonly bar: Bar;
  readonly isLit: boolean;
  readonly isDragged: boolean;
  readonly grab: Grab;
  readonly point: (ref: Ref | null) => void;
  readonly text: Text["timeline"];
  readonly isFuture: boolean;
  readonly isCurrent: boolean;
  /** The names of those it waits for at the end of the trace. */
  readonly waitsFor: string;
  readonly textEnd: number;
}): ReactNode {
  const { bar, isFuture, isCurrent, text, point } = props;
  const { statement } = bar;
  const mark = markOf(statement, text);
  const hasMark = mark !== null && bar.width > MARK_MIN_PX;
  const name = text.statement(statement.session, sqlHead(statement.sql).head);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the schedule and the session's history have the same
    <div
      className="bar"
      data-lit={props.isLit}
      onPointerEnter={() => point({ kind: "statement", id: statement.id })}
      onPointerLeave={() => point(null)}
      data-future={isFuture}
      data-dragged={props.isDragged}
      onPointerDown={(event) => {
        if (props.grab(event, statement.startedAt)) event.stopPropagation();
      }}
      onDoubleClick={() => editStatement(statement)}
      onContextMenu={(event) => {
        event.preventDefault();
        editStatement(statement);
      }}
      data-current={isCurrent}
      data-error={mark !== null}
      title={mark === null ? name : `${name} (${mark})`}
      style={{ left: bar.left, width: Math.max(4, bar.width - 2) }}
    >
      <span className="bar-sql">
        {barText(bar, Math.min(props.textEnd, bar.width - (hasMark ? MARK_PX : 0)))}
      </span>
      {bar.waits.map((wait) => (
        <span
          key={wait.left}
          className="bar-wait"
          style={{ left: wait.left, width: Math.max(3, wait.width - 4) }}
        >
          {wait.width - wait.word > WAIT_WORD_MIN_PX && (
            <span className="bar-wait-word" style={{ left: wait.word + 5 }}>
              <HourglassIcon />
              {waitText(wait.width - wait.word, props.waitsFor, text)}
            </span>
          )}
        </span>
      ))}
      {hasMark && (
        <span className="bar-mark">
          <CrossIcon />
        </span>
      )}
    </div>
  );
});

/**
 * As much of the statement as there is room for. Cut here and not by the browser, to whom each cut text is a clip of its own:
 * some hundred of them cost more than all else that a step draws.
 */
function barText({ statement, waits }: Bar, end: number): string {
  const room = Math.min(end, waits[0]?.left ?? end) - BAR_ASIDE_PX;
  return room < BAR_TEXT_MIN_PX ? "" : ellipsized(statement.sql, "note", room);
}

/** Where the first chip within the bar begins, from the bar's left. */
function textEnd({ left, width }: Bar, chips: ReturnType<typeof chipStretches>): number {
  return chips
    .filter(({ from, to }) => to > left && from < left + width)
    .reduce((end, { from }) => Math.min(end, from - left), width);
}

/** With the names of those it waits for, if they fit. */
function waitText(width: number, names: string, text: Text["timeline"]): string {
  if (names === "") return text.waits;
  const whole = text.waitsFor(names);
  return textWidth(whole, "note") + HOURGLASS_PX > width ? text.waits : whole;
}

/** Opens the sheet in which it is written anew. */
function editStatement(statement: StatementState): void {
  const command = commandOf(statement);
  if (command !== null) pageStore.getState().editStep(command);
}

type Grab = (pointer: PointerEvent, startedAt: number) => boolean;

/** The same function for ever, that calls the one of the latest drawing: so that no bar is drawn again for it. */
function useStable(grab: Grab): Grab {
  const latest = useRef(grab);
  latest.current = grab;
  return useCallback((pointer, startedAt) => latest.current(pointer, startedAt), []);
}

function isOfCommand(statement: StatementState, timeline: Timeline, command: number): boolean {
  return eventAt(timeline, statement.startedAt)?.command === command;
}

function isCurrent(statement: StatementState, position: number): boolean {
  return (
    statement.startedAt < position &&
    (statement.endedAt === null || statement.endedAt + 1 >= position)
  );
}

/** Known while it still waits; a wait that is over names nobody. */
function waitsFor(statement: StatementState, timeline: Timeline): string {
  if (statement.endedAt !== null) return "";
  const session = timeline.head.sessions.find(({ name }) => name === statement.session);
  return session?.wait?.blockers.join(", ") ?? "";
}

function markOf(statement: StatementState, text: Text["timeline"]): string | null {
  const { outcome } = statement;
  if (outcome?.kind === "lost") return outcome.message;
  if (outcome?.kind !== "error") return null;
  return outcome.errno === ER_LOCK_DEADLOCK ? text.deadlock : text.error(outcome.errno);
}
