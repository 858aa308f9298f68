/** English sentences about tables, indexes, pages and records. */
import { unreachable } from "../../../base/assert.ts";
import type { DictionaryEvent, RecordEvent, VisitVerdict } from "../../events.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { indexText, keyText, rowText, who } from "../text.ts";
import { count } from "./words.ts";

const SCAN = "The scan";

const VISITED: Readonly<Record<VisitVerdict, string>> = {
  match: "its row goes to the server",
  noMatch: "it does not match the condition",
  deleteMarked: "it is marked as deleted",
  outsideRange: "it lies outside the range, the search ends here",
  icpNoMatch: "the pushed index condition does not hold",
  skippedLocked: "it is locked by another, SKIP LOCKED passes it by",
  notVisible: "no version of it is visible",
  supremum: "the end of the page",
  semiConsistentSkip:
    "its last committed version does not match, so it is passed by without a lock",
};

const CHANGED: Readonly<Record<EventOf<"rec.changed">["what"], string>> = {
  updated: "changes",
  deleteMarked: "marks as deleted",
  deleteUnmarked: "takes the delete mark off",
  reinserted: "uses the delete-marked place again for",
  undone: "puts back",
};

const DROPPED: Readonly<Record<EventOf<"table.dropped">["why"], string>> = {
  drop: "is dropped",
  truncate: "is emptied: TRUNCATE drops it and makes it anew",
  rebuild: "gives way to its rebuilt copy",
  instant:
    "gives way to its new definition: MySQL changes the dictionary only and leaves the records alone (INSTANT); drawn as a copy",
};

const REORGANIZED: Readonly<Record<EventOf<"page.reorganized">["what"], string>> = {
  split: "a full page was split in two",
  merge: "two pages were merged",
  rootRaised: "the root was full, so the tree grew by a level",
  truncated: "all pages were given back",
};

/** By InnoDB's search mode (page_cur_mode_t): where a search for a key stops. */
const SEARCHED: Readonly<Record<string, string>> = {
  G: "the first record after",
  GE: "the first record at or after",
  L: "the last record before",
  LE: "the last record at or before",
};

/** A search without a key begins at an end: upwards at the first record, downwards at the last. */
function searched(mode: string, key: string): string {
  if (key === "") return mode === "last" ? "its last record" : "its first record";
  return `${SEARCHED[mode] ?? mode} ${key}`;
}

export const englishRecords: NarratorOf<DictionaryEvent | RecordEvent> = {
  "table.created": ({ table }) =>
    `Table ${table.schema}.${table.name} is created (${table.engine}, ${count(table.columns.length, "column")}).`,
  "table.changed": ({ table }) => `Table ${table.schema}.${table.name} has a new definition.`,
  "table.dropped": ({ name, why }) => `Table ${name} ${DROPPED[why]}.`,
  "index.created": ({ index }) =>
    `Index ${index.tableName}.${index.name} is created${index.clustered ? ": the clustered index, its leaves hold the rows" : ""}.`,
  "index.changed": ({ index }) => `Index ${index.tableName}.${index.name} has a new definition.`,
  "index.dropped": ({ name }) => `Index ${name} is dropped.`,

  "index.searched": ({ session, key, mode, path, constraint, ...at }) =>
    `${who(session, SCAN)} searches ${indexText(at)} for ${searched(mode, keyText(key))}${path.length > 1 ? `, down ${path.length} pages` : ""}${constraint === undefined ? "" : `, to check the foreign key ${constraint}`}.`,
  "rec.visited": ({ session, key, verdict, ...at }) =>
    verdict === "supremum"
      ? `${who(session, SCAN)} comes to the supremum of ${indexText(at)}: the end.`
      : `${who(session, SCAN)} looks at ${indexText(at)} ${keyText(key)}: ${VISITED[verdict]}.`,
  "rec.streamed": ({ session, visited, fromKey, toKey, verdicts, rules, ...at }) => {
    const seen = Object.values(rules).reduce((sum, times) => sum + times, 0);
    const views =
      seen === 0 ? "" : `, ${seen} of them in the version on the page, which its read view sees`;
    return `${who(session, SCAN)} goes on through ${indexText(at)} from ${keyText(fromKey)} to ${keyText(toKey)}: ${visited} records, ${verdicts.match ?? 0} rows go to the server${views}.`;
  },
  "rec.inserted": ({ session, rec, ...at }) =>
    `${who(session, SCAN)} inserts ${rowText(rec.values)} into ${indexText(at)}${rec.trxId === 0 ? "" : ` with DB_TRX_ID ${rec.trxId}`}.`,
  "rec.changed": (event) => changeSentence(event),
  "rec.removed": ({ key, why, ...at }) =>
    why === "purge"
      ? `Purge removes the delete-marked record ${keyText(key)} from ${indexText(at)}: nobody can see it any more.`
      : `The rollback removes ${keyText(key)} from ${indexText(at)}.`,
  "page.reorganized": ({ what, leaves, ...at }) =>
    `${indexText(at)}: ${REORGANIZED[what]}; it now has ${count(leaves.length, "leaf page")}.`,
};

function changeSentence(event: EventOf<"rec.changed">): string {
  const { rec, what } = event;
  const place = `${indexText(event)} ${keyText(rec.key)}`;
  const hidden = rec.trxId === 0 ? "" : ` (DB_TRX_ID ${rec.trxId})`;
  const subject = who(event.session, "Purge");
  switch (what) {
    case "updated":
      return `${subject} ${CHANGED[what]} ${place} to ${rowText(rec.values)}${hidden}.`;
    case "deleteMarked":
      return `${subject} ${CHANGED[what]} ${place}${hidden}; the record stays until purge.`;
    case "deleteUnmarked":
      return `${subject} ${CHANGED[what]} ${place}${hidden}.`;
    case "reinserted":
      return `${subject} ${CHANGED[what]} ${rowText(rec.values)} at ${place}${hidden}.`;
    case "undone":
      return `${subject} ${CHANGED[what]} ${place}: ${rec.deleted ? "marked as deleted" : rowText(rec.values)}${hidden}.`;
    default:
      return unreachable(what);
  }
}
