/** What each session would see in a table, laid out under the line of its rows; null where there is no room or no wish for it. */
import { useMemo } from "react";
import type { Staff, TablePicture } from "../../diagrams/index_picture.ts";
import { type Sight, sightOf } from "../../diagrams/sight.ts";
import { type SightRows, sightRows } from "../../diagrams/sight_rows.ts";
import { usePage } from "../../store/hooks.ts";
import type { Language } from "../../store/preferences.ts";
import type { TableId } from "../../trace/ids.ts";
import type { State } from "../../trace/state.ts";
import { sightWords } from "./sight_words.ts";
import { useKept } from "./use_kept.ts";

export function useSight(state: State, table: TableId, isShown: boolean): Sight | null {
  const isAsking = usePage((page) => page.isAsking);
  const isWanted = isShown && !isAsking;
  const made = useMemo(() => (isWanted ? sightOf(state, table) : null), [state, table, isWanted]);
  return useKept(made);
}

export interface PlacedSight {
  readonly staff: Staff["index"];
  readonly rows: SightRows;
}

export function usePlacedSight(
  sight: Sight | null,
  picture: TablePicture,
  language: Language,
): PlacedSight | null {
  const made = useMemo(() => {
    const staff = picture.staffs.find((each) => each.sightRoom > 0);
    if (sight === null || staff === undefined) return null;
    const rows = sightRows(
      sight,
      staff.cells,
      staff.line.top + staff.line.height,
      sightWords(language),
    );
    return { staff: staff.index, rows };
  }, [sight, picture, language]);
  return useKept(made);
}
