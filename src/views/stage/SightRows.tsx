/** Under a clustered index's line: what each session would see in every record, one row for each reader. */
import { memo, type ReactNode } from "react";
import type { SightRow, SightRows, SightValue } from "../../diagrams/sight_rows.ts";
import type { Language } from "../../store/preferences.ts";
import { SessionBadge } from "./Marks.tsx";
import { SvgGroup } from "./SvgButton.tsx";
import { sightWords } from "./sight_words.ts";
import { isWithin, type Stretch } from "./use_window.ts";

export const SightValues = memo(function SightValues(props: {
  readonly rows: SightRows;
  readonly stretch: Stretch;
}): ReactNode {
  return props.rows.rows.map((row) => (
    <g
      key={`${row.session} ${row.level.text}`}
      className="sight-row"
      data-ref={row.view === null ? undefined : `readView:${row.view}`}
    >
      <SvgGroup label={said(row)}>
        <text x={row.level.x} y={row.level.y} dy="0.35em" className="t-note t-muted">
          {row.level.text}
          {row.level.text !== row.says && <title>{row.says}</title>}
        </text>
        {row.values
          .filter((value) => isWithin({ x: value.label.x, width: 0 }, props.stretch))
          .map((value) => (
            <Value key={value.rec} value={value} />
          ))}
      </SvgGroup>
    </g>
  ));
});

function Value({ value }: { readonly value: SightValue }): ReactNode {
  const { label, kind } = value;
  return (
    <text
      x={label.x}
      y={label.y}
      dy="0.35em"
      textAnchor="middle"
      className={kind === "row" ? "t-label" : "t-label t-muted"}
    >
      {label.text}
      {label.text !== value.whole && <title>{value.whole}</title>}
    </text>
  );
}

/** Beside them, while the line scrolls: who sees it. */
export function SightReaders(props: {
  readonly rows: SightRows;
  readonly middle: number;
  readonly language: Language;
}): ReactNode {
  const { rows, middle } = props;
  return (
    <>
      <text x={rows.heading.x} y={rows.heading.y} dy="0.35em" className="t-note t-muted t-ui">
        {rows.heading.text}
      </text>
      {rows.rows.map((row) =>
        row.session === null ? (
          <text
            key={row.y}
            x={middle}
            y={row.y}
            dy="0.35em"
            textAnchor="middle"
            className="t-note t-muted"
          >
            {sightWords(props.language).newcomer}
          </text>
        ) : (
          <SessionBadge key={row.y} session={row.session} x={middle} y={row.y} isSmall={true} />
        ),
      )}
    </>
  );
}

function said(row: SightRow): string {
  const values = row.values.map((value) => value.whole).join("; ");
  return `${row.session ?? ""} ${row.says}: ${values}`.trim();
}
