/** The log's filter; the family that was chosen is still chosen when the reader comes back from another page. */
import { useCallback, useState } from "react";
import type { EventFamily } from "../../trace/event_families.ts";
import type { LogFilter } from "./log_filter.ts";

const chosen: { family: EventFamily } = { family: "steps" };

export function useLogFilter(): readonly [LogFilter, (filter: LogFilter) => void] {
  const [filter, setFilter] = useState<LogFilter>({
    family: chosen.family,
    session: null,
    words: "",
  });
  const choose = useCallback((wanted: LogFilter): void => {
    chosen.family = wanted.family;
    setFilter(wanted);
  }, []);
  return [filter, choose];
}
