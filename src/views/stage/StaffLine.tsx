/** The line of an index: its ends, its records, and the slots between them. */
import { memo, type ReactNode, useRef } from "react";
import { labelBox } from "../../diagrams/geometry.ts";
import {
  type Cell,
  type FoldCell,
  type GapCell,
  type InfimumCell,
  type RecordCell,
  type SupremumCell,
  WRITER_ASIDE,
} from "../../diagrams/index_cells.ts";
import type { Staff } from "../../diagrams/index_picture.ts";
import type { RecId } from "../../trace/ids.ts";
import { isFar, ORIGIN, recordClass, slotBox, texts } from "./CellParts.tsx";
import type { farShapes } from "./FarShapes.tsx";
import { useRecycledKeys } from "./recycled_keys.ts";
import { useDrawnCells, xFrom } from "./reused_cells.ts";
import { SvgButton, SvgTick } from "./SvgButton.tsx";
import { isWithin, type Stretch } from "./use_window.ts";
import type { StageWords } from "./words.ts";

const END_HEIGHT = 24;
const STACK = 3;

interface LineProps {
  readonly staff: Staff;
  readonly on: string;
  readonly words: StageWords;
  readonly stretch: Stretch;
  /** Draws all that is seen from far away while the line goes by and nothing on it is pointed at. */
  readonly farShapes: typeof farShapes | null;
  readonly selected: string | null;
  readonly onUnfold: (recs: readonly RecId[]) => void;
}

export const StaffLine = memo(function StaffLine(props: LineProps): ReactNode {
  const { words, on, onUnfold, selected, stretch, farShapes } = props;
  const { cells, line } = props.staff;
  const { from, to } = spanWithin(cells, stretch);
  const drawn = useDrawnCells(cells, from, to);
  const inSight = cells.slice(from, to);
  const group = useRef<SVGGElement>(null);
  const isMerged = farShapes !== null && !group.current?.contains(document.activeElement);
  const keys = useRecycledKeys(
    inSight.map((cell, at) =>
      isFar(cell) ? `far ${drawn.keys[at]}` : `${cell.kind} ${keyOf(cell)}`,
    ),
  );
  const first = cells[0];
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return null;
  const middle = line.top + line.height / 2;
  return (
    <g>
      <line className="staff" x1={first.x + first.width} x2={last.x} y1={middle} y2={middle} />
      {props.staff.pages
        .filter((page) => isWithin(page.box, stretch))
        .map((page) => (
          <g key={page.page} className={page.level === 0 ? "page-leaf" : "page-inner"}>
            <rect {...page.box} rx="3" className="page-bar" />
            {page.labels
              .filter((label) => isWithin(labelBox(label), stretch))
              .map((label) => (
                <text key={label.x} x={label.x} y={label.y} dy="0.35em" className="t-note t-muted">
                  {label.text}
                </text>
              ))}
          </g>
        ))}
      {props.staff.borders
        .filter(({ x }) => isWithin({ x, width: 0 }, stretch))
        .map((border) => (
          <line
            key={border.right}
            className="page-border"
            x1={border.x}
            x2={border.x}
            y1={line.top - 12}
            y2={line.top + line.height + 2}
          />
        ))}
      {/* A line that makes room for a lane above it moves as one. */}
      <g className="moves" style={{ transform: `translateY(${line.top}px)` }}>
        {isMerged && farShapes(inSight, line.height)}
        <g ref={group} transform={`translate(${drawn.origin})`}>
          {inSight.map(
            (cell, at) =>
              (isMerged && isFar(cell)) || (
                <LineCell
                  key={keys[at]}
                  {...{ cell, words, on, onUnfold }}
                  x={xFrom(drawn, cell)}
                  height={line.height}
                  isSelected={selected !== null && selected === refOf(cell)}
                />
              ),
          )}
        </g>
      </g>
    </g>
  );
});

/** The cells, which lie from left to right, that touch the stretch. */
function spanWithin(
  cells: readonly Cell[],
  stretch: Stretch,
): { readonly from: number; readonly to: number } {
  const from = cells.findIndex((cell) => isWithin(cell, stretch));
  if (from < 0) return { from: 0, to: 0 };
  return { from, to: cells.findLastIndex((cell) => isWithin(cell, stretch)) + 1 };
}

interface CellProps {
  readonly cell: Cell;
  readonly x: number;
  readonly height: number;
  readonly words: StageWords;
  readonly on: string;
  readonly isSelected: boolean;
  readonly onUnfold: (recs: readonly RecId[]) => void;
}

/**
 * Hundreds of cells are seen from far away, and a transform is dear: each makes the browser lay out the layers anew. Those are
 * drawn where they stand, with one shape each; the near ones move there. What a cell consists of is put together by functions:
 * a component for each part would cost a picture that leaps as much as its shapes do.
 */
const LineCell = memo(function LineCell(props: CellProps): ReactNode {
  const { cell, x } = props;
  if (isFar(cell)) return farCell(cell, props);
  return (
    <g className="moves" style={{ transform: `translateX(${x}px)` }}>
      {cellBody(props)}
    </g>
  );
});

