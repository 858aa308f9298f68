/**
 * What the browser keeps for us, guarded: in a cross-origin frame or a private window every access may throw, and
 * then a plain object in memory takes its place until the page closes.
 */

export interface KeptTexts {
  read(key: string): string | null;
  write(key: string, text: string): void;
}

/** The part of `Storage` that is used. */
export interface StorageArea {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
}

const PREFIX = "interleave.";

/** `area` is asked anew each time, because asking is what throws. */
export function keptTexts(area: () => StorageArea): KeptTexts {
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        return area().getItem(PREFIX + key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    write(key, text) {
      memory.set(key, text);
      try {
        area().setItem(PREFIX + key, text);
      } catch {
        // Full or forbidden: the memory has it.
      }
    },
  };
}
