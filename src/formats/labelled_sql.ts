/**
 * SQL with its sessions in comments, in whichever of the usual ways:
 *
 *     update t set v = 1; -- T2, BLOCKS        hermitage: behind the statement, for all statements of the line
 *     -- session A                             a heading, for all that follows
 *     -- session report                        the same, beside another: -- session shop
 *     /* client a *\/ update t set v = 1;      go-mysql-server: before the statement
 *     -- +3 s                                  time passes
 *
 * What stands before the first session's name is the set-up. SQL that names no session is one session's.
 */
import type { ScriptStatement } from "../sql/split.ts";
import type { ScenarioBuilder } from "./builder.ts";
import { ANY_SESSION, isHeading, isNameLike, labelIn, nameIn } from "./labels.ts";
import { statementsIn } from "./script_statements.ts";

/** Gets the statements as they are read. */
export type LabelledSqlTaker = Pick<
  ScenarioBuilder,
  "advance" | "remark" | "run" | "setUp" | "setUpOrRun"
>;

interface Labelled {
  readonly statement: ScriptStatement;
  /** The session named at the statement itself. */
  readonly own: string | null;
  /** The session of the last heading above it, when there is one between it and the statement before. */
  readonly heading: string | null;
  /** Seconds that pass before it. */
  readonly seconds: number;
}

interface Comment {
  readonly text: string;
  /** Nothing but white space stands before it on its line. */
  readonly isAlone: boolean;
}

/** Whether any statement of the text has a session's name at it or above it. */
export function namesSessions(text: string): boolean {
  return labelled(text).some(({ own, heading }) => own !== null || heading !== null);
}

/**
 * The first comment above a statement that may be meant for a session's name and is not understood as one, where there are
 * several such; null where there are not.
 */
export function missedName(text: string): { readonly line: number; readonly name: string } | null {
  const found = new Map<string, number>();
  const statements = statementsIn(text);
  for (const [at, statement] of statements.entries()) {
    const ahead = headComments(text, statements, at).findLast((one) => one.isAlone);
    const name = ahead?.text.trim();
    if (name !== undefined && isNameLike(name) && !found.has(name)) found.set(name, statement.line);
  }
  const [first] = found;
  return first === undefined || found.size < 2 ? null : { name: first[0], line: first[1] };
}

/** Whether any statement has a session's name. A block without is, in a document, the set-up of the others. */
export function readLabelledSql(
  builder: LabelledSqlTaker,
  text: string,
  lineOffset = 0,
): "labelled" | "plain" {
  const statements = labelled(text);
  const isLabelled = statements.some(({ own, heading }) => own !== null || heading !== null);
  let last: string | null = null;
  let first: string | null = null;
  for (const { statement, own, heading, seconds } of statements) {
    const line = statement.line + lineOffset;
    if (seconds > 0) builder.advance(seconds);
    if (!isLabelled) {
      builder.setUpOrRun("A", statement.text, line);
      continue;
    }
    if (heading !== null) last = heading;
    let label: string | null = own ?? last;
    if (own === ANY_SESSION) {
      builder.remark(line, "anySession", statement.text);
      label = first ?? "1";
    }
    if (label === null) {
      builder.setUp(statement.text, line);
      continue;
    }
    if (own === null && heading === null && last !== null && !isUnderHeading(statements)) {
      builder.remark(line, "noSession", statement.text);
    }
    first ??= label;
    last = label;
    builder.run(label, statement.text, line);
  }
  const end = statements.at(-1)?.statement.end ?? text.length;
  builder.advance(secondsIn(commentsIn(text.slice(end), false)));
  return isLabelled ? "labelled" : "plain";
}

/** `-- +3 s`: so much time passes. */
function secondsIn(comments: readonly Comment[]): number {
  return comments
    .map((one) => /^\s*\+\s*(\d+(?:\.\d+)?)\s*s\s*$/.exec(one.text)?.[1] ?? "0")
    .reduce((sum, seconds) => sum + Number(seconds), 0);
}

/** With headings, statements without a name of their own are meant so. */
function isUnderHeading(statements: readonly Labelled[]): boolean {
  return statements.some(({ heading }) => heading !== null);
}

