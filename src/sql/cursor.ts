/** The parser's place in a statement's tokens: looking, taking, and failing where MySQL fails. */

import type { Identifier, Span, TableName } from "./ast.ts";
import type { LexerOptions } from "./lexer.ts";
import { type ParseErrno, parseError, type SqlSyntaxError, syntaxError } from "./syntax_error.ts";
import type { Token, TokenType } from "./token.ts";

/** Thrown by the parsing functions and caught at the entry points; never leaves this layer. */
export class ParseFailure extends Error {
  readonly failure: SqlSyntaxError;

  constructor(failure: SqlSyntaxError) {
    super(failure.message);
    this.failure = failure;
  }
}

/** How a statement is to be read. */
export interface ParseOptions extends LexerOptions {
  /** Whether `?` is a parameter; otherwise it is a syntax error, as it is outside PREPARE. */
  readonly parameters?: boolean;
  /** REAL_AS_FLOAT: REAL is FLOAT. */
  readonly realAsFloat?: boolean;
  /** HIGH_NOT_PRECEDENCE: NOT binds as `!` does. */
  readonly highNot?: boolean;
}

/** Nesting beyond this fails as it does in MySQL when memory runs out, though there it takes some 10,000 levels. */
const DEPTH_MAX = 300;

/** The same for the length of `1 + 1 + 1 + ...`. */
const CHAIN_MAX = 1000;

/** Of a statement without anything. */
export const NO_FACTS = {
  queries: 0,
  assignments: 0,
  hints: 0,
  oldForms: "",
  refusal: null as SqlSyntaxError | null,
};

const NO_TOKEN: Token = { type: "end", key: "", value: "", start: 0, end: 0 };

/**
 * A position in a list of tokens.
 *
 *     SELECT a FROM t        at("SELECT") is true, peek(2).key is "FROM"
 *     ^ token
 */
export class Cursor {
  readonly text: string;
  /** The token to be read next. */
  token: Token;
  /** Where the token read last ended: the end of every node that is finished now. */
  end = 0;
  readonly options: ParseOptions;
  /** What was read so far. */
  readonly facts = { ...NO_FACTS };
  /** An EXPLAIN is read: its queries lock nothing (MySQL: PT_locking_clause::do_contextualize). */
  explains = false;
  /** Variables of the procedure that is being read, by name in lower case; null outside. */
  locals: Map<string, number> | null = null;
  /** How many `?` were read. */
  parameterCount = 0;
  private readonly tokens: readonly Token[];
  /** Where the statement begins, white space skipped: lines are counted from here. */
  private get begin(): number {
    return /^[ \t\n\v\f\r]*/.exec(this.text)?.[0].length ?? 0;
  }
  private position = 0;
  private depth = 0;
  private deferred: SqlSyntaxError | null = null;

  /** `text` without what MySQL drops from a statement's end; `tokens` are its tokens. */
  constructor(text: string, tokens: readonly Token[], options: ParseOptions) {
    this.text = text;
    this.options = options;
    this.tokens = tokens;
    this.token = tokens[0] ?? NO_TOKEN;
  }

  /** The type of the token to be read next. */
  get type(): TokenType {
    return this.token.type;
  }

  /** Where the token to be read next begins. */
  get start(): number {
    return this.token.start;
  }

  /** The token `distance` places ahead; the last one beyond the end. */
  peek(distance: number): Token {
    return this.tokens[this.position + distance] ?? this.tokens[this.tokens.length - 1] ?? NO_TOKEN;
  }

  /** The token read last. */
  previous(): Token {
    return this.tokens[this.position - 1] ?? NO_TOKEN;
  }

  /** True when the next token is this keyword (upper case, main spelling) or symbol. */
  at(key: string): boolean {
    return this.token.key === key;
  }

  /** True when the next two tokens are these. */
  atPair(first: string, second: string): boolean {
    return this.token.key === first && this.peek(1).key === second;
  }

  /** Reads a token whatever it is, and returns it. */
  advance(): Token {
    const token = this.token;
    this.end = token.end;
    if (token.type !== "end") {
      this.position++;
      this.token = this.tokens[this.position] ?? NO_TOKEN;
    }
    return token;
  }

  /** Reads the keyword or symbol if it is next. */
  accept(key: string): boolean {
    if (this.token.key !== key) return false;
    this.advance();
    return true;
  }

  /** Reads two keywords if both are next. */
  acceptPair(first: string, second: string): boolean {
    if (!this.atPair(first, second)) return false;
    this.advance();
    this.advance();
    return true;
  }

