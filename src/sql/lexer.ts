/**
 * Cuts a statement into tokens, by the rules of MySQL's own lexer.
 *
 * InnoDB: MySQL's `lex_one_token` (sql/sql_lex.cc), states MY_LEX_*.
 * Optimizer hints are comments here: `parser_hints.ts` looks for them behind the words that they may follow.
 */

import {
  endsDashes,
  isComparison,
  isDigit,
  isHexDigit,
  isNamePart,
  isSpace,
} from "./characters.ts";
import { CHARSETS } from "./charsets.ts";
import { inCapitals, nameKey, reservedKey } from "./keywords.ts";
import { commentEnd, readQuoted } from "./quoting.ts";
import type { Token, TokenType } from "./token.ts";

/** Versioned comments up to this one are run: 9.7.4, the server that conformance was recorded from. */
const SERVER_VERSION = 90704;

/** How the text is to be read. */
export interface LexerOptions {
  /**
   * With IGNORE_SPACE `COUNT (*)` is a call, without it COUNT is then an ordinary name. The client that recorded
   * the conformance transcripts asks for it, so it is the default here; the mysql client does not.
   */
  readonly ignoreSpace?: boolean;
  /** ANSI_QUOTES: double quotes are around names. */
  readonly ansiQuotes?: boolean;
  /** NO_BACKSLASH_ESCAPES: a backslash in a text is one. */
  readonly plainBackslash?: boolean;
  /** PIPES_AS_CONCAT: `||` is CONCAT; its token has the key CONCAT_PIPES. */
  readonly pipesAsConcat?: boolean;
}

/** All tokens of a text, the last one of type "end". Never throws. */
export function tokenize(text: string, options: LexerOptions = {}): Token[] {
  return new Lexer(text, options).run();
}

/** Behind the last character; a small integer, as the codes are. */
const END = -1;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const QUOTE = 39;
const OPEN = 40;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const AT = 64;
const BACKQUOTE = 96;

const PARTS = {
  hex: isHexDigit,
  bit: (code: number): boolean => code === ZERO || code === ZERO + 1,
};

class Lexer {
  private readonly text: string;
  private readonly options: LexerOptions;
  private readonly tokens: Token[] = [];
  private at = 0;
  private inVersionComment = false;
  /** The next name follows a dot or stands before one, and is no keyword. */
  private nameOnly = false;
  /** The next word follows `@@`: it may be a keyword even before a dot. */
  private afterAtAt = false;

  constructor(text: string, options: LexerOptions) {
    this.text = text;
    this.options = options;
  }

  run(): Token[] {
    for (;;) {
      const before = this.tokens.length;
      if (!this.skipBlanks()) continue;
      if (this.at >= this.text.length) break;
      this.token();
      if (this.tokens.length === before) throw new Error("the lexer stands still");
    }
    if (this.inVersionComment) this.push("invalid", "", "", this.text.length);
    this.push("end", "", "", this.text.length);
    return this.tokens;
  }

  private code(offset = 0): number {
    const at = this.at + offset;
    return at < this.text.length ? this.text.charCodeAt(at) : END;
  }

  private push(type: TokenType, key: string, value: string, start: number): Token {
    const token = { type, key, value, start, end: this.at };
    this.tokens.push(token);
    return token;
  }

  /** The rest of the text is one token that nothing accepts. */
  private invalid(start: number): Token {
    this.at = this.text.length;
    this.inVersionComment = false;
    return this.push("invalid", "", "", start);
  }

  /** Skips white space and one comment at most; false when there may be more to skip. */
  private skipBlanks(): boolean {
    const start = this.at;
    while (isSpace(this.code())) this.at++;
    const code = this.code();
    if (code === HASH || (code === DASH && this.code(1) === DASH && endsDashes(this.code(2)))) {
      const end = this.text.indexOf("\n", this.at);
      this.at = end < 0 ? this.text.length : end;
    } else if (code === SLASH && this.code(1) === STAR) {
      this.comment();
    } else if (code === STAR && this.code(1) === SLASH && this.inVersionComment) {
      this.at += 2;
      this.inVersionComment = false;
    } else {
      if (this.at > start) this.nameOnly = false;
      return true;
    }
    this.nameOnly = false;
    return false;
  }

  private comment(): void {
    const start = this.at;
    const version = this.text.charCodeAt(start + 2) === 33 ? this.version(start + 3) : null;
    if (version !== null && version.number <= SERVER_VERSION) {
      this.at = version.end;
      this.inVersionComment = true;
      return;
    }
    const end = commentEnd(this.text, start, version !== null);
    if (end < 0) this.invalid(start);
    else this.at = end;
  }

