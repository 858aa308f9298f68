/**
 * One table: its header with table and metadata locks, and its indexes one above the other with the locks under
 * each. Wider than its place, it scrolls sideways; index names and session letters stay.
 */
import { memo, type ReactNode, useCallback, useId, useMemo, useRef, useState } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { boxOf, type ReadingHead, readingHead } from "../../diagrams/event_focus.ts";
import type { CellOptions } from "../../diagrams/index_cells.ts";
import { type Lane, type Pair, type Staff, tablePicture } from "../../diagrams/index_picture.ts";
import { lockKind } from "../../diagrams/lock_shapes.ts";
import { overview } from "../../diagrams/overview.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { LockId, RecId, TableId } from "../../trace/ids.ts";
import type { State, TableState } from "../../trace/state.ts";
import { useScrollerPlace } from "../timeline/use_scroller.ts";
import type { farShapes } from "./FarShapes.tsx";
import { LockMark } from "./LockMark.tsx";
import { Hatches, SessionBadge } from "./Marks.tsx";
import { OverviewStrip } from "./OverviewStrip.tsx";
import type { Pointing } from "./pointing.ts";
import { useRecycledKeys } from "./recycled_keys.ts";
import { SightReaders, SightValues } from "./SightRows.tsx";
import { StaffLine } from "./StaffLine.tsx";
import { Picture, SvgGroup } from "./SvgButton.tsx";
import { TableHeader } from "./TableHeader.tsx";
import { useDrawnState } from "./use_drawn_state.ts";
import { useFarShapes } from "./use_far_shapes.ts";
import type { Focus } from "./use_focus.ts";
import { useKept } from "./use_kept.ts";
import { useScrolledTo } from "./use_scrolled_to.ts";
import { type PlacedSight, usePlacedSight, useSight } from "./use_sight.ts";
import { useWidth } from "./use_width.ts";
import { isWithin, type Stretch, useWindow } from "./use_window.ts";
import type { StageWords } from "./words.ts";

const GUTTER = 34;
/** So many pixels out of sight, and there is an overview. */
const OVERVIEW_ABOVE = 40;
const NO_PICTURE = { width: 0, height: 0, staffs: [], pairs: [] };
const NO_RECS: ReadonlySet<RecId> = new Set();

