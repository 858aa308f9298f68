/**
 * Panes beside or under each other, with a bar between them that can be dragged, or moved with the arrow keys; sizes are remembered
 * by name. The panes stand in boxes of our own, which the first picture is drawn with; the bars lie over them and come behind it.
 */
import { Fragment, type ReactNode, Suspense, useState } from "react";
import { usePage } from "../../store/hooks.ts";
import { behindPicture } from "./behind_picture.ts";

/** The share of each pane, per cent. */
export type Shares = Readonly<Record<string, number>>;

export interface Pane {
  readonly id: string;
  /** Per cent at first. */
  readonly size: number;
  /** Pixels. */
  readonly min: number;
  readonly content: ReactNode;
  /** The name of the bar before it; the first pane has none. */
  readonly bar?: string;
}

export interface SplitProps {
  readonly name: string;
  readonly orientation: "horizontal" | "vertical";
  readonly panes: readonly Pane[];
}

const SplitBars = behindPicture(async () => {
  const { SplitBars } = await import("./SplitBars.tsx");
  return SplitBars;
});

export function Split(props: SplitProps): ReactNode {
  // Other panes have other shares.
  return <Panes key={props.name} {...props} />;
}

function Panes(props: SplitProps): ReactNode {
  const { name, orientation, panes } = props;
  const layouts = usePage((page) => page.preferences.layouts);
  const prefer = usePage((page) => page.prefer);
  const [moved, setMoved] = useState<Shares | null>(null);
  const kept = layouts[name];
  const isWhole = kept !== undefined && panes.every((pane) => kept[pane.id] !== undefined);
  const shares = moved ?? (isWhole ? kept : null);
  const side = orientation === "horizontal" ? "minWidth" : "minHeight";
  return (
    <div className="split" data-orientation={orientation}>
      {panes.map(({ id, size, min, bar, content }) => (
        <Fragment key={id}>
          {bar !== undefined && <div className="split-gap" />}
          <div className="split-pane" style={{ flexGrow: shares?.[id] ?? size, [side]: min }}>
            {content}
          </div>
        </Fragment>
      ))}
      <Suspense>
        <SplitBars
          {...props}
          shares={isWhole ? kept : null}
          onMove={setMoved}
          onMoved={(layout) => prefer({ layouts: { ...layouts, [name]: layout } })}
        />
      </Suspense>
    </div>
  );
}
