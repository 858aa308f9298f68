/** What is said about a statement that was not run; `words_zh.ts` has the same in Chinese. */
import type { LockKind } from "../../diagrams/lock_shapes.ts";
import type { Language } from "../../store/preferences.ts";
import { ACCESS } from "../../trace/explain/en/sessions.ts";
import { lockPhrase as enPhrase, list } from "../../trace/explain/en/words.ts";
import type {
  MdlState,
  PlanState,
  RecLockState,
  TableLockState,
  WaitReason,
} from "../../trace/state.ts";
import { zh } from "./words_zh.ts";

export type Wanted = RecLockState | TableLockState | MdlState;

/** No index helps the statement's WHERE. */
export interface NoHelp {
  /** It tests these, and no index begins with them; none: an index is there, but not for what is asked of its column. */
  readonly columns: readonly string[];
  /** Each record that it comes to stays locked. */
  readonly locksAll: boolean;
}

export interface PeekWords {
  /** Sentences, one behind the other. */
  readonly paragraph: (sentences: readonly string[]) => string;
  readonly ask: string;
  readonly askHint: (sql: string) => string;
  readonly nothingToAsk: string;
  readonly region: string;
  readonly title: (session: string) => string;
  readonly notRun: string;
  readonly waits: (blockers: readonly string[], wanted: Wanted) => string;
  readonly deadlock: (victim: string) => string;
  readonly rows: (count: number) => string;
  readonly affected: (count: number) => string;
  /** The cursor stands in the middle of a statement. */
  readonly amid: (session: string) => string;
  readonly fails: (errno: number, message: string) => string;
  /** `isBefore`: before it waits. */
  readonly noRecordLocks: (isBefore: boolean) => string;
  /** It would stop for something that is no lock of a record, a table or metadata. */
  readonly pauses: (reason: WaitReason) => string;
  /** A transaction and nothing else, with its read view or without one. */
  readonly begins: (hasView: boolean) => string;
  /** Of new rows, beside so many record locks. */
  readonly implicit: (rows: number, recordLocks: number) => string;
  readonly takes: (count: number, isBefore: boolean) => string;
  /** Before the list of record locks that its session holds already. */
  readonly held: string;
  /** Before the list of record locks that it gives back. */
  readonly frees: (count: number) => string;
  readonly goesOn: (sessions: readonly string[]) => string;
  readonly wouldFail: (session: string, errno: number) => string;
  readonly kinds: Readonly<Record<LockKind, string>>;
  /** Where a lock on the gap alone is: the record behind the gap. */
  readonly before: (keys: string) => string;
  readonly freesOthers: (tableLocks: readonly string[], metadataLocks: readonly string[]) => string;
  readonly tableLocks: (modes: string) => string;
  readonly metadataLocks: (modes: string) => string;
  readonly plan: (plan: PlanState, noHelp: NoHelp | null) => string;
  readonly run: string;
  readonly close: string;
}

const isMdl = (wanted: Wanted): wanted is MdlState => "namespace" in wanted;

const en: PeekWords = {
  paragraph: (sentences) => sentences.join(" "),
  ask: "What would it lock?",
  askHint: (sql) => `Shows what this would lock, without running it: ${sql}`,
  nothingToAsk: "Put the cursor on a statement to ask what it would lock.",
  region: "What a statement would do",
  title: (session) => `If ${session} ran this now`,
  notRun: "not run",
  amid: (session) =>
    `The cursor stands in the middle of ${session}'s statement; this is for when that is through.`,
  waits: (blockers, wanted) =>
    `It would wait for ${list(blockers) || "another"}: it needs the ${
      isMdl(wanted)
        ? `metadata lock ${wanted.mode} on ${wanted.name ?? wanted.namespace}`
        : enPhrase(wanted)
    }.`,
  deadlock: (victim) => `That closes a deadlock: ${victim} would be rolled back.`,
  rows: (count) => `The statement would return ${count === 1 ? "1 row" : `${count} rows`}.`,
  affected: (count) =>
    `The statement would go through: ${count === 1 ? "1 row" : `${count} rows`} affected.`,
  fails: (errno, message) => `The statement would fail with error ${errno}: ${message}.`,
  noRecordLocks: (isBefore) =>
    isBefore ? "No new record lock before that." : "No new record lock.",
  pauses: (reason) => {
    switch (reason.kind) {
      case "sleep":
        return "It would sleep, and keep what it holds.";
      case "userLock":
        return `It would wait for the user lock '${reason.name}'.`;
      case "thrLock":
      case "tableFlush":
        return `It would wait for table ${reason.table}, which others use.`;
      default:
        return "It would wait.";
    }
  },
  begins: (hasView) =>
    hasView
      ? "It would begin a transaction and open its read view at once. It locks nothing."
      : "It would begin a transaction, in this session alone: no lock, and no read view yet. A read view comes with the first consistent read; START TRANSACTION WITH CONSISTENT SNAPSHOT opens it at once.",
  implicit: (rows, recordLocks) =>
    `${recordLocks === 0 ? "No record lock yet: " : ""}${
      rows === 1
        ? "the new row is locked implicitly by its transaction id; whoever touches it waits."
        : `the ${rows} new rows are locked implicitly by their transaction id; whoever touches one waits.`
    }`.replace(/^t/, "T"),
  takes: (count, isBefore) =>
    `${isBefore ? "Before that, " : ""}${count === 1 ? "1 new record lock" : `${count} new record locks`}:`,
  held: "Already held:",
  frees: (count) =>
    count === 1 ? "It would give back 1 record lock:" : `It would give back ${count} record locks:`,
  goesOn: (sessions) => `${list(sessions)} would go on.`,
  wouldFail: (session, errno) => `${session} would fail with error ${errno}.`,
  freesOthers: (tableLocks, metadataLocks) =>
    `It would give back ${[
      ...(tableLocks.length === 0 ? [] : [`table locks: ${tableLocks.join(", ")}`]),
      ...(metadataLocks.length === 0 ? [] : [`metadata locks: ${metadataLocks.join(", ")}`]),
    ].join("; ")}.`,
  before: (keys) => `before ${keys}`,
  kinds: {
    record: "record",
    gap: "gap",
    nextKey: "next-key",
    insertIntention: "insert intention",
  },
  tableLocks: (modes) => `Table locks: ${modes}.`,
  metadataLocks: (modes) => `Metadata locks: ${modes}.`,
  plan: ({ access, table, key }, noHelp) => {
    const why = noHelp === null ? "" : `: ${noIndex(noHelp)}`;
    if (access === "none") return `Reads no row of ${table}.`;
    if (access === "ALL") return `Reads every row of ${table} (type ALL)${why}.`;
    if (access === "index") return `Reads the whole index ${table}.${key} (type index)${why}.`;
    return `Reads ${table}${key === null ? "" : `.${key}`} (type ${access}): ${ACCESS[access]}.`;
  },
  run: "Run it",
  close: "Back to what is",
};

function noIndex({ columns, locksAll }: NoHelp): string {
  const why =
    columns.length === 0 ? "no index helps its WHERE" : `no index on ${enColumns(columns)}`;
  return locksAll ? `${why}, so every record is locked, whether it matches or not` : why;
}

/** "column b", "columns b and c". */
function enColumns(columns: readonly string[]): string {
  return `${columns.length === 1 ? "column" : "columns"} ${list(columns)}`;
}

export function peekWords(language: Language): PeekWords {
  return language === "zh" ? zh : en;
}
