/**
 * The version chain of one record, and under it what each open read view makes of it.
 *
 *     ┌ on the index ┐  roll pointer  ┌ undo record 7 ┐        ┌ undo record 3 ┐
 *     │ v        30  │ ─────────────▶ │ v         20  │ ─────▶ │ v         10  │
 *     │ DB_TRX_ID 107│                │ DB_TRX_ID 104 │        │ DB_TRX_ID 101 │
 *     └──────────────┘                └───────────────┘        └───────────────┘
 *     C's read view  ⟶ C sees v=20
 *       ✗ 107 is in the active ids:     ✓ 104 < 105: visible     not looked at
 *         not visible
 *
 * Of a long chain the middle is folded (`version_folding.ts`).
 * Below it the views on the axis of transaction ids (`trx_axis.ts`). Newest version left, as the walk goes.
 */

import { intMapGet } from "../base/int_map.ts";
import { maxOf } from "../base/lists.ts";
import type { ReadViewId, SessionName, TrxId } from "../trace/ids.ts";
import { valueText } from "../trace/printing.ts";
import type { RecState, State, UndoType } from "../trace/state.ts";
import type { Visibility } from "../trace/visibility.ts";
import type { Box, Label } from "./geometry.ts";
import { ellipsized, textWidth, wrapped } from "./measure.ts";
import { type AxisTexts, type TrxAxis, trxAxis } from "./trx_axis.ts";
import { AS_FOLDED, type ChainColumn, type ChainFolding, chainColumns } from "./version_folding.ts";
import { type Version, type ViewVerdicts, valuesText, verdictsOf, versionsOf } from "./versions.ts";

export interface VersionPicture {
  readonly rec: RecState;
  readonly width: number;
  readonly height: number;
  /** The whole chain, newest first. */
  readonly versions: readonly Version[];
  readonly cards: readonly VersionCard[];
  readonly folds: readonly VersionFold[];
  /** Roll pointers between cards, and the end of the chain. */
  readonly arrows: readonly { readonly x1: number; readonly x2: number; readonly y: number }[];
  readonly end: Label;
  readonly views: readonly ViewRow[];
  /** The same as facts. */
  readonly verdicts: readonly ViewVerdicts[];
  readonly axis: TrxAxis;
}

export interface VersionCard {
  readonly version: Version;
  readonly box: Box;
  readonly title: Label;
  readonly lines: readonly CardLine[];
  /** "committed", "uncommitted, by B", "delete-marked". */
  readonly status: readonly Label[];
}

/** In the place of versions that nobody looks at. */
export interface VersionFold {
  /** Depth of the newest of them. */
  readonly from: number;
  readonly count: number;
  readonly box: Box;
  readonly lines: readonly Label[];
}

export interface CardLine {
  readonly name: Label;
  readonly value: Label;
  readonly isHidden: boolean;
  readonly isChanged: boolean;
}

export interface ViewRow {
  readonly view: ReadViewId;
  readonly session: SessionName;
  readonly box: Box;
  readonly heading: Label;
  readonly conclusion: Label;
  readonly cells: readonly VerdictCell[];
}

export interface VerdictCell {
  /** Depth of the version, the newest of those that are folded. */
  readonly depth: number;
  readonly box: Box;
  /** Null: the walk ended before. Of what is folded, of each: nobody sees any of them. */
  readonly verdict: Visibility | null;
  readonly lines: readonly Label[];
}

export interface VersionTexts extends AxisTexts {
  readonly onPage: string;
  readonly inUndo: (rollPtr: number, type: UndoType) => string;
  readonly noOlder: string;
  /** A roll pointer behind which there is no version: of an insert, or its undo record is not kept any more. */
  readonly rollPtr: (to: number, isInsert: boolean) => string;
  readonly committed: string;
  readonly uncommitted: (session: SessionName) => string;
  readonly deleted: string;
  readonly viewOf: (session: SessionName) => string;
  readonly verdict: (
    trxId: TrxId,
    limits: { readonly up: TrxId; readonly low: TrxId },
    rule: Visibility["rule"],
  ) => string;
  readonly notAsked: string;
  /** In a fold; under it, what a view makes of each. */
  readonly folded: (count: number) => string;
  readonly foldedIds: (newest: TrxId, oldest: TrxId) => string;
  readonly foldedHidden: (count: number) => string;
  readonly conclusion: (session: SessionName, sees: Version | null, values: string) => string;
}

const CARD = { min: 182, max: 260 };
const BETWEEN = 36;
const FOLD = 118;
const LINE = 17;
const PADDING = 10;
const TITLE = 26;
const VERDICT_LINE = 15;
const MARK = 20;
/** What is lit or chosen has a ring around it, for which there is room at the picture's edge. */
const HALO = 4;

