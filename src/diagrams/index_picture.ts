/**
 * A table as index lines with the locks under them.
 *
 *     y  ┌ heading ────────────────────────────────────────────┐
 *        │ ├ gap ┤[ 0 ]├ gap ┤[ 5 ]├ gap ┤  supremum            │  the line
 *     A  │  └────┴─────┘ └────┴─────┘                           │  a lane per session that has locks here
 *     B  │    ▲ ⧗ waits for A                                   │
 *        └ next index ─────────────────────────────────────────┘
 *
 * Lanes stand in the order of the sessions' names. In a lane, shapes that would touch go to rows of their own, the older
 * lock above. The picture knows no language: texts come in with the options.
 */

import { intMapGet, intMapValues } from "../base/int_map.ts";
import { maxOf } from "../base/lists.ts";
import type { IndexId, LockId, PageNo, RecId, SessionName, TableId } from "../trace/ids.ts";
import type { IndexState, RecLockState, State } from "../trace/state.ts";
import { RIGHT_MARGIN } from "./cell_widths.ts";
import { around, type Box, type Point } from "./geometry.ts";
import {
  type Cell,
  type CellOptions,
  indexCells,
  type LockPlace,
  lineHeight,
  lockPlaces,
} from "./index_cells.ts";
import { type LockShape, lockShape, lockSpan, SHAPE_HEIGHT, type Span } from "./lock_shapes.ts";
import { BAR_PITCH, type PageBar, type PageTexts, pageBars, pageLevels } from "./page_bars.ts";
import { indexesOf, partnersOf } from "./record_facts.ts";
import { infimumRoom, sightHeight } from "./sight_rows.ts";

export interface TablePicture {
  readonly table: TableId;
  readonly width: number;
  readonly height: number;
  readonly staffs: readonly Staff[];
  readonly pairs: readonly Pair[];
}

export interface Staff {
  readonly index: IndexId;
  readonly name: string;
  readonly clustered: boolean;
  readonly unique: boolean;
  /** Names of the fields that make the key, the declared ones first. */
  readonly fields: readonly string[];
  readonly declaredFields: number;
  /** The whole of it, heading to last lane. */
  readonly box: Box;
  /** Where records and gaps stand. */
  readonly line: { readonly top: number; readonly height: number };
  readonly cells: readonly Cell[];
  readonly lanes: readonly Lane[];
  /** Where somebody waits: bands behind the line and the lanes. */
  readonly contended: readonly Box[];
  readonly borders: readonly PageBorder[];
  /** Right under the line: room for what each session would see. */
  readonly sightRoom: number;
  /** The pages of the tree above the line; none when there is only one. */
  readonly pages: readonly PageBar[];
}

/** Between two leaf pages. */
export interface PageBorder {
  readonly x: number;
  readonly right: PageNo;
}

export interface Lane {
  readonly session: SessionName;
  readonly box: Box;
  readonly shapes: readonly LockShape[];
}

/** A secondary record and the clustered record it leads to. */
export interface Pair {
  readonly secondary: RecId;
  readonly clustered: RecId;
  readonly from: Point;
  readonly to: Point;
  /** Who has locked both: a search over the secondary index locks the entry and the row behind it. */
  readonly lockedBy: SessionName | null;
}

export interface PictureOptions extends CellOptions {
  readonly pageTexts: PageTexts;
  readonly waitsForText: (sessions: readonly SessionName[]) => string;
  /** So many readers have a row of values under the clustered index. */
  readonly readers?: number;
}

const HEADING = 20;
/** Above a record: the tab of the session that wrote it. */
const HEADROOM = 14;
const ROW = SHAPE_HEIGHT + 5;
const LANE_PADDING = 2;
const LANES_TOP = 5;
const STAFF_GAP = 12;
/** Between shapes in a row. */
const APART = 2;
/** Shapes narrower than this are seen from far away. */
const FAR_WIDTH = 24;

export function tablePicture(state: State, table: TableId, options: PictureOptions): TablePicture {
  const locksOf = locksByRecord(state, table);
  const partners = partnersOf(state, table);
  const staffs: Staff[] = [];
  let y = 0;
  for (const index of indexesOf(state, table)) {
    const room = index.clustered ? infimumRoom(options.readers ?? 0, options.width) : 0;
    const cells = indexCells(state, index, locksOf, partners, { ...options, infimumRoom: room });
    const staff = staffOf(state, index, cells, locksOf, options, y);
    staffs.push(staff);
    y = staff.box.y + staff.box.height + STAFF_GAP;
  }
  const width = maxOf(
    staffs.map((staff) => staff.box.width),
    options.width,
  );
  return {
    table,
    width,
    height: Math.max(0, y - STAFF_GAP),
    staffs: staffs.map((staff) => ({
      ...staff,
      box: { ...staff.box, width },
      lanes: staff.lanes.map((lane) => ({ ...lane, box: { ...lane.box, width } })),
    })),
    pairs: pairsOf(staffs, partners.secondariesOf, locksOf),
  };
}