  /** The five or six digits after `/*!`; none means every version. */
  private version(start: number): { readonly number: number; readonly end: number } {
    const digits = /^\d{5}\d?/.exec(this.text.slice(start, start + 6))?.[0] ?? "";
    return { number: Number(digits), end: start + digits.length };
  }

  private token(): Token {
    const code = this.code();
    if (isDigit(code)) return this.number();
    if (isNamePart(code)) return this.word();
    if (code === BACKQUOTE || (code === DOUBLE_QUOTE && this.options.ansiQuotes)) {
      return this.quotedText("quoted", 0);
    }
    if (code === QUOTE || code === DOUBLE_QUOTE) return this.quotedText("string", 0);
    if (code === AT) return this.variable();
    return code === DOT ? this.dot() : this.symbol();
  }

  private word(): Token {
    const code = this.code();
    if (this.code(1) === QUOTE && !this.nameOnly) {
      const letter = code | 32;
      if (letter === 120) return this.digitsText("hex");
      if (letter === 98) return this.digitsText("bit");
      if (letter === 110) return this.quotedText("national", 1);
    }
    return code === DOLLAR ? this.dollar() : this.name(this.at);
  }

  /** `$tag$ any text $tag$`, the bodies of functions in other languages; else a name. */
  private dollar(): Token {
    const start = this.at;
    let end = start + 1;
    while (isNamePart(this.text.charCodeAt(end)) && this.text.charCodeAt(end) !== DOLLAR) end++;
    if (this.text.charCodeAt(end) !== DOLLAR) return this.name(start);
    const tag = this.text.slice(start, end + 1);
    const close = this.text.indexOf(tag, end + 1);
    if (close < 0) return this.invalid(start);
    this.at = close + tag.length;
    return this.push("invalid", "$$", "", start);
  }

  /** A name or keyword from `start`; `at` may be further already, for names that begin with digits. */
  private name(start: number): Token {
    const { text } = this;
    let end = this.at;
    while (end < text.length && isNamePart(text.charCodeAt(end))) end++;
    this.at = end;
    const word = text.slice(start, end);
    const beforeDot = this.code() === DOT && isNamePart(this.code(1));
    if (!this.nameOnly && (!beforeDot || this.afterAtAt)) {
      this.afterAtAt = false;
      if (word.charCodeAt(0) === 95 && CHARSETS.has(word.slice(1).toLowerCase())) {
        return this.push("introducer", "", word.slice(1).toLowerCase(), start);
      }
      const capitals = inCapitals(word);
      const key = reservedKey(capitals, this.beforeParenthesis());
      return key === undefined
        ? this.push("identifier", nameKey(capitals), word, start)
        : this.push("reserved", key, word, start);
    }
    this.nameOnly = false;
    return this.push("identifier", "", word, start);
  }

  private beforeParenthesis(): boolean {
    let at = this.at;
    if (this.options.ignoreSpace ?? true) while (isSpace(this.text.charCodeAt(at))) at++;
    return this.text.charCodeAt(at) === OPEN;
  }

  /** Numbers, and names that begin with a digit. */
  private number(): Token {
    const start = this.at;
    if (this.nameOnly) return this.name(start);
    if (this.code() === ZERO && this.code(1) === 120) return this.prefixed(start, "hex");
    if (this.code() === ZERO && this.code(1) === 98) return this.prefixed(start, "bit");
    while (isDigit(this.code())) this.at++;
    const code = this.code();
    if (code === DOT) {
      this.at++;
      return this.fraction(start);
    }
    if (!isNamePart(code)) {
      return this.push("integer", "", this.text.slice(start, this.at), start);
    }
    if ((code | 32) === 101) {
      const sign = this.code(1) === 43 || this.code(1) === DASH ? 1 : 0;
      if (isDigit(this.code(1 + sign))) {
        this.at += 1 + sign;
        while (isDigit(this.code())) this.at++;
        return this.push("float", "", this.text.slice(start, this.at), start);
      }
    }
    return this.name(start);
  }

  /** `0xAB` and `0b01`; a name when other name characters follow. */
  private prefixed(start: number, type: "hex" | "bit"): Token {
    const isPart = PARTS[type];
    let end = start + 2;
    while (isPart(this.text.charCodeAt(end))) end++;
    if (end === start + 2 || isNamePart(this.text.charCodeAt(end))) return this.name(start);
    this.at = end;
    return this.push(type, "", evenDigits(this.text.slice(start + 2, end), type), start);
  }

