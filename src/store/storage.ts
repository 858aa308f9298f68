/**
 * What the browser keeps for us, guarded: in a cross-origin frame or a private window every access may throw, and
 * then a plain object in memory takes its place until the page closes.
 */

export interface KeptTexts {
  read(key: string): string | null;
  write(key: string, text: string): void;
  /** False while the browser has refused something that was to be kept: it is gone when the page closes. */
  isKeeping(): boolean;
}

/** The part of `Storage` that is used. */
export interface StorageArea {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
}

const PREFIX = "interleave.";

/**
 * `area` is asked anew each time, because asking is what throws. `own` is this window's alone, and goes before: several
 * windows that are loaded anew each find what was theirs.
 */
export function keptTexts(area: () => StorageArea, own: () => StorageArea = area): KeptTexts {
  const memory = new Map<string, string>();
  const refused = new Set<string>();
  return {
    read(key) {
      try {
        return (
          own().getItem(PREFIX + key) ?? area().getItem(PREFIX + key) ?? memory.get(key) ?? null
        );
      } catch {
        return memory.get(key) ?? null;
      }
    },
    write(key, text) {
      memory.set(key, text);
      try {
        own().setItem(PREFIX + key, text);
        area().setItem(PREFIX + key, text);
        refused.delete(key);
      } catch {
        // Full or forbidden: the memory has it.
        refused.add(key);
      }
    },
    isKeeping: () => refused.size === 0,
  };
}
