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

const NAMED =
  /^(?:session|sess|client|connection|conn|会话|客户端|连接)[\s:_#-]+([\p{L}_][\p{L}\d_]{1,15})$/iu;

/** The session of "session report", which is one only beside another: "client waits" may be a sentence. */
export function nameIn(comment: string): string | null {
  return NAMED.exec(bare(comment))?.[1] ?? null;
}

/** Whether the comment may be meant for a name: a word or two. */
export function isNameLike(comment: string): boolean {
  return (
    /^[\p{L}_][\p{L}\d_]*(?:[ -][\p{L}\d_]+)?$/u.test(bare(comment)) && bare(comment).length <= 24
  );
}

/** Whether the comment is a heading: it names a session and says no more. */
export function isHeading(comment: string): boolean {
  const text = bare(comment);
  return labelIn(text) !== null && text.length <= 24 && !/\s\w+\s+\w+\s+\w+|[，。；]/.test(text);
}

/** Without what underlines it. */
function bare(comment: string): string {
  return comment
    .trim()
    .replace(/[-=*#:：\s]+$/, "")
    .replace(/^[-=*#\s]+/, "");
}
