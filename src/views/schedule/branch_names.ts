/** What each future that was left is told by: in what it differs from what is there, and from those that differ in the same. */
import type { Language } from "../../store/preferences.ts";
import type { Script } from "../../store/script.ts";
import type { Step } from "../../trace/scenario.ts";
import { branchWords } from "./branch_words.ts";
import { scheduleWords } from "./words.ts";

export function branchNames(
  branches: readonly Script[],
  now: Script,
  language: Language,
): readonly string[] {
  const words = branchWords(language);
  const names = branches.map((branch) => differenceFrom(now, branch, language));
  return names.map((name, nth) => {
    const own = branches[nth]?.scenario.steps ?? [];
    const alike = branches.filter((_, at) => at !== nth && names[at] === name);
    const places = alike.map(({ scenario }) => firstOther(own, scenario.steps));
    const at = places.reduce<number | null>(
      (least, place) => (place !== null && (least === null || place < least) ? place : least),
      null,
    );
    const step = at === null ? undefined : own[at];
    if (at === null || step === undefined) return name;
    return name + words.also(at + 1, saidOf(step, language));
  });
}

/** By the level at which all sessions begin, or that the tables are others; and by the first step that is another, or lacking. */
function differenceFrom(now: Script, { scenario }: Script, language: Language): string {
  const words = branchWords(language);
  const { setup, steps } = scenario;
  const level = levelOf(setup);
  const isOther = String(setup) !== String(now.scenario.setup);
  const isLevel = level !== null && level !== levelOf(now.scenario.setup);
  const head = !isOther ? "" : `${isLevel ? level : words.tables}${words.between}`;
  const at = firstOther(steps, now.scenario.steps);
  const [other, last] = [at === null ? undefined : steps[at], steps.at(-1)];
  if (at !== null && other !== undefined) {
    return head + words.from(at + 1, saidOf(other, language));
  }
  const ending = last === undefined ? "" : saidOf(last, language);
  return head + (steps.length < now.scenario.steps.length ? words.ends : words.alike)(ending);
}

/** Place of the first step that is another in the other list, or that only this one has; null: there is none. */
function firstOther(steps: readonly Step[], others: readonly Step[]): number | null {
  const at = steps.findIndex((step, nth) => JSON.stringify(step) !== JSON.stringify(others[nth]));
  return at < 0 ? null : at;
}

function saidOf(step: Step, language: Language): string {
  const words = scheduleWords(language);
  return "advance" in step ? words.pass(step.advance) : `${step.session}: ${words.said(step)}`;
}

const LEVEL = /^SET GLOBAL TRANSACTION ISOLATION LEVEL (.+)$/;

/** That the set-up gives to all sessions; null: the server's own. */
function levelOf(setup: readonly string[]): string | null {
  return setup.map((sql) => LEVEL.exec(sql)?.[1] ?? null).findLast((one) => one !== null) ?? null;
}
