/** What MySQL's parser says against the statements of a text, each parsed on its own. */
import { tokenize } from "../sql/lexer.ts";
import { parseStatement } from "../sql/parser.ts";
import type { SqlSyntaxError } from "../sql/syntax_error.ts";
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
    if (statement.clientCommand !== undefined) return [];
    const result = parseStatement(statement.text);
    return result.ok ? [] : [problemOf(statement, result.error)];
  });
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
