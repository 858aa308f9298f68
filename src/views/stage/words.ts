/**
 * What the pictures say, in English; `words_zh.ts` has the same in Chinese. Terms are MySQL's own; sentences name
 * sessions by letter. Functions take what varies, so that word order is the language's business.
 */
import type { LockKind } from "../../diagrams/lock_shapes.ts";
import type { Wanted } from "../../diagrams/wait_edges.ts";
import type { Language } from "../../store/preferences.ts";
import {
  chainText,
  endingsText,
  list as enList,
  KEPT_UNTIL,
} from "../../trace/explain/en/words.ts";
import type { GapBounds } from "../../trace/gap_bounds.ts";
import type { UndoType } from "../../trace/state.ts";
import type { Visibility } from "../../trace/visibility.ts";
import type { Ending, WaitEnd } from "../../trace/why/wait_ends.ts";

const list = (names: readonly string[]): string => names.join(", ");

const counted = (count: number, noun: string): string =>
  count === 1 ? `1 ${noun}` : `${count} ${noun}s`;

const between = (gap: GapBounds): string => {
  if (gap.low === null && gap.high === null) return "the whole index";
  if (gap.low === null) return `everything below ${gap.high}`;
  if (gap.high === null) return `everything above ${gap.low}`;
  return `between ${gap.low} and ${gap.high}`;
};

