/** Where two plain JSON values differ first, as a path with both values; null when they are equal. */
export function firstDifference(a: unknown, b: unknown, path = ""): string | null {
  if (Object.is(a, b)) return null;
  const isObject = typeof a === "object" && typeof b === "object" && a !== null && b !== null;
  if (!isObject || Array.isArray(a) !== Array.isArray(b)) {
    return `${path}: ${shorten(a)} / ${shorten(b)}`;
  }
  const keys = new Set([...Object.keys(a as object), ...Object.keys(b as object)]);
  for (const key of keys) {
    const one = (a as Record<string, unknown>)[key];
    const other = (b as Record<string, unknown>)[key];
    const difference = firstDifference(one, other, `${path}/${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

const SHOWN_LENGTH = 300;

function shorten(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined").slice(0, SHOWN_LENGTH);
}