function labelled(text: string): readonly Labelled[] {
  const statements = statementsIn(text);
  const names = sessionNames(text, statements);
  const headingIn = (comment: string): string | null => {
    if (isHeading(comment)) return labelIn(comment);
    const name = nameIn(comment);
    return name !== null && names.has(name) ? name : null;
  };
  const result: Labelled[] = [];
  let pending: number[] = [];
  for (const [at, statement] of statements.entries()) {
    const before = text.slice(statements[at - 1]?.end ?? 0, statement.start);
    const after = text.slice(statement.end, statements[at + 1]?.start ?? text.length);
    const isFirst = at === 0;
    const heading = headComments(text, statements, at)
      .map((one) => (one.isAlone ? headingIn(one.text) : null))
      .findLast((name) => name !== null);
    const lead = commentsIn(lastLine(before), isFirst || before.includes("\n"));
    const behind = commentsIn(firstLine(after.replace(/^\s*;/, "")), false)[0]?.text;
    const leading = leadingBlock(lead);
    const inside = commentInside(statement.text);
    // Behind one that has its session before it stands a note: "blocked by t2".
    const own = leading ?? labelOr(behind) ?? inside;
    result.push({
      statement,
      own,
      heading: heading ?? null,
      seconds: secondsIn(commentsIn(before, isFirst)),
    });
    // A comment at the end of the line counts for every statement of the line.
    if (own === null && behind === undefined && !after.includes("\n")) pending.push(at);
    else {
      if (labelOr(behind) !== null) {
        for (const one of pending) {
          const earlier = result[one];
          if (earlier !== undefined && earlier.own === null) result[one] = { ...earlier, own };
        }
      }
      pending = [];
    }
  }
  return result;
}

/** Those on the lines between the statement and the one before. */
function headComments(
  text: string,
  statements: readonly ScriptStatement[],
  at: number,
): readonly Comment[] {
  const before = text.slice(statements[at - 1]?.end ?? 0, statements[at]?.start);
  return commentsIn(at === 0 ? before : restAfterLine(before), true);
}

/** Of headings like "session report"; none where there are not several. */
function sessionNames(text: string, statements: readonly ScriptStatement[]): ReadonlySet<string> {
  const names = statements.flatMap((_, at) =>
    headComments(text, statements, at).flatMap((one) =>
      one.isAlone ? (nameIn(one.text) ?? []) : [],
    ),
  );
  return new Set(new Set(names).size > 1 ? names : []);
}

function labelOr(comment: string | undefined): string | null {
  return comment === undefined ? null : labelIn(comment);
}

/** The last block comment right before the statement. */
function leadingBlock(comments: readonly Comment[]): string | null {
  return labelOr(comments.at(-1)?.text);
}

/** A comment within the statement, on one of its lines but the last. */
function commentInside(statement: string): string | null {
  for (const found of statement.matchAll(/(?:--\s|#)([^\n]*)|\/\*(?!!)([\s\S]*?)\*\//g)) {
    const label = labelIn(found[1] ?? found[2] ?? "");
    if (label !== null) return label;
  }
  return null;
}

/** The comments of a text that holds nothing but semicolons, white space and comments. */
function commentsIn(text: string, startsLine: boolean): readonly Comment[] {
  const comments: Comment[] = [];
  for (const found of text.matchAll(/--([^\n]*)|#([^\n]*)|\/\*([\s\S]*?)\*\//g)) {
    const lineStart = text.lastIndexOf("\n", found.index);
    const ahead = text.slice(lineStart + 1, found.index).trim();
    const isAlone = ahead === "" && (lineStart >= 0 || startsLine) && found[3] === undefined;
    comments.push({ text: found[1] ?? found[2] ?? found[3] ?? "", isAlone });
  }
  return comments;
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

function restAfterLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}

/** What stands before the statement on its own line, or on the line above it as a block comment. */
function lastLine(text: string): string {
  const start = text.lastIndexOf("\n");
  const line = text.slice(start + 1);
  return /\/\*[\s\S]*\*\//.test(line) ? line : "";
}
