/**
 * Deadlocks among metadata locks: a search from the session that has just begun to wait, along "waits for" edges, first
 * all neighbours, then their neighbours. The lightest waiter of the cycle is the victim; DDL is heavier than DML, and on a
 * tie the one that closed the cycle goes.
 *
 * MySQL: sql/mdl.cc: MDL_context::find_deadlock, MDL_lock::visit_subgraph, Deadlock_detection_visitor.
 * Departure: waits for row locks are no edges here, as in MySQL: such a cycle ends by time-out.
 */
import type { MdlOwner } from "./locks.ts";

/** MySQL: Deadlock_detection_visitor::MAX_SEARCH_DEPTH: a path this long counts as a deadlock. */
const SEARCH_DEPTH_MAX = 32;

/**
 * Breaks every cycle through `start`. Returns true when `start` itself is the victim; other victims are given to
 * `onVictim`.
 */
export function closesCycle(start: MdlOwner, onVictim: (victim: MdlOwner) => void): boolean {
  for (;;) {
    const victim = findVictim(start);
    if (victim === null) return false;
    if (victim === start) return true;
    onVictim(victim);
  }
}

function findVictim(start: MdlOwner): MdlOwner | null {
  return visit(start, start, 1);
}

/** The victim of a cycle from `node` back to `start`; null when there is none. */
function visit(node: MdlOwner, start: MdlOwner, depth: number): MdlOwner | null {
  const neighbours = node.waitEnded === null ? node.inTheWay : null;
  if (neighbours === null) return null;
  if (depth >= SEARCH_DEPTH_MAX) return node;
  if (neighbours.includes(start)) return node;
  for (const neighbour of neighbours) {
    const found = visit(neighbour, start, depth + 1);
    if (found !== null) return found.deadlockWeight >= node.deadlockWeight ? node : found;
  }
  return null;
}
