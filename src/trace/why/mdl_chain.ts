/** Metadata locks for which one waits behind another: apart from what ends a wait, as the pictures need no more than that. */
import { intMapGet } from "../../base/int_map.ts";
import type { SessionName } from "../ids.ts";
import type { MdlState, State } from "../state.ts";
import { endsOfMdlWait, type WaitEnd } from "./wait_ends.ts";

/** A wait for requests that wait themselves: theirs, what ends the wait of the first in the chain, and whether nothing else is waited for. */
export interface MdlChain {
  readonly waiting: readonly SessionName[];
  readonly roots: readonly WaitEnd[];
  readonly isAll: boolean;
}

/** Null: no request that waits is in the way, or none of them is to be ended from outside. */
export function chainOfMdlWait(blockers: MdlState["blockers"], state: State): MdlChain | null {
  const isPending = ({ lock }: MdlState["blockers"][number]) =>
    intMapGet(state.mdls, lock)?.status === "PENDING";
  const direct = blockers.filter(isPending);
  const chain = [...direct];
  const granted: MdlState["blockers"][number][] = [];
  for (const { lock } of chain) {
    for (const next of intMapGet(state.mdls, lock)?.blockers ?? []) {
      if (!isPending(next)) granted.push(next);
      else if (!chain.some((each) => each.lock === next.lock)) chain.push(next);
    }
  }
  const roots = endsOfMdlWait(granted, state);
  if (roots.length === 0) return null;
  const waiting = [...new Set(direct.map(({ session }) => session))].sort();
  return { waiting, roots, isAll: direct.length === blockers.length };
}
