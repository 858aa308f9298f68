/**
 * How wide panes beside each other are. The browser shares the room out (flex): what is kept are their shares in per cent, and
 * only while a bar is moved somebody counts pixels.
 *
 *     │ sessions  ║ stage            │   a bar to the right: the pane before it grows, those behind it give, the nearest
 *     │ 36        ║ 64               │   first, each down to its least
 */

export interface PaneSize {
  readonly id: string;
  /** Per cent at first. */
  readonly size: number;
  /** Pixels. */
  readonly min: number;
}

/** Per cent, by pane. */
export type Layout = Readonly<Record<string, number>>;

/** What was kept, if it knows all panes. */
export function layoutOf(panes: readonly PaneSize[], kept: Layout | undefined): Layout {
  const isWhole = kept !== undefined && panes.every(({ id }) => kept[id] !== undefined);
  return isWhole ? kept : Object.fromEntries(panes.map(({ id, size }) => [id, size]));
}

/**
 * @param pixels of each pane, as they are drawn
 * @param bar the one before pane `bar`
 * @param by pixels, to the right or down; what there is no room for is left out
 */
export function withBarMoved(
  panes: readonly PaneSize[],
  pixels: readonly number[],
  bar: number,
  by: number,
): Layout {
  const sizes = [...pixels];
  const before = panes.map((_, at) => at).slice(0, bar);
  const behind = panes.map((_, at) => at).slice(bar);
  let taken = 0;
  for (const at of by > 0 ? behind : before.reverse()) {
    const room = Math.max(0, (sizes[at] ?? 0) - (panes[at]?.min ?? 0));
    const given = Math.min(room, Math.abs(by) - taken);
    sizes[at] = (sizes[at] ?? 0) - given;
    taken += given;
  }
  const growing = by > 0 ? bar - 1 : bar;
  sizes[growing] = (sizes[growing] ?? 0) + taken;
  const whole = sizes.reduce((total, size) => total + size, 0);
  return Object.fromEntries(panes.map(({ id }, at) => [id, (100 * (sizes[at] ?? 0)) / whole]));
}
