/** Asks what the statement under the cursor would lock; nothing is run. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import { AskIcon } from "../shell/Icons.tsx";
import { peekWords } from "./words.ts";

export function AskButton(props: {
  readonly session: SessionName;
  readonly sql: string | null;
}): ReactNode {
  const { session, sql } = props;
  const words = peekWords(useLanguage());
  const ask = usePage((page) => page.commands.ask);
  const hint = sql === null ? words.nothingToAsk : words.askHint(sql.replace(/\s+/g, " "));
  return (
    <button
      type="button"
      className="button button-quiet ask-button"
      title={hint}
      aria-label={words.ask}
      disabled={sql === null}
      onClick={() => sql !== null && void ask(session, sql)}
    >
      <AskIcon />
      {words.ask}
    </button>
  );
}
