/** The bars of a split, over its panes: the package works out what a drag or a key makes of the sizes, and the panes follow. */
import { Fragment, type ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import type { Shares, SplitProps } from "./Split.tsx";

export function SplitBars(
  props: SplitProps & {
    /** As they were left. */
    readonly shares: Shares | null;
    readonly onMove: (shares: Shares) => void;
    /** By somebody, who wants it so from now on. */
    readonly onMoved: (shares: Shares) => void;
  },
): ReactNode {
  const { name, orientation, panes, shares, onMove, onMoved } = props;
  return (
    <div className="split-bars">
      <Group
        id={name}
        orientation={orientation}
        defaultLayout={shares === null ? undefined : { ...shares }}
        onLayoutChange={onMove}
        onLayoutChanged={(layout, { isUserInteraction }) => {
          if (isUserInteraction) onMoved(layout);
        }}
      >
        {panes.map(({ id, size, min, bar }) => (
          <Fragment key={id}>
            {bar !== undefined && (
              <Separator className="split-bar" data-orientation={orientation} aria-label={bar} />
            )}
            <Panel id={id} defaultSize={`${size}%`} minSize={min} />
          </Fragment>
        ))}
      </Group>
    </div>
  );
}
