/** SHOW, DESCRIBE and EXPLAIN. */

import { MISSING_SHOWS } from "../base/not_simulated.ts";
import type { TableName, Unsupported } from "./ast.ts";
import type {
  Describe,
  Explain,
  ExplainConnection,
  Show,
  ShowCreate,
  ShowFilter,
} from "./ast_show.ts";
import type { Cursor } from "./cursor.ts";
import { explainable } from "./parser_explainable.ts";
import { expression } from "./parser_expression.ts";
import { acceptLiteral } from "./parser_literal.ts";
import { acceptCharset } from "./parser_names.ts";
import { optionalLimit } from "./parser_query.ts";
import { failWithin, unsupported, wordsAhead } from "./parser_unsupported.ts";

/** Reads SHOW. */
export function show(cursor: Cursor): Show | Unsupported {
  const { start } = cursor.advance();
  const scope = cursor.acceptOne(["GLOBAL", "SESSION", "LOCAL"]);
  if (scope !== null) {
    if (!cursor.at("VARIABLES") && !cursor.at("STATUS")) cursor.fail();
    return variables(cursor, start, scope === "GLOBAL" ? "global" : "session");
  }
  const known = READERS.get(cursor.token.key);
  if (known !== undefined) return known(cursor, start);
  return otherShow(cursor, start);
}

type Reader = (cursor: Cursor, start: number) => Show | Unsupported;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["VARIABLES", (cursor, start) => variables(cursor, start, "session")],
  ["STATUS", (cursor, start) => variables(cursor, start, "session")],
  ["EXTENDED", modified],
  ["FULL", modified],
  ["PROCESSLIST", modified],
  ["TABLES", modified],
  ["COLUMNS", modified],
  ["INDEX", modified],
  ["INDEXES", modified],
  ["KEYS", modified],
  ["OPEN", openTables],
  ["TABLE", tableStatus],
  ["TRIGGERS", fromDatabase],
  ["EVENTS", fromDatabase],
  ["CREATE", create],
  ["ENGINE", engine],
  ["ENGINES", plain],
  ["STORAGE", storageEngines],
  ["DATABASES", plain],
  ["PLUGINS", plain],
  ["PRIVILEGES", plain],
  ["COLLATION", plain],
  ["CHARSET", plain],
  ["CHAR", plain],
  ["PROCEDURE", routines],
  ["FUNCTION", routines],
  ["GRANTS", grants],
  ["WARNINGS", diagnostics],
  ["ERRORS", diagnostics],
  ["COUNT", count],
]);

function otherShow(cursor: Cursor, start: number): Unsupported {
  const words = wordsAhead(cursor, MISSING_SHOWS);
  if (words === null) return failWithin(cursor, MISSING_SHOWS);
  return unsupported(cursor, start, `SHOW ${words.join(" ")}`);
}

// ---------------------------------------------------------------- the forms

function variables(cursor: Cursor, start: number, scope: "session" | "global"): Show {
  const subject = cursor.advance().key === "STATUS" ? "status" : "variables";
  const filter = filterOf(cursor);
  return { kind: "show", span: cursor.span(start), subject, scope, filter };
}

/** Reads `LIKE 'pattern'` or `WHERE condition`, if one is there. */
function filterOf(cursor: Cursor): ShowFilter | null {
  const start = cursor.start;
  if (cursor.accept("LIKE")) {
    const pattern = cursor.string();
    return { kind: "showLike", span: cursor.span(start), pattern };
  }
  if (!cursor.accept("WHERE")) return null;
  const condition = expression(cursor);
  return { kind: "showWhere", span: cursor.span(start), condition };
}

