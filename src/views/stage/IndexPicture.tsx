/** All user tables with their indexes and locks, and the legend. Knows no store: a gallery can show it. */
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { intMapGet, intMapToArray, intMapValues } from "../../base/int_map.ts";
import { eventRef } from "../../diagrams/event_focus.ts";
import { FOLD_ABOVE } from "../../diagrams/folding.ts";
import { type CellOptions, ZOOMS, type Zoom } from "../../diagrams/index_cells.ts";
import { lockedTables, tableOf, tableOfEvent } from "../../diagrams/touched_tables.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { TableId } from "../../trace/ids.ts";
import { refKey } from "../../trace/ref.ts";
import type { RecLockState, State } from "../../trace/state.ts";
import { FoldedTable } from "./FoldedTable.tsx";
import { Legend, type LegendEntry } from "./Legend.tsx";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { TableDiagram } from "./TableDiagram.tsx";
import { useFocusInView } from "./use_focus_in_view.ts";
import { useRoom } from "./use_room.ts";
import type { StageWords } from "./words.ts";

/** A panel that is no higher has no room for the legend. */
const LOW_PX = 150;

export function IndexPicture(props: {
  readonly state: State;
  readonly event: TraceEvent | null;
  readonly words: StageWords;
  readonly pointing: Pointing;
  /** Under each record stands what every session would see. */
  readonly hasSights?: boolean;
  /** How near it is looked at until somebody chooses; null: as the number of records has it. */
  readonly nearness?: CellOptions["zoom"];
}): ReactNode {
  const { state, event, words, pointing, hasSights = false, nearness = null } = props;
  const [legend, setLegend] = useState<LegendEntry | null>(null);
  const [kept, setKept] = useState<LegendEntry | null>(null);
  const dimming = legend ?? kept;
  const keep = useCallback(
    (entry: LegendEntry) => setKept((old) => (entry === old ? null : entry)),
    [],
  );
  const [zoom, setZoom] = useState<Zoom | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<TableId>>(new Set());
  const place = useRef<HTMLDivElement>(null);
  const tables = useMemo(() => intMapToArray(state.tables), [state.tables]);
  const focus = useFocus(state, event, pointing);
  const locked = useMemo(() => lockedTables(state), [state]);
  const isIdle = (table: TableId): boolean => !locked.has(table) && table !== focus.table;
  const isLong = useMemo(() => isAnyLong(state.indexes), [state.indexes]);
  const areAllIdle = tables.every((table) => isIdle(table.id));
  useFocusInView(
    place,
    focus.table === null ? null : `[data-table="${focus.table}"]`,
    focus.thing === null ? null : `[data-ref~="${focus.thing}"]`,
    focus.moment,
  );
  const toggle = (table: TableId): void => {
    const next = new Set(opened);
    if (!next.delete(table)) next.add(table);
    setOpened(next);
  };
  if (tables.length === 0) {
    return (
      <div ref={place}>
        <p className="stage-empty">{words.noTables}</p>
      </div>
    );
  }
  return (
    <div className="stage-index" ref={place}>
      <LegendRow>
        <Legend
          words={words}
          chosen={legend ?? kept}
          kept={kept}
          onPoint={setLegend}
          onKeep={keep}
        />
        {isLong && <ZoomControl zoom={zoom} onZoom={setZoom} words={words} />}
      </LegendRow>
      <PictureArea
        label={words.panels.index}
        pointing={pointing}
        {...{ state, words }}
        className={dimming === null ? "" : `legend-${dimming}`}
      >
        {tables.map((table) => {
          const canFold = !areAllIdle && isIdle(table.id);
          return canFold && !opened.has(table.id) ? (
            <FoldedTable key={table.id} table={table} words={words} onOpen={toggle} />
          ) : (
            <TableDiagram
              key={table.id}
              state={state}
              table={table}
              words={words}
              event={event}
              pointing={pointing}
              onFold={canFold ? toggle : null}
              zoom={zoom ?? nearness}
              hasSights={hasSights}
            />
          );
        })}
      </PictureArea>
    </div>
  );
}

/** Whether an index has more records than are drawn one by one. */
function isAnyLong(indexes: State["indexes"]): boolean {
  return intMapToArray(indexes).some((index) => {
    const records = index.leaves.map((no) => intMapGet(index.pages, no)?.recs.length ?? 0);
    return records.reduce((all, some) => all + some, 0) > FOLD_ABOVE;
  });
}

