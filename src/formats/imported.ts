/** What comes of reading a file: scenarios, and a remark for everything that was left out or changed, with its line. */
import type { Scenario } from "../trace/scenario.ts";
import type { ExpectedDeadlock } from "./deadlock_check.ts";

/** The formats that are told apart by what stands in the text, in the order in which they are tried. */
export const FORMATS = [
  /** A scenario in JSON, or a list of them, or one a line. */
  "scenario",
  /** Those that this page saved. */
  "ownFile",
  /** Those that a server's answers were recorded with. */
  "transcript",
  /** YAML scenario files of database-transactions. */
  "yaml",
  /** PostgreSQL's isolation tester. */
  "isolationSpec",
  /** Transaction tests of go-mysql-server: Go source with a client's name in a comment of each query. */
  "goQueries",
  /** Markdown with fenced SQL or with a table that has a column for each session. */
  "markdown",
  /** mysqltest's `connect`, `connection`, `send`, `reap`. */
  "mysqltest",
  /** `A> BEGIN`: a session's name before each statement; our golden scripts. */
  "prefixedLines",
  /** `BEGIN; -- T1`, `-- session A` above statements, or client comments before them. */
  "labelledSql",
  /** What InnoDB prints of a deadlock: SHOW ENGINE INNODB STATUS or the error log. */
  "deadlockLog",
  /** SQL for one session. */
  "plainSql",
] as const;

export type FormatId = (typeof FORMATS)[number];

/** Why a line became something else than it says. */
export type RemarkKind =
  /** A command of the format that has no meaning here. */
  | "command"
  /** A block of control flow or of another language. */
  | "block"
  /** MySQL has it, the simulator does not. `detail` names it. */
  | "notSimulated"
  /** MySQL would not parse it, or it means something else there: left out. */
  | "notMysql"
  /** MySQL would not parse it: it is run and fails. */
  | "mistake"
  /** It fills a table whose making was left out. */
  | "missingTable"
  /** Written for another server and put into MySQL's words: what it is now. */
  | "translated"
  /** A transaction that names no level: the default of that server is another. */
  | "defaultLevel"
  /** RETURNING, whose rows MySQL does not give. */
  | "returning"
  /** It uses a value that is only known when the script runs. */
  | "substitution"
  /** More sessions than the page has: the name of the one left out. */
  | "session"
  /** Said of either session: run by the first. */
  | "anySession"
  /** No session named: counted to the one before. */
  | "noSession"
  /** Nothing names a session, and this may be meant to. */
  | "oneSession"
  /** The clean-up at the end, left out so that there is something to see. */
  | "cleanUp"
  /** No order given: a few were made. `detail` is how many there are. */
  | "permutations"
  /** Longer than the limit: how many steps were left out. */
  | "tooLong"
  /** Something that stands where a step should. */
  | "step"
  /** Of a deadlock log: which transaction waits for which lock, and who is in the way; ✗: rolled back. */
  | "deadlockWait"
  /** The log names a lock and no statement that took it. */
  | "madeUp"
  /** The log has no statement, or only its beginning. */
  | "noStatement"
  /** Neither a statement nor a record to make one for. */
  | "nothingToRun"
  /** It ends before it says what a transaction waits for: taken from the other's. */
  | "guessedWait"
  /** It shows no record of the lock: taken from the statement, or from the other's lock. */
  | "guessedRecord"
  | "noWait"
  | "noRecord"
  /** It ends before it says who is rolled back. */
  | "noVictim"
  /** No CREATE TABLE was pasted along. */
  | "guessedTable"
  /** Transactions that had written more than is shown. */
  | "weight"
  /** The locks leave the gaps alone. */
  | "guessedLevel";

/** A line of the file that is not taken as it stands. */
export interface Remark {
  /** From 1. */
  readonly line: number;
  readonly kind: RemarkKind;
  /** A piece of the text, or what it became. */
  readonly detail: string;
}

/** One scenario of a file, ready to be opened. */
export interface ImportedScenario {
  readonly title: string;
  readonly scenario: Scenario;
  readonly remarks: readonly Remark[];
  /** By session: what stands in the editors, where the file says so. */
  readonly editors: Readonly<Record<string, string>> | null;
  /** Where the page stood, in events; null: at the end. */
  readonly position: number | null;
  /** What was run from earlier places, and left. */
  readonly futures: readonly Scenario[];
  /** Of a deadlock log: what should come when it is played. */
  readonly deadlock?: ExpectedDeadlock;
  /** The deadlock log that it was made from; of an own file, the one that it keeps. */
  readonly log?: string;
}

/** What a reader makes of a text; readers never throw. */
export type ImportResult =
  | {
      readonly kind: "imported";
      readonly format: FormatId;
      readonly scenarios: readonly ImportedScenario[];
    }
  /** Nothing to run in it. */
  | { readonly kind: "empty"; readonly format: FormatId }
  /** It begins as the format and is broken. */
  | {
      readonly kind: "broken";
      readonly format: FormatId;
      readonly line: number;
      readonly message: string;
    }
  /** A log without what the scenario is made from. */
  | {
      readonly kind: "incomplete";
      readonly format: FormatId;
      readonly missing: "deadlock" | "transactions" | "locks";
    }
  | { readonly kind: "tooLarge"; readonly characters: number }
  /** Bytes that are no letters. */
  | { readonly kind: "notText" };

/** Whether MySQL's parser takes no statement of it: then the format was only guessed. */
export function isAllRefused({ scenario, remarks }: ImportedScenario): boolean {
  const refused = remarks.filter(({ kind }) => kind === "mistake").length;
  const run = scenario.steps.filter((step) => "sql" in step).length;
  return scenario.setup.length === 0 && run > 0 && refused >= run;
}

/** What a text may hold; more is refused or cut off, so that no file stops the page. */
export const CHARACTERS_MAX = 2_000_000;
export const SCENARIOS_MAX = 500;
export const STEPS_MAX = 2_000;
export const SESSIONS_MAX = 8;
