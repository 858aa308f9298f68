/** A text's bytes: as many as were counted, and the same text again. */
import { expect, it } from "vitest";
import { utf8Bytes, utf8Length, utf8Text } from "../../src/base/utf8.ts";

const TEXTS = ["", "abc", "é", "关羽", "a关b😀c", "😀😀"];

it.each(TEXTS)("of %j there are as many as counted, and they are read back", (text) => {
  const bytes = utf8Bytes(text);
  expect(utf8Length(text)).toBe(bytes.length);
  expect(bytes).toEqual([...new TextEncoder().encode(text)]);
  expect(utf8Text(String.fromCharCode(...bytes))).toBe(text);
});

it.each(["\ud83d", "\ude00", "\ud83da", "\ude00\ud83d"])(
  "half a pair is counted as it is written: %j",
  (text) => {
    expect(utf8Length(text)).toBe(utf8Bytes(text).length);
  },
);
