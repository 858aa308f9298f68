/** Panes with a bar between them that can be dragged, or moved with the arrow keys; sizes are remembered by name. */
import { Fragment, type ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { usePage } from "../../store/hooks.ts";

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

export function Split(props: {
  readonly name: string;
  readonly orientation: "horizontal" | "vertical";
  readonly panes: readonly Pane[];
}): ReactNode {
  const { name, orientation, panes } = props;
  const layouts = usePage((page) => page.preferences.layouts);
  const prefer = usePage((page) => page.prefer);
  const kept = layouts[name];
  const isWhole = kept !== undefined && panes.every((pane) => kept[pane.id] !== undefined);
  return (
    <Group
      key={name}
      id={name}
      className="split"
      orientation={orientation}
      defaultLayout={isWhole ? kept : undefined}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) prefer({ layouts: { ...layouts, [name]: layout } });
      }}
    >
      {panes.map((pane) => (
        <Fragment key={pane.id}>
          {pane.bar !== undefined && (
            <Separator className="split-bar" data-orientation={orientation} aria-label={pane.bar} />
          )}
          <Panel
            id={pane.id}
            className="split-pane"
            style={{ overflow: "hidden" }}
            defaultSize={`${pane.size}%`}
            minSize={pane.min}
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