/** What is walked through stands nearest to the cards. */
function walkedFirst(all: readonly ViewVerdicts[], walked: number | null): readonly ViewVerdicts[] {
  const isWalked = ({ view }: ViewVerdicts): boolean => view.id === walked;
  return [...all.filter(isWalked), ...all.filter((each) => !isWalked(each))];
}

export function versionPicture(
  state: State,
  rec: RecState,
  texts: VersionTexts,
  folding: ChainFolding = AS_FOLDED,
): VersionPicture {
  const versions = versionsOf(state, rec);
  const verdicts = walkedFirst(verdictsOf(state, versions), folding.walked);
  const width = cardWidth(state, rec, versions, texts);
  const columns = placed(chainColumns(versions, verdicts, folding), width, texts.left);
  const cards = columns.flatMap(({ from, isFolded, x }) => {
    const version = versions[from];
    const isCard = !isFolded && version !== undefined;
    return isCard ? [versionCard(state, rec, version, x, width, texts)] : [];
  });
  const cardBottom = maxOf(cards.map((card) => card.box.height));
  const folds = columns
    .filter(({ isFolded }) => isFolded)
    .map((column) => versionFold(versions, column, cardBottom, texts));
  const arrowY = TITLE / 2 + 2;
  const arrows = columns
    .slice(1)
    .map(({ x }, at) => ({ x1: columnEnd(columns[at]), x2: x, y: arrowY }));
  const end: Label = {
    text: texts.noOlder,
    x: columnEnd(columns.at(-1)) + 16,
    y: arrowY,
    anchor: "start",
    size: "note",
  };
  let y = cardBottom + 14;
  const views = verdicts.map((each) => {
    const row = viewRow(state, rec, versions, each, { columns, y }, texts);
    y = row.box.y + row.box.height + 8;
    return row;
  });
  const drawn = cards.map((card) => card.version);
  const axis = trxAxis(state, drawn, verdicts, texts, y + 10);
  const right = maxOf(
    views.map((row) => row.box.x + row.box.width),
    end.x + textWidth(end.text, "note"),
  );
  return {
    rec,
    width: Math.ceil(Math.max(right, axis.box.width) + 12),
    height: verdicts.length === 0 ? cardBottom + 4 : axis.box.y + axis.box.height,
    versions,
    cards,
    folds,
    arrows,
    end,
    views,
    verdicts,
    axis,
  };
}

interface PlacedColumn extends ChainColumn {
  readonly x: number;
  readonly width: number;
}

function placed(
  columns: readonly ChainColumn[],
  cardWidth: number,
  left: number,
): readonly PlacedColumn[] {
  let x = left;
  return columns.map((column) => {
    const width = column.isFolded ? FOLD : cardWidth;
    const place = { ...column, x, width };
    x += width + BETWEEN;
    return place;
  });
}

function columnEnd(column: PlacedColumn | undefined): number {
  return column === undefined ? 0 : column.x + column.width;
}

function versionFold(
  versions: readonly Version[],
  { from, to, x, width }: PlacedColumn,
  height: number,
  texts: VersionTexts,
): VersionFold {
  const count = to - from + 1;
  const [newest, oldest] = [versions[from]?.trxId ?? 0, versions[to]?.trxId ?? 0] as TrxId[];
  const said = [texts.folded(count), texts.foldedIds(newest as TrxId, oldest as TrxId)];
  const lines = said
    .flatMap((text) => wrapped(text, "note", width - 2 * PADDING))
    .map(
      (text, at): Label => ({
        text,
        x: x + width / 2,
        y: TITLE + (at + 0.5) * LINE,
        anchor: "middle",
        size: "note",
      }),
    );
  return { from, count, box: { x, y: 1, width, height }, lines };
}

function cardLines(
  state: State,
  rec: RecState,
  version: Version,
  texts: VersionTexts,
): readonly [string, string, number][] {
  const index = intMapGet(state.indexes, rec.index);
  const columns = index === undefined ? [] : (intMapGet(state.tables, index.table)?.columns ?? []);
  const lines = columns.map((column, at): [string, string, number] => [
    column.name,
    valueText(version.values[at] ?? null, column.type),
    at,
  ]);
  if (rec.rowId !== null) lines.push(["DB_ROW_ID", String(rec.rowId), -1]);
  lines.push(["DB_TRX_ID", String(version.trxId), -1]);
  lines.push(["DB_ROLL_PTR", rollPtrText(state, version.rollPtr, texts), -1]);
  return lines;
}

