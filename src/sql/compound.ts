/**
 * Whether a semicolon stands within the body of a procedure, function, trigger or event, where it ends no statement of the
 * script. The mysql client needs DELIMITER there; here BEGIN ... END, IF ... END IF and the loops are counted.
 */

const STORED = /^create\s+(?:definer\s*=\s*\S+\s+)?(?:procedure|function|trigger|event)\b/i;

/** Texts and comments are passed over. */
const PIECE =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|\/\*[\s\S]*?\*\/|(?:--\s|#)[^\n]*|[\w$]+|[^\s\w$]/g;

const REPEATED_AFTER_END = new Set(["IF", "CASE", "WHILE", "LOOP", "REPEAT"]);
/** What a statement of a body follows; before the first one stands the end of the head. */
const BEFORE_STATEMENT = new Set([";", "BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", ":"]);
const ENDS_HEAD = new Set([")", "ROW", "SQL", "DATA", "DETERMINISTIC", "DEFINER", "INVOKER", "DO"]);

/** A statement that holds semicolons of its own. */
export function hasBody(sql: string): boolean {
  return STORED.test(sql) && /;\s*\S/.test(sql);
}

/** `text` is a statement up to a semicolon: true where its body goes on behind that. */
export function isWithinBody(text: string): boolean {
  if (!STORED.test(text)) return false;
  let depth = 0;
  let previous = "";
  for (const [piece] of text.matchAll(PIECE)) {
    const word = piece.toUpperCase();
    if (previous === "END" && REPEATED_AFTER_END.has(word)) {
      previous = word === "LOOP" || word === "REPEAT" ? "" : word;
      continue;
    }
    if (word === "END") depth -= 1;
    else if (opens(word, previous, depth)) depth += 1;
    if (!/^(?:\/\*|--|#)/.test(piece)) previous = /^['"]/.test(piece) && depth === 0 ? ")" : word;
  }
  return depth > 0;
}

function opens(word: string, previous: string, depth: number): boolean {
  if (word === "BEGIN" || word === "CASE") return true;
  if (word !== "IF" && word !== "WHILE" && word !== "LOOP" && word !== "REPEAT") return false;
  return BEFORE_STATEMENT.has(previous) || (depth === 0 && ENDS_HEAD.has(previous));
}
