/** One step of the schedule: its number, session, statement, what became of it, and what can be done with it. */
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import type { Outcome } from "../../trace/state.ts";
import { CloseIcon, DownIcon, GripIcon, PencilIcon, UpIcon } from "../shell/Icons.tsx";
import { ROW_PX } from "./row_drag.ts";
import type { ScheduleRow } from "./schedule_rows.ts";
import type { ScheduleWords } from "./words.ts";

export function ScheduleRowView(props: {
  readonly row: ScheduleRow;
  readonly words: ScheduleWords;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly isTabStop: boolean;
  readonly isDragged: boolean;
  readonly onGrab: (pointer: PointerEvent) => void;
  readonly onGo: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  /** Null where there is no statement to write anew. */
  readonly onEdit: (() => void) | null;
}): ReactNode {
  const { row, words, count } = props;
  const { step, command } = row;
  const text = "advance" in step ? words.pass(step.advance) : words.said(step);
  const fate = fateOf(row, words);
  return (
    <li
      className="schedule-row"
      data-command={command}
      data-session={row.session ?? undefined}
      data-current={props.isCurrent}
      data-dragged={props.isDragged}
      data-skipped={row.skipped !== null}
      aria-current={props.isCurrent ? "step" : undefined}
      aria-posinset={command + 1}
      aria-setsize={count}
      tabIndex={props.isTabStop ? 0 : -1}
      style={{ top: command * ROW_PX }}
      onKeyDown={props.onKeyDown}
    >
      <span className="schedule-grip" title={words.drag} onPointerDown={props.onGrab}>
        <GripIcon />
      </span>
      <span className="schedule-nth">{command + 1}</span>
      {row.session === null ? (
        <span className="schedule-clock">+</span>
      ) : (
        <span className="session-badge">{row.session}</span>
      )}
      <button
        type="button"
        className="schedule-sql"
        tabIndex={-1}
        title={text}
        onClick={props.onGo}
      >
        {text}
      </button>
      {fate !== null && (
        <span className="schedule-fate" data-kind={fate.kind}>
          {fate.text}
        </span>
      )}
      <span className="schedule-buttons">
        {props.onEdit !== null && (
          <RowButton
            label={words.edit(text)}
            off={false}
            act={props.onEdit}
            icon={<PencilIcon />}
          />
        )}
        <RowButton
          label={words.up(text)}
          off={command === 0}
          act={() => props.onMove(-1)}
          icon={<UpIcon />}
        />
        <RowButton
          label={words.down(text)}
          off={command === count - 1}
          act={() => props.onMove(1)}
          icon={<DownIcon />}
        />
        <RowButton
          label={words.remove(text)}
          off={false}
          act={props.onRemove}
          icon={<CloseIcon />}
        />
      </span>
    </li>
  );
}

function RowButton(props: {
  readonly label: string;
  readonly off: boolean;
  readonly act: () => void;
  readonly icon: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      className="button button-icon button-quiet"
      tabIndex={-1}
      aria-label={props.label}
      title={props.label}
      disabled={props.off}
      onClick={props.act}
    >
      {props.icon}
    </button>
  );
}

interface Fate {
  readonly kind: "ok" | "wait" | "error" | "skipped";
  readonly text: string;
}

/** What became of the step, in a few words. */
function fateOf(row: ScheduleRow, words: ScheduleWords): Fate | null {
  const { statement, session } = row;
  if (row.skipped !== null && session !== null) {
    const why = row.skipped === "waiting" ? words.skippedWaiting : words.skippedGone;
    return { kind: "skipped", text: why(session) };
  }
  if (row.refused !== null) return { kind: "error", text: `ERROR ${row.refused.errno}` };
  if (statement === null) return null;
  if (statement.outcome === null) return { kind: "wait", text: words.waits };
  const text = outcomeText(statement.outcome, words);
  const hasWaited = statement.endedAt !== null && statement.endedAt >= row.end;
  return {
    kind: isError(statement.outcome) ? "error" : hasWaited ? "wait" : "ok",
    text: hasWaited ? words.waited(text) : text,
  };
}

export function isError(outcome: Outcome): boolean {
  return outcome.kind === "error" || outcome.kind === "lost";
}

export function outcomeText(outcome: Outcome, words: ScheduleWords): string {
  switch (outcome.kind) {
    case "rows":
      return words.rows(outcome.streamed ?? outcome.rows.length);
    case "ok":
      return words.ok(outcome.affected);
    case "error":
      return `ERROR ${outcome.errno}`;
    case "lost":
      return words.lost;
  }
}
