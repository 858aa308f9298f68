/** What the event log shows: family, session, words. */
import { memo, type ReactNode } from "react";
import { type EventFamily, FAMILIES } from "../../trace/event_families.ts";
import type { SessionName } from "../../trace/ids.ts";
import { useText } from "../text/use_text.ts";
import type { LogFilter } from "./log_filter.ts";

/** Not drawn again with each step. */
export const LogTools = memo(function LogTools(props: {
  readonly filter: LogFilter;
  readonly sessions: readonly SessionName[];
  readonly onFilter: (filter: LogFilter) => void;
  readonly count: string;
}): ReactNode {
  const text = useText().log;
  const { filter, sessions, onFilter } = props;
  return (
    <div className="log-tools">
      <select
        className="select"
        aria-label={text.family}
        value={filter.family}
        onChange={(event) => onFilter({ ...filter, family: event.target.value as EventFamily })}
      >
        {FAMILIES.map((family) => (
          <option key={family} value={family}>
            {text.families[family]}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={text.session}
        value={filter.session ?? ""}
        onChange={(event) => {
          const { value } = event.target;
          onFilter({ ...filter, session: value === "" ? null : (value as SessionName) });
        }}
      >
        <option value="">{text.anySession}</option>
        {sessions.map((name) => (
          <option key={name} value={name}>
            {text.oneSession(name)}
          </option>
        ))}
      </select>
      <input
        className="input"
        type="search"
        placeholder={text.filter}
        aria-label={text.filter}
        value={filter.words}
        onChange={(event) => onFilter({ ...filter, words: event.target.value })}
      />
      <span className="log-count">{props.count}</span>
    </div>
  );
});
