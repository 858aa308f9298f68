/**
 * PostgreSQL's SQL in MySQL's words, as far as the two mean the same. Only what tests of isolation use is known; what is
 * not translated here is left as it is, and MySQL's parser decides. What has the same form and another meaning (`||`, an
 * explicit LOCK TABLE within a transaction) is changed or refused, never passed on.
 *
 * Strings are put aside before anything is replaced, so that no rule looks into them.
 */

import { withoutSeries } from "./postgres_series.ts";

/** PostgreSQL's statement in MySQL's words: several, where one becomes several. */
export interface Translation {
  readonly statements: readonly string[];
  readonly isChanged: boolean;
  /** What cannot be said in MySQL; null when all of it can. */
  readonly lost: string | null;
}

/** [what is looked for, what it becomes] */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:pg_catalog|public)\./gi, ""],
  [
    /::\s*(?:character varying|double precision|timestamp with time zone|\w+)(?:\(\d+\))?(?:\[\])?/gi,
    "",
  ],
  [/\bFOR NO KEY UPDATE\b/gi, "FOR UPDATE"],
  [/\bFOR KEY SHARE\b/gi, "FOR SHARE"],
  [/^ABORT\b.*$/i, "ROLLBACK"],
  [/^END\b.*$/i, "COMMIT"],
  [/^(COMMIT|ROLLBACK)\s+(?:TRANSACTION)$/i, "$1"],
  [/^BEGIN\s+TRANSACTION$/i, "BEGIN"],
  [/\bpg_sleep\s*\(/gi, "SLEEP("],
  [/\bpg_backend_pid\s*\(/gi, "CONNECTION_ID("],
  [/\bpg_advisory_(?:xact_)?lock\s*\(\s*([\w, ]+?)\s*\)/gi, "GET_LOCK('$1', -1)"],
  [/\bpg_try_advisory_(?:xact_)?lock\s*\(\s*([\w, ]+?)\s*\)/gi, "GET_LOCK('$1', 0)"],
  [/\bpg_advisory_unlock\s*\(\s*([\w, ]+?)\s*\)/gi, "RELEASE_LOCK('$1')"],
  [/\b(?:timestamptz|timestamp with(?:out)? time zone)\b/gi, "datetime"],
  [/\bjsonb\b/gi, "json"],
  [/\bbytea\b/gi, "varbinary(255)"],
  [/\bcharacter varying\b(?!\s*\()/gi, "varchar(255)"],
  [/\bbigserial\b/gi, "serial"],
  [/\bint4\b/gi, "int"],
  [/\bint8\b/gi, "bigint"],
  [/\)\s*WITH\s*\([^()]*\)/gi, ")"],
  [/^(?:CREATE|DROP|ALTER) EXTENSION\b[\s\S]*$/i, ""],
  // A table's access method: ours is InnoDB whatever it is.
  [/^(CREATE\b[^(]*\bTABLE\b[\s\S]*\))\s*USING\s+\w+/i, "$1"],
  [/\bCREATE\s+(?:UNLOGGED)\s+TABLE\b/gi, "CREATE TABLE"],
  [/\bINSERT INTO\s+(\S+)\s+DEFAULT VALUES\b/gi, "INSERT INTO $1 () VALUES ()"],
  [
    /\bCREATE (UNIQUE )?INDEX ON (\w+)\s*(?:USING btree\s*)?\(([^()]+)\)/gi,
    "CREATE $1INDEX idx_$2 ON $2 ($3)",
  ],
  [/\bUSING btree\b/gi, ""],
  [/^DROP INDEX (\w+)$/i, "DROP INDEX $1"],
  [/\bdate_trunc\s*\(/gi, "date_trunc("],
  [
    /(?<!\b(?:primary|foreign|unique|duplicate|no|for|on)\s+)(?<![.`\w])key\b(?!\s+(?:share|update))/gi,
    "`key`",
  ],
  [/\bEXCLUDED\.(\w+)/gi, "VALUES($1)"],
  [/\s+RETURNING\b[\s\S]*$/i, ""],
  [/^SET\s+lock_timeout\s*(?:=|TO)\s*@0@$/i, "SET innodb_lock_wait_timeout = 1"],
  [
    /^SET\s+(?:LOCAL\s+)?(?:deadlock_timeout|client_min_messages|enable_\w+|search_path|jit|statement_timeout|default_transaction_isolation)\b.*$/i,
    "",
  ],
];

const LOST: readonly (readonly [RegExp, string])[] = [
  [/^LOCK\b/i, "LOCK TABLE"],
  [/^(?:PREPARE TRANSACTION|(?:COMMIT|ROLLBACK) PREPARED)\b/i, "PREPARE TRANSACTION"],
  [/\bgenerate_series\b/i, "generate_series"],
  [/\bDO UPDATE\b[\s\S]*\bWHERE\b/i, "ON CONFLICT ... WHERE"],
  [/\bISOLATION LEVEL\b.*\bDEFERRABLE\b/i, "DEFERRABLE"],
  [/\bPARTITION (?:BY|OF)\b|\bINHERITS\s*\(/i, "PARTITION BY"],
  [/^DELETE FROM\s+ONLY\b/i, "ONLY"],
];

const LEVEL =
  /^(BEGIN|START)(?:\s+(?:TRANSACTION|WORK))?[\s,]+ISOLATION LEVEL (READ UNCOMMITTED|READ COMMITTED|REPEATABLE READ|SERIALIZABLE)\b[\s,]*(READ ONLY|READ WRITE)?[\s,]*$/i;

/** Words that only stand in what was written for PostgreSQL. */
export function isPostgres(source: string): boolean {
  return /postgres|\bpg_\w+\(|\w::\w|\bgenerate_series\b|\bON CONFLICT\b|\bFOR (?:NO KEY UPDATE|KEY SHARE)\b|\btext\b[^,()]*\b(?:PRIMARY KEY|UNIQUE|DEFAULT\s+')|\$\$/i.test(
    source,
  );
}

export function toMySql(given: string): Translation {
  const strings: string[] = [];
  const aside = given.trim().replace(/'(?:[^']|'')*'|--[^\n]*/g, (text) => {
    if (text.startsWith("--")) return "";
    strings.push(text);
    return `@${strings.length - 1}@`;
  });
  const bare = withoutSeries(aside.replace(/"([^"]*)"/g, "`$1`").trim());
  const back = (sql: string): string =>
    sql.replace(/@(\d+)@/g, (_all, at: string) => strings[Number(at)] ?? "").trim();

  const lost = LOST.find(([found]) => found.test(bare));
  if (lost !== undefined) return { statements: [], isChanged: false, lost: lost[1] };

  const level = LEVEL.exec(bare);
  if (level !== null) {
    const [, , name = "", access = ""] = level;
    const begin = access === "" ? "BEGIN" : `START TRANSACTION ${access.toUpperCase()}`;
    const set = `SET TRANSACTION ISOLATION LEVEL ${name.toUpperCase()}`;
    return { statements: [set, begin], isChanged: true, lost: null };
  }
  let sql = onConflict(bare);
  for (const [found, become] of RULES) sql = sql.replace(found, become);
  // A text is a key there; here it needs a length for that.
  if (/^CREATE\b[^(]*\bTABLE\b/i.test(sql)) sql = sql.replace(/\btext\b/gi, "varchar(255)");
  sql = concatenated(sql).trim();
  const result = back(sql);
  return {
    statements: result === "" ? [] : [result],
    isChanged: result !== given.trim(),
    lost: null,
  };
}

/** INSERT IGNORE is close to DO NOTHING: it passes over other errors, too, which these tests do not make. */
function onConflict(sql: string): string {
  const nothing = /\s+ON CONFLICT\b(?:\s*\([^()]*\))?\s+DO NOTHING\b/i;
  if (nothing.test(sql))
    return sql.replace(nothing, "").replace(/\bINSERT INTO\b/i, "INSERT IGNORE INTO");
  return sql.replace(
    /\s+ON CONFLICT\b(?:\s*\([^()]*\))?\s+DO UPDATE\s+SET\b/i,
    " ON DUPLICATE KEY UPDATE",
  );
}

const OPERAND = "(?:@\\d+@|[\\w.`]+(?:\\([^()]*\\))?)";
const CHAIN = new RegExp(`${OPERAND}(?:\\s*\\|\\|\\s*${OPERAND})+`, "g");

/** `a || 'b'` puts texts together there and is OR here. */
function concatenated(sql: string): string {
  return sql.replace(CHAIN, (chain) => `CONCAT(${chain.split(/\s*\|\|\s*/).join(", ")})`);
}