/** The forms that EXTENDED and FULL may stand before. */
function modified(cursor: Cursor, start: number): Show {
  const extended = cursor.accept("EXTENDED");
  const full = cursor.accept("FULL");
  switch (cursor.token.key) {
    case "PROCESSLIST":
      if (extended) cursor.fail();
      cursor.advance();
      return { kind: "show", span: cursor.span(start), subject: "processlist", full };
    case "TABLES":
      cursor.advance();
      return {
        kind: "show",
        subject: "tables",
        full,
        database: database(cursor),
        filter: filterOf(cursor),
        span: cursor.span(start),
      };
    case "COLUMNS":
      cursor.advance();
      return ofTable(cursor, start, "columns", full);
    case "INDEX":
    case "INDEXES":
    case "KEYS":
      if (full) cursor.fail();
      cursor.advance();
      return ofTable(cursor, start, "index", false);
    default:
      return cursor.fail();
  }
}

/** Reads `FROM db` or `IN db`, if it is there. */
function database(cursor: Cursor): TableName["name"] | null {
  return cursor.acceptOne(["FROM", "IN"]) === null ? null : cursor.name();
}

function ofTable(cursor: Cursor, start: number, subject: "columns" | "index", full: boolean): Show {
  cursor.expectOne(["FROM", "IN"]);
  const named = cursor.tableName();
  const schema = database(cursor);
  const span = cursor.span(named.span.start);
  const table: TableName = schema === null ? named : { ...named, schema, span };
  if (subject === "index" && cursor.at("LIKE")) cursor.fail();
  const filter = filterOf(cursor);
  return { kind: "show", subject, full, table, filter, span: cursor.span(start) };
}

function openTables(cursor: Cursor, start: number): Show {
  cursor.advance();
  cursor.expect("TABLES");
  return databaseAndFilter(cursor, start, "openTables");
}

function tableStatus(cursor: Cursor, start: number): Show {
  cursor.advance();
  cursor.expect("STATUS");
  return databaseAndFilter(cursor, start, "tableStatus");
}

function fromDatabase(cursor: Cursor, start: number): Show {
  const subject = cursor.advance().key === "TRIGGERS" ? "triggers" : "events";
  return databaseAndFilter(cursor, start, subject);
}

function databaseAndFilter(
  cursor: Cursor,
  start: number,
  subject: "openTables" | "tableStatus" | "triggers" | "events",
): Show {
  const from = database(cursor);
  const filter = filterOf(cursor);
  return { kind: "show", span: cursor.span(start), subject, database: from, filter };
}

function create(cursor: Cursor, start: number): Show | Unsupported {
  if (wordsAhead(cursor, MISSING_SHOWS) !== null) return otherShow(cursor, start);
  cursor.advance();
  const words = ["TABLE", "VIEW", "DATABASE", "PROCEDURE", "FUNCTION", "TRIGGER"] as const;
  const word = cursor.expectOne(words);
  if (word !== "DATABASE") {
    const object = word.toLowerCase() as Exclude<ShowCreate["object"], "database">;
    const name = cursor.tableName();
    return { kind: "show", span: cursor.span(start), subject: "create", object, name };
  }
  if (cursor.accept("IF")) {
    cursor.expect("NOT");
    cursor.expect("EXISTS");
  }
  const name = cursor.name();
  const whole: TableName = { kind: "tableName", span: name.span, schema: null, name };
  const span = cursor.span(start);
  return { kind: "show", span, subject: "create", object: "database", name: whole };
}

function engine(cursor: Cursor, start: number): Show {
  cursor.advance();
  const name = cursor.accept("ALL") ? "all" : cursor.nameOrString();
  const word = cursor.expectOne(["STATUS", "MUTEX", "LOGS"]);
  const what = word === "STATUS" ? "status" : word === "MUTEX" ? "mutex" : "logs";
  return { kind: "show", span: cursor.span(start), subject: "engine", engine: name, what };
}

function storageEngines(cursor: Cursor, start: number): Show {
  cursor.advance();
  if (!cursor.at("ENGINES")) cursor.fail();
  return plain(cursor, start);
}

const PLAIN = {
  DATABASES: "databases",
  ENGINES: "engines",
  PLUGINS: "plugins",
  PRIVILEGES: "privileges",
  COLLATION: "collation",
} as const;

