/** The fold of records and pages. */
import { unreachable } from "../../base/assert.ts";
import { intMapDelete, intMapGet, intMapSet, intMapToArray } from "../../base/int_map.ts";
import type { EventHead, RecordEvent } from "../events.ts";
import type { IndexId, PageNo } from "../ids.ts";
import type { PageState, RecState, State } from "../state.ts";
import { patched, without } from "./patch.ts";

export function applyRecordEvent(state: State, event: EventHead & RecordEvent): State {
  switch (event.type) {
    case "index.searched":
    case "rec.visited":
    case "rec.streamed":
      return state;
    case "rec.inserted":
      return {
        ...withPage(state, event.rec.index, event.place.page, (page) => ({
          ...page,
          recs: page.recs.toSpliced(event.place.at, 0, event.rec.id),
          maxTrxId: event.maxTrxId,
        })),
        recs: intMapSet(state.recs, event.rec.id, event.rec),
      };
    case "rec.changed":
      return {
        ...withPage(state, event.rec.index, event.rec.page, (page) =>
          page.maxTrxId === event.maxTrxId ? page : { ...page, maxTrxId: event.maxTrxId },
        ),
        recs: intMapSet(state.recs, event.rec.id, event.rec),
        recLocks: withData(state, event.rec),
      };
    case "rec.removed":
      return {
        ...withPage(state, event.index, event.page, (page) => ({
          ...page,
          recs: page.recs.filter((rec) => rec !== event.rec),
        })),
        recs: intMapDelete(state.recs, event.rec),
      };
    case "page.reorganized": {
      let recs = state.recs;
      for (const { rec, page, heapNo } of event.moved) {
        recs = patched(recs, rec, (old) => ({ ...old, page, heapNo }));
      }
      const indexes = patched(state.indexes, event.index, (index) => {
        let pages = without(index.pages, event.removedPages);
        for (const page of event.pages) pages = intMapSet(pages, page.no, page);
        return { ...index, root: event.root, leaves: event.leaves, pages };
      });
      return { ...state, recs, indexes };
    }
    default:
      return unreachable(event);
  }
}

/** What a lock says is read from the record: a key that changed to an equal one ('b' to 'B') shows in the locks on it. */
function withData({ recs, recLocks }: State, { id, key }: RecState): State["recLocks"] {
  if (intMapGet(recs, id)?.key === key) return recLocks;
  let changed = recLocks;
  for (const lock of intMapToArray(recLocks)) {
    if (lock.rec === id) changed = intMapSet(changed, lock.id, { ...lock, data: key });
  }
  return changed;
}

function withPage(
  state: State,
  index: IndexId,
  no: PageNo,
  change: (page: PageState) => PageState,
): State {
  return {
    ...state,
    indexes: patched(state.indexes, index, (old) => ({
      ...old,
      pages: patched(old.pages, no, change),
    })),
  };
}
