/** The statements of a part, as they will be run or were. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Step } from "../../trace/scenario.ts";
import type { SessionState } from "../../trace/state.ts";
import { stepSaid } from "../schedule/step_words.ts";
import { lessonWords } from "./words.ts";

export function StepList(props: {
  readonly steps: readonly Step[];
  readonly isRun: boolean;
}): ReactNode {
  const language = useLanguage();
  const words = lessonWords(language);
  const connections = usePage((page) => page.stateAtCursor.sessions);
  return (
    <div className="guide-steps" data-run={props.isRun}>
      <p className="guide-hint">{props.isRun ? words.hasRun : words.toRun}</p>
      <ol>
        {props.steps.map((step, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a part never change places
            key={at}
            data-session={"session" in step ? step.session : undefined}
          >
            {"session" in step && <span className="guide-session">{step.session}</span>}
            <code>
              {"advance" in step
                ? words.passes(step.advance)
                : withConnections(stepSaid(step, language), connections)}
            </code>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** `${A}` is A's connection id, once A is connected. */
function withConnections(sql: string, sessions: readonly SessionState[]): string {
  return sql.replaceAll(/\$\{([A-H])\}/g, (whole: string, name: string) => {
    const found = sessions.find((session) => session.name === name);
    return found === undefined ? whole : String(found.connectionId);
  });
}
