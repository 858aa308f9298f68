/** Statements that fail although nothing in the lesson says so: slips of the pen, mostly. */

import type { StatementId } from "../../trace/ids.ts";
import { readSetupFailure } from "../../trace/setup_failure.ts";
import { eventAt, type Timeline } from "../../trace/timeline.ts";
import type { LessonPart, LessonText, Problem } from "./lesson_text.ts";
import { problem } from "./report.ts";

/** A step of the lesson, by its number in the whole of it. */
interface Place {
  readonly part: LessonPart;
  readonly line: number;
}

export function unexpectedErrors(lesson: LessonText, timeline: Timeline): readonly Problem[] {
  const places = lesson.parts.flatMap((part) =>
    part.steps.map((_, at): Place => ({ part, line: part.stepLines[at] ?? part.line })),
  );
  const clients = new Set(
    lesson.parts.flatMap(({ steps }) =>
      steps.flatMap((step): readonly string[] => ("client" in step ? [step.session] : [])),
    ),
  );
  const stepOf = new Map<StatementId, number>();
  const problems: Problem[] = [];
  for (let seq = 0; seq < timeline.length; seq += 1) {
    const event = eventAt(timeline, seq);
    if (event?.type === "statement.started") stepOf.set(event.id, event.command);
    if (event?.type !== "statement.ended" || event.outcome.kind !== "error") continue;
    const begun = places[stepOf.get(event.id) ?? -1];
    const ended = places[event.command];
    if (begun === undefined) continue;
    const { errno, message } = event.outcome;
    const name = event.session ?? "";
    // Of a simulated client, the program's error counts, not the server's.
    if (clients.has(name)) continue;
    if (isExpected(begun.part, name, errno)) continue;
    if (ended !== undefined && isExpected(ended.part, name, errno)) continue;
    problems.push(
      problem(
        begun.line,
        `this statement fails with error ${errno}: ${message}. If it is meant to, say so in claims: ${name} error ${errno}`,
        `这条语句出错 ${errno}：${message}。如果本来就该出错，请在 claims 里写：${name} error ${errno}`,
      ),
    );
  }
  return problems;
}

/** A claim or an option of the question names the error, or the question is about it. */
function isExpected(part: LessonPart, session: string, errno: number): boolean {
  const options = part.question?.kind === "claim" ? part.question.options : [];
  const said = [
    ...part.claims.map(({ text }) => text.trim()),
    ...options.map(({ claim }) => claim),
  ];
  if (said.includes(`${session} error ${errno}`)) return true;
  const { question } = part;
  const asksVictim = question?.kind === "sessions" && question.about.what === "victim";
  return errno === DEADLOCK && (asksVictim || said.includes(`victim ${session}`));
}

const DEADLOCK = 1213;

/** Null when the engine failed for another reason. `message` is what `setupFailure` of the worker says. */
export function setupProblem(text: string, message: string): Problem | null {
  const failure = readSetupFailure(message);
  const first = failure?.sql.split("\n")[0]?.trim() ?? "";
  if (first === "") return null;
  const line = text.split(/\r?\n/).findIndex((each) => each.trim().startsWith(first)) + 1;
  const reason = failure?.reason ?? "";
  return problem(
    Math.max(line, 1),
    `this statement of the set-up fails: ${reason}`,
    `建表语句出错：${reason}`,
  );
}
