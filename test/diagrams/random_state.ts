/** Random tables with random locks on them, for properties of pictures. Seeded by fast-check. */
import fc from "fast-check";
import type { State } from "../../src/trace/state.ts";
import { StateBuilder } from "../fixtures/state_builder.ts";

const MODES = [
  "X",
  "S",
  "X,REC_NOT_GAP",
  "S,REC_NOT_GAP",
  "X,GAP",
  "S,GAP",
  "X,GAP,INSERT_INTENTION",
] as const;

export interface RandomLock {
  readonly session: string;
  readonly at: number;
  readonly mode: (typeof MODES)[number];
  readonly waits: boolean;
}

export interface RandomTable {
  readonly keys: readonly number[];
  readonly leafSize: number;
  readonly locks: readonly RandomLock[];
  readonly updates: readonly { readonly session: string; readonly at: number }[];
}

const session = fc.constantFrom("A", "B", "C", "D");

export const randomTable: fc.Arbitrary<RandomTable> = fc.record({
  keys: fc.uniqueArray(fc.integer({ min: -2_000_000, max: 2_000_000 }), { maxLength: 40 }),
  leafSize: fc.integer({ min: 3, max: 50 }),
  locks: fc.array(
    fc.record({
      session,
      at: fc.nat(),
      mode: fc.constantFrom(...MODES),
      waits: fc.boolean(),
    }),
    { maxLength: 40 },
  ),
  updates: fc.array(fc.record({ session, at: fc.nat() }), { maxLength: 6 }),
});

export function stateOf(table: RandomTable): State {
  const server = new StateBuilder();
  server.table({
    name: "t",
    columns: ["id", "note"],
    primary: ["id"],
    keys: { note: ["note"] },
    rows: table.keys.map((key, at) => [key, at % 3 === 0 ? "关羽" : at]),
    leafSize: table.leafSize,
  });
  for (const name of ["A", "B", "C", "D"]) server.session(name);
  const owners = new Map<number, string>();
  for (const { session: name, at } of table.updates) {
    const key = table.keys[at % Math.max(1, table.keys.length)];
    if (key === undefined || (owners.get(key) ?? name) !== name) continue;
    owners.set(key, name);
    server.update(name, "t", key, { note: at });
  }
  for (const lock of table.locks) {
    const key = table.keys[lock.at % (table.keys.length + 1)];
    const data = key === undefined ? "supremum pseudo-record" : String(key);
    const status = lock.waits ? "WAITING" : "GRANTED";
    server.locks(`${lock.session} t.PRIMARY ${lock.mode} ${status} @ ${data}`);
  }
  for (const name of ["A", "B", "C", "D"]) server.waits(name, "A", "B", "C", "D");
  return server.state();
}
