/** Read views on the axis of transaction ids, with both water marks and the active ids. */
import type { ReactNode } from "react";
import type { AxisRow, AxisSlot, TrxAxis } from "../../diagrams/trx_axis.ts";
import { axisWords } from "./axis_words.ts";
import { SessionBadge } from "./Marks.tsx";
import { SvgGroup } from "./SvgButton.tsx";
import type { StageWords } from "./words.ts";

export function TrxAxisView(props: {
  readonly axis: TrxAxis;
  readonly words: StageWords;
}): ReactNode {
  const { axis, words } = props;
  return (
    <SvgGroup label={words.versions.axis}>
      <text x={axis.title.x} y={axis.title.y} dy="0.35em" className="t-note t-muted">
        {axis.title.text}
      </text>
      {axis.slots.map((slot) => (
        <Slot key={`${slot.id} ${slot.x}`} slot={slot} words={words} />
      ))}
      {axis.rows.map((row) => (
        <Row key={row.view} row={row} words={words} />
      ))}
    </SvgGroup>
  );
}

function Slot(props: { readonly slot: AxisSlot; readonly words: StageWords }): ReactNode {
  const { slot } = props;
  const middle = slot.x + slot.width / 2;
  return (
    <g>
      <text
        x={middle}
        y={slot.label.y}
        dy="0.35em"
        textAnchor="middle"
        className={`t-label ${slot.isNext || slot.isCommit ? "t-muted" : ""}`}
      >
        {slot.label.text}
      </text>
      {slot.active !== null && (
        <SessionBadge session={slot.active} x={middle} y={slot.label.y + 19} />
      )}
      {slot.active === null && slot.hasVersion && (
        <rect
          x={middle - 8}
          y={slot.label.y + 13}
          width="16"
          height="12"
          rx="3"
          className="rec-box"
        />
      )}
      {(slot.isNext || slot.isCommit) && (
        <text
          x={middle}
          y={slot.label.y + 19}
          dy="0.35em"
          textAnchor="middle"
          className="t-note t-muted"
        >
          {slot.isNext ? props.words.versions.next : props.words.versions.commitNumber}
        </text>
      )}
    </g>
  );
}

function Row(props: { readonly row: AxisRow; readonly words: StageWords }): ReactNode {
  const { row } = props;
  const { highMeans, lowMeans, activeMeans } = axisWords(props.words.language);
  const captions = [
    { label: row.highCaption, means: highMeans },
    { label: row.lowCaption, means: lowMeans },
    { label: row.idsCaption, means: activeMeans },
  ];
  const { bar } = row;
  const bottom = bar.y + bar.height;
  return (
    <g data-session={row.session}>
      <SessionBadge session={row.session} x={17} y={bar.y + bar.height / 2} />
      <rect {...bar} className="zone-ask" />
      <rect
        x={bar.x}
        y={bar.y}
        width={row.lowMark - bar.x}
        height={bar.height}
        className="zone-visible"
      />
      <rect
        x={row.highMark}
        y={bar.y}
        width={bar.x + bar.width - row.highMark}
        height={bar.height}
        className="zone-hidden"
      />
      <rect {...bar} className="zone-frame" />
      <path className="water-mark" d={`M${row.lowMark},${bar.y - 3}V${bottom + 30}`} />
      <path className="water-mark" d={`M${row.highMark},${bar.y - 3}V${bottom + 15}`} />
      {row.zones.map((label) => (
        <text
          key={label.x}
          x={label.x}
          y={label.y}
          dy="0.35em"
          textAnchor="middle"
          className="t-note"
        >
          {label.text}
        </text>
      ))}
      {captions.map(({ label, means }) => (
        <text key={label.y} x={label.x} y={label.y} dy="0.35em" className="t-note">
          <title>{means}</title>
          {label.text}
        </text>
      ))}
      {row.dots.map((dot) =>
        dot.kind === "own" ? (
          <SessionBadge key={dot.id} session={row.session} x={dot.x} y={dot.y} />
        ) : (
          <circle key={dot.id} cx={dot.x} cy={dot.y} r="5" className={`dot-${dot.kind}`} />
        ),
      )}
    </g>
  );
}
