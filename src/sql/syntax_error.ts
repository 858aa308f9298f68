/** What can be wrong with a statement's text, as MySQL reports it. */

/** A statement that did not parse. Nearly always 1064; see {@link PARSE_ERRORS} for the others. */
export interface SqlSyntaxError {
  readonly errno: number;
  readonly sqlState: string;
  /** MySQL's own text. */
  readonly message: string;
  /** Where the offending token begins, a UTF-16 offset in the given text; the text's length at its end. */
  readonly offset: number;
  /** Line of the error, counted from 1, as in the message. */
  readonly line: number;
}

/** Errors other than 1064 that MySQL's grammar itself raises, by errno. `%s` is replaced. */
export const PARSE_ERRORS = {
  1065: { sqlState: "42000", text: "Query was empty" },
  1221: { sqlState: "HY000", text: "Incorrect usage of %s and %s" },
  1248: { sqlState: "42000", text: "Every derived table must have its own alias" },
  1583: {
    sqlState: "42000",
    text: "Incorrect parameters in the call to native function '%s'",
  },
  1800: { sqlState: "HY000", text: "Unknown ALGORITHM '%s'" },
  1801: { sqlState: "HY000", text: "Unknown LOCK type '%s'" },
  1303: { sqlState: "2F003", text: "Can't create a %s from within another stored routine" },
  1313: { sqlState: "42000", text: "RETURN is only allowed in a FUNCTION" },
  1309: { sqlState: "42000", text: "Redefining label %s" },
  1310: { sqlState: "42000", text: "End-label %s without match" },
  1308: { sqlState: "42000", text: "%s with no matching label: %s" },
  1319: { sqlState: "42000", text: "Undefined CONDITION: %s" },
  1407: { sqlState: "42000", text: "Bad SQLSTATE: '%s'" },
  1641: { sqlState: "42000", text: "Duplicate condition information item '%s'" },
  1646: {
    sqlState: "HY000",
    text: "SIGNAL/RESIGNAL can only use a CONDITION defined with SQLSTATE",
  },
  1330: { sqlState: "42000", text: "Duplicate parameter: %s" },
  1331: { sqlState: "42000", text: "Duplicate variable: %s" },
  1327: { sqlState: "42000", text: "Undeclared variable: %s" },
  1367: { sqlState: "22007", text: "Illegal %s '%s' value found during parsing" },
  1470: {
    sqlState: "HY000",
    text: "String '%s' is too long for %s (should be no longer than %s)",
  },
  3568: { sqlState: "HY000", text: "Unresolved table name %s in locking clause." },
  3569: { sqlState: "HY000", text: "Table %s appears in multiple locking clauses." },
  3950: { sqlState: "HY000", text: "Out of memory" },
  3954: {
    sqlState: "HY000",
    text: "Misplaced INTO clause, INTO is not allowed inside subqueries, and must be placed at end of UNION clauses.",
  },
} as const;

/** An errno of {@link PARSE_ERRORS}. */
export type ParseErrno = keyof typeof PARSE_ERRORS;

/** MySQL cuts the text after "near" at this many bytes of UTF-8, between characters. */
const NEAR_BYTES_MAX = 80;

const COMPLAINT =
  "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use";

/**
 * The error 1064 at a token. `text` ends where the statement does (MySQL drops trailing semicolons and white space
 * before it parses); lines are counted from `begin`, where it starts.
 */
export function syntaxError(
  text: string,
  begin: number,
  token: { readonly start: number; readonly end: number },
  complaint = COMPLAINT,
): SqlSyntaxError {
  const line = lineAt(text, token.end, begin);
  const message = `${complaint} near '${cutBytes(text.slice(token.start))}' at line ${line}`;
  return { errno: 1064, sqlState: "42000", message, offset: token.start, line };
}

/** One of the other errors of the grammar. */
export function parseError(
  errno: ParseErrno,
  text: string,
  begin: number,
  offset: number,
  args: readonly string[] = [],
): SqlSyntaxError {
  const { sqlState, text: pattern } = PARSE_ERRORS[errno];
  const rest = [...args];
  const message = pattern.replace(/%s/g, () => rest.shift() ?? "");
  return { errno, sqlState, message, offset, line: lineAt(text, offset, begin) };
}

/** The line of an offset, counted from 1 at `begin`. A line break behind a backslash, as in a string, is not counted. */
function lineAt(text: string, offset: number, begin: number): number {
  let line = 1;
  let at = text.indexOf("\n", begin);
  while (at >= 0 && at < offset) {
    if (text.charAt(at - 1) !== "\\") line++;
    at = text.indexOf("\n", at + 1);
  }
  return line;
}

function cutBytes(text: string): string {
  let bytes = 0;
  let end = 0;
  for (const character of text.slice(0, NEAR_BYTES_MAX)) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > NEAR_BYTES_MAX) break;
    end += character.length;
  }
  return text.slice(0, end);
}
