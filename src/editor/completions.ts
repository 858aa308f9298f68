/** What can be completed at a place in the text: names of tables and columns, then words of SQL. */
import { FUNCTION_KEYWORDS, KEYWORDS, RESERVED_KEYWORDS } from "../sql/keywords.ts";
import { tokenize } from "../sql/lexer.ts";
import type { Token } from "../sql/token.ts";
import type { EditorNames } from "./editor_props.ts";
import { statementsOf } from "./statements.ts";
import { type EditorLanguage, WORDS } from "./words.ts";

export interface Completion {
  readonly text: string;
  readonly kind: "keyword" | "table" | "column";
  /** What it is, in the person's language; empty for words of SQL. */
  readonly detail: string;
}

export interface Completions {
  /** Where the word that is being typed begins. */
  readonly start: number;
  /** The likeliest first. */
  readonly items: readonly Completion[];
}

/** What people come here to type, before the long list of all keywords. */
const FIRST_WORDS = [
  "SELECT",
  "INSERT INTO",
  "UPDATE",
  "DELETE FROM",
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "START TRANSACTION",
  "START TRANSACTION WITH CONSISTENT SNAPSHOT",
  "SET SESSION TRANSACTION ISOLATION LEVEL",
  "SAVEPOINT",
  "ROLLBACK TO SAVEPOINT",
  "CREATE TABLE",
  "ALTER TABLE",
  "LOCK TABLES",
  "UNLOCK TABLES",
  "SHOW ENGINE INNODB STATUS",
  "SHOW PROCESSLIST",
];

const NEXT_WORDS = [
  "FROM",
  "WHERE",
  "VALUES",
  "SET",
  "FOR UPDATE",
  "FOR SHARE",
  "NOWAIT",
  "SKIP LOCKED",
  "LOCK IN SHARE MODE",
  "ORDER BY",
  "GROUP BY",
  "LIMIT",
  "BETWEEN",
  "AND",
  "OR",
  "IN",
  "ON DUPLICATE KEY UPDATE",
  "FORCE INDEX",
  "READ UNCOMMITTED",
  "READ COMMITTED",
  "REPEATABLE READ",
  "SERIALIZABLE",
];

const WORDS_OF_SQL = [
  ...new Set([...FIRST_WORDS, ...NEXT_WORDS, ...KEYWORDS, ...FUNCTION_KEYWORDS]),
];
const LATER_WORDS = [...new Set([...NEXT_WORDS, ...WORDS_OF_SQL])];
const BEFORE_TABLES = new Set("FROM JOIN INTO UPDATE TABLE TABLES DESCRIBE".split(" "));
const RESERVED = new Set(RESERVED_KEYWORDS);

export function completionsAt(
  text: string,
  offset: number,
  names: EditorNames,
  language: EditorLanguage,
): Completions {
  const word = /[\p{L}\p{N}_$]*$/u.exec(text.slice(0, offset))?.[0] ?? "";
  const start = offset - word.length;
  const tokensBefore = tokenize(text.slice(0, start)).slice(0, -1);
  if (tokensBefore.at(-1)?.type === "invalid" || isInComment(text.slice(0, start), tokensBefore)) {
    return { start, items: [] };
  }
  // What stands before the word in its own statement; the one before it may have ended.
  const before = tokensBefore.slice(tokensBefore.findLastIndex((token) => token.key === ";") + 1);
  const statement = statementsOf(text).find((one) => one.start === before[0]?.start);
  const all = tokenize(statement?.text ?? "");
  const last = before.at(-1);
  if (last?.key === ".") {
    const table = tableCalled(before.at(-2)?.value ?? "", all, names);
    return { start, items: table === undefined ? [] : columns([table], language) };
  }
  const tables = names.tables.map(
    ({ name }): Completion => ({
      text: quoted(name),
      kind: "table",
      detail: WORDS[language].table,
    }),
  );
  const words = wordsFor(word, before.length === 0);
  if (before.length === 0) return { start, items: [...words, ...tables] };
  const used = names.tables.filter((table) => all.some((token) => isName(token, table.name)));
  const ofTables = columns(used, language);
  const items = BEFORE_TABLES.has(last?.key ?? "")
    ? [...tables, ...words, ...ofTables]
    : [...ofTables, ...words, ...tables];
  return { start, items };
}

type Table = EditorNames["tables"][number];

function columns(tables: readonly Table[], language: EditorLanguage): readonly Completion[] {
  const found = new Map<string, Completion>();
  for (const table of tables) {
    const detail = WORDS[language].columnOf(table.name);
    for (const name of table.columns) {
      if (found.has(name)) continue;
      found.set(name, { text: quoted(name), kind: "column", detail });
    }
  }
  return [...found.values()];
}

/** Words in the case that is being typed. */
function wordsFor(typed: string, isFirst: boolean): readonly Completion[] {
  const isLower = typed !== "" && typed === typed.toLowerCase() && typed !== typed.toUpperCase();
  return (isFirst ? WORDS_OF_SQL : LATER_WORDS).map((word) => ({
    text: isLower ? word.toLowerCase() : word,
    kind: "keyword",
    detail: "",
  }));
}

/** A table by its name, or by its alias in the statement: `t AS a` and `t a`. */
function tableCalled(
  name: string,
  tokens: readonly Token[],
  names: EditorNames,
): Table | undefined {
  const byName = names.tables.find((table) => sameName(table.name, name));
  if (byName !== undefined) return byName;
  return names.tables.find((table) =>
    tokens.some((token, index) => {
      if (!isName(token, table.name)) return false;
      const next = tokens[index + 1];
      const alias = next?.key === "AS" ? tokens[index + 2] : next;
      return alias !== undefined && isName(alias, name);
    }),
  );
}

function isName(token: Token, name: string): boolean {
  const canBeName = token.type === "identifier" || token.type === "quoted";
  return canBeName && sameName(token.value, name);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Names that are no plain word need backquotes. */
function quoted(name: string): string {
  const isPlain = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && !RESERVED.has(name.toUpperCase());
  return isPlain ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** A comment to the end of the line leaves no token behind; anything else does. */
function isInComment(text: string, tokens: readonly Token[]): boolean {
  const rest = text.slice(tokens.at(-1)?.end ?? 0);
  const line = rest.slice(rest.lastIndexOf("\n") + 1);
  return /#|--(\s|$)/.test(line);
}
