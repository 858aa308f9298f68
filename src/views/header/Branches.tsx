/** The menu's list of futures that were left: in what each differs from what is there, how long it is, since when it is kept. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Language } from "../../store/preferences.ts";
import { type Branch, isLike } from "../../store/script.ts";
import { branchNames } from "../schedule/branch_names.ts";
import { branchWords } from "../schedule/branch_words.ts";

export function Branches({ onChoose }: { readonly onChoose: () => void }): ReactNode {
  const language = useLanguage();
  const words = branchWords(language);
  const branches = usePage((page) => page.branches);
  const script = usePage((page) => page.script);
  const commands = usePage((page) => page.commands);
  const others = branches.filter((branch) => !isLike(branch.script, script)).toReversed();
  const names = branchNames(
    others.map((branch) => branch.script),
    script,
    language,
  );
  if (others.length === 0) return null;
  return (
    <>
      <hr />
      <h2>{words.title}</h2>
      {others.map((branch, at) => (
        <button
          key={branch.id}
          type="button"
          className="menu-item"
          onClick={() => {
            onChoose();
            void commands.openBranch(branch);
          }}
        >
          {names[at]}
          <span className="menu-aside">{aside(branch, language)}</span>
        </button>
      ))}
    </>
  );
}

function aside({ script, at }: Branch, language: Language): string {
  const steps = branchWords(language).steps(script.scenario.steps.length);
  if (at === null) return steps;
  const when = new Date(at);
  const isToday = when.toDateString() === new Date().toDateString();
  const time = new Intl.DateTimeFormat(language, {
    ...(isToday ? { second: "2-digit" } : { month: "short", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${steps}, ${time.format(when)}`;
}
