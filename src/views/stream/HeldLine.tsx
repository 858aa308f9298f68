/** What the session keeps while its statement is on its way, as a line of marks. */
import type { ReactNode } from "react";
import type { Held } from "../../diagrams/held_by_statement.ts";
import type { StreamWords } from "./words.ts";

export function HeldLine(props: { readonly held: Held; readonly words: StreamWords }): ReactNode {
  const { held, words } = props;
  const { readView, mdls, recLocks, purgeHeldBack, waiters } = held;
  const marks = [
    words.held.processlist(held.processState),
    ...(readView === null ? [] : [words.held.readView(readView.upLimitId, readView.lowLimitId)]),
    ...mdls.map(({ mode, table }) => words.held.mdl(mode, table)),
    ...(recLocks === 0 ? [] : [words.held.recLocks(recLocks)]),
    ...(purgeHeldBack === 0 ? [] : [words.held.purge(purgeHeldBack)]),
  ];
  const isNothing = readView === null && mdls.length === 0 && recLocks === 0;
  return (
    <p className="stream-held">
      <span>{words.holds}</span>
      {marks.map((mark) => (
        <span key={mark} className="held-mark">
          {mark}
        </span>
      ))}
      {isNothing && <span className="held-mark">{words.held.nothing}</span>}
      {waiters.map((session) => (
        <span key={session} className="held-mark held-waits" data-session={session}>
          {words.held.waits(session)}
        </span>
      ))}
    </p>
  );
}
