/** The panels of the stage as the arrangement has them: rows and cells with bars between, or one panel alone. */
import { type ReactNode, useEffect, useEffectEvent } from "react";
import { isEndOfPage } from "../../diagrams/versions.ts";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage, useSelection } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import type { Ref } from "../../trace/ref.ts";
import { InTurn, TURN_OF_PANELS } from "../shell/InTurn.tsx";
import { Split } from "../shell/Split.tsx";
import { type Cell, cellOf, isPanel, type PanelId, type Row } from "./arrangements.ts";
import { FocusedPanel, PanelGroup } from "./PanelGroup.tsx";
import { type Panels, usePanels } from "./use_panels.ts";
import { panelWords } from "./words.ts";

/** Panels that make room for the answer; a selection is made in the others, which stay. */
const GIVES_WAY: readonly PanelId[] = ["why", "versions", "log"];
const ROW_MIN = 96;
const CELL_MIN = 210;

export function StagePanels(): ReactNode {
  const panels = usePanels();
  const words = panelWords(useLanguage());
  const { arrangement, rows, focused } = panels;
  useSelectedInFront(panels);
  useAskedInFront(panels);
  useEscape(focused !== null, () => panels.focus(null));
  if (focused !== null) return <FocusedPanel panel={focused} panels={panels} />;
  if (rows.length === 0) {
    return (
      <p className="stage-empty">
        {words.nothing}{" "}
        <button type="button" className="stage-button" onClick={panels.restore}>
          {words.restore}
        </button>
      </p>
    );
  }
  return (
    <Split
      name={`stage ${arrangement} ${rows.map((row) => row.id).join(" ")}`}
      orientation="vertical"
      panes={rows.map((row, at) => ({
        id: row.id,
        size: (100 * row.size) / sum(rows),
        min: ROW_MIN,
        content: (
          <PanelRow row={row} panels={panels} turn={TURN_OF_PANELS + cellsAbove(rows, at)} />
        ),
        ...(at === 0 ? {} : { bar: words.rowBar }),
      }))}
    />
  );
}

function PanelRow(props: {
  readonly row: Row;
  readonly panels: Panels;
  /** In which its first cell is drawn. */
  readonly turn: number;
}): ReactNode {
  const { row, panels, turn } = props;
  const words = panelWords(useLanguage());
  const { cells } = row;
  const [only] = cells;
  const inTurn = (cell: Cell, at: number): ReactNode => (
    <InTurn turn={turn + at}>
      <PanelGroup cell={cell} panels={panels} />
    </InTurn>
  );
  if (only !== undefined && cells.length === 1) return inTurn(only, 0);
  return (
    <Split
      name={`stage ${panels.arrangement} ${row.id}: ${cells.map((cell) => cell.id).join(" ")}`}
      orientation="horizontal"
      panes={cells.map((cell, at) => ({
        id: cell.id,
        size: (100 * cell.size) / sum(cells),
        min: CELL_MIN,
        content: inTurn(cell, at),
        ...(at === 0 ? {} : { bar: words.cellBar }),
      }))}
    />
  );
}

function cellsAbove(rows: readonly Row[], row: number): number {
  return rows.slice(0, row).reduce((count, { cells }) => count + cells.length, 0);
}

function sum(parts: readonly { readonly size: number }[]): number {
  return parts.reduce((total, part) => total + part.size, 0);
}

/** What is selected is answered by the panel that knows about it, which comes in front of the tabs it shares a cell with. */
function useSelectedInFront(panels: Panels): void {
  const selection = useSelection();
  const bringForward = useEffectEvent((ref: Ref) => {
    const panel = panelOf(ref);
    const cell = cellOf(panels.rows, panel);
    if (cell !== null && GIVES_WAY.includes(panels.frontOf(cell))) panels.bringForward(panel);
  });
  // Once for each selection: afterwards the tabs are the person's.
  useEffect(() => {
    if (selection !== null) bringForward(selection);
  }, [selection]);
}

/** The panel of which the guide of a lesson speaks. */
function useAskedInFront(panels: Panels): void {
  const asked = useGuide((guide) => guide.asked);
  const bringForward = useEffectEvent((panel: string) => {
    if (isPanel(panel)) panels.bringForward(panel);
  });
  useEffect(() => {
    if (asked.moment > 0) bringForward(asked.panel);
  }, [asked]);
}

function panelOf(ref: Ref): PanelId {
  switch (ref.kind) {
    case "rec":
      return isEndOfPage(pageStore.getState().stateAtCursor, ref) ? "why" : "versions";
    case "version":
    case "readView":
      return "versions";
    default:
      return "why";
  }
}

function useEscape(isOn: boolean, leave: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) leave();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
