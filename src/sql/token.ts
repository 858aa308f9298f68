/** The words that a statement is cut into. */

/**
 * What a token is.
 *
 *     identifier  an unquoted name, or a keyword that may  quoted      a name in backquotes
 *                 also be one; only the parser knows which
 *     reserved    a keyword that is no name
 *     integer, decimal, float, hex, bit, string            literals
 *     national    N'text'                                  introducer  _utf8mb4 before a literal
 *     variable    @name (the name may be empty)            symbol      an operator or punctuation
 *     invalid     what MySQL's lexer refuses, such as an unterminated string
 *     end         the end of the text
 */
export type TokenType =
  | "identifier"
  | "quoted"
  | "reserved"
  | "integer"
  | "decimal"
  | "float"
  | "hex"
  | "bit"
  | "string"
  | "national"
  | "introducer"
  | "variable"
  | "symbol"
  | "invalid"
  | "end";

export interface Token {
  readonly type: TokenType;
  /** What the parser compares: the word in capitals (synonyms folded) or the symbol; "" for what is no keyword. */
  readonly key: string;
  /** A name or a literal's contents with quotes and escapes undone; for keywords and symbols the source text. */
  readonly value: string;
  /** UTF-16 offsets in the text, end excluded. */
  readonly start: number;
  readonly end: number;
}
