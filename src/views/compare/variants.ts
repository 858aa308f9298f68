/** What can be put beside what: the script as it is, the futures that were left, other levels, other orders. */
import type { Language } from "../../store/preferences.ts";
import { type Branch, type Script, withSteps } from "../../store/script.ts";
import { atLevel, goingFirst, LEVELS } from "../../store/variants.ts";
import type { SessionName } from "../../trace/ids.ts";
import { branchNames } from "../schedule/branch_names.ts";
import { scheduleWords } from "../schedule/words.ts";

export interface Variant {
  readonly id: string;
  readonly label: string;
  readonly script: () => Script;
}

export function variantsOf(
  script: Script,
  branches: readonly Branch[],
  language: Language,
): readonly Variant[] {
  const words = scheduleWords(language);
  const { steps } = script.scenario;
  const names = branchNames(
    branches.map((branch) => branch.script),
    script,
    language,
  );
  const sessions = script.sessions.filter((name) => saysSomething(script, name));
  return [
    { id: "now", label: words.now, script: () => script },
    ...branches.map((branch, at) => ({
      id: `branch ${branch.id}`,
      label: words.branch(at + 1, names[at] ?? ""),
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
