import { expect, it } from "vitest";
import { shortTime } from "../../src/views/session/short_time.ts";

it.each([
  [0, "0 s", "0 秒"],
  [400, "0.4 s", "0.4 秒"],
  [2000, "2 s", "2 秒"],
  [50_000, "50 s", "50 秒"],
  [119_000, "119 s", "119 秒"],
  [120_000, "2 min", "2 分钟"],
  [31_536_000_000, "365 d", "365 天"],
])("%i ms is %s, in Chinese %s", (ms, text, chinese) => {
  expect(shortTime(ms, "en")).toBe(text);
  expect(shortTime(ms, "zh")).toBe(chinese);
});
