/** A number of bytes as people read it: "0 B", "1448 B", "16 KB", "3.2 MB". Units of 1024. */
export function byteText(bytes: number): string {
  const [number, unit] = parts(bytes);
  return `${number} ${unit}`;
}

/** A part of a whole, its unit once where both have the same: "16 of 16 KB". */
export function partText(
  bytes: number,
  whole: number,
  of: (bytes: string, capacity: string) => string,
): string {
  const [number, unit] = parts(bytes);
  const [wholeNumber, wholeUnit] = parts(whole);
  return of(unit === wholeUnit ? number : `${number} ${unit}`, `${wholeNumber} ${wholeUnit}`);
}

function parts(bytes: number): readonly [number: string, unit: string] {
  if (bytes < 10_000) return [String(bytes), "B"];
  if (bytes < 1024 * 1024) return [String(Math.round(bytes / 1024)), "KB"];
  return [(bytes / 1024 / 1024).toFixed(1), "MB"];
}
