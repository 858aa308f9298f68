/** A stretch of virtual time as people say it: "0.4 s", "38 s", "12 min", "365 d"; in Chinese 秒, 分钟, 小时, 天. */
import type { Language } from "../../store/preferences.ts";

const UNITS: readonly (readonly [seconds: number, name: string, chinese: string])[] = [
  [86_400, "d", "天"],
  [3600, "h", "小时"],
  [60, "min", "分钟"],
];

export function shortTime(ms: number, language: Language): string {
  const seconds = ms / 1000;
  const unit = UNITS.find(([size]) => seconds >= 2 * size);
  if (unit !== undefined) {
    return `${Math.floor(seconds / unit[0])} ${language === "zh" ? unit[2] : unit[1]}`;
  }
  const number = seconds < 10 && ms % 1000 !== 0 ? seconds.toFixed(1) : `${Math.round(seconds)}`;
  return `${number} ${language === "zh" ? "秒" : "s"}`;
}