  /** What follows the dot of a decimal number. */
  private fraction(start: number): Token {
    while (isDigit(this.code())) this.at++;
    if ((this.code() | 32) === 101) {
      this.at++;
      if (this.code() === 43 || this.code() === DASH) this.at++;
      if (!isDigit(this.code())) return this.push("invalid", "", "", start);
      while (isDigit(this.code())) this.at++;
      return this.push("float", "", this.text.slice(start, this.at), start);
    }
    return this.push("decimal", "", this.text.slice(start, this.at), start);
  }

  /** `x'AB'` and `b'01'`. */
  private digitsText(type: "hex" | "bit"): Token {
    const start = this.at;
    let end = start + 2;
    const isPart = PARTS[type];
    while (isPart(this.text.charCodeAt(end))) end++;
    const digits = this.text.slice(start + 2, end);
    if (this.text.charCodeAt(end) !== QUOTE || (type === "hex" && digits.length % 2 === 1)) {
      this.at = Math.min(end + 1, this.text.length);
      return this.push("invalid", "", "", start);
    }
    this.at = end + 1;
    return this.push(type, "", digits, start);
  }

  private quotedText(type: "string" | "quoted" | "national", prefix: number): Token {
    const start = this.at;
    const escapes = type !== "quoted" && !this.options.plainBackslash;
    const read = readQuoted(this.text, start + prefix, escapes);
    if (read === null) return this.invalid(start);
    this.at = read.end;
    return this.push(type, "", read.value, start);
  }

  /** `@name`, `@'name'`, `@@`. */
  private variable(): Token {
    const start = this.at;
    const next = this.code(1);
    if (next === AT) return this.atAt(start);
    this.at++;
    if (next === QUOTE || next === DOUBLE_QUOTE || next === BACKQUOTE) {
      const read = readQuoted(this.text, this.at);
      if (read === null) return this.invalid(this.at);
      this.at = read.end;
      return this.push("variable", "", read.value, start);
    }
    while (isNamePart(this.code()) || this.code() === DOT) this.at++;
    return this.push("variable", "", this.text.slice(start + 1, this.at), start);
  }

  private atAt(start: number): Token {
    this.at += 2;
    const symbol = this.push("symbol", "@@", "@@", start);
    if (this.code() === BACKQUOTE) return symbol;
    if (!isNamePart(this.code())) return this.push("invalid", "", "", this.at);
    this.afterAtAt = true;
    return this.name(this.at);
  }

  private dot(): Token {
    const start = this.at;
    const previous = this.tokens[this.tokens.length - 1];
    const afterName =
      previous?.end === start && (previous.type === "identifier" || previous.type === "reserved");
    if (!afterName && isDigit(this.code(1))) {
      this.at++;
      return this.fraction(start);
    }
    this.at++;
    this.nameOnly = isNamePart(this.code());
    return this.push("symbol", ".", ".", start);
  }

  private symbol(): Token {
    const start = this.at;
    const code = this.code();
    const length = isComparison(code) ? this.comparisonLength(code) : this.symbolLength(code);
    this.at += length;
    const value = this.text.slice(start, this.at);
    const key = value === "||" && this.options.pipesAsConcat ? "CONCAT_PIPES" : value;
    return this.push(SYMBOLS.has(value) ? "symbol" : "invalid", key, value, start);
  }

  /** MySQL takes two comparison characters, after `<` up to three, whether they make an operator or not. */
  private comparisonLength(code: number): number {
    if (!isComparison(this.code(1))) return 1;
    return code === 60 && isComparison(this.code(2)) && this.code(2) !== 60 ? 3 : 2;
  }

  private symbolLength(code: number): number {
    const next = this.code(1);
    if (code === 38 || code === 124) return next === code ? 2 : 1;
    if (code === 58) return next === 61 ? 2 : 1;
    if (code === DASH && next === 62) return this.code(2) === 62 ? 3 : 2;
    return 1;
  }
}

const SYMBOLS = new Set(
  "( ) , ; + - * / % ^ ~ & | && || ! !! = <=> <> != < <= > >= << >> := -> ->> ? { } @@ .".split(
    " ",
  ),
);

function evenDigits(digits: string, type: "hex" | "bit"): string {
  return type === "hex" && digits.length % 2 === 1 ? `0${digits}` : digits;
}
