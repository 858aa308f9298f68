/** What every open read view makes of every version: the walk from the newest to the first one it may see. */
import type { ReactNode } from "react";
import type { ViewRow } from "../../diagrams/version_picture.ts";
import type { RecId } from "../../trace/ids.ts";
import { SessionBadge, Verdict } from "./Marks.tsx";
import { SvgButton } from "./SvgButton.tsx";

/** The check that was made last, if it was one of this record. */
export interface CheckedNow {
  readonly view: number;
  readonly depth: number;
  readonly text: string;
}

export function VerdictRows(props: {
  readonly rec: RecId;
  readonly rows: readonly ViewRow[];
  readonly selected: string | null;
  readonly checked: CheckedNow | null;
  /** A walk that is on its way has not come to the versions behind it yet. */
  readonly walk: { readonly view: number; readonly depth: number } | null;
}): ReactNode {
  const { checked, walk } = props;
  return props.rows.map((row) => {
    const key = `readView:${row.view}`;
    return (
      <g key={row.view} className="moves" style={{ transform: `translate(0px,${row.box.y}px)` }}>
        <SvgButton
          className="view-row"
          arrival="arrives-fading"
          refKeys={key}
          isPressed={props.selected === key}
          label={rowLabel(row)}
        >
          <rect
            x={row.box.x}
            y="0"
            width={row.box.width}
            height={row.box.height}
            rx="6"
            className="halo"
          />
          <rect
            x={row.box.x}
            y="0"
            width={row.box.width}
            height={row.box.height}
            rx="6"
            className="view-ground"
          />
          <SessionBadge session={row.session} x={row.box.x + 17} y={12} />
          <text x={row.heading.x} y={12} dy="0.35em" className="t-label">
            {row.heading.text}
          </text>
          <text x={row.conclusion.x} y={12} dy="0.35em" className="t-key">
            {row.conclusion.text}
          </text>
          {row.cells.map((cell) => {
            const isNow = checked?.view === row.view && checked.depth === cell.depth;
            const y = cell.box.y - row.box.y;
            if (walk?.view === row.view && cell.depth > walk.depth) return null;
            return (
              <g key={cell.depth}>
                {isNow && (
                  <rect
                    x={cell.box.x - 2}
                    y={y}
                    width={cell.box.width}
                    height={cell.box.height}
                    rx="4"
                    className="checked-now"
                  >
                    <title>{checked.text}</title>
                  </rect>
                )}
                {cell.verdict !== null && (
                  <Verdict x={cell.box.x + 8} y={y + 10} visible={cell.verdict.visible} />
                )}
                {cell.lines.map((line) => (
                  <text
                    key={line.y}
                    x={line.x}
                    y={line.y - row.box.y}
                    dy="0.35em"
                    className={`t-note ${cell.verdict === null ? "t-muted" : ""}`}
                  >
                    {line.text}
                  </text>
                ))}
              </g>
            );
          })}
        </SvgButton>
      </g>
    );
  });
}

function rowLabel(row: ViewRow): string {
  const verdicts = row.cells
    .filter((cell) => cell.verdict !== null)
    .map((cell) => cell.lines.map((line) => line.text).join(" "));
  return `${row.heading.text}: ${verdicts.join("; ")}. ${row.conclusion.text}.`;
}
