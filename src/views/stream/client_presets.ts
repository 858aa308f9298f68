/** Clients that people have, each a few settings away from the one before. */
import type { ClientSettings } from "../../trace/state_net.ts";

export type PresetName = "fast" | "slow" | "stalls" | "storesLocally" | "breaks" | "queries";

const STEADY = {
  fetch: "one",
  pauseAtRow: null,
  pauseMs: 0,
  storeFirst: false,
  turnAtRow: null,
  memoryLimitBytes: null,
} as const satisfies Partial<ClientSettings>;

/** They leave the call and the line as they are. */
export const PRESETS: readonly {
  readonly id: PresetName;
  readonly change: Partial<ClientSettings>;
}[] = [
  { id: "fast", change: { ...STEADY, rowMs: 0 } },
  { id: "slow", change: { ...STEADY, rowMs: 500 } },
  { id: "stalls", change: { ...STEADY, rowMs: 0, pauseAtRow: 5, pauseMs: 600_000 } },
  { id: "storesLocally", change: { ...STEADY, rowMs: 500, storeFirst: true } },
  { id: "breaks", change: { ...STEADY, rowMs: 0, turnAtRow: 5, turn: "break" } },
  { id: "queries", change: { ...STEADY, rowMs: 0, turnAtRow: 5, turn: "query" } },
];
