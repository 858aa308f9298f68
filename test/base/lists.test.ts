import { expect, it } from "vitest";
import { append, maxOf, minOf } from "../../src/base/lists.ts";

const many = Array.from({ length: 300_000 }, (_, at) => at);

it("a list that does not fit on the stack has a largest and a smallest, and is added to another", () => {
  expect(() => Math.max(...many)).toThrow(RangeError);
  expect(maxOf(many)).toBe(299_999);
  expect(minOf(many)).toBe(0);
  const list = [-1];
  append(list, many);
  expect(list).toHaveLength(300_001);
  expect(list.at(-1)).toBe(299_999);
});

it("an empty list has the bound that was given, or what Math says", () => {
  expect(maxOf([], 3)).toBe(3);
  expect(minOf([], 3)).toBe(3);
  expect(maxOf([])).toBe(Math.max());
  expect(minOf([])).toBe(Math.min());
});
