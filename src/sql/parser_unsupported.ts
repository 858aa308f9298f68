/** Statements that are recognised by their first words and then only skipped. */

import { MISSING_STATEMENTS } from "../base/not_simulated.ts";
import type { Unsupported } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** Skips the rest of the statement. A token that MySQL's lexer refuses is still an error. */
export function unsupported(cursor: Cursor, start: number, feature: string): Unsupported {
  while (cursor.type !== "end") {
    if (cursor.type === "invalid" && !cursor.at("$$")) cursor.fail();
    cursor.advance();
  }
  return { kind: "unsupported", span: cursor.span(start), feature };
}

/** Names for features whose first words say too little. */
const FEATURES: Readonly<Record<string, string>> = {
  "ALTER ALGORITHM": "ALTER VIEW",
  "ALTER DEFINER": "ALTER with DEFINER",
  "ALTER SQL": "ALTER VIEW",
  "CREATE ALGORITHM": "CREATE VIEW",
  "CREATE DEFINER": "CREATE with DEFINER",
  "CREATE OR REPLACE SPATIAL": "CREATE SPATIAL REFERENCE SYSTEM",
  "CREATE SPATIAL REFERENCE": "CREATE SPATIAL REFERENCE SYSTEM",
  "CREATE SQL": "CREATE VIEW",
};

const BY_FIRST_WORD = byFirstWord(MISSING_STATEMENTS);

function byFirstWord(
  phrases: readonly (readonly string[])[],
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>();
  for (const words of phrases) {
    const [first = ""] = words;
    found.set(first, [...(found.get(first) ?? []), words]);
  }
  return found;
}

/** First words that also begin statements which are parsed. */
const ALSO_SUPPORTED = new Set(["ALTER", "CREATE", "DROP", "RENAME", "START"]);
/** What mostly follows them: of such statements all are parsed. */
const SUPPORTED_BEHIND = new Set(["TABLE", "INDEX", "TRANSACTION"]);

/** Whether a statement, of whose first word the parser knows something, may be one that it only recognises. */
export function mayBeUnsupported(cursor: Cursor): boolean {
  return ALSO_SUPPORTED.has(cursor.token.key) && !SUPPORTED_BEHIND.has(cursor.peek(1).key);
}

/** What a statement that is only recognised is called, or null when the parser knows more of it. */
export function unsupportedFeature(cursor: Cursor): string | null {
  const candidates = BY_FIRST_WORD.get(cursor.token.key);
  if (candidates === undefined) return null;
  const words = wordsAhead(cursor, candidates)?.join(" ") ?? null;
  if (words !== null) return FEATURES[words] ?? words;
  return ALSO_SUPPORTED.has(cursor.token.key) ? null : failWithin(cursor, candidates);
}

/** Skips the words of a phrase that only begins here, so that the failure is at the first wrong one. */
export function failWithin(cursor: Cursor, phrases: readonly (readonly string[])[]): never {
  const begins = phrases.some(([first]) => first === cursor.token.key);
  return cursor.fail(begins ? cursor.peek(1) : cursor.token);
}

/** The first of the phrases that stands at the cursor, or null. */
export function wordsAhead(
  cursor: Cursor,
  phrases: readonly (readonly string[])[],
): readonly string[] | null {
  const stands = (words: readonly string[]): boolean =>
    words.every((word, distance) => cursor.peek(distance).key === word);
  return phrases.find(stands) ?? null;
}
