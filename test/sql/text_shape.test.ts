/** What is taken out of a text, and what stays in its shape. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patternOf, textShape, valuesLike } from "../../src/sql/text_shape.ts";

/** Is the first text's pattern that of the other? */
function isShared(one: string, other: string): boolean {
  const values = read(one, other);
  if (values !== null) {
    expect(textShape(one)?.hash).toBe(textShape(other)?.hash);
    expect(values).toEqual(parts(other));
  }
  return values !== null;
}

/** The other's literals, read along the first one's pattern. */
function read(one: string, other: string): readonly unknown[] | null {
  const shape = textShape(one);
  return shape === null ? null : valuesLike(other, patternOf(shape));
}

function parts(text: string): readonly unknown[] | null {
  return textShape(text)?.literals.map(({ value }) => value) ?? null;
}

describe("the shape of a text", () => {
  it("is the same for texts that differ in plain literals", () => {
    const [one, other] = ["id = 7 AND s = 'ab'", "id = 123 AND s = 'cd'"] as const;
    expect(isShared(one, other)).toBe(true);
    expect([one, other].map(parts)).toEqual([
      [7, "ab"],
      [123, "cd"],
    ]);
  });

  it("gives the literals' places in the text", () => {
    const text = "SELECT 12, 'abc' FROM t9";
    const found = textShape(text)?.literals.map(({ start, end }) => text.slice(start, end));
    expect(found).toEqual(["12", "'abc'"]);
  });

  it.each([
    ["1", "'1'"],
    ["'a'", "'ab'"],
    ["'a'", '"a" '],
    ["1", "1.5"],
    ["1", "1234567890123456"],
    ["a1", "a2"],
    ["1 + 1", "1 - 1"],
    ["1 + 1", "1 + 1 + 1"],
    ["`a` + 1", "`b` + 1"],
    ["1", "1a"],
    ["1", "1."],
    ["1", ""],
    ["'ab'", "'a'"],
    ["'ab'", "'a''"],
    ["'ab'", "'a\\'"],
    ["'a' + 1", "'a' + 1 "],
  ])("of %s is not that of %s", (one, other) => {
    expect(isShared(one, other)).toBe(false);
  });

  it("keeps numbers that are no whole numbers, parts of names, and what is in backquotes", () => {
    expect(parts("1.5 + 1e3 + 0x1F + .5 + t1.2a + `7` + 12345678901234567")).toEqual([]);
  });

  it("is none where a comment, a variable, a parameter or an escape is in the text", () => {
    for (const text of [
      "1 -- 2",
      "1 # 2",
      "1 /* 2 */",
      "@a",
      "@@b",
      "?",
      "'a''b'",
      "'a\\'b'",
      "'a",
    ])
      expect(textShape(text)).toBeNull();
  });

  it("and its pattern agree about random texts", () => {
    const part = fc.constantFrom(
      "1",
      "23",
      "1.5",
      "a",
      "t1",
      " ",
      ".",
      "'",
      '"',
      "'ab'",
      "''",
      "`",
      "-",
      "\\",
      "+",
    );
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [textShape(one), textShape(other)];
        const isSame =
          a !== null && b !== null && JSON.stringify(patternOf(a)) === JSON.stringify(patternOf(b));
        expect(read(one, other)).toEqual(isSame ? parts(other) : null);
        if (a !== null) expect(read(one, one)).toEqual(parts(one));
      }),
      { numRuns: 20_000 },
    );
  });
});