export function TableDiagram(props: {
  readonly state: State;
  readonly table: TableState;
  readonly words: StageWords;
  readonly event: TraceEvent | null;
  /** What to keep in view; null when it is in another table. */
  readonly focus: Focus | null;
  /** Is in no folded run. */
  readonly keptRec: RecId | null;
  readonly pointing: Pointing;
  /** Folds it to a line again; null when it stays open because somebody has to do with it. */
  readonly onFold: ((table: TableId) => void) | null;
  /** Null: as near as so many records allow. */
  readonly zoom: NonNullable<CellOptions["zoom"]> | null;
  /** Under each record what every session would see. */
  readonly hasSights: boolean;
}): ReactNode {
  const { state, table, words, event, pointing, onFold, zoom, focus, keptRec } = props;
  const { selected, lit } = pointing;
  const hatches = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [unfolded, setUnfolded] = useState(NO_RECS);
  const width = Math.max(0, useWidth(scroller) - GUTTER);
  const drawn = useDrawnState(state);
  const sight = useSight(state, table.id, props.hasSights);
  const readers = sight?.readers.length ?? 0;
  const made = useMemo(() => {
    // Nothing is drawn before the width is known.
    if (width === 0) return { ...NO_PICTURE, table: table.id };
    return tablePicture(drawn, table.id, {
      width,
      keep: keptRec === null ? unfolded : new Set([...unfolded, keptRec]),
      foldedText: words.folded,
      infimumText: words.infimum,
      supremumText: words.supremum,
      pageTexts: words.pages,
      zoom,
      waitsForText: words.waitsFor,
      readers,
    });
  }, [drawn, table.id, width, unfolded, keptRec, words, zoom, readers]);
  const picture = useKept(made);
  const placed = usePlacedSight(sight, picture, words.language);
  const inLittle = useMemo(() => overview(picture, width), [picture, width]);
  const place = useScrollerPlace(scroller);
  const unfold = useCallback(
    (recs: readonly RecId[]) => setUnfolded((old) => new Set([...old, ...recs])),
    [],
  );
  const head = readingHead(picture, event);
  const all = picture.width + GUTTER;
  const about = width === 0 || focus === null ? null : boxOf(picture, focus.ref);
  const aim = useScrolledTo(scroller, place, about, focus?.moment, GUTTER, all);
  const stretch = useWindow(scroller, place, width, aim);
  const farShapes = useFarShapes(stretch.isFleeting && lit.size === 0);
  const passed = picture.staffs
    .filter(({ cells }) => endOf(cells) < stretch.left)
    .map(({ index }) => index)
    .join();
  const isLit = (pair: Pair): boolean =>
    lit.size > 0 && lit.has(`rec:${pair.secondary}`) && lit.has(`rec:${pair.clustered}`);
  const pairs = picture.pairs.filter(
    (pair) => isLit(pair) || (pair.lockedBy !== null && isWithin(spanOf(pair), stretch)),
  );
  return (
    <section className="stage-table" aria-label={table.name} data-table={table.id}>
      <TableHeader {...{ state, table, words, selected, onFold }} />
      {width > 0 && picture.width > width + OVERVIEW_ABOVE && (
        <OverviewStrip
          overview={inLittle}
          scroller={scroller}
          place={place}
          stuck={GUTTER}
          words={words}
        />
      )}
      <div className="stage-scroll" ref={scroller}>
        {width > 0 && picture.staffs.length > 0 && (
          <>
            <Gutter
              staffs={picture.staffs}
              height={picture.height}
              {...{ words, passed }}
              sight={placed}
            />
            <Picture label={table.name} width={picture.width} height={picture.height}>
              <Hatches id={hatches} sessions={state.sessions.map((session) => session.name)} />
              {pairs.map((pair) => (
                <path
                  key={`${pair.secondary} ${pair.clustered}`}
                  className={isLit(pair) ? "pair" : "pair pair-locked"}
                  data-session={pair.lockedBy ?? undefined}
                  d={`M${pair.from.x},${pair.from.y}C${pair.from.x},${(pair.from.y + pair.to.y) / 2} ${pair.to.x},${(pair.from.y + pair.to.y) / 2} ${pair.to.x},${pair.to.y}`}
                />
              ))}
              {picture.staffs.map((staff) => (
                <StaffGroup
                  key={staff.index}
                  {...{ staff, words, selected, hatches, stretch, farShapes }}
                  on={`${table.name}.${staff.name}`}
                  recLocks={drawn.recLocks}
                  onUnfold={unfold}
                />
              ))}
              {placed !== null && <SightValues rows={placed.rows} stretch={stretch} />}
              {about !== null && <rect {...about} className="focus-place" fill="none" />}
              {head !== null && <Head head={head} words={words} />}
            </Picture>
          </>
        )}
      </div>
    </section>
  );
}

function endOf(cells: Staff["cells"]): number {
  const last = cells.at(-1);
  return last === undefined ? 0 : last.x + last.width;
}

function spanOf({ from, to }: Pair): { readonly x: number; readonly width: number } {
  return { x: Math.min(from.x, to.x), width: Math.abs(from.x - to.x) };
}

/** Where a statement reads now: it moves along the line as the scan does. */
function Head(props: { readonly head: ReadingHead; readonly words: StageWords }): ReactNode {
  const { head, words } = props;
  return (
    <g className="moves" style={{ transform: `translate(${head.x}px,${head.y}px)` }}>
      <g aria-label={words.readsHere(head.session)} data-session={head.session}>
        <path className="reading-head" d="M-9,-16H9L0,-1Z" />
      </g>
    </g>
  );
}

