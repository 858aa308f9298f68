/** The legend: pointing at an entry dims everything of another kind in the picture; a click keeps it so. */
import { memo, type ReactNode, useId } from "react";
import { type LockKind, lockShape, lockSpan, SHAPE_HEIGHT } from "../../diagrams/lock_shapes.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { RecLockState } from "../../trace/state.ts";
import { Hatches, hatchId } from "./Marks.tsx";
import type { StageWords } from "./words.ts";

export type LegendEntry = keyof StageWords["legendShort"];

const KINDS: readonly LockKind[] = ["record", "gap", "nextKey", "insertIntention"];
const ENTRIES: readonly LegendEntry[] = [
  ...KINDS,
  "X",
  "S",
  "granted",
  "waiting",
  "uncommitted",
  "versions",
  "deleted",
];
const PLACE = {
  gap: { x: 0, width: 22 },
  rec: { x: 22, width: 18, isEnd: false },
  fold: null,
};
const SESSION = "A" as SessionName;
const SWATCH = 18;
const SWATCH_BOX = { x: 1, y: 2, width: SWATCH, height: 14 };

export const Legend = memo(function Legend(props: {
  readonly words: StageWords;
  readonly chosen: LegendEntry | null;
  /** Stays chosen until it is clicked again. */
  readonly kept: LegendEntry | null;
  readonly onPoint: (entry: LegendEntry | null) => void;
  readonly onKeep: (entry: LegendEntry) => void;
}): ReactNode {
  const { words, chosen, kept, onPoint, onKeep } = props;
  const hatches = useId();
  return (
    <ul className="legend" aria-label={words.legend.title} data-session={SESSION}>
      {ENTRIES.map((entry) => (
        <li key={entry}>
          <button
            type="button"
            title={words.legend[entry]}
            aria-label={words.legend[entry]}
            aria-pressed={kept === entry}
            data-chosen={chosen === entry}
            onClick={() => onKeep(entry)}
            onPointerEnter={() => onPoint(entry)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(entry)}
            onBlur={() => onPoint(null)}
          >
            <LegendGlyph entry={entry} hatches={hatches} />
            {words.legendShort[entry]}
          </button>
        </li>
      ))}
    </ul>
  );
});

function LegendGlyph(props: { readonly entry: LegendEntry; readonly hatches: string }): ReactNode {
  const { entry, hatches } = props;
  switch (entry) {
    case "record":
    case "gap":
    case "nextKey":
    case "insertIntention":
      return <LockGlyph kind={entry} />;
    case "X":
      return <Swatch className="lock-granted" />;
    case "S":
      return (
        <svg width={SWATCH + 2} height={SHAPE_HEIGHT} aria-hidden="true">
          <Hatches id={hatches} sessions={[SESSION]} />
          <rect
            {...SWATCH_BOX}
            className="lock-shape"
            style={{ fill: `url(#${hatchId(hatches, SESSION)})` }}
          />
        </svg>
      );
    case "granted":
      return <Swatch className="lock-outline" />;
    case "waiting":
      return <Swatch className="lock-outline lock-waiting" />;
    case "uncommitted":
      return (
        <svg width="22" height={SHAPE_HEIGHT} aria-hidden="true">
          <g className="rec-uncommitted">
            <rect {...{ x: 1, y: 7, width: 20, height: 10 }} rx="3" className="rec-box" />
          </g>
          <rect {...{ x: 7, y: 0, width: 8, height: 7 }} rx="2" className="session-fill" />
        </svg>
      );
    case "versions":
      return (
        <svg width="24" height={SHAPE_HEIGHT} aria-hidden="true">
          <rect {...{ x: 4, y: 2, width: 18, height: 12 }} rx="3" className="rec-older" />
          <rect {...{ x: 1, y: 5, width: 18, height: 12 }} rx="3" className="rec-box" />
        </svg>
      );
    case "deleted":
      return (
        <svg width="22" height={SHAPE_HEIGHT} aria-hidden="true">
          <g className="rec-deleted">
            <rect {...{ x: 1, y: 3, width: 20, height: 13 }} rx="3" className="rec-box" />
            <path
              className="legend-struck"
              d="M13.2 6H9.6l-.5 3.6c1.9-1 4.7-.4 4.7 1.7 0 2.2-3.2 2.8-4.9 1.4M5 9.8h12"
            />
          </g>
        </svg>
      );
  }
}

function Swatch({ className }: { readonly className: string }): ReactNode {
  return (
    <svg width={SWATCH + 2} height={SHAPE_HEIGHT} aria-hidden="true">
      <g className={className}>
        <rect {...SWATCH_BOX} className="lock-shape" />
      </g>
    </svg>
  );
}

/** A lock's shape by itself, as under the end of a slot and its record. */
function LockGlyph({ kind }: { readonly kind: LockKind }): ReactNode {
  const lock = {
    shape: kind === "record" ? "recNotGap" : kind === "nextKey" ? "ordinary" : "gap",
    insertIntention: kind === "insertIntention",
    mode: "X",
    status: "granted",
    session: SESSION,
    id: 0,
  } as RecLockState;
  const shape = lockShape(lockSpan([lock], PLACE, null), 0, 0);
  return (
    <svg
      width={shape.box.width + 2}
      height={SHAPE_HEIGHT + 2}
      viewBox={`-1 -1 ${shape.box.width + 2} ${SHAPE_HEIGHT + 2}`}
      aria-hidden="true"
    >
      <g className="lock-mode-X lock-granted">
        <path d={shape.path} className="lock-shape" />
      </g>
    </svg>
  );
}
