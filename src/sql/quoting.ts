/** Where quoted text and comments end: shared by the lexer and by the splitting of scripts. */

const BACKSLASH = 92;
const BACKQUOTE = 96;

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\x1a",
  "%": "\\%",
  _: "\\_",
};

/**
 * Text in quotes or backquotes from the opening one at `start`: its contents with doubled quotes and escapes undone
 * (names have no escapes), and the offset after the closing one. Null when it is not closed.
 */
export function readQuoted(
  text: string,
  start: number,
  escapes = text.charCodeAt(start) !== BACKQUOTE,
): { readonly value: string; readonly end: number } | null {
  const quote = text.charCodeAt(start);
  let at = start + 1;
  let from = at;
  let value = "";
  for (;;) {
    if (at >= text.length) return null;
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) break;
      value += text.slice(from, at + 1);
      at += 2;
      from = at;
    } else if (escapes && code === BACKSLASH) {
      if (at + 1 >= text.length) return null;
      const letter = text.charAt(at + 1);
      value += text.slice(from, at) + (ESCAPES[letter] ?? letter);
      at += 2;
      from = at;
    } else {
      at++;
    }
  }
  return { value: value + text.slice(from, at), end: at + 1 };
}

/**
 * The offset after a comment that begins at `start` with its two characters, or -1 when it never ends. A versioned
 * comment that is skipped may hold one level of comments (`nests`).
 */
export function commentEnd(text: string, start: number, nests: boolean): number {
  let at = start + 2;
  for (;;) {
    const end = text.indexOf("*/", at);
    if (end < 0) return -1;
    const inner = nests ? text.indexOf("/*", at) : -1;
    if (inner < 0 || inner > end) return end + 2;
    const innerEnd = text.indexOf("*/", inner + 2);
    if (innerEnd < 0) return -1;
    at = innerEnd + 2;
  }
}