function LegendRow({ children }: { readonly children: ReactNode }): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  const room = useRoom(row);
  return (
    <div ref={row} className="legend-row" data-low={room > 0 && room <= LOW_PX}>
      {children}
    </div>
  );
}

/** How near the lines are looked at: by itself, or as chosen. */
function ZoomControl(props: {
  readonly zoom: Zoom | null;
  readonly onZoom: (zoom: Zoom | null) => void;
  readonly words: StageWords;
}): ReactNode {
  const { zoom, onZoom } = props;
  const words = props.words.zoom;
  return (
    <label className="zoom">
      {words.label}
      <select
        className="select select-quiet"
        value={zoom ?? "auto"}
        onChange={(event) => onZoom(ZOOMS.find((each) => each === event.target.value) ?? null)}
      >
        <option value="auto">{words.auto}</option>
        {ZOOMS.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Focus {
  /** The table to keep open and in view: of the event or the selection, whichever changed last; else the one before. */
  readonly table: TableId | null;
  /** The key of the thing in it. */
  readonly thing: string | null;
  /** A new one for every change. */
  readonly moment: object;
}

function useFocus(state: State, event: TraceEvent | null, pointing: Pointing): Focus {
  const { selection } = pointing;
  const before = useRef<Seen | null>(null);
  const { ghosts } = pointing;
  const asked = useMemo(() => focusOfGhosts(state, ghosts), [state, ghosts]);
  const seen = before.current;
  if (asked !== null) return asked;
  if (seen?.event === event && seen.selection === selection) return seen.focus;
  const focus =
    seen === null
      ? focusOf(state, event, selection, null)
      : seen.selection === selection || selection === null
        ? (focusOfNewLock(state, event, seen.recLocks) ?? focusOf(state, event, null, seen.focus))
        : focusOf(state, null, selection, seen.focus);
  before.current = { event, selection, focus, recLocks: state.recLocks };
  return focus;
}

/** Of a statement that was run as one step: the first lock that it came to, on whichever index that is. */
function focusOfNewLock(
  { recLocks }: State,
  event: TraceEvent | null,
  before: State["recLocks"],
): Focus | null {
  if (event === null || recLocks === before || eventRef(event) !== null) return null;
  for (const lock of intMapValues(recLocks)) {
    if (lock.session !== event.session || intMapGet(before, lock.id) !== undefined) continue;
    return { table: lock.table, thing: refKey({ kind: "lock", id: lock.id }), moment: event };
  }
  return null;
}

/** Of a statement that was asked about: the lock it would wait for, else the first it would get. */
function focusOfGhosts({ recLocks }: State, ghosts: Pointing["ghosts"]): Focus | null {
  const locks = [...ghosts].flatMap((id) => intMapGet(recLocks, id) ?? []);
  const lock = locks.find(({ status }) => status === "waiting") ?? locks[0];
  if (lock === undefined) return null;
  return { table: lock.table, thing: refKey({ kind: "lock", id: lock.id }), moment: ghosts };
}

interface Seen {
  readonly event: TraceEvent | null;
  readonly selection: Pointing["selection"];
  readonly focus: Focus;
  readonly recLocks: State["recLocks"];
}

function focusOf(
  state: State,
  event: TraceEvent | null,
  selection: Pointing["selection"],
  before: Focus | null,
): Focus {
  const selected = tableOf(state, selection);
  const table = selected ?? tableOfEvent(state, event);
  const ref = selected === null ? eventRef(event) : selection;
  if (table !== null && ref !== null) return { table, thing: refKey(ref), moment: {} };
  const waiting = waitingLock(state);
  if (waiting !== null && (table ?? waiting.table) === waiting.table) {
    const thing = refKey({ kind: "lock", id: waiting.id });
    return { table: waiting.table, thing, moment: before?.thing === thing ? before.moment : {} };
  }
  if (table !== null) return { table, thing: null, moment: {} };
  return { table: before?.table ?? null, thing: null, moment: before?.moment ?? {} };
}

/** What an event of mere bookkeeping leaves in view: the record lock that somebody waits for. */
function waitingLock({ sessions, recLocks }: State): RecLockState | null {
  for (const { wait } of sessions) {
    const lock =
      wait?.reason.kind === "recLock" ? intMapGet(recLocks, wait.reason.lock) : undefined;
    if (lock !== undefined) return lock;
  }
  return null;
}
