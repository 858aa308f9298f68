import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import { relatedKeys } from "../../src/diagrams/related.ts";
import { refKey } from "../../src/trace/ref.ts";
import type { RecState, State } from "../../src/trace/state.ts";
import { refOfAttribute } from "../../src/views/stage/pointing.ts";
import { scene } from "../fixtures/scenes.ts";

describe("pointing at one thing lights what belongs to it", () => {
  it("a waiting lock lights what is in its way, and the gap it wants", () => {
    const state = scene("fullScan").state;
    const [waiting] = intMapToArray(state.recLocks).filter((lock) => lock.status === "waiting");
    const keys = relatedKeys(state, { kind: "lock", id: waiting?.id as never });
    expect(keys).toContain(`gap:${waiting?.rec}`);
    expect(keys).toContain(`lock:${waiting?.blockers[0]?.lock}`);
    expect(keys.size).toBe(3);
  });

  it("a secondary record lights its clustered record, and the other way round", () => {
    const state = scene("secondaryRange").state;
    const secondary = record(state, "10, 10");
    const clustered = record(state, "10");
    expect(relatedKeys(state, { kind: "rec", id: secondary.id })).toContain(`rec:${clustered.id}`);
    expect(relatedKeys(state, { kind: "rec", id: clustered.id })).toContain(`rec:${secondary.id}`);
  });

  it("a gap lights the locks of all sessions that cover it, and not those on the record alone", () => {
    const state = scene("sharedGap").state;
    const keys = relatedKeys(state, { kind: "gap", id: record(state, "10").id });
    const lit = intMapToArray(state.recLocks).filter((lock) => keys.has(`lock:${lock.id}`));
    expect(lit.map((lock) => `${lock.session} ${lock.modeText}`)).toEqual([
      "A X,GAP",
      "B S,GAP",
      "C X,GAP",
      "C X,GAP,INSERT_INTENTION",
      "D X,GAP,INSERT_INTENTION",
    ]);
  });

  it("a key names its thing again", () => {
    for (const key of ["lock:3", "version:4:2", "session:A", "gap:7", "mdl:1"]) {
      const ref = refOfAttribute(key);
      expect(ref === null ? null : refKey(ref)).toBe(key);
    }
    expect(refOfAttribute("nonsense")).toBeNull();
  });
});

function record(state: State, key: string): RecState {
  return intMapToArray(state.recs).find((rec) => rec.key === key) as RecState;
}
