/**
 * The schedule: every step in the order in which the server gets them, with what became of it. A row is dragged by its handle,
 * moved by Alt with an arrow or by its buttons, or left out; the server runs everything again at once.
 */
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { goingFirst, moved } from "../../store/variants.ts";
import { commandAt } from "../../trace/timeline.ts";
import { useRowsInSight } from "../shell/use_rows_in_sight.ts";
import { statementAt } from "./edit_step.ts";
import { reorder } from "./move_step.ts";
import { ROW_PX, useRowDrag } from "./row_drag.ts";
import { ScheduleRowView } from "./ScheduleRowView.tsx";
import { scheduleRows } from "./schedule_rows.ts";
import { scheduleWords } from "./words.ts";
import "./schedule.css";

export function SchedulePanel(): ReactNode {
  const words = scheduleWords(useLanguage());
  const script = usePage((page) => page.script);
  const { steps } = script.scenario;
  const sessions = usePage((page) => page.script.sessions);
  const timeline = usePage((page) => page.timeline);
  const current = usePage((page) => commandAt(page.timeline, page.position));
  const seek = usePage((page) => page.seek);
  const editStep = usePage((page) => page.editStep);
  const list = useRef<HTMLOListElement>(null);
  const [focused, setFocused] = useState(0);
  const [said, say] = useState("");
  const rows = useMemo(() => scheduleRows(timeline, steps), [timeline, steps]);
  const sight = useRowsInSight(list, rows.length, ROW_PX);

  const move = (from: number, to: number): void => {
    const step = steps[from];
    if (step === undefined || to < 0 || to >= steps.length || from === to) return;
    void reorder(moved(steps, from, to), to);
    focusRow(to);
    say(words.moved(words.said(step), to + 1));
  };
  const focusRow = (at: number): void => {
    setFocused(at);
    // The row may have to be drawn first.
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>(`[data-command="${at}"]`)?.focus();
    });
  };
  const isEditable = (command: number): boolean => statementAt(script, command) !== null;
  const drag = useRowDrag(list, rows.length, move);
  const onKeyDown = (event: KeyboardEvent, command: number): void => {
    // Of a row's buttons Enter is their own; its order is the row's.
    const isRows = event.target === event.currentTarget || event.altKey;
    if (event.ctrlKey || event.metaKey || !isRows) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const to = by === undefined ? { Home: 0, End: rows.length - 1 }[event.key] : command + by;
    if (to !== undefined && to >= 0 && to < rows.length) {
      if (event.altKey) move(command, to);
      else focusRow(to);
    } else if (event.key === "Enter") seek(rows[command]?.end ?? 0);
    else if (event.key === "Delete") remove(command);
    else if (event.key.toLowerCase() === "e" && isEditable(command)) editStep(command);
    else return;
    event.preventDefault();
  };
  const remove = (command: number): void => {
    void reorder(steps.toSpliced(command, 1), null);
    focusRow(Math.min(command, steps.length - 2));
  };
  const withSteps = sessions.filter((name) =>
    steps.some((step) => "session" in step && step.session === name),
  );
  if (rows.length === 0) return <p className="schedule-empty">{words.empty}</p>;
  return (
    <div className="schedule">
      <div className="schedule-tools">
        <p>{words.hint}</p>
        <span className="schedule-firsts">
          {(withSteps.length > 1 ? withSteps : []).map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              title={words.firstHint(name)}
              onClick={() => void reorder(goingFirst(steps, name), null)}
            >
              {words.first(name)}
            </button>
          ))}
        </span>
      </div>
      <ol
        ref={list}
        className="schedule-rows"
        aria-label={words.title}
        style={{ height: rows.length * ROW_PX }}
      >
        {rows.slice(sight.from, sight.to).map((row) => (
          <ScheduleRowView
            key={row.command}
            row={row}
            words={words}
            count={rows.length}
            isCurrent={row.command === current}
            isTabStop={row.command === Math.min(focused, rows.length - 1)}
            isDragged={drag.from === row.command}
            onGrab={(pointer) => drag.grab(pointer, row.command)}
            onGo={() => {
              seek(row.end);
              // The keys move the row that was clicked.
              focusRow(row.command);
            }}
            onKeyDown={(event) => onKeyDown(event, row.command)}
            onMove={(by) => move(row.command, row.command + by)}
            onRemove={() => remove(row.command)}
            onEdit={isEditable(row.command) ? () => editStep(row.command) : null}
          />
        ))}
        {drag.to !== null && (
          <li className="schedule-drop" aria-hidden="true" style={{ top: drag.edge * ROW_PX }} />
        )}
      </ol>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  );
}
