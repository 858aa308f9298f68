/**
 * Read views on the axis of transaction ids.
 *
 *     id        101   102   103 │ 104   105 │ 106   107
 *     versions   ▭           ▭  │  ▭        │  ▭           who made the versions of the record
 *     A's view  ▒▒▒ visible ▒▒▒▒│  ●     ○  │ not visible
 *                            low┘           └high
 *
 * Each id that matters has a slot; a longer stretch of ids that do not is one narrow slot with dots.
 */
import { intMapValues } from "../base/int_map.ts";
import type { ReadViewId, SessionName, TrxId } from "../trace/ids.ts";
import type { State } from "../trace/state.ts";
import type { Box, Label } from "./geometry.ts";
import { textWidth } from "./measure.ts";
import { activeTrx } from "./record_facts.ts";
import type { Version, ViewVerdicts } from "./versions.ts";

export interface TrxAxis {
  readonly box: Box;
  readonly title: Label;
  readonly slots: readonly AxisSlot[];
  readonly rows: readonly AxisRow[];
}

export interface AxisSlot {
  /** 0 for the dots that stand for ids left out. */
  readonly id: TrxId;
  readonly x: number;
  readonly width: number;
  /** The id, or dots. */
  readonly label: Label;
  /** Active now, and whose. */
  readonly active: SessionName | null;
  /** A version of the record was made by it. */
  readonly hasVersion: boolean;
  /** The id that the next writer will get. */
  readonly isNext: boolean;
  /** No transaction's id: the number that a commit took from the same row, as the history list has it. */
  readonly isCommit: boolean;
}

export interface AxisRow {
  readonly view: ReadViewId;
  readonly session: SessionName;
  readonly bar: Box;
  /** Left edges of the slots of upLimitId (LOW water mark) and lowLimitId (HIGH water mark). */
  readonly lowMark: number;
  readonly highMark: number;
  readonly lowCaption: Label;
  readonly highCaption: Label;
  /** The active ids and the creator's: behind the bar. */
  readonly idsCaption: Label;
  readonly zones: readonly Label[];
  /** Ids between the marks, and the view's own. */
  readonly dots: readonly {
    readonly id: TrxId;
    readonly x: number;
    readonly y: number;
    readonly kind: "active" | "committed" | "own";
  }[];
}

export interface AxisTexts {
  /** `isHigh`: nobody was active, and both marks are one. */
  readonly low: (id: TrxId, isHigh: boolean) => string;
  readonly high: (id: TrxId) => string;
  readonly ids: (ids: readonly TrxId[], creator: TrxId) => string;
  readonly visible: string;
  readonly hidden: string;
  readonly axis: string;
  /** Room before the axis for the sessions' badges. */
  readonly left: number;
}

const SLOT = 56;
const BREAK = 22;
const TOP = 2;
const HEAD = TOP + 42;
const BAR = 20;
const CAPTION = 15;
const ROW = BAR + 2 * CAPTION + 12;
/** From the axis to the words behind it. */
const BEHIND = 12;
/** Runs of ids that do not matter are drawn up to this length. */
const FILL_MAX = 3;

