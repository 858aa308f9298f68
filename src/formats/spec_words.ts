/** The words of an isolation-tester specification: names, quoted names, `{ SQL }` blocks and marks, with their lines. */

export interface SpecWord {
  readonly kind: "word" | "block" | "mark";
  readonly text: string;
  readonly line: number;
}

const SKIPPED = /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;

/** Never throws; a block that is not closed goes on to the end. Comments are `#`, and for those who send it through cpp `//` and C's own. */
export function specWords(text: string): readonly SpecWord[] {
  const words: SpecWord[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    SKIPPED.lastIndex = at;
    const skipped = SKIPPED.exec(text);
    const size = skipped?.[0].length ?? 0;
    if (size > 0) {
      line += linesIn(skipped?.[0] ?? "");
      at += size;
      continue;
    }
    const { kind, end } = wordAt(text, at);
    const raw = text.slice(at, end);
    const inner = kind === "block" ? raw.slice(1).replace(/\}$/, "") : raw.replace(/^"|"$/g, "");
    words.push({ kind, text: inner, line });
    line += linesIn(raw);
    at = end;
  }
  return words;
}

function wordAt(text: string, at: number): { kind: SpecWord["kind"]; end: number } {
  const character = text.charAt(at);
  if (character === "{") {
    const end = text.indexOf("}", at);
    return { kind: "block", end: end < 0 ? text.length : end + 1 };
  }
  if (character === '"') {
    const end = text.indexOf('"', at + 1);
    return { kind: "word", end: end < 0 ? text.length : end + 1 };
  }
  const word = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff-]*/.exec(text.slice(at, at + 200));
  if (word !== null) return { kind: "word", end: at + word[0].length };
  return { kind: "mark", end: at + 1 };
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}
