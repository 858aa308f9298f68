import { expect, it } from "vitest";
import { shortTime } from "../../src/views/session/short_time.ts";

it.each([
  [0, "0 s"],
  [400, "0.4 s"],
  [2000, "2 s"],
  [50_000, "50 s"],
  [119_000, "119 s"],
  [120_000, "2 min"],
  [31_536_000_000, "365 d"],
])("%i ms is %s", (ms, text) => {
  expect(shortTime(ms)).toBe(text);
});
