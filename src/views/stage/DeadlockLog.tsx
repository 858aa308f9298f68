/** The deadlock as the server's own log has it: the section of SHOW ENGINE INNODB STATUS, and beside each part what it means. */
import { type ReactNode, useEffect, useState } from "react";
import { useLanguage, usePage, useStateAtCursor } from "../../store/hooks.ts";
import type { Outcome } from "../../trace/state.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { Dialog } from "../shell/Dialog.tsx";
import { deadlockParts } from "./deadlock_notes.ts";
import { LogNotes } from "./LogNotes.tsx";
import { deadlockWords } from "./words_deadlock.ts";

const STATUS = "SHOW ENGINE INNODB STATUS";
const SECTION = "LATEST DETECTED DEADLOCK";

/** As it would be printed at the cursor. */
export function DeadlockLog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const language = useLanguage();
  const words = deadlockWords(language);
  const { lastDeadlock } = useStateAtCursor();
  const look = usePage((page) => page.commands.look);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    void look(STATUS).then(setOutcome);
  }, [look]);
  if (outcome === null) return null;
  const section = deadlockSection(outcome);
  return (
    <Dialog title={words.logTitle} closeLabel={words.close} onClose={onClose} isWide>
      <div className="deadlock-log-head">
        <p className="deadlock-log-hint">
          {section === null ? words.noLog : words.logHint(STATUS)}
        </p>
        {section !== null && <CopyButton isNamed label={words.copy} text={() => section} />}
      </div>
      {section !== null && lastDeadlock !== null && (
        <ol className="deadlock-log">
          {deadlockParts(section, lastDeadlock, language).map((part) => (
            <li key={part.text}>
              <pre lang="en">{part.text}</pre>
              <LogNotes notes={part.notes} />
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

/** From its heading to the next section. */
function deadlockSection(outcome: Outcome): string | null {
  if (outcome.kind !== "rows") return null;
  const lines = (outcome.rows[0]?.[2] ?? "").split("\n");
  const start = lines.indexOf(SECTION);
  if (start < 0) return null;
  const isRule = (line: string | undefined): boolean => /^-{4,}$/.test(line ?? "");
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line, at) => isRule(line) && isRule(rest[at + 2]));
  const body = end < 0 ? rest : rest.slice(0, end);
  return [...lines.slice(start - 1, start + 2), ...body].join("\n").trimEnd();
}