  /** Reads a symbol that MySQL will give up. */
  acceptOld(symbol: "&&" | "||"): boolean {
    if (!this.accept(symbol)) return false;
    this.facts.oldForms += symbol;
    return true;
  }

  /** Reads the keyword or symbol, or fails at whatever stands there. */
  expect(key: string): void {
    if (!this.accept(key)) this.fail();
  }

  /** Reads one of the keywords and returns it, or null. */
  acceptOne<Key extends string>(keys: readonly Key[]): Key | null {
    const found = keys.find((key) => key === this.token.key);
    if (found === undefined) return null;
    this.advance();
    return found;
  }

  /** Reads one of the keywords, or fails. */
  expectOne<Key extends string>(keys: readonly Key[]): Key {
    return this.acceptOne(keys) ?? this.fail();
  }

  /** From `start` to the end of the token read last. */
  span(start: number): Span {
    return { start, end: this.end };
  }

  /** Error 1064 at the next token, or at the one given; a few have a complaint of their own. */
  fail(token: Token = this.token, complaint?: string): never {
    throw new ParseFailure(syntaxError(this.text, this.begin, token, complaint));
  }

  /** Another of MySQL's errors that its grammar raises. */
  failWith(errno: ParseErrno, ...args: readonly string[]): never {
    throw new ParseFailure(parseError(errno, this.text, this.begin, this.token.start, args));
  }

  /** An error that MySQL raises only when the whole statement has been read without a syntax error. */
  defer(errno: ParseErrno, ...args: readonly string[]): void {
    this.deferred ??= parseError(errno, this.text, this.begin, this.token.start, args);
  }

  /** Notes an error about names that MySQL finds in a whole statement. */
  refuse(errno: ParseErrno, ...args: readonly string[]): void {
    this.facts.refusal ??= parseError(errno, this.text, this.begin, this.token.start, args);
  }

  /** Raises what was deferred, at the end of the statement. */
  raiseDeferred(): void {
    if (this.deferred !== null) throw new ParseFailure(this.deferred);
  }

  /** Runs a part of the parser one level deeper. */
  nested<Result>(parse: (cursor: Cursor) => Result): Result {
    this.deeper();
    const result = parse(this);
    this.depth--;
    return result;
  }

  /** Counts one level more; the caller undoes it with {@link shallower}. */
  deeper(): void {
    if (++this.depth > DEPTH_MAX) this.exhausted();
  }

  /** Fails because the statement is too deep. */
  exhausted(): never {
    this.failWith(3950);
  }

  /**
   * Fails when a chain of operators grows too long: it makes a tree as deep as it is long, and whoever walks the tree
   * has to survive it.
   */
  checkChain(length: number): void {
    if (length > CHAIN_MAX) this.exhausted();
  }

  shallower(): void {
    this.depth--;
  }

  /** True when nothing is left. */
  atEnd(): boolean {
    return this.token.type === "end";
  }

  /** True when the next token can be a name: unquoted, quoted, or a keyword that is not reserved. */
  atName(): boolean {
    return this.token.type === "identifier" || this.token.type === "quoted";
  }

  /** Reads a name. */
  name(): Identifier {
    if (!this.atName()) this.fail();
    return this.takeName();
  }

  /** The next token as a name, whatever it is. */
  takeName(): Identifier {
    const token = this.advance();
    return { kind: "identifier", span: { start: token.start, end: token.end }, text: token.value };
  }

  /** Reads `[schema.]name`. */
  tableName(): TableName {
    const start = this.start;
    const first = this.name();
    if (!this.accept(".")) {
      return { kind: "tableName", span: first.span, schema: null, name: first };
    }
    const name = this.name();
    return { kind: "tableName", span: this.span(start), schema: first, name };
  }

  /** Reads a list with commas, at least one. */
  list<Item>(parse: (cursor: Cursor) => Item): Item[] {
    const items = [parse(this)];
    while (this.accept(",")) items.push(parse(this));
    return items;
  }

  /** Reads a list with commas in parentheses, at least one. */
  parenthesised<Item>(parse: (cursor: Cursor) => Item): Item[] {
    this.expect("(");
    const items = this.list(parse);
    this.expect(")");
    return items;
  }

  /** Reads a string literal (a single token) and returns its contents. */
  string(): string {
    if (this.type !== "string") this.fail();
    return this.advance().value;
  }

  /** Reads digits. */
  integer(): number {
    if (this.type !== "integer") this.fail();
    return Number(this.advance().value);
  }

  /** Reads a name or a string, as MySQL allows for character sets and the like; lower case. */
  nameOrString(): string {
    if (this.type === "string") return this.advance().value.toLowerCase();
    return this.name().text.toLowerCase();
  }
}
