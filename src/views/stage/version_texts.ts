/** The texts of the version picture in a language. */
import type { VersionTexts } from "../../diagrams/version_picture.ts";
import type { VersionWords } from "../versions/words.ts";
import type { StageWords } from "./words.ts";

/** Before the cards: the badges of the sessions. */
const LEFT = 36;

export function versionTexts({ versions }: StageWords, more: VersionWords): VersionTexts {
  return {
    left: LEFT,
    low: (id, isHigh) => `${versions.low} ${id}${isHigh ? versions.lowIsHigh : ""}`,
    high: (id) => `${versions.high} ${id}`,
    ids: (ids, creator) => {
      const active = ids.length === 0 ? versions.none : ids.join(", ");
      return `${versions.active} ${active} · ${versions.creator} ${creator === 0 ? versions.none : creator}`;
    },
    axis: versions.axis,
    visible: versions.axisVisible,
    hidden: versions.axisHidden,
    onPage: versions.onPage,
    inUndo: (rollPtr, type) => `${versions.inUndo(rollPtr)}: ${versions.undoTypes[type]}`,
    noOlder: versions.noOlder,
    rollPtr: versions.rollPtr,
    committed: versions.committed,
    uncommitted: versions.uncommitted,
    deleted: versions.deleted,
    viewOf: versions.viewOf,
    verdict: versions.verdict,
    notAsked: versions.notAsked,
    folded: more.folded,
    foldedIds: more.foldedIds,
    foldedHidden: more.foldedHidden,
    conclusion: (session, sees, values) => {
      if (sees === null) return versions.seesNothing(session);
      return sees.deleted ? versions.seesDeleted(session) : versions.sees(session, values);
    },
  };
}
