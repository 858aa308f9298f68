/** The text of a regular expression, read code point by code point. */
import { mysqlError } from "../errors.ts";

export class Reader {
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  get atEnd(): boolean {
    return this.position >= this.source.length;
  }

  peek(): string | undefined {
    const code = this.source.codePointAt(this.position);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  at(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  next(): string {
    const char = this.peek() ?? "";
    this.position += char.length;
    return char;
  }

  accept(text: string): boolean {
    if (!this.at(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Takes what the pattern, which begins with ^, finds here. */
  match(pattern: RegExp): string | null {
    const found = pattern.exec(this.source.slice(this.position))?.[0] ?? null;
    if (found !== null) this.position += found.length;
    return found;
  }

  skipMatch(pattern: RegExp): boolean {
    const found = this.match(pattern);
    return found !== null && found !== "";
  }

  /** {name} after \p. */
  propertyName(): string {
    const name = this.match(/^\{[^}]*\}/u);
    if (name === null) throw mysqlError("ER_REGEXP_ILLEGAL_ARGUMENT");
    return name.slice(1, -1);
  }

  /** Error 3688 at the character that comes next. */
  syntaxError() {
    const before = this.source.slice(0, this.position).split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    return mysqlError("ER_REGEXP_RULE_SYNTAX", before.length, column);
  }
}
