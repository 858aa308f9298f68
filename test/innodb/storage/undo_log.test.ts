/** Undo records are found by roll pointer until they are discarded, in whatever order that happens. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { UndoRec } from "../../../src/innodb/types.ts";
import { UndoLog } from "../../../src/innodb/undo_log.ts";
import type { RollPtr } from "../../../src/trace/ids.ts";

it("holds what a map would hold", () => {
  const discards = fc.array(fc.nat(400), { maxLength: 400 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), discards, (written, discarded) => {
      const log = new UndoLog();
      const known = new Map<RollPtr, UndoRec>();
      for (let at = 0; at < written; at += 1) {
        const undo = { rollPtr: (at + 1) as RollPtr } as UndoRec;
        log.add(undo);
        known.set(undo.rollPtr, undo);
        const gone = (discarded[at] ?? 0) as RollPtr;
        log.delete(gone);
        known.delete(gone);
        if (at % 5 > 0) continue;
        const oldest = Math.min(...known.keys()) as RollPtr;
        log.delete(oldest);
        known.delete(oldest);
      }
      expect(log.values()).toEqual([...known.values()]);
      for (let at = 0; at <= written; at += 1) {
        expect(log.get(at as RollPtr)).toBe(known.get(at as RollPtr));
      }
    }),
  );
});
