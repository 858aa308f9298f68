/** Which tables the sessions work on: built-in examples, tables of one's own, and futures that were left. */
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Lesson } from "../../lessons/lesson.ts";
import { LESSONS } from "../../lessons/lessons.ts";
import { playground } from "../../lessons/playground.ts";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Language } from "../../store/preferences.ts";
import type { Branch } from "../../store/script.ts";
import { LESSONS as LESSON_MAP, lessonLink, OWN_LESSON } from "../lesson/lesson_route.ts";
import { lessonLinkWords } from "../lesson/link_words.ts";
import { stepSaid } from "../schedule/step_words.ts";
import { CaretIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { PLAYGROUND } from "../shell/use_route.ts";
import type { Text } from "../text/en.ts";
import { useText } from "../text/use_text.ts";

import { ScenarioTitle } from "./ScenarioTitle.tsx";
import { scenarioTitle } from "./scenario_title.ts";
import { titleWords } from "./title_words.ts";

const SetupDialog = lazy(async () => {
  const { SetupDialog } = await import("./SetupDialog.tsx");
  return { default: SetupDialog };
});

export function ScenarioMenu(): ReactNode {
  const guided = useGuide((guide) => guide.lesson);
  const isOwn = useGuide((guide) => guide.ownText !== null);
  const open = (lesson: Lesson): void => {
    void commands.openLesson(lesson);
    // An example has no guide.
    window.location.hash = PLAYGROUND;
  };
  const text = useText().scenario;
  const language = useLanguage();
  const chosen = usePage((page) => page.script.lesson);
  const branches = usePage((page) => page.branches);
  const commands = usePage((page) => page.commands);
  const [isEditing, setEditing] = useState(false);
  const isNaming = usePage((page) => page.sheet === "title");
  const openSheet = usePage((page) => page.openSheet);
  const script = usePage((page) => page.script);
  const ofGuide = guided?.id === chosen ? guided.title[language] : null;
  const name = script.scenario.title ?? ofGuide ?? scenarioTitle(script, language) ?? text.own;
  if (isNaming) return <ScenarioTitle name={name} onEnd={() => openSheet(null)} />;
  return (
    <>
      <Popover
        label={`${text.button}: ${name}`}
        buttonClass="button scenario-button"
        button={
          <>
            <span className="scenario-name">{name}</span>
            <CaretIcon />
          </>
        }
      >
        {(close) => {
          const choose = (act: () => void) => () => {
            close();
            act();
          };
          return (
            <div className="menu">
              <a className="menu-item" href={LESSON_MAP} onClick={close}>
                {lessonLinkWords(language).map}…
              </a>
              {guided !== null && (
                <a
                  className="menu-item"
                  href={isOwn ? OWN_LESSON : lessonLink(guided.id)}
                  onClick={close}
                >
                  {lessonLinkWords(language).goOn(guided.title[language])}
                </a>
              )}
              <hr />
              <h2>{text.title}</h2>
              {LESSONS.map((lesson) => (
                <button
                  key={lesson.id}
                  type="button"
                  className="menu-item"
                  aria-current={lesson.id === chosen}
                  onClick={choose(() => open(lesson))}
                >
                  {lesson.title[language]}
                </button>
              ))}
              <hr />
              <button
                type="button"
                className="menu-item"
                aria-current={playground.id === chosen}
                onClick={choose(() => open(playground))}
              >
                {playground.title[language]}
              </button>
              <button
                type="button"
                className="menu-item"
                onClick={choose(() => openSheet("title"))}
              >
                {titleWords(language).rename}
              </button>
              <button type="button" className="menu-item" onClick={choose(() => setEditing(true))}>
                {text.setup}
              </button>
              <button
                type="button"
                className="menu-item"
                title={text.restartHint}
                onClick={choose(() => void commands.restart())}
              >
                {text.restart}
              </button>
              {branches.length > 0 && (
                <>
                  <hr />
                  <h2>{text.branches}</h2>
                  {branches.map((branch) => (
                    <button
                      key={branch.id}
                      type="button"
                      className="menu-item"
                      onClick={choose(() => void commands.openBranch(branch))}
                    >
                      {branchName(branch, text, language)}
                    </button>
                  ))}
                </>
              )}
            </div>
          );
        }}
      </Popover>
      <Suspense>{isEditing && <SetupDialog onClose={() => setEditing(false)} />}</Suspense>
    </>
  );
}

function branchName(branch: Branch, text: Text["scenario"], language: Language): string {
  const { steps } = branch.script.scenario;
  const last = steps.at(-1);
  if (last === undefined) return text.branch(0, "");
  const what =
    "advance" in last ? text.advance(last.advance) : `${last.session}: ${stepSaid(last, language)}`;
  return text.branch(steps.length, what);
}