export const en = {
  language: "en" as Language,
  infimum: "infimum",
  supremum: "supremum",
  folded: (count: number) => `… ${count} records …`,
  unfold: (count: number) =>
    `${count} records that look alike are folded away; press to show them.`,
  waitsFor: (names: readonly string[]) =>
    names.length === 0 ? "waits" : `waits for ${list(names)}`,
  between,

  panels: {
    index: "Indexes and locks",
    versions: "Versions and read views",
    waits: "Who waits for whom",
    locks: "Lock tables",
    why: "Why?",
  },
  indexHeading: { clustered: "clustered index: the rows are here", secondary: "secondary index" },
  unique: "unique",
  pages: {
    root: (no: number, children: number) => `root: page ${no}, ${counted(children, "child page")}`,
    inner: (no: number, children: number) => `page ${no}, ${counted(children, "child page")}`,
    leaf: (no: number, records: number) => `page ${no}, ${counted(records, "record")}`,
  },
  zoom: { label: "Zoom", auto: "automatic", full: "columns", keys: "keys", ticks: "far away" },
  overview: "The whole line in little; arrow keys scroll",
  table: "table",
  noTables: "No table yet. Run a CREATE TABLE, or choose an example.",
  noLocks: "No locks on this table.",
  idleTable: "nobody is using it",
  openTable: (name: string) => `Show table ${name}`,
  foldTable: (name: string) => `Fold table ${name} away`,
  tableLocks: "Table locks",
  sortedLine: (on: string) =>
    `${on} as a sorted line of records and gaps, with the locks under it. Arrow keys move, Enter selects.`,

  kinds: {
    record: "record lock",
    gap: "gap lock",
    nextKey: "next-key lock",
    insertIntention: "insert intention lock",
  } satisfies Record<LockKind, string>,
  legend: {
    title: "Legend",
    record: "record lock: the record alone (REC_NOT_GAP)",
    gap: "gap lock: no insert between two records (GAP)",
    nextKey: "next-key lock: the record and the gap before it (nothing behind the mode)",
    insertIntention: "insert intention: an insert that wants into a gap (INSERT_INTENTION)",
    X: "X: exclusive, filled",
    S: "S: shared, hatched",
    granted: "granted: solid outline",
    waiting: "waiting: dashed outline",
    uncommitted: "uncommitted change, with its writer",
    deleted: "deleted: a delete-marked record",
    versions: "older versions behind a record",
  },
  legendShort: {
    record: "record",
    gap: "gap",
    nextKey: "next-key",
    insertIntention: "insert intention",
    X: "X",
    S: "S",
    granted: "granted",
    waiting: "waiting",
    uncommitted: "uncommitted",
    deleted: "deleted",
    versions: "versions",
  },

  inTheWay: (names: readonly string[], ends: readonly WaitEnd[]) =>
    names.length === 0
      ? ""
      : `In the way: ${list(names)}.${ends.length === 0 ? "" : ` What ends it: ${endingsText(ends)}.`}`,
  foldedLocks: (count: number) => `${count} equal locks on the folded records.`,
  tableLockSentence: (session: string, mode: string, table: string, isWaiting: boolean) =>
    isWaiting
      ? `${session} waits for the table lock ${mode} on ${table}.`
      : `${session} holds the table lock ${mode} on ${table}.`,
  mdlSentence: (
    session: string,
    mode: string,
    on: string,
    end: Exclude<Ending, "wait">,
    isPending: boolean,
  ) =>
    isPending
      ? `${session} waits for the metadata lock ${mode} on ${on}.`
      : `${session} holds the metadata lock ${mode} on ${on} until ${KEPT_UNTIL[end]}.`,

  lockName: (
    session: string,
    kind: LockKind,
    modeText: string,
    data: string,
    isWaiting: boolean,
  ): string =>
    `${session} ${isWaiting ? "waits for" : "holds"} ${en.kinds[kind]} ${modeText}, ${data}`,
  readsHere: (session: string) => `${session} reads here`,
  recSentence: (key: string, on: string) => `Record ${key} of ${on}.`,
  supremumSentence: (on: string) =>
    `Supremum of ${on}: the end of the page, above every key. A lock on it holds the gap behind the last record.`,
  infimumSentence: (on: string) => `Infimum of ${on}: the beginning of the page, below every key.`,
  gapSentence: (gap: GapBounds, on: string) => `Gap of ${on}: ${between(gap)}.`,

  versions: {
    choose: "Select a record of a clustered index to see its versions.",
    onPage: "on the index",
    inUndo: (rollPtr: number) => `undo ${rollPtr}`,
    uncommitted: (session: string) => `uncommitted, by ${session}`,
    committed: "committed",
    deleted: "delete-marked",
    noOlder: "no older version",
    rollPtr: (to: number, isInsert: boolean) => `${to} (${isInsert ? "insert" : "gone"})`,
    undoTypes: {
      insert: "insert",
      updateExisting: "update",
      updateDeleted: "update of a deleted row",
      deleteMark: "delete mark",
    } satisfies Record<UndoType, string>,
    viewOf: (session: string) => `${session}'s read view`,
    noViews: "No read view is open. A plain SELECT in a transaction opens one.",
    low: "low water mark (up_limit_id)",
    lowIsHigh: ": the high one, as nobody was active",
    high: "high water mark (low_limit_id)",
    active: "active ids (m_ids)",
    creator: "creator",
    none: "none",
    sees: (session: string, what: string) => `${session} sees ${what}`,
    seesNothing: (session: string) => `${session} sees no row`,
    seesDeleted: (session: string) => `${session} sees no row: that version is deleted`,
    notAsked: "not looked at",
    verdict: (
      trxId: number,
      limits: { up: number; low: number },
      rule: Visibility["rule"],
    ): string => {
      switch (rule) {
        case "ownChange":
          return `${trxId} is its own change: visible`;
        case "belowUpLimit":
          return `${trxId} < ${limits.up}: visible`;
        case "atOrAboveLowLimit":
          return `${trxId} ≥ ${limits.low}: not visible`;
        case "activeWhenOpened":
          return `${trxId} is in the active ids: not visible`;
        case "committedBeforeOpened":
          return `${trxId} is not in the active ids: visible`;
      }
    },
    axis: "transaction ids",
    axisVisible: "visible",
    axisHidden: "not visible",
    next: "next id",
    commitNumber: "commit",
    readNow: "read just now",
  },

  waits: {
    chain: chainText,
    empty:
      "Nobody waits. Let two sessions lock the same row: run an UPDATE in A without COMMIT, then the same UPDATE in B.",
    deadlock: "Deadlock",
    victim: "the victim: rolled back",
    victimChosen: "the victim: it will be rolled back",
    chosenLightest: (victim: string, weight: number, others: readonly string[]) =>
      `Why ${victim}? The lighter transaction is rolled back: ${victim} weighs ${weight}, ${enList(others)}.`,
    chosenTie: (victim: string, weight: number, others: readonly string[]) =>
      `Why ${victim}? The lighter transaction is rolled back; ${victim} is as light as ${enList(others)} (${weight}), but it closed the cycle.`,
    weighs: (session: string, weight: number) => `${session} ${weight}`,
    toDeadlock: "Go to the deadlock",
    weight: (weight: number, undo: number, structs: number) =>
      `weight ${weight} = ${counted(undo, "undo record")} + ${counted(structs, "lock struct")}`,
    weightMeans:
      "Weight: undo records written plus lock structs held. The lighter a transaction, the less is lost by rolling it back.",
    weightShort: (weight: number) => `weight ${weight}`,
    victimShort: "victim",
    edge: (waiter: string, blocker: string, what: string, isOver = false) =>
      `${waiter} ${isOver ? "waited" : "waits"} for ${blocker}: ${what}`,
    now: "Now:",
    holds: (session: string, modes: string, isOver = false) =>
      `${session} ${isOver ? "held" : "holds"} ${modes}`,
    isAhead: (session: string, modes: string) => `${session} is ahead, waiting for ${modes}`,
    connection: (id: number) => `conn ${id}`,
    trx: (id: number) => `trx ${id}`,
    lastDeadlock: "Show the last deadlock",
    hideDeadlock: "Back to the waits of now",
    userLock: "user lock",
    wanted: ({ kind, data, isSupremum }: Wanted): string => {
      switch (kind) {
        case "insertIntention":
          return isSupremum ? "insert after the last record" : `insert into the gap before ${data}`;
        case "record":
          return `record ${data}`;
        case "gap":
          return isSupremum ? "the gap after the last record" : `the gap before ${data}`;
        case "nextKey":
          return isSupremum ? "the gap after the last record" : `next-key up to ${data}`;
        case "table":
          return `table ${data} as a whole`;
        case "mdl":
          return `the definition of ${data}`;
        case "globalReadLock":
          return "the global read lock";
        case "commitLock":
          return "the commit lock";
        case "backupLock":
          return "the backup lock";
        case "schema":
          return `the schema ${data}`;
        case "userLock":
          return `the name ${data}`;
        case "tableFlush":
          return `all who use ${data} to be done`;
        case "thrLock":
          return `table ${data} as a whole`;
      }
    },
  },
};

export type StageWords = typeof en;