function rollPtrText(state: State, rollPtr: number, texts: VersionTexts): string {
  if (rollPtr === 0) return "0";
  const undo = intMapGet(state.undo, rollPtr);
  return undo?.before ? `→ ${rollPtr}` : texts.rollPtr(rollPtr, undo !== undefined);
}

function cardTitle(version: Version, texts: VersionTexts): string {
  return version.undoType === null ? texts.onPage : texts.inUndo(version.undo, version.undoType);
}

function cardWidth(
  state: State,
  rec: RecState,
  versions: readonly Version[],
  texts: VersionTexts,
): number {
  let width = CARD.min;
  for (const version of versions) {
    width = Math.max(width, textWidth(cardTitle(version, texts), "note") + 2 * PADDING);
    for (const [name, value] of cardLines(state, rec, version, texts)) {
      width = Math.max(width, textWidth(`${name}   ${value}`, "label") + 2 * PADDING);
    }
    const status = version.writer === null ? "" : texts.uncommitted(version.writer);
    width = Math.max(width, textWidth(status, "note") + 2 * PADDING);
  }
  return Math.ceil(Math.min(width, CARD.max));
}

function versionCard(
  state: State,
  rec: RecState,
  version: Version,
  x: number,
  width: number,
  texts: VersionTexts,
): VersionCard {
  const inner = width - 2 * PADDING;
  const left = x + PADDING;
  let y = TITLE + LINE / 2;
  const lines = cardLines(state, rec, version, texts).map(([name, value, column]): CardLine => {
    const room = inner - textWidth(`${name}  `, "label");
    const line: CardLine = {
      name: { text: name, x: left, y, anchor: "start", size: "label" },
      value: {
        text: ellipsized(value, "label", room),
        x: x + width - PADDING,
        y,
        anchor: "end",
        size: "label",
      },
      isHidden: column < 0,
      isChanged: version.changed.includes(column),
    };
    y += LINE;
    return line;
  });
  const facts = [
    version.writer === null ? texts.committed : texts.uncommitted(version.writer),
    ...(version.deleted ? [texts.deleted] : []),
  ];
  const status = facts.map((text): Label => {
    const label: Label = { text, x: left, y: y + 3, anchor: "start", size: "note" };
    y += LINE;
    return label;
  });
  const title: Label = {
    text: ellipsized(cardTitle(version, texts), "note", inner),
    x: left,
    y: TITLE / 2 + 2,
    anchor: "start",
    size: "note",
  };
  return { version, box: { x, y: 1, width, height: y + 2 }, title, lines, status };
}

function viewRow(
  state: State,
  rec: RecState,
  versions: readonly Version[],
  { view, verdicts, sees }: ViewVerdicts,
  place: { readonly columns: readonly PlacedColumn[]; readonly y: number },
  texts: VersionTexts,
): ViewRow {
  const { columns, y } = place;
  const values = sees === null ? "" : valuesText(state, rec, versions, sees);
  const heading: Label = {
    text: texts.viewOf(view.session),
    x: texts.left,
    y: y + 12,
    anchor: "start",
    size: "label",
  };
  const conclusion: Label = {
    text: texts.conclusion(view.session, sees, values),
    x: heading.x + textWidth(heading.text, "label") + 26,
    y: y + 12,
    anchor: "start",
    size: "key",
  };
  const verdictText = (column: PlacedColumn, verdict: Visibility | null): string => {
    if (verdict === null) return texts.notAsked;
    if (column.isFolded) return texts.foldedHidden(column.to - column.from + 1);
    const trxId = versions[column.from]?.trxId ?? (0 as TrxId);
    return texts.verdict(trxId, { up: view.upLimitId, low: view.lowLimitId }, verdict.rule);
  };
  const cells = columns.map((column): VerdictCell => {
    const { from: depth, x, width } = column;
    const verdict = verdicts[depth] ?? null;
    const text = verdictText(column, verdict);
    const lines = wrapped(text, "note", width - MARK - PADDING).map(
      (line, at): Label => ({
        text: line,
        x: x + MARK,
        y: y + 26 + (at + 0.5) * VERDICT_LINE,
        anchor: "start",
        size: "note",
      }),
    );
    const box = { x, y: y + 24, width, height: lines.length * VERDICT_LINE + 6 };
    return { depth, box, verdict, lines };
  });
  const height = 26 + maxOf(cells.map((cell) => cell.box.height));
  const right = Math.max(
    columnEnd(columns.at(-1)),
    conclusion.x + textWidth(conclusion.text, "key") + PADDING,
  );
  return {
    view: view.id,
    session: view.session,
    box: { x: HALO, y, width: right - HALO, height },
    heading,
    conclusion,
    cells,
  };
}