function staffOf(
  state: State,
  index: IndexState,
  cells: readonly Cell[],
  locksOf: ReadonlyMap<RecId, readonly RecLockState[]>,
  options: PictureOptions,
  y: number,
): Staff {
  const tree = pageLevels(index) * BAR_PITCH;
  const measures = measuresOf(cells);
  const line = { top: y + HEADING + tree + HEADROOM, height: measures.height };
  const places = lockPlaces(cells, (rec) => locksOf.has(rec));
  const spans = lockSpans(places, locksOf, options);
  const lanes: Lane[] = [];
  const sightRoom = index.clustered && measures.isNear ? sightHeight(options.readers ?? 0) : 0;
  let top = line.top + line.height + sightRoom + LANES_TOP;
  for (const session of sessionNames(state)) {
    const own = spans.filter((span) => span.locks[0]?.session === session);
    if (own.length === 0) continue;
    const rows = packed(own);
    const height = (maxOf(rows) + 1) * ROW + 2 * LANE_PADDING;
    const laneTop = top;
    lanes.push({
      session,
      box: { x: 0, y: laneTop, width: 0, height },
      shapes: own.map((span, at) => {
        const row = rows[at] as number;
        return lockShape(span, row, laneTop + LANE_PADDING + 2.5 + row * ROW);
      }),
    });
    top += height;
  }
  const last = cells.at(-1);
  const right = maxOf(
    spans.map((span) => span.right),
    last === undefined ? 0 : last.x + last.width,
  );
  const columns = intMapGet(state.tables, index.table)?.columns ?? [];
  return {
    index: index.id,
    name: index.name,
    clustered: index.clustered,
    unique: index.unique,
    fields: index.fields.map((field) =>
      field === -1 ? "DB_ROW_ID" : (columns[field]?.name ?? "?"),
    ),
    declaredFields: index.declaredFields,
    box: { x: 0, y, width: right + RIGHT_MARGIN, height: top - y },
    line,
    cells,
    lanes,
    contended: contendedBands(spans, lanes, line),
    sightRoom,
    borders: measures.borders,
    pages: pageBars(index, cells, y + HEADING, options.pageTexts),
  };
}

interface Measures {
  readonly height: number;
  /** Records are drawn with what is in them. */
  readonly isNear: boolean;
  readonly borders: readonly PageBorder[];
}

const measured = new WeakMap<readonly Cell[], Measures>();

/** Thousands of cells that are as they were are not looked through again. */
function measuresOf(cells: readonly Cell[]): Measures {
  const known = measured.get(cells);
  if (known !== undefined) return known;
  const isNear = cells.some((cell) => cell.kind === "rec" && cell.tick === "no");
  const measures = { height: lineHeight(cells), isNear, borders: pageBorders(cells) };
  measured.set(cells, measures);
  return measures;
}

function pageBorders(cells: readonly Cell[]): readonly PageBorder[] {
  const borders: PageBorder[] = [];
  for (const [at, cell] of cells.entries()) {
    if (cell.kind === "infimum" && cells[at - 1]?.kind === "supremum") {
      borders.push({ x: cell.x, right: cell.page });
    }
  }
  return borders;
}

function sessionNames(state: State): readonly SessionName[] {
  return state.sessions.map((each) => each.name).sort();
}

/** One span for every lock that is drawn by itself, one for the equal locks of a session in a fold. */
function lockSpans(
  places: ReadonlyMap<RecId, LockPlace>,
  locksOf: ReadonlyMap<RecId, readonly RecLockState[]>,
  options: PictureOptions,
): readonly Span[] {
  const spans: Span[] = [];
  const folds = new Map<string, RecLockState[]>();
  const foldPlaces = new Map<string, LockPlace>();
  for (const [rec, locks] of locksOf) {
    const place = places.get(rec);
    if (place === undefined) continue;
    for (const lock of locks) {
      if (place.fold === null) {
        const names = [...new Set(lock.blockers.map((blocker) => blocker.session))].sort();
        const note = lock.status === "waiting" ? options.waitsForText(names) : null;
        spans.push(lockSpan([lock], place, note, options.width - RIGHT_MARGIN));
      } else {
        const key = `${place.fold.x} ${lock.session} ${lock.modeText}`;
        folds.set(key, [...(folds.get(key) ?? []), lock]);
        foldPlaces.set(key, place);
      }
    }
  }
  for (const [key, locks] of folds) {
    const [first, ...rest] = locks;
    const place = foldPlaces.get(key);
    if (first !== undefined && place !== undefined)
      spans.push(lockSpan([first, ...rest], place, null));
  }
  return spans.sort((a, b) => (a.locks[0]?.id ?? 0) - (b.locks[0]?.id ?? 0));
}

