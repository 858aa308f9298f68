/**
 * Steps of a `run` block.
 *
 *     A> UPDATE t SET v = 2          a statement; lines that begin with a space go on with it
 *     A> @disconnect                 the client hangs up
 *     A client {"api": "..."}        the session's client is simulated from here on
 *     A call fetchone                its program makes a call
 *     pass 51                        so many seconds
 */
import type { SessionName } from "../../trace/ids.ts";
import type { Step } from "../../trace/scenario.ts";
import { CLIENT_CALLS } from "../../trace/state_net.ts";
import { formsOf } from "./forms.ts";
import type { Line } from "./lesson_text.ts";
import type { Report } from "./report.ts";

export interface PlacedStep {
  readonly step: Step;
  readonly line: number;
}

export function stepsOf(lines: readonly Line[], report: Report): readonly PlacedStep[] {
  return joined(lines).flatMap(({ text, line }) => {
    const step = stepOf(text);
    if (step !== null) return [{ step, line }];
    const forms = formsOf("steps");
    report(
      line,
      `not a step: ${text}. Steps are written: ${forms}`,
      `不是步骤：${text}。步骤可以写成：${forms}`,
    );
    return [];
  });
}

/** The text that `stepsOf` reads as this step. */
export function stepText(step: Step): string {
  if ("advance" in step) return `pass ${step.advance}`;
  if ("sql" in step) return `${step.session}> ${step.sql.replaceAll("\n", "\n  ")}`;
  if ("client" in step) return `${step.session} client ${JSON.stringify(step.client)}`;
  return `${step.session} call ${step.call}${step.size === undefined ? "" : ` ${step.size}`}`;
}

function joined(lines: readonly Line[]): readonly Line[] {
  const steps: Line[] = [];
  for (const line of lines) {
    const last = steps.at(-1);
    if (line.text.startsWith(" ") && last !== undefined) {
      steps[steps.length - 1] = { ...last, text: `${last.text}\n${line.text.trim()}` };
    } else steps.push(line);
  }
  return steps;
}

function stepOf(text: string): Step | null {
  const pass = /^pass (\d+(?:\.\d+)?)$/.exec(text);
  if (pass !== null) return { advance: Number(pass[1]) };
  const sql = /^([A-H])> ?([\s\S]+)$/.exec(text);
  if (sql?.[2] !== undefined) {
    return { session: sql[1] as SessionName, sql: sql[2].replace(/;\s*$/, "") };
  }
  const call = /^([A-H]) call (\w+)(?: (\d+))?$/.exec(text);
  const name = CLIENT_CALLS.find((each) => each === call?.[2]);
  if (name !== undefined) {
    const size = call?.[3] === undefined ? {} : { size: Number(call[3]) };
    return { session: call?.[1] as SessionName, call: name, ...size };
  }
  const client = /^([A-H]) client (\{.*\})$/.exec(text);
  if (client?.[2] === undefined) return null;
  try {
    return { session: client[1] as SessionName, client: JSON.parse(client[2]) };
  } catch {
    return null;
  }
}
