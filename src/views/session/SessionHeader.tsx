/** The head of a session's card: letter, state, connection; and its settings, isolation level and autocommit. */
import { memo, type ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { LEVELS, levelStatement } from "../../store/variants.ts";
import type { SessionName } from "../../trace/ids.ts";
import { usePointing } from "../shell/use_pointing.ts";
import { useText } from "../text/use_text.ts";
import { StatePill } from "./StatePill.tsx";
import { useIsVictim, useSession } from "./use_session.ts";

export function SessionHeader(props: {
  readonly name: SessionName;
  readonly children: ReactNode;
}): ReactNode {
  const { name } = props;
  const text = useText().session;
  const session = useSession(name);
  return (
    <header className="session-header" data-waiting={session?.status === "waiting"}>
      <h2
        className="session-badge"
        title={text.title(name)}
        {...usePointing({ kind: "session", id: name })}
      >
        <span className="visually-hidden">{text.title("")}</span>
        {name}
      </h2>
      <StatePill session={session} isVictim={useIsVictim(name)} />
      <span className="session-connection">
        {session === null ? text.notConnected : text.connection(session.connectionId)}
      </span>
      {props.children}
    </header>
  );
}

export const SessionSettings = memo(function SessionSettings(props: {
  readonly name: SessionName;
}): ReactNode {
  const { name } = props;
  const text = useText().session;
  const session = useSession(name);
  const run = usePage((page) => page.commands.run);
  const isStuck = session?.status === "waiting" || session?.status === "gone";
  const next = session?.nextIsolation ?? null;
  return (
    <div className="session-settings">
      <select
        className="select select-quiet"
        aria-label={`${text.isolation}, ${text.title(name)}`}
        title={next === null ? text.isolation : `${text.isolation} (${text.next}: ${next})`}
        disabled={isStuck}
        value={session?.isolation ?? "REPEATABLE READ"}
        onChange={(event) => void run(name, [levelStatement(event.target.value)])}
      >
        {LEVELS.map((level) => (
          <option key={level}>{level}</option>
        ))}
      </select>
      <label className="check" title={text.autocommitHint}>
        <input
          type="checkbox"
          disabled={isStuck}
          checked={session?.autocommit ?? true}
          onChange={(event) => void run(name, [`SET autocommit = ${event.target.checked ? 1 : 0}`])}
        />
        {text.autocommit}
      </label>
    </div>
  );
});
