/** Statements as the views of the sys schema show them. */

export type StatementText = (sql: string | undefined) => string | null;

const STATEMENT_LENGTH = 64;

export const wholeStatement: StatementText = (sql) => sql ?? null;

/** sys.format_statement: both ends of what is longer than statement_truncate_len, in one line. */
export const formatStatement: StatementText = (sql) => {
  if (sql === undefined) return null;
  const characters = [...sql];
  const end = STATEMENT_LENGTH / 2 - 2;
  const shown =
    characters.length > STATEMENT_LENGTH
      ? [...characters.slice(0, end), " ... ", ...characters.slice(-end)]
      : characters;
  return shown.join("").replaceAll("\n", " ");
};