/** The first row in which a span touches none that is there already. */
function packed(spans: readonly Span[]): readonly number[] {
  const rows: { taken: { left: number; right: number }[]; end: number }[] = [];
  return spans.map((span) => {
    // Ticks lie side by side.
    const apart = span.width < FAR_WIDTH ? 0 : APART;
    const isFree = ({ taken, end }: (typeof rows)[number]): boolean =>
      // Scans lock from left to right: mostly there is nothing further on.
      end + apart <= span.from ||
      taken.every((other) => span.right + apart <= other.left || other.right + apart <= span.from);
    const free = rows.findIndex(isFree);
    const row = free < 0 ? { taken: [], end: Number.NEGATIVE_INFINITY } : rows[free];
    if (row === undefined) return 0;
    if (free < 0) rows.push(row);
    row.taken.push({ left: span.from, right: span.right });
    row.end = Math.max(row.end, span.right);
    return free < 0 ? rows.length - 1 : free;
  });
}

/** From the line down to the last who waits there, as wide as what he waits for. */
function contendedBands(
  spans: readonly Span[],
  lanes: readonly Lane[],
  line: { readonly top: number },
): readonly Box[] {
  const shapes = new Map(lanes.flatMap((lane) => lane.shapes.map((shape) => [shape.id, shape])));
  const bands = new Map<string, Box>();
  for (const { locks, place } of spans) {
    const [lock] = locks;
    const shape = lock === undefined ? undefined : shapes.get(lock.id);
    if (shape?.status !== "waiting") continue;
    const from = shape.kind === "record" || place.gap === null ? place.rec : place.gap;
    const to = shape.kind === "gap" || shape.kind === "insertIntention" ? from : place.rec;
    const y = line.top - 8;
    const bottom = shape.box.y + shape.box.height + 3;
    const band = { x: from.x, y, width: to.x + to.width - from.x, height: bottom - y };
    const key = `${band.x} ${band.width}`;
    bands.set(key, around([band, bands.get(key) ?? band]));
  }
  return [...bands.values()];
}

function pairsOf(
  staffs: readonly Staff[],
  secondariesOf: (clustered: RecId) => readonly RecId[],
  locksOf: ReadonlyMap<RecId, readonly RecLockState[]>,
): readonly Pair[] {
  const holders = (rec: RecId): readonly SessionName[] =>
    (locksOf.get(rec) ?? []).filter((lock) => lock.shape !== "gap").map((lock) => lock.session);
  const clustered = staffs.find((staff) => staff.clustered);
  if (clustered === undefined || staffs.length < 2) return [];
  const ends = new Map<RecId, Point>();
  for (const staff of staffs) {
    const y = staff.clustered ? staff.line.top + staff.line.height : staff.line.top;
    for (const cell of staff.cells) {
      if (cell.kind === "rec") ends.set(cell.rec, { x: cell.x + cell.width / 2, y });
      if (cell.kind === "fold") {
        for (const rec of cell.recs) ends.set(rec, { x: cell.x + cell.width / 2, y });
      }
    }
  }
  const pairs: Pair[] = [];
  for (const [rec, to] of ends) {
    for (const secondary of secondariesOf(rec)) {
      const from = ends.get(secondary);
      if (from === undefined) continue;
      const ofRow = holders(rec);
      const lockedBy = holders(secondary).find((session) => ofRow.includes(session)) ?? null;
      pairs.push({ secondary, clustered: rec, from, to, lockedBy });
    }
  }
  return pairs;
}

function locksByRecord(state: State, table: TableId): ReadonlyMap<RecId, readonly RecLockState[]> {
  const byRecord = new Map<RecId, RecLockState[]>();
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.table !== table) continue;
    const list = byRecord.get(lock.rec);
    if (list === undefined) byRecord.set(lock.rec, [lock]);
    else list.push(lock);
  }
  return byRecord;
}

/** Every shape of the picture by the lock it draws. */
export function shapesByLock(picture: TablePicture): ReadonlyMap<LockId, LockShape> {
  const shapes = new Map<LockId, LockShape>();
  for (const staff of picture.staffs) {
    for (const lane of staff.lanes) {
      for (const shape of lane.shapes) for (const id of shape.locks) shapes.set(id, shape);
    }
  }
  return shapes;
}
