/** The tab that is open: the one chosen last, by the reader or, since then, by the guide of a lesson. */
import { useState } from "react";
import { useGuide } from "../../store/guide_store.ts";

/** `state` is what the reader chose; `ids` the tabs that there are. */
export function useAskedTab<Id extends string>(
  state: readonly [Id, (id: Id) => void],
  ids: readonly Id[],
): readonly [Id, (id: Id) => void] {
  const [chosen, choose] = state;
  const asked = useGuide((guide) => guide.asked);
  const [moment, setMoment] = useState(asked.moment);
  const wanted = ids.find((id) => id === asked.panel);
  const isNewer = wanted !== undefined && asked.moment > moment;
  return [
    isNewer ? wanted : chosen,
    (id) => {
      setMoment(asked.moment);
      choose(id);
    },
  ];
}
