/**
 * What each session would see now, as a row of values under the records of a clustered index's line.
 *
 *     line          ─( )─[ 1 ]─( )─[ 2 ]─( )─[ +3 more ]
 *     what each would see now (v):
 *     A   REPEATABLE READ view        10        20
 *     new REPEATABLE READ new        30 v−1      20
 *
 * In a narrow picture the levels are RR, RC, RU and SER.
 * A record in a folded run has no place of its own, and so no value. The values are `sight.ts`'s.
 */
import type { ReadViewId, RecId, SessionName } from "../trace/ids.ts";
import { valueText } from "../trace/printing.ts";
import type { IsolationLevel } from "../trace/state.ts";
import type { Label } from "./geometry.ts";
import type { Cell, RecordCell } from "./index_cells.ts";
import { ellipsized, textWidth } from "./measure.ts";
import type { Reader, Seen, Sight } from "./sight.ts";

export interface SightTexts {
  /** Of the columns whose values stand there. */
  readonly heading: (columns: string) => string;
  /** Of a level, where its name does not fit. */
  readonly levels: Readonly<Record<IsolationLevel, string>>;
  readonly how: Readonly<Record<ReaderHow, string>>;
  readonly noRow: string;
  readonly waits: (writer: SessionName) => string;
}

/** Through its open read view, through one that it would open, without any, or with locks. */
export type ReaderHow = "view" | "newView" | "newest" | "locks";

export interface SightRow {
  /** Null: somebody who connects now. */
  readonly session: SessionName | null;
  readonly view: ReadViewId | null;
  /** The middle of the row. */
  readonly y: number;
  readonly level: Label;
  /** The level by its name, and how it reads. */
  readonly says: string;
  readonly values: readonly SightValue[];
}

export interface SightValue {
  readonly rec: RecId;
  readonly kind: Seen["kind"];
  readonly label: Label;
  /** In full, where the label had no room for it. */
  readonly whole: string;
}

export interface SightRows {
  readonly heading: Label;
  readonly rows: readonly SightRow[];
}

const ROW = 17;
const HEADING = 20;
const BELOW = 4;
/** Values reach into the slots on both sides as far as this. */
const INTO_SLOT = 0.42;

/** From this width on a line's infimum makes room for the levels' names above it. */
const ROOMY = 700;
const NAME_ROOM = 130;

/** How wide the infimum is at least, over rows of so many readers in a picture of this width. */
export function infimumRoom(readers: number, width: number): number {
  return readers > 0 && width >= ROOMY ? NAME_ROOM : 0;
}

/** How much room the rows of so many readers take under a line. */
export function sightHeight(readers: number): number {
  return readers === 0 ? 0 : HEADING + readers * ROW + BELOW;
}

/** `top`: where the line ends; the next `sightHeight` pixels are theirs. */
export function sightRows(
  sight: Sight,
  cells: readonly Cell[],
  top: number,
  texts: SightTexts,
): SightRows {
  const places = new Map(cells.flatMap((cell, at) => placeOf(cell, cells[at - 1], cells[at + 1])));
  // Nothing of a value reaches further into the first slot than this.
  const levelRoom = (cells[0]?.width ?? 60) - 2 + (cells[1]?.width ?? 0) * (1 - INTO_SLOT) - 4;
  return {
    heading: {
      text: texts.heading(sight.columns.join(", ")),
      x: 4,
      y: top + HEADING / 2,
      anchor: "start",
      size: "note",
    },
    rows: sight.readers.map((reader, nth): SightRow => {
      const y = top + HEADING + (nth + 0.5) * ROW;
      const how = texts.how[howOf(reader)];
      const says = `${reader.level} ${how}`;
      const fits = textWidth(says, "note") <= levelRoom;
      const level = fits ? says : `${texts.levels[reader.level]} ${how}`;
      return {
        session: reader.session,
        view: reader.view,
        y,
        says,
        level: {
          text: ellipsized(level, "note", levelRoom),
          x: 2,
          y,
          anchor: "start",
          size: "note",
        },
        values: reader.seen.flatMap((seen, at): readonly SightValue[] => {
          const rec = sight.records[at]?.rec;
          const place = rec === undefined ? undefined : places.get(rec);
          if (rec === undefined || place === undefined) return [];
          const whole = textOf(seen, texts);
          const text = ellipsized(whole, "label", place.width);
          const label: Label = { text, x: place.x, y, anchor: "middle", size: "label" };
          return [{ rec, kind: seen.kind, label, whole }];
        }),
      };
    }),
  };
}

function howOf(reader: Reader): ReaderHow {
  if (reader.view !== null) return "view";
  if (reader.level === "READ UNCOMMITTED") return "newest";
  return reader.seen.some((seen) => seen.kind === "waits") ? "locks" : "newView";
}

/** The middle of a record, and how wide a text under it may be. */
function placeOf(
  cell: Cell,
  before: Cell | undefined,
  behind: Cell | undefined,
): readonly (readonly [RecId, { readonly x: number; readonly width: number }])[] {
  if (cell.kind !== "rec" || !isNear(cell)) return [];
  const slot = Math.min(slotOf(before), slotOf(behind));
  const width = cell.width + 2 * INTO_SLOT * slot;
  return [[cell.rec, { x: cell.x + cell.width / 2, width }]];
}

function slotOf(cell: Cell | undefined): number {
  return cell?.kind === "gap" ? cell.width : 0;
}

/** From afar there is no room for values. */
function isNear(cell: RecordCell): boolean {
  return cell.tick === "no";
}

function textOf(seen: Seen, texts: SightTexts): string {
  switch (seen.kind) {
    case "row":
      return `${seen.values.map((value) => valueText(value)).join(", ")}${back(seen.depth)}`;
    case "none":
      return texts.noRow;
    case "waits":
      return texts.waits(seen.writer);
  }
}

/** So many versions behind what stands on the page. */
function back(depth: number): string {
  return depth === 0 ? "" : ` v−${depth}`;
}
