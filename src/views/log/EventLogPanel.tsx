/** Every event as a sentence: to be read, filtered, and gone to. */
import { type KeyboardEvent, memo, type ReactNode, useId, useMemo } from "react";
import { eventKeys } from "../../diagrams/event_keys.ts";
import { useLanguage, usePage, usePoint } from "../../store/hooks.ts";
import type { Language } from "../../store/preferences.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { explain } from "../../trace/explain.ts";
import type { SessionName } from "../../trace/ids.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import { storyStart, type Timeline } from "../../trace/timeline.ts";
import { litRule } from "../stage/pointing.ts";
import { useText } from "../text/use_text.ts";
import { LogTools } from "./LogTools.tsx";
import { chunkFilter } from "./log_filter.ts";
import { useLogFilter } from "./use_log_filter.ts";
import { useVirtualRows } from "./use_virtual_rows.ts";

export function EventLogPanel(): ReactNode {
  const seek = usePage((page) => page.seek);
  const select = usePage((page) => page.select);
  return (
    <EventLog
      timeline={usePage((page) => page.timeline)}
      position={usePage((page) => page.position)}
      sessions={usePage((page) => page.script.sessions)}
      lit={useDirect()}
      onSeek={seek}
      onAsk={(at) => {
        // The line is what is asked about now, and nothing else.
        select(null);
        seek(at);
      }}
      onPoint={usePoint()}
    />
  );
}

/** Knows no page: a gallery can show it. */
export function EventLog(props: {
  readonly timeline: Timeline;
  readonly position: number;
  readonly sessions: readonly SessionName[];
  /** Keys of what is pointed at or selected. */
  readonly lit: ReadonlySet<string>;
  readonly onSeek: (position: number) => void;
  /** A line is clicked. */
  readonly onAsk: (position: number) => void;
  readonly onPoint: (ref: Ref | null) => void;
}): ReactNode {
  const { timeline, position, lit, onSeek: seek, onPoint: point } = props;
  const text = useText().log;
  const language = useLanguage();
  const [filter, setFilter] = useLogFilter();
  const scope = useId();

  const start = storyStart(timeline);
  const filtered = useMemo(() => chunkFilter(filter, language), [filter, language]);
  const shown = useMemo(() => {
    const events = timeline.chunks.flatMap(filtered);
    const first = events.findIndex((event) => event.seq >= start);
    return first <= 0 ? (first < 0 ? [] : events) : events.slice(first);
  }, [timeline, start, filtered]);
  const current = lastBefore(shown, position);
  const { box, total, rows, onScroll, measure } = useVirtualRows(shown.length, current);

  const goTo = (row: number): void => {
    const event = shown[row];
    if (event !== undefined) seek(event.seq + 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + 10,
      PageUp: current - 10,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(Math.max(0, Math.min(to, shown.length - 1)));
  };
  return (
    <div className="log" data-scope={scope}>
      <style>{litRule(scope, lit)}</style>
      <LogTools
        filter={filter}
        sessions={props.sessions}
        onFilter={setFilter}
        count={text.count(shown.length, timeline.length - start)}
      />
      <div
        ref={box}
        className="log-rows"
        role="listbox"
        aria-label={text.title}
        aria-activedescendant={current < 0 ? undefined : `${scope}-${current}`}
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        {shown.length === 0 && (
          // A list without options is none.
          <div
            role="option"
            aria-selected={false}
            aria-disabled={true}
            className="log-empty"
            tabIndex={-1}
          >
            {text.empty}
          </div>
        )}
        <div role="presentation" className="log-space" style={{ height: total }}>
          {rows.map(({ row, top }) => {
            const event = shown[row];
            if (event === undefined) return null;
            return (
              <div
                key={event.seq}
                ref={measure}
                data-row={row}
                id={`${scope}-${row}`}
                role="option"
                aria-selected={row === current}
                aria-posinset={row + 1}
                aria-setsize={shown.length}
                tabIndex={-1}
                className="log-row"
                data-session={event.session ?? undefined}
                data-ref={eventKeys(event).join(" ")}
                data-future={event.seq >= position}
                onPointerEnter={() => point({ kind: "event", id: event.seq })}
                onPointerLeave={() => point(null)}
                data-kind={rowKind(event)}
                style={{ top }}
                onClick={() => props.onAsk(event.seq + 1)}
                onKeyDown={onKeyDown}
              >
                <Row event={event} nth={event.seq - start + 1} language={language} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What is pointed at itself: all that belongs to it would light half the log. */
function useDirect(): ReadonlySet<string> {
  const hover = usePage((page) => page.hover);
  const selection = usePage((page) => page.selection);
  return useMemo(
    () => new Set([hover, selection].flatMap((ref) => (ref === null ? [] : [refKey(ref)]))),
    [hover, selection],
  );
}

const Row = memo(function Row(props: {
  readonly event: TraceEvent;
  readonly nth: number;
  readonly language: Language;
}): ReactNode {
  const { event, nth, language } = props;
  return (
    <>
      <span className="log-nth">{nth}</span>
      <span className="log-session" aria-hidden="true">
        {event.session ?? "·"}
      </span>
      <span className="log-sentence">{explain(event, language)}</span>
    </>
  );
});

/** Statements are headings, waits and errors stand out, the rest is detail. */
function rowKind(event: TraceEvent): "statement" | "wait" | "error" | "detail" {
  switch (event.type) {
    case "statement.started":
      return "statement";
    case "statement.waiting":
    case "lock.waiting":
    case "mdl.waiting":
      return "wait";
    case "deadlock.found":
    case "lock.timedOut":
      return "error";
    case "statement.ended":
      return event.outcome.kind === "error" || event.outcome.kind === "lost" ? "error" : "detail";
    default:
      return "detail";
  }
}

/** The row of the last event before the position; -1 when there is none. */
function lastBefore(events: readonly TraceEvent[], position: number): number {
  let low = -1;
  let high = events.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((events[middle]?.seq ?? 0) < position) low = middle;
    else high = middle - 1;
  }
  return low;
}
