/** Where a text stops being JSON: engines say so in words of their own, and mostly without the place. */

const DEPTH_MAX = 500;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const WORD = /true|false|null/y;
const BLANK = /[ \t\n\r]*/y;

/** The line, from 1, of the first character that JSON cannot have there; that of the end when the text stops too early. */
export function jsonErrorLine(text: string): number {
  const scanner = new Scanner(text);
  const isWhole = scanner.value(0) && scanner.atEnd();
  return text.slice(0, isWhole ? 0 : scanner.at).split("\n").length;
}

class Scanner {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** False at the first mistake, with `at` on it. */
  value(depth: number): boolean {
    this.#take(BLANK);
    const first = this.#text.charAt(this.at);
    if (depth > DEPTH_MAX) return false;
    if (first === "{") return this.#list("}", () => this.#pair(depth + 1));
    if (first === "[") return this.#list("]", () => this.value(depth + 1));
    return this.#take(STRING) || this.#take(NUMBER) || this.#take(WORD);
  }

  atEnd(): boolean {
    this.#take(BLANK);
    return this.at === this.#text.length;
  }

  #list(close: string, item: () => boolean): boolean {
    this.at += 1;
    if (this.#mark(close)) return true;
    for (;;) {
      if (!item()) return false;
      if (this.#mark(close)) return true;
      if (!this.#mark(",")) return false;
    }
  }

  #pair(depth: number): boolean {
    this.#take(BLANK);
    return this.#take(STRING) && this.#mark(":") && this.value(depth);
  }

  #mark(character: string): boolean {
    this.#take(BLANK);
    if (this.#text.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.at += found[0].length;
    return true;
  }
}
