/** What can be put beside what: the script as it is, the futures that were left, other levels, other orders. */
import { type Branch, type Script, withSteps } from "../../store/script.ts";
import { atLevel, goingFirst, LEVELS } from "../../store/variants.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { ScheduleWords } from "../schedule/words.ts";

export interface Variant {
  readonly id: string;
  readonly label: string;
  readonly script: () => Script;
}

export function variantsOf(
  script: Script,
  branches: readonly Branch[],
  words: ScheduleWords,
): readonly Variant[] {
  const { steps } = script.scenario;
  const sessions = script.sessions.filter((name) => saysSomething(script, name));
  return [
    { id: "now", label: words.now, script: () => script },
    ...branches.map((branch, at) => ({
      id: `branch ${branch.id}`,
      label: words.branch(at + 1, branchText(branch.script, script, words)),
      script: () => branch.script,
    })),
    ...(sessions.length < 2
      ? []
      : sessions.map((name) => ({
          id: `first ${name}`,
          label: words.goesFirst(name),
          script: () => withSteps(script, goingFirst(steps, name)),
        }))),
    ...LEVELS.map((level) => ({
      id: level,
      label: words.level(level),
      script: () => atLevel(script, level),
    })),
  ];
}

function saysSomething(script: Script, name: SessionName): boolean {
  return script.scenario.steps.some((step) => "session" in step && step.session === name);
}

function branchText(branch: Script, now: Script, words: ScheduleWords): string {
  const last = lastText(branch, words);
  return tablesOf(branch) === tablesOf(now) ? last : words.withOtherTables(last);
}

/** What is set at the start, as a level is, is no table. */
function tablesOf({ scenario }: Script): string {
  return scenario.setup.filter((statement) => !/^\s*SET\b/i.test(statement)).join(";\n");
}

function lastText(script: Script, words: ScheduleWords): string {
  const last = script.scenario.steps.at(-1);
  if (last === undefined) return "";
  return "session" in last ? `${last.session}: ${words.said(last)}` : words.said(last);
}