const StaffGroup = memo(function StaffGroup(props: {
  readonly staff: Staff;
  readonly on: string;
  readonly words: StageWords;
  readonly selected: string | null;
  readonly hatches: string;
  readonly stretch: Stretch;
  readonly farShapes: typeof farShapes | null;
  readonly recLocks: State["recLocks"];
  readonly onUnfold: (recs: readonly RecId[]) => void;
}): ReactNode {
  const { staff, words, selected, hatches, stretch, farShapes, recLocks } = props;
  const locks = staff.lanes.flatMap((lane) =>
    lane.shapes.filter((shape) => isWithin(shape.box, stretch)),
  );
  const keys = useRecycledKeys(locks.map(({ id }) => `lock ${id}`));
  return (
    <SvgGroup label={words.sortedLine(props.on)}>
      {staff.contended.map((band) => (
        <rect key={`${band.x} ${band.y}`} {...band} rx="6" className="contended" />
      ))}
      {staff.lanes.map((lane) => (
        <LaneGround key={lane.session} lane={lane} />
      ))}
      <StaffLine
        {...{ staff, words, selected, stretch, farShapes }}
        on={props.on}
        onUnfold={props.onUnfold}
      />
      {locks.map((shape, at) => (
        <LockMark
          key={keys[at]}
          shape={shape}
          hatches={hatches}
          label={lockLabel(recLocks, shape.locks, words)}
          isSelected={shape.locks.some((id) => selected === `lock:${id}`)}
        />
      ))}
    </SvgGroup>
  );
});

function LaneGround({ lane }: { readonly lane: Lane }): ReactNode {
  const { box } = lane;
  return <line className="lane-line" x1={0} x2={box.width} y1={box.y + 0.5} y2={box.y + 0.5} />;
}

/** What stays while the lines scroll: index names above, session letters before their lanes. */
const Gutter = memo(function Gutter(props: {
  readonly staffs: readonly Staff[];
  readonly height: number;
  readonly words: StageWords;
  readonly sight: PlacedSight | null;
  /** Indexes whose lines are so short that they end left of what is in sight. */
  readonly passed: string;
}): ReactNode {
  const { staffs, height, words, sight } = props;
  const passed = props.passed.split(",");
  return (
    <svg width={GUTTER} height={height} className="stage-gutter" aria-hidden="true">
      {staffs.map((staff) => (
        <g key={staff.index}>
          <rect
            className="gutter-ground"
            x={0}
            y={staff.box.y}
            width={GUTTER}
            height={staff.box.height}
          />
          <text x={4} y={staff.box.y + 10} dy="0.35em" className="t-key">
            {staff.name}
            <tspan className="t-label t-muted" dx="8">
              ({fieldsText(staff)})
            </tspan>
            <tspan className="t-note t-muted t-ui" dx="10">
              {staff.clustered ? words.indexHeading.clustered : words.indexHeading.secondary}
              {staff.unique && !staff.clustered ? `, ${words.unique}` : ""}
            </tspan>
          </text>
          {passed.includes(`${staff.index}`) && (
            <text
              x={GUTTER}
              y={staff.line.top + staff.line.height / 2}
              dy="0.35em"
              className="t-note t-muted t-ui"
            >
              ◁ …
            </text>
          )}
          {staff.lanes.map((lane) => (
            <SessionBadge
              key={lane.session}
              session={lane.session}
              x={GUTTER / 2 - 2}
              y={lane.box.y + 13.5}
            />
          ))}
          {sight?.staff === staff.index && (
            <SightReaders rows={sight.rows} middle={GUTTER / 2 - 2} language={words.language} />
          )}
        </g>
      ))}
    </svg>
  );
});

/** "id", or "c → id" where the primary key is appended. */
function fieldsText(staff: Staff): string {
  const declared = staff.fields.slice(0, staff.declaredFields).join(", ");
  const appended = staff.fields.slice(staff.declaredFields).join(", ");
  return appended === "" ? declared : `${declared} → ${appended}`;
}

function lockLabel(
  recLocks: State["recLocks"],
  locks: readonly LockId[],
  words: StageWords,
): string {
  const [first = 0 as LockId] = locks;
  const lock = intMapGet(recLocks, first);
  if (lock === undefined) return "";
  const isWaiting = lock.status === "waiting";
  const name = words.lockName(lock.session, lockKind(lock), lock.modeText, lock.data, isWaiting);
  return locks.length === 1 ? name : `${name} … ${words.foldedLocks(locks.length)}`;
}
