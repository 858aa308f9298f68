/** A stretch of virtual time as people say it: "0.4 s", "38 s", "12 min", "365 d". */

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
];

export function shortTime(ms: number): string {
  const seconds = ms / 1000;
  const unit = UNITS.find(([size]) => seconds >= 2 * size);
  if (unit !== undefined) return `${Math.floor(seconds / unit[0])} ${unit[1]}`;
  return seconds < 10 && ms % 1000 !== 0 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
