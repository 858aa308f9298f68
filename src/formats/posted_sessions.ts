/** Sessions as people name them outside of comments: "Terminal 2", "First connection:", "==session1==", "窗口二", "A 세션". */
import { labelIn } from "./labels.ts";

const LATIN =
  "session|sess|client|connection|conn|transaction|trx|txn|tran|tx|user|thread|terminal|shell|window|console|sesi[oó]n|sess[aã]o|transacci[oó]n";
const HAN_AND_KANA =
  "会话|事务|客户端|连接|窗口|终端|线程|セッション|トランザクション|세션|트랜잭션|터미널";
const ORDINALS = ["first", "second", "third", "fourth"];
const NUMERALS = "一二三四五六七八";

const NAMES = new RegExp(
  [
    `\\b(?:${LATIN})[\\s_#-]*(?<latin>[a-h]|\\d{1,2})(?![\\p{L}\\d])`,
    `\\b(?<ordinal>${ORDINALS.join("|")})\\s+(?:${LATIN})\\b`,
    `(?:${HAN_AND_KANA})\\s*(?<han>[a-h]|\\d{1,2}|[${NUMERALS}])(?![\\p{Script=Latin}\\d])`,
    `(?<![\\p{Script=Latin}\\d])(?<before>[a-h]|\\d{1,2})\\s*(?:${HAN_AND_KANA})`,
    "(?<![\\p{L}\\d])[ts](?<short>\\d{1,2})(?![\\p{L}\\d])",
  ].join("|"),
  "giu",
);
/** Longer lines are prose. */
const HEADING_MAX = 70;
const NAME_MAX = 24;

/** The one session that a text names, as its letter or number; null when it names none or several. */
export function sessionIn(text: string): string | null {
  const found = new Set([...text.matchAll(NAMES)].map(({ groups = {} }) => labelOf(groups)));
  const [only = null] = found;
  return found.size === 1 ? only : null;
}

/** Of the head of a table's column: a session's name alone. */
export function sessionOfColumn(cell: string): string | null {
  return cell.replace(NAMES, "").replace(/[\s\p{P}]/gu, "") === "" ? sessionIn(cell) : null;
}

/** Of a line that names a session and says no more, or ends in a colon: "Back in session 1:". */
export function sessionHeading(line: string): string | null {
  const comment = /^\s*(?:--+|#+|\/\/+)\s*/;
  const bracketed = comment.test(line)
    ? /^\s*[-#/\s]+[<[(【]([^<>()[\]【】]+)[>\])】]/.exec(line)
    : null;
  if (bracketed !== null) return sessionIn(bracketed[1] ?? "");
  const text = line
    .trim()
    .replace(comment, "")
    .replace(/^[\s*=_~<>[(【-]+|[\s*=_~>\])】-]+$/g, "")
    .replace(/^\d+\s*[.)、]\s*/, "");
  if (text.length > HEADING_MAX || /[;|'"`]/.test(text)) return null;
  if (/[:：]$/.test(text)) return sessionIn(text) ?? labelIn(text);
  return text.length <= NAME_MAX && isName(text) ? sessionIn(text) : null;
}

/** Beside the name there are a word before it in Chinese, a word in brackets, the number of a step. */
function isName(text: string): boolean {
  const rest = text.replace(NAMES, " ").replace(/[(（[].*?[)）\]]/g, " ");
  return (
    /^[\p{Script=Han}\s]{0,5}[\s=>*-]*(?:(?:paso|step|步骤|passo)\s*\d+)?$/iu.test(rest) &&
    !/[被等阻塞因由]/.test(rest)
  );
}

function labelOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { latin, ordinal, han, before, short } = groups;
  if (ordinal !== undefined) return String(ORDINALS.indexOf(ordinal.toLowerCase()) + 1);
  const name = latin ?? han ?? before ?? short ?? "";
  const numeral = NUMERALS.indexOf(name);
  return numeral >= 0 ? String(numeral + 1) : name.toUpperCase();
}
