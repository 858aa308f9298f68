/** What MySQL says against the statements of a text, each read on its own. */
import { tokenize } from "../sql/lexer.ts";
import { type SqlSyntaxError, syntaxError } from "../sql/syntax_error.ts";
import type { EditorStatement } from "./editor_props.ts";

/** `[start, end)` of the text to underline, never empty. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  /** As the mysql client prints it. */
  readonly message: string;
}

export function problemsOf(statements: readonly EditorStatement[]): readonly Problem[] {
  return statements.flatMap((statement) => {
    const error = errorOf(statement.text);
    return error === null ? [] : [problemOf(statement, error)];
  });
}

function errorOf(text: string): SqlSyntaxError | null {
  const invalid = tokenize(text).find((token) => token.type === "invalid");
  if (invalid === undefined) return null;
  return syntaxError(text, 0, invalid);
}

/** Underlines the token at the error; at the statement's end its last one. */
function problemOf(statement: EditorStatement, error: SqlSyntaxError): Problem {
  const tokens = tokenize(statement.text).filter((token) => token.end > token.start);
  const token = tokens.find((one) => one.end > error.offset) ?? tokens.at(-1);
  return {
    start: statement.start + (token?.start ?? 0),
    end: statement.start + (token?.end ?? statement.text.length),
    message: `ERROR ${error.errno} (${error.sqlState}): ${error.message}`,
  };
}
