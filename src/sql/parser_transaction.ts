/** Statements that begin, end and steer transactions. */

import type {
  AccessMode,
  Commit,
  IsolationLevel,
  Kill,
  ReleaseSavepoint,
  Rollback,
  RollbackToSavepoint,
  Savepoint,
  SetTransaction,
  StartTransaction,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";

/** Reads BEGIN [WORK]. */
export function begin(cursor: Cursor): StartTransaction {
  const { start } = cursor.advance();
  cursor.accept("WORK");
  return {
    kind: "startTransaction",
    span: cursor.span(start),
    spelling: "begin",
    consistentSnapshot: false,
    access: null,
  };
}

/** Reads START TRANSACTION and its characteristics; START has been read. */
export function startTransaction(cursor: Cursor, start: number): StartTransaction {
  cursor.expect("TRANSACTION");
  let consistentSnapshot = false;
  let access: AccessMode | null = null;
  let contradiction = false;
  if (cursor.at("WITH") || cursor.at("READ")) {
    do {
      if (cursor.accept("WITH")) {
        cursor.expect("CONSISTENT");
        cursor.expect("SNAPSHOT");
        consistentSnapshot = true;
      } else {
        const mode = accessMode(cursor);
        contradiction ||= access !== null && access !== mode;
        access = mode;
      }
    } while (cursor.accept(","));
  }
  // MySQL finds the contradiction after it has read the list, and points at what follows.
  if (contradiction) cursor.fail();
  return {
    kind: "startTransaction",
    span: cursor.span(start),
    spelling: "start",
    consistentSnapshot,
    access,
  };
}

function accessMode(cursor: Cursor): AccessMode {
  cursor.expect("READ");
  return cursor.expectOne(["ONLY", "WRITE"]) === "ONLY" ? "readOnly" : "readWrite";
}

/** Reads COMMIT. */
export function commit(cursor: Cursor): Commit {
  const { start } = cursor.advance();
  cursor.accept("WORK");
  const completion = completionOf(cursor);
  return { kind: "commit", span: cursor.span(start), ...completion };
}

/** Reads ROLLBACK, with or without TO. */
export function rollback(cursor: Cursor): Rollback | RollbackToSavepoint {
  const { start } = cursor.advance();
  cursor.accept("WORK");
  if (cursor.accept("TO")) {
    cursor.accept("SAVEPOINT");
    const name = cursor.name();
    return { kind: "rollbackToSavepoint", span: cursor.span(start), name };
  }
  const completion = completionOf(cursor);
  return { kind: "rollback", span: cursor.span(start), ...completion };
}

/** `[AND [NO] CHAIN] [[NO] RELEASE]`; a chain that releases is a syntax error. */
function completionOf(cursor: Cursor): Pick<Commit, "chain" | "release"> {
  let chain: boolean | null = null;
  let release: boolean | null = null;
  if (cursor.accept("AND")) {
    chain = !cursor.accept("NO");
    cursor.expect("CHAIN");
  }
  if (cursor.accept("NO")) {
    cursor.expect("RELEASE");
    release = false;
  } else if (chain !== true && cursor.accept("RELEASE")) release = true;
  return { chain, release };
}

/** Reads SAVEPOINT name. */
export function savepoint(cursor: Cursor): Savepoint {
  const { start } = cursor.advance();
  const name = cursor.name();
  return { kind: "savepoint", span: cursor.span(start), name };
}

/** Reads RELEASE SAVEPOINT name. */
export function releaseSavepoint(cursor: Cursor): ReleaseSavepoint {
  const { start } = cursor.advance();
  cursor.expect("SAVEPOINT");
  const name = cursor.name();
  return { kind: "releaseSavepoint", span: cursor.span(start), name };
}

/** Reads what follows SET [scope] TRANSACTION. */
export function setTransaction(
  cursor: Cursor,
  start: number,
  scope: SetTransaction["scope"],
): SetTransaction {
  let isolation: IsolationLevel | null = null;
  let access: AccessMode | null = null;
  const readOne = (): void => {
    if (isolation === null && cursor.at("ISOLATION")) isolation = isolationLevel(cursor);
    else if (access === null && cursor.at("READ")) access = accessMode(cursor);
    else cursor.fail();
  };
  readOne();
  if (cursor.accept(",")) readOne();
  return { kind: "setTransaction", span: cursor.span(start), scope, isolation, access };
}

function isolationLevel(cursor: Cursor): IsolationLevel {
  cursor.expect("ISOLATION");
  cursor.expect("LEVEL");
  if (cursor.accept("SERIALIZABLE")) return "SERIALIZABLE";
  if (cursor.accept("REPEATABLE")) {
    cursor.expect("READ");
    return "REPEATABLE READ";
  }
  cursor.expect("READ");
  return `READ ${cursor.expectOne(["UNCOMMITTED", "COMMITTED"])}`;
}

/** Reads KILL [CONNECTION | QUERY] expression. */
export function kill(cursor: Cursor): Kill {
  const { start } = cursor.advance();
  const word = cursor.acceptOne(["CONNECTION", "QUERY"]);
  const id = expression(cursor);
  const target = word === "QUERY" ? "query" : "connection";
  return { kind: "kill", span: cursor.span(start), target, id };
}
