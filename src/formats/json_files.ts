/**
 * Our own files: a scenario, a list of scenarios, a recorded transcript, or one of these a line. Read with distrust: what
 * is no step is left out with a remark, and what was recorded of a step is not ours to keep.
 */
import type { SessionName } from "../trace/ids.ts";
import type { Scenario, Step } from "../trace/scenario.ts";
import { CLIENT_CALLS, type ClientCall, type ClientSettings } from "../trace/state_net.ts";
import {
  type FormatId,
  type ImportedScenario,
  type ImportResult,
  type Remark,
  SCENARIOS_MAX,
  STEPS_MAX,
} from "./imported.ts";
import { jsonErrorLine } from "./json_error.ts";

type Loose = Readonly<Record<string, unknown>>;

/** The files that the page saves end so. */
export const FILE_EXTENSION = ".interleave";
export const FILE_MIME = "application/vnd.interleave+json";
/** A higher one is refused by name instead of being half understood. */
export const FILE_VERSION = 1;

/** As many as the page remembers. */
const FUTURES_MAX = 20;

const SESSIONS = ["A", "B", "C", "D", "E", "F", "G", "H"];

export function readJson(text: string): ImportResult {
  const format = "scenario";
  const values: readonly Parsed[] | Broken = parsedWhole(text) ?? parsedLines(text);
  if ("message" in values)
    return { kind: "broken", format, line: values.line, message: values.message };
  const scenarios: ImportedScenario[] = [];
  for (const { value, line } of values.slice(0, SCENARIOS_MAX)) {
    const version = objectOr(value).interleave;
    if (typeof version === "number" && version > FILE_VERSION) {
      return { kind: "broken", format, line, message: `version ${version} > ${FILE_VERSION}` };
    }
    const scenario = scenarioOf(value, line);
    if (scenario !== null) scenarios.push(scenario);
  }
  return scenarios.length === 0
    ? { kind: "empty", format }
    : {
        kind: "imported",
        format: whoseFormat(values.map(({ value }) => objectOr(value))),
        scenarios,
      };
}

/** The page writes its version, the recorder each step's outcome. */
function whoseFormat(files: readonly Loose[]): FormatId {
  if (files.some((file) => file.interleave !== undefined)) return "ownFile";
  const steps = files.flatMap((file) => (Array.isArray(file.steps) ? file.steps : []));
  return steps.some((step) => objectOr(step).outcome !== undefined) ? "transcript" : "scenario";
}

interface Broken {
  readonly line: number;
  readonly message: string;
}

interface Parsed {
  readonly value: unknown;
  readonly line: number;
}

/** One JSON value; null when the text is none, or several. */
function parsedWhole(text: string): readonly Parsed[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? value.map((one) => ({ value: one, line: 1 }))
      : [{ value, line: 1 }];
  } catch {
    return null;
  }
}

/** One JSON value a line; or what is wrong with the text, told as of the whole when it is no such list. */
function parsedLines(text: string): readonly Parsed[] | Broken {
  const lines = text.split("\n").map((line, at) => ({ text: line.trim(), line: at + 1 }));
  const full = lines.filter((line) => line.text !== "");
  const isList = full.length > 1 && full.every((line) => /^\{.*\}$/.test(line.text));
  const parsed: Parsed[] = [];
  for (const one of isList ? full : [{ text, line: 1 }]) {
    try {
      parsed.push({ value: JSON.parse(one.text), line: one.line });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { line: isList ? one.line : jsonErrorLine(text), message };
    }
  }
  return parsed;
}

function scenarioOf(value: unknown, line: number): ImportedScenario | null {
  const given = objectOr(value);
  if (!Array.isArray(given.steps)) return null;
  const remarks: Remark[] = [];
  const stepsIn = (all: readonly unknown[]): readonly Step[] => {
    if (all.length > STEPS_MAX) {
      remarks.push({ line, kind: "tooLong", detail: String(all.length - STEPS_MAX) });
    }
    return all.slice(0, STEPS_MAX).flatMap((step): readonly Step[] => {
      const read = stepOf(objectOr(step));
      if (read !== null) return [read];
      remarks.push({ line, kind: "step", detail: JSON.stringify(step)?.slice(0, 120) ?? "" });
      return [];
    });
  };
  const steps = stepsIn(given.steps);
  const id = typeof given.id === "string" && given.id !== "" ? given.id : "mine";
  const title = typeof given.title === "string" ? given.title : null;
  const setup = stringsIn(given.setup) ?? [];
  const scenario: Scenario = { id, ...(title === null ? {} : { title }), setup, steps };
  const { editors, position, log } = given;
  const futures = Array.isArray(given.futures) ? given.futures.slice(0, FUTURES_MAX) : [];
  return {
    title: title ?? id,
    scenario,
    remarks,
    editors: typeof editors === "object" && editors !== null ? textsOf(objectOr(editors)) : null,
    position: typeof position === "number" && position >= 0 ? Math.floor(position) : null,
    ...(typeof log === "string" && log !== "" ? { log } : {}),
    futures: futures.map(objectOr).flatMap((future): readonly Scenario[] => {
      if (!Array.isArray(future.steps)) return [];
      return [{ id, setup: stringsIn(future.setup) ?? setup, steps: stepsIn(future.steps) }];
    }),
  };
}

function stepOf(step: Loose): Step | null {
  if (typeof step.advance === "number" && step.advance >= 0) return { advance: step.advance };
  if (typeof step.session !== "string" || !SESSIONS.includes(step.session)) return null;
  const session = step.session as SessionName;
  if (typeof step.client === "object" && step.client !== null) {
    return { session, client: step.client as Partial<ClientSettings> };
  }
  const call = CLIENT_CALLS.find((name) => name === step.call) as ClientCall | undefined;
  if (call !== undefined) {
    return { session, call, ...(typeof step.size === "number" ? { size: step.size } : {}) };
  }
  if (typeof step.sql !== "string") return null;
  return { session, sql: step.sql, ...(step.vertical === true ? { vertical: true } : {}) };
}

function stringsIn(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : null;
}

function textsOf(value: Loose): Readonly<Record<string, string>> {
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] =>
      SESSIONS.includes(entry[0]) && typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}

function objectOr(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}
