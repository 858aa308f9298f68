/** The fold of tables and indexes. */
import { unreachable } from "../../base/assert.ts";
import {
  type IntMap,
  intMapDelete,
  intMapGet,
  intMapSet,
  intMapValues,
} from "../../base/int_map.ts";
import type { DictionaryEvent, EventHead } from "../events.ts";
import type { IndexId } from "../ids.ts";
import type { RecState, State } from "../state.ts";
import { patched, without } from "./patch.ts";

export function applyDictionaryEvent(state: State, event: EventHead & DictionaryEvent): State {
  switch (event.type) {
    case "table.created":
    case "table.changed":
      return { ...state, tables: intMapSet(state.tables, event.table.id, event.table) };
    case "table.dropped": {
      const indexes = intMapGet(state.tables, event.id)?.indexes ?? [];
      const rest = indexes.reduce(withoutIndex, state);
      return { ...rest, tables: intMapDelete(state.tables, event.id) };
    }
    case "index.created":
      return { ...state, indexes: intMapSet(state.indexes, event.index.id, event.index) };
    case "index.changed":
      return {
        ...state,
        indexes: patched(state.indexes, event.index.id, (index) => ({
          ...event.index,
          pages: index.pages,
        })),
      };
    case "index.dropped":
      return withoutIndex(state, event.id);
    default:
      return unreachable(event);
  }
}

/** An index goes with its pages and the records on them. */
function withoutIndex(state: State, id: IndexId): State {
  const index = intMapGet(state.indexes, id);
  if (index === undefined) return state;
  let recs: IntMap<RecState> = state.recs;
  for (const page of intMapValues(index.pages)) recs = without(recs, page.recs);
  return { ...state, recs, indexes: intMapDelete(state.indexes, id) };
}
