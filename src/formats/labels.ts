/** Session names as people write them in comments: "T1", "-- session A", "T2, BLOCKS", "会话 2", "tx_1:". */

const WORDS =
  "session|sess|client|connection|conn|con|transaction|trx|txn|tx|user|thread|会话|事务|客户端|连接";
const LABEL = new RegExp(
  [
    `(?:${WORDS})[\\s_#-]*(?<named>[a-z]|\\d{1,2})(?=$|[^\\w])`,
    "[ts](?<numbered>\\d{1,2})(?=$|[^\\w])",
  ].join("|"),
  "iy",
);
/** A letter alone is a session only in capitals, and where nothing but punctuation follows. */
const LETTER = /([A-H])(?=$|\s*[.,:;)\]>：，。]|\s+\()/y;
const ANY = /^(either|any|both|whoever|任意|任一)(?=$|\W)/i;

/** What stands for "whichever of them". */
export const ANY_SESSION = "any";

/** The session that a comment names at its beginning, as its letter or number; null when it names none. */
export function labelIn(comment: string): string | null {
  const text = comment
    .trim()
    .replace(/^[[(【]/, "")
    .replace(/^(in|on|by|from)\s+/i, "");
  if (ANY.test(text)) return ANY_SESSION;
  LABEL.lastIndex = 0;
  const found = LABEL.exec(text)?.groups;
  const name = found?.named ?? found?.numbered;
  if (name !== undefined) return name.toUpperCase();
  LETTER.lastIndex = 0;
  return LETTER.exec(text)?.[1] ?? null;
}

/** Whether the comment is a heading: it names a session and says no more. */
export function isHeading(comment: string): boolean {
  const text = comment
    .trim()
    .replace(/[-=*#\s]+$/, "")
    .replace(/^[-=*#\s]+/, "");
  return labelIn(text) !== null && text.length <= 24 && !/\s\w+\s+\w+\s+\w+/.test(text);
}
