/** All user tables with their indexes and locks, and the legend. Knows no store: a gallery can show it. */
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { intMapGet, intMapToArray } from "../../base/int_map.ts";
import { FOLD_ABOVE } from "../../diagrams/folding.ts";
import { type CellOptions, ZOOMS, type Zoom } from "../../diagrams/index_cells.ts";
import { lockedTables } from "../../diagrams/touched_tables.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { RecId, TableId } from "../../trace/ids.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { FoldedTable } from "./FoldedTable.tsx";
import { Legend, type LegendEntry } from "./Legend.tsx";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { TableDiagram } from "./TableDiagram.tsx";
import { useFocus } from "./use_focus.ts";
import { useFocusInView } from "./use_focus_in_view.ts";
import { useRoom } from "./use_room.ts";
import type { Subjects } from "./use_subjects.ts";
import type { StageWords } from "./words.ts";

/** A panel that is no higher has no room for the legend. */
const LOW_PX = 150;
/** Locks that are looked for to bring them into view with another. */
const COMPANY_MAX = 20;

export function IndexPicture(props: {
  readonly state: State;
  readonly event: TraceEvent | null;
  readonly words: StageWords;
  readonly pointing: Pointing;
  /** What to bring into view; the selection, where nothing else is known. */
  readonly subjects?: Subjects;
  /** Under each record stands what every session would see. */
  readonly hasSights?: boolean;
  /** How near it is looked at until somebody chooses; null: as the number of records has it. */
  readonly nearness?: CellOptions["zoom"];
}): ReactNode {
  const { state, event, words, pointing, hasSights = false, nearness = null } = props;
  const { subjects = { selected: pointing.selection, ended: null, asked: null } } = props;
  const { selected } = subjects;
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
  const focus = useFocus(state, event, selected, subjects.ended, subjects.asked);
  const keptRec = recOf(state, selected);
  const { ghosts } = pointing;
  const company = useMemo(() => companyOf(state, focus.ref, ghosts), [state, focus.ref, ghosts]);
  const locked = useMemo(() => lockedTables(state), [state]);
  const isIdle = (table: TableId): boolean => !locked.has(table) && table !== focus.table;
  const isLong = useMemo(() => isAnyLong(state.indexes), [state.indexes]);
  const areAllIdle = tables.every((table) => isIdle(table.id));
  useFocusInView(
    place,
    focus.table === null ? null : `[data-table="${focus.table}"]`,
    focus.ref === null ? null : `.focus-place, [data-ref~="${refKey(focus.ref)}"]`,
    focus.moment,
    company,
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
      {kept !== null && (
        <p className="legend-said" role="status">
          {words.legend[kept]}
        </p>
      )}
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
              focus={focus.table === table.id ? focus : null}
              keptRec={keptRec}
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

/** Of a wait, the record and the locks in the way; of a lock that a statement would take, its others. */
function companyOf(state: State, ref: Ref | null, ghosts: Pointing["ghosts"]): string | null {
  const lock = ref?.kind === "lock" ? intMapGet(state.recLocks, ref.id) : undefined;
  if (lock === undefined) return null;
  const isWaiting = lock.status === "waiting";
  const locks = isWaiting
    ? lock.blockers.map((each) => each.lock)
    : ghosts.has(lock.id)
      ? [...ghosts]
      : [];
  if (locks.length === 0) return null;
  const keys = [`rec:${lock.rec}`, ...locks.slice(0, COMPANY_MAX).map((id) => `lock:${id}`)];
  return keys.map((key) => `[data-ref~="${key}"]`).join(", ");
}

/** The record that a thing is on: it is in no folded run. */
function recOf(state: State, ref: Ref | null): RecId | null {
  if (ref?.kind === "rec" || ref?.kind === "gap") return ref.id;
  return ref?.kind === "lock" ? (intMapGet(state.recLocks, ref.id)?.rec ?? null) : null;
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
    <div ref={row} className="legend-row" data-whole data-low={room > 0 && room <= LOW_PX}>
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
