/** Arrow keys in a picture: from an element to the nearest one in that direction. */

interface Middle {
  readonly x: number;
  readonly y: number;
}

const DIRECTIONS: Readonly<Record<string, Middle>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** How much worse a step aside is than a step ahead. */
const ASIDE = 4;

/** Null for another key, or when there is none that way. Home and End go to the first and the last. */
export function nearestInDirection<E extends Element>(
  from: E,
  all: readonly E[],
  key: string,
): E | null {
  if (key === "Home") return all[0] ?? null;
  if (key === "End") return all.at(-1) ?? null;
  const direction = DIRECTIONS[key];
  if (direction === undefined) return null;
  const here = middleOf(from);
  let best: E | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const other of all) {
    if (other === from) continue;
    const there = middleOf(other);
    const dx = there.x - here.x;
    const dy = there.y - here.y;
    const ahead = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    if (ahead <= 1) continue;
    const cost = ahead + ASIDE * aside;
    if (cost < bestCost) {
      best = other;
      bestCost = cost;
    }
  }
  return best;
}

function middleOf(element: Element): Middle {
  const box = element.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
