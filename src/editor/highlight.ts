/**
 * The colours of SQL text, line by line, from our own lexer.
 *
 * Both editors ask for one line at a time. What was left open at the end of a line (a quote, a comment) is
 * told to the next one, which is then lexed with the opener before it:
 *
 *     SELECT 'two        open after it: '
 *     lines', 3          lexed as  'x + lines', 3   and cut where the line begins
 */
import { isKeyword } from "../sql/keywords.ts";
import { tokenize } from "../sql/lexer.ts";
import type { Token } from "../sql/token.ts";

export type TokenColour =
  | "keyword"
  | "function"
  | "string"
  | "number"
  | "name"
  | "variable"
  | "operator"
  | "comment";

/** `[start, end)` within the line. What no span covers has the colour of plain text. */
export interface ColouredSpan {
  readonly start: number;
  readonly end: number;
  readonly colour: TokenColour;
}

/** What is open where a line begins. `/*!` is a versioned comment, whose contents are SQL. */
export type OpenText = "" | "'" | '"' | "`" | "/*" | "/*!";

export interface ColouredLine {
  readonly spans: readonly ColouredSpan[];
  /** What is open where the next line begins. */
  readonly open: OpenText;
}

/** The letter keeps a quote at the line's start from being read as the second half of a doubled one. */
const OPENERS: Readonly<Record<OpenText, string>> = {
  "": "",
  "'": "'x",
  '"': '"x',
  "`": "`x",
  "/*": "/* ",
  "/*!": "/*! ",
};

export function colourLine(line: string, openBefore: OpenText): ColouredLine {
  const opener = OPENERS[openBefore];
  const text = opener + line;
  const tokens = tokenize(text);
  const spans: ColouredSpan[] = [];
  const add = (start: number, end: number, colour: TokenColour | null) => {
    const from = Math.max(start - opener.length, 0);
    const to = end - opener.length;
    if (colour !== null && to > from) spans.push({ start: from, end: to, colour });
  };

  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const comment = commentIn(text, at, token.start);
    if (comment !== null) add(comment.start, comment.end, "comment");
    add(token.start, token.end, colourOf(text, tokens, index));
    at = token.end;
  }
  return { spans, open: openAfter(text, tokens) };
}

/** All lines of a text, in order. */
export function colourLines(text: string): readonly ColouredLine[] {
  let open: OpenText = "";
  return text.split("\n").map((line) => {
    const coloured = colourLine(line, open);
    open = coloured.open;
    return coloured;
  });
}

/** Between two tokens there is nothing but white space and comments. */
function commentIn(text: string, from: number, to: number): { start: number; end: number } | null {
  const gap = text.slice(from, to);
  const start = from + gap.length - gap.trimStart().length;
  const end = from + gap.trimEnd().length;
  return start < end ? { start, end } : null;
}

function colourOf(text: string, tokens: readonly Token[], index: number): TokenColour | null {
  const token = tokens[index] as Token;
  switch (token.type) {
    case "reserved":
    case "identifier":
      if (tokens[index - 1]?.key === "@@") return "variable";
      if (isCall(tokens, index)) return "function";
      return isWordOfSql(token) ? "keyword" : null;
    case "quoted":
      return "name";
    case "integer":
    case "decimal":
    case "float":
    case "hex":
    case "bit":
      return "number";
    case "string":
    case "national":
      return "string";
    case "introducer":
      return "keyword";
    case "variable":
      return "variable";
    case "symbol":
      return token.key === "@@" ? "variable" : "operator";
    case "invalid":
      return invalidColour(text, token);
    case "end":
      return null;
  }
}

/** Words that stand before a table's or key's name, after which `(` opens a list of columns. */
const BEFORE_NAMES = new Set(
  "INTO TABLE KEY INDEX REFERENCES ON EXISTS WITH UPDATE FROM JOIN AS CONSTRAINT .".split(" "),
);

/** Words that `(` follows without a call. */
const NO_CALLS = new Set(
  (
    "IN VALUES VALUE KEY INDEX AND OR NOT ON AS BY USING EXISTS WHERE SELECT FROM UNION ALL ANY " +
    "UNIQUE PRIMARY CHECK REFERENCES BETWEEN SET WHEN THEN ELSE HAVING OVER XOR LIKE"
  ).split(" "),
);

const TYPES = new Set(
  (
    "INT TINYINT SMALLINT MEDIUMINT BIGINT DECIMAL NUMERIC FLOAT DOUBLE REAL CHAR VARCHAR BINARY " +
    "VARBINARY TEXT BLOB DATETIME TIMESTAMP TIME BIT ENUM DEC FIXED"
  ).split(" "),
);

function isCall(tokens: readonly Token[], index: number): boolean {
  if (tokens[index + 1]?.key !== "(") return false;
  const token = tokens[index] as Token;
  if (!isWordOfSql(token)) return !BEFORE_NAMES.has(tokens[index - 1]?.key ?? "");
  return !NO_CALLS.has(token.key) && !TYPES.has(token.key);
}

function isWordOfSql({ type, key }: Token): boolean {
  return type === "reserved" || isKeyword(key);
}

/** Something unfinished keeps the colour that it will have. */
function invalidColour(text: string, token: Token): TokenColour | null {
  switch (openingOf(text, token)) {
    case "'":
    case '"':
      return "string";
    case "`":
      return "name";
    case "/*":
    case "/*!":
      return "comment";
    case "":
      return null;
  }
}

function openingOf(text: string, token: Token): OpenText {
  if (token.end < text.length) return "";
  const first = text.charAt(token.start);
  if (first === "'" || first === '"' || first === "`") return first;
  if (/^n'/i.test(text.slice(token.start))) return "'";
  return text.startsWith("/*", token.start) ? "/*" : "";
}

function openAfter(text: string, tokens: readonly Token[]): OpenText {
  const last = tokens.at(-2);
  if (last === undefined || last.type !== "invalid") return "";
  // A versioned comment that does not end leaves an empty token; so does a bare `@@`.
  if (last.start === text.length) return tokens.at(-3)?.key === "@@" ? "" : "/*!";
  return openingOf(text, last);
}
