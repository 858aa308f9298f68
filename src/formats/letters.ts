/** Which of the letters A to H a session gets that a file names in its own way. */
import type { SessionName } from "../trace/ids.ts";
import { SESSIONS_MAX } from "./imported.ts";

const LETTERS = "ABCDEFGH";

/** Letters for the names of a file, in the order in which they come; `left`: the names beyond the last letter. */
export function lettersFor(labels: readonly string[]): {
  readonly letters: ReadonlyMap<string, SessionName>;
  readonly left: readonly string[];
} {
  const kept = labels.slice(0, SESSIONS_MAX);
  const own = kept.map((label) => ownLetter(label));
  const isOwn = own.every((letter) => letter !== null) && new Set(own).size === own.length;
  const letters = new Map<string, SessionName>();
  for (const [at, label] of kept.entries()) {
    letters.set(label, (isOwn ? own[at] : LETTERS.charAt(at)) as SessionName);
  }
  return { letters, left: labels.slice(SESSIONS_MAX) };
}

/** The letter that a name already has: "A", "s2", "con3", "client b". */
export function ownLetter(label: string): string | null {
  const end = /(?:^|[^A-Za-z])([A-H])$|([1-8])$/.exec(label.toUpperCase());
  if (end?.[1] !== undefined) return end[1];
  if (end?.[2] === undefined || /\d{2}$/.test(label)) return null;
  return LETTERS.charAt(Number(end[2]) - 1);
}
