import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kept } from "../../src/base/kept.ts";

/** JSON as pictures are made of: with ids here and there. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom("a", "b"),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("id", "x", "y"), tie("value"), { noNullPrototype: true }),
  ),
})).value;

describe("what is kept", () => {
  it("equals what was made", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(kept(before, after)).toEqual(after);
      }),
    );
  });

  it("is the one before when both are equal", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(kept(value, structuredClone(value))).toBe(value);
      }),
    );
  });

  it("shares the parts that did not change", () => {
    const before = { lanes: [{ name: "A" }, { name: "B" }], width: 10 };
    const after = kept(before, { lanes: [{ name: "A" }, { name: "C" }], width: 10 });
    expect(after).not.toBe(before);
    expect(after.lanes[0]).toBe(before.lanes[0]);
    expect(after.lanes[1]).toEqual({ name: "C" });
  });

  it("knows a part by its id wherever it stands", () => {
    const before = [{ id: 1 }, { id: 2, at: { x: 5 } }];
    const [first] = kept(before, [{ id: 2, at: { x: 5 } }]);
    expect(first).toBe(before[1]);
  });

  it("leaves out what is not there any more", () => {
    expect(kept({ x: 1, y: undefined }, { x: 1 })).toEqual({ x: 1 });
    expect(Object.keys(kept({ x: 1, y: 2 }, { x: 1 } as object))).toEqual(["x"]);
    expect(kept([1, 2, 3], [1, 2])).toEqual([1, 2]);
  });
});