export function trxAxis(
  state: State,
  versions: readonly Version[],
  views: readonly ViewVerdicts[],
  texts: AxisTexts,
  top: number,
): TrxAxis {
  const slots = axisSlots(state, versions, views, texts.left, top);
  const last = slots.at(-1) as AxisSlot;
  const right = last.x + last.width;
  const leftOf = (id: TrxId): number => slots.find((slot) => slot.id === id)?.x ?? right;
  let width = right;
  const behind = (text: string, y: number): Label => {
    const label: Label = { text, x: right + BEHIND, y, anchor: "start", size: "note" };
    width = Math.max(width, label.x + textWidth(text, "note"));
    return label;
  };
  const rows = views.map(({ view }, at): AxisRow => {
    const y = top + HEAD + at * ROW;
    const bar = { x: texts.left, y, width: right - texts.left, height: BAR };
    const lowMark = leftOf(view.upLimitId);
    const highMark = leftOf(view.lowLimitId);
    const caption = (text: string, x: number, line: number): Label => {
      const label: Label = {
        text,
        x: x + 5,
        y: y + BAR + 4 + (line + 0.5) * CAPTION,
        anchor: "start",
        size: "note",
      };
      width = Math.max(width, label.x + textWidth(text, "note"));
      return label;
    };
    const middle = y + BAR / 2;
    const dots = slots.flatMap((slot): AxisRow["dots"] => {
      const { id } = slot;
      if (id === 0) return [];
      const place = { id, x: slot.x + slot.width / 2, y: middle };
      if (id === view.creatorTrxId) return [{ ...place, kind: "own" }];
      if (id < view.upLimitId || id >= view.lowLimitId) return [];
      return [{ ...place, kind: view.ids.includes(id) ? "active" : "committed" }];
    });
    return {
      view: view.id,
      session: view.session,
      bar,
      lowMark,
      highMark,
      // The right one above: so neither mark's line goes through the other's words.
      highCaption: caption(texts.high(view.lowLimitId), highMark, 0),
      lowCaption: caption(texts.low(view.upLimitId, lowMark === highMark), lowMark, 1),
      idsCaption: behind(texts.ids(view.ids, view.creatorTrxId), middle),
      zones: [
        ...zone(texts.visible, texts.left, lowMark, middle, dots),
        ...zone(texts.hidden, highMark, right, middle, dots),
      ],
      dots,
    };
  });
  const title = behind(texts.axis, top + TOP + 10);
  const height = HEAD + views.length * ROW;
  return { box: { x: 0, y: top, width, height }, title, slots, rows };
}

function axisSlots(
  state: State,
  versions: readonly Version[],
  views: readonly ViewVerdicts[],
  left: number,
  top: number,
): readonly AxisSlot[] {
  const made = new Set(versions.map((version) => version.trxId));
  const ids = new Set<number>([...made, state.nextTrxId]);
  for (const trx of intMapValues(state.trxs)) if (trx.id !== 0) ids.add(trx.id);
  for (const { view } of views) {
    for (const id of [view.upLimitId, view.lowLimitId, view.creatorTrxId, ...view.ids]) ids.add(id);
  }
  ids.delete(0);
  const commits = new Set(state.history.map(({ trxNo }) => Number(trxNo)));
  const sorted = [...ids].sort((a, b) => a - b);
  const slots: AxisSlot[] = [];
  let x = left;
  const put = (id: number): void => {
    const width = id === 0 ? BREAK : Math.max(SLOT, textWidth(String(id), "label") + 12);
    const text = id === 0 ? "…" : String(id);
    slots.push({
      id: id as TrxId,
      x,
      width,
      label: { text, x: x + width / 2, y: top + TOP + 10, anchor: "middle", size: "label" },
      active: activeTrx(state, id as TrxId)?.session ?? null,
      hasVersion: made.has(id as TrxId),
      isNext: id === state.nextTrxId,
      isCommit: commits.has(id),
    });
    x += width;
  };
  for (const [at, id] of sorted.entries()) {
    const before = sorted[at - 1];
    if (before !== undefined && id - before - 1 > FILL_MAX) put(0);
    else for (let each = (before ?? id) + 1; each < id; each += 1) put(each);
    put(id);
  }
  return slots;
}

/** The zone's word where there is room for it and no dot. */
function zone(
  text: string,
  from: number,
  to: number,
  y: number,
  dots: AxisRow["dots"],
): readonly Label[] {
  const isTaken = dots.some((dot) => dot.x > from && dot.x < to);
  if (isTaken || textWidth(text, "note") + 8 > to - from) return [];
  return [{ text, x: (from + to) / 2, y, anchor: "middle", size: "note" }];
}