function plain(cursor: Cursor, start: number): Show {
  if (acceptCharset(cursor)) {
    const filter = filterOf(cursor);
    return { kind: "show", span: cursor.span(start), subject: "charset", filter };
  }
  const word = cursor.acceptOne(["DATABASES", "ENGINES", "PLUGINS", "PRIVILEGES", "COLLATION"]);
  if (word === null) return cursor.fail(cursor.peek(1));
  const filtered = word === "DATABASES" || word === "COLLATION";
  const filter = filtered ? filterOf(cursor) : null;
  return { kind: "show", span: cursor.span(start), subject: PLAIN[word], filter };
}

/** `PROCEDURE STATUS`, `FUNCTION STATUS` */
function routines(cursor: Cursor, start: number): Show | Unsupported {
  if (cursor.peek(1).key !== "STATUS") return otherShow(cursor, start);
  const subject = cursor.advance().key === "FUNCTION" ? "functionStatus" : "procedureStatus";
  cursor.advance();
  const filter = filterOf(cursor);
  return { kind: "show", span: cursor.span(start), subject, filter };
}

/** `GRANTS` of oneself; those of others are not simulated. */
function grants(cursor: Cursor, start: number): Show | Unsupported {
  if (cursor.peek(1).key === "FOR") return otherShow(cursor, start);
  cursor.advance();
  return { kind: "show", span: cursor.span(start), subject: "grants", filter: null };
}

function diagnostics(cursor: Cursor, start: number): Show {
  const subject = cursor.advance().key === "WARNINGS" ? "warnings" : "errors";
  const limit = optionalLimit(cursor);
  return { kind: "show", span: cursor.span(start), subject, limit };
}

/** `COUNT(*) WARNINGS | ERRORS` */
function count(cursor: Cursor, start: number): Show {
  cursor.advance();
  for (const symbol of ["(", "*", ")"]) cursor.expect(symbol);
  const word = cursor.expectOne(["WARNINGS", "ERRORS"]);
  const subject = word === "WARNINGS" ? "countWarnings" : "countErrors";
  return { kind: "show", span: cursor.span(start), subject };
}

// ---------------------------------------------------------------- DESCRIBE and EXPLAIN

/** Reads DESCRIBE, DESC or EXPLAIN, which are the same word to MySQL: what follows decides. */
export function describe(cursor: Cursor): Describe | Explain | ExplainConnection | Unsupported {
  const { start } = cursor.advance();
  const analyze = cursor.accept("ANALYZE");
  if (analyze && cursor.at("FORMAT") && cursor.peek(1).key !== "=") cursor.fail(cursor.peek(1));
  const format = explainFormat(cursor);
  if (cursor.accept("FOR")) {
    if (cursor.expectOne(["CONNECTION", "DATABASE"]) === "DATABASE") {
      cursor.name();
      return unsupported(cursor, start, "EXPLAIN FOR SCHEMA");
    }
    const id = cursor.type === "integer" ? acceptLiteral(cursor) : null;
    if (id === null) return cursor.fail();
    if (analyze) return unsupported(cursor, start, "EXPLAIN ANALYZE FOR CONNECTION");
    return { kind: "explainConnection", span: cursor.span(start), format, id };
  }
  cursor.explains = true;
  const statement = explainable(cursor);
  if (statement !== null) {
    return { kind: "explain", span: cursor.span(start), analyze, format, statement };
  }
  if (analyze || format !== null) cursor.fail();
  return describeTable(cursor, start);
}

/** `FORMAT = name [INTO @variable]` */
function explainFormat(cursor: Cursor): string | null {
  if (!cursor.acceptPair("FORMAT", "=")) return null;
  const format = cursor.nameOrString();
  if (cursor.accept("INTO")) {
    if (cursor.type !== "variable") cursor.fail();
    cursor.advance();
  }
  return format;
}

function describeTable(cursor: Cursor, start: number): Describe {
  const table = cursor.tableName();
  const isText = cursor.type === "string";
  const column = isText ? cursor.string() : cursor.atName() ? cursor.name().text : null;
  return { kind: "describe", span: cursor.span(start), table, column };
}