/** A slot or a record seen from far away; its writer's colour is left, and a key above every so many. */
function farCell(cell: GapCell | RecordCell, props: CellProps): ReactNode {
  const { x, height, words, on, isSelected } = props;
  if (cell.kind === "gap") {
    return (
      <SvgTick
        refKeys={`gap:${cell.before}`}
        isPressed={isSelected}
        label={words.gapSentence(cell, on)}
        className="gap slot"
        box={slotBox(cell, height, { x, y: 0 })}
        rx={5}
      />
    );
  }
  const tick = (
    <SvgTick
      refKeys={`rec:${cell.rec}`}
      isPressed={isSelected}
      label={words.recSentence(cell.key, on)}
      className={`${recordClass(cell)} rec-box`}
      session={cell.writer ?? undefined}
      box={{ x, y: 0, width: cell.width, height }}
      rx={2}
    />
  );
  if (cell.tick === "bare") return tick;
  return (
    <>
      {tick}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group takes no focus */}
      <g className="tick-name" aria-hidden="true">
        {texts(cell, height, { x, y: 0 })}
      </g>
    </>
  );
}

function cellBody(props: CellProps): ReactNode {
  const { cell, height, words, on, isSelected } = props;
  switch (cell.kind) {
    case "gap":
      return (
        <SvgButton
          refKeys={`gap:${cell.before}`}
          isPressed={isSelected}
          label={words.gapSentence(cell, on)}
          className="gap"
          arrival="arrives-fading"
        >
          {slot(cell, height)}
        </SvgButton>
      );
    case "rec":
      return (
        <SvgButton
          refKeys={`rec:${cell.rec}`}
          isPressed={isSelected}
          label={words.recSentence(cell.key, on)}
          className={recordClass(cell)}
          session={cell.writer ?? undefined}
          arrival="arrives-fading"
        >
          {recordBox(cell, height)}
        </SvgButton>
      );
    case "infimum":
    case "supremum":
      return (
        <SvgButton
          refKeys={`rec:${cell.rec}`}
          isPressed={isSelected}
          label={cell.kind === "supremum" ? words.supremumSentence(on) : words.infimumSentence(on)}
          className="end"
        >
          {end(cell, height)}
        </SvgButton>
      );
    case "fold":
      return fold(cell, props);
  }
}

/** The key of the thing that a cell shows; null of a folded run. */
function refOf(cell: Cell): string | null {
  if (cell.kind === "fold") return null;
  return cell.kind === "gap" ? `gap:${cell.before}` : `rec:${cell.rec}`;
}

function slot(cell: GapCell, height: number): ReactNode {
  const box = slotBox(cell, height, ORIGIN);
  return (
    <>
      <rect width={cell.width} height={height} className="hit" />
      <rect {...box} rx="5" className="halo" />
      <rect {...box} rx="5" className="slot" />
    </>
  );
}

function recordBox(cell: RecordCell, height: number): ReactNode {
  const { width, writer } = cell;
  const stack = Math.min(cell.olderVersions, 2);
  return (
    <>
      {stack > 1 && (
        <rect x={2 * STACK} y={-2 * STACK} {...{ width, height }} rx="4" className="rec-older" />
      )}
      {stack > 0 && (
        <rect x={STACK} y={-STACK} {...{ width, height }} rx="4" className="rec-older" />
      )}
      <rect {...{ width, height }} rx="4" className="halo" />
      <rect {...{ width, height }} rx="4" className="rec-box" />
      {writer !== null && (
        <g transform={`translate(${width - WRITER_ASIDE - 9},-13)`}>
          <path d="M0,13V4Q0,0 4,0H14Q18,0 18,4V13Z" className="session-fill" />
        </g>
      )}
      {texts(cell, height)}
    </>
  );
}

/** Half-open: the index goes on to infinity, or to the next page. */
function end(cell: InfimumCell | SupremumCell, height: number): ReactNode {
  const { width } = cell;
  const y = height / 2 - END_HEIGHT / 2;
  const tip = END_HEIGHT / 2;
  const right = width - 2;
  const shape =
    cell.kind === "supremum"
      ? `M0,${y}H${right - 8}L${right},${y + tip}L${right - 8},${y + END_HEIGHT}H0Z`
      : `M${width},${y}H10L2,${y + tip}L10,${y + END_HEIGHT}H${width}Z`;
  return (
    <>
      <rect width={width} height={height} className="hit" />
      <path d={shape} className="halo" />
      <path d={shape} className="end-shape" />
      {texts(cell, height)}
    </>
  );
}

function fold(cell: FoldCell, props: CellProps): ReactNode {
  const { height } = props;
  return (
    <SvgButton
      className="fold"
      label={props.words.unfold(cell.recs.length)}
      refKeys={cell.recs.map((rec) => `rec:${rec}`).join(" ")}
      onPress={() => props.onUnfold(cell.recs)}
    >
      <rect x="4" y="2" width={cell.width - 8} height={height - 4} rx="6" className="halo" />
      <rect x="4" y="2" width={cell.width - 8} height={height - 4} rx="6" className="fold-box" />
      {texts(cell, height)}
    </SvgButton>
  );
}

function keyOf(cell: Cell): number {
  if (cell.kind === "gap") return cell.before;
  return cell.kind === "fold" ? (cell.recs[0] ?? 0) : cell.rec;
}
