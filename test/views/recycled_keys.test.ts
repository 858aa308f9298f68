import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Keyed, recycledKeys } from "../../src/views/stage/recycled_keys.ts";

const NOTHING: Keyed = { names: [], keys: [] };

function drawn(before: Keyed, names: readonly string[], isRacing: boolean): Keyed {
  return { names, keys: recycledKeys(before, names, isRacing) };
}

describe("keys of what is drawn with the shapes of others", () => {
  const line = ["rec 10", "gap 15", "rec 15", "gap 20", "fold 20", "gap 40"];

  it("are names at first, and where nothing races", () => {
    const before = drawn(NOTHING, line, false);
    expect(before.keys).toEqual(line);
    const names = ["rec 10", "gap 12", "rec 12", "gap 40"];
    expect(recycledKeys(before, names, false)).toEqual(names);
  });

  it("are in a race those of what went from between the same neighbours", () => {
    const before = drawn(NOTHING, line, false);
    const others = ["rec 10", "gap 12", "rec 12", "gap 17", "fold 17", "gap 40"];
    expect(recycledKeys(before, others, true)).toEqual(line);
    const one = ["rec 10", "gap 12", "rec 12", "gap 15", "fold 15", "gap 40"];
    expect(recycledKeys(before, one, true)).toEqual([
      ...["rec 10", "gap 12", "rec 12", "gap 15", "fold 20", "gap 40"],
    ]);
    expect(recycledKeys(before, ["rec 50", "gap 55", "rec 55"], true)).toEqual([
      "rec 10",
      "gap 15",
      "rec 15",
    ]);
  });

  it("stay when the race is over, and those whose name is taken get another", () => {
    const raced = drawn(drawn(NOTHING, ["rec 1"], true), ["rec 2"], true);
    expect(raced.keys).toEqual(["rec 1"]);
    const rested = drawn(raced, ["rec 1", "rec 2"], false);
    expect(rested.keys).toEqual(["rec 1'", "rec 1"]);
  });

  it("never repeat, keep their kind and their owner, and stay in order", () => {
    const kinds = fc.constantFrom("rec", "gap", "fold");
    const name = fc.tuple(kinds, fc.nat(12)).map(([kind, at]) => `${kind} ${at}`);
    const names = fc.uniqueArray(name, { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.boolean())), (lines) => {
        let before = NOTHING;
        for (const [each, isRacing] of lines) {
          const after = drawn(before, each, isRacing);
          expect(new Set(after.keys).size).toBe(each.length);
          for (const [at, one] of each.entries()) {
            expect(after.keys[at]?.split(" ")[0]).toBe(one.split(" ")[0]);
            const place = before.names.indexOf(one);
            if (place >= 0) expect(after.keys[at]).toBe(before.keys[place]);
          }
          before = after;
        }
      }),
    );
  });
});
