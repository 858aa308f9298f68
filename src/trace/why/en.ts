/** The rules in English. */
import { unreachable } from "../../base/assert.ts";
import {
  chainText,
  changeText,
  endingsText,
  KEPT_UNTIL,
  list,
  RELEASE_REASON,
} from "../explain/en/words.ts";
import type { RecLockKind } from "../explain/text.ts";
import type { GapBounds } from "../gap_bounds.ts";
import type { IsolationLevel } from "../state.ts";
import { type BlockerCase, type LockCase, others, type RuleWords } from "./rule_words.ts";
import { enGapReason } from "./statement_words.ts";
import { lastingOf } from "./wait_ends.ts";

function between({ low, high }: GapBounds): string {
  if (low === null && high === null) return "the whole index";
  if (low === null) return `everything below ${high}`;
  if (high === null) return `everything above ${low}`;
  return `between ${low} and ${high}`;
}

const LOCKS: Readonly<Record<RecLockKind, string>> = {
  nextKey: "next-key lock",
  supremum: "next-key lock",
  gap: "gap lock",
  supremumGap: "gap lock",
  record: "record lock",
  insertIntention: "insert intention lock",
};

function theirs(blockers: readonly BlockerCase[]): string {
  const named = ({ kind, modeText }: BlockerCase): string =>
    kind === null ? modeText : `${LOCKS[kind]} ${modeText}`;
  return (
    list(
      blockers.map(
        (each) => `${each.session}'s ${named(each)}${each.isWaiting ? " (itself waiting)" : ""}`,
      ),
    ) || "nobody's lock any more"
  );
}

const LOCKS_GAPS: Readonly<Record<IsolationLevel, boolean>> = {
  "READ UNCOMMITTED": false,
  "READ COMMITTED": false,
  "REPEATABLE READ": true,
  SERIALIZABLE: true,
};

/** A gap that is locked at the other levels is not locked for the sake of phantoms. */
function gapReason(isolation: IsolationLevel): readonly string[] {
  return LOCKS_GAPS[isolation] ? [enGapReason(isolation)] : [];
}

function scanned(lock: LockCase): readonly string[] {
  const { isolation, kind, mode, data, gap } = lock;
  switch (kind) {
    case "nextKey":
      return [
        `At ${isolation} a locking search takes a next-key lock on every index record it comes to, whether the row matches or not.`,
        `Here: record ${data} and the gap before it, ${between(gap)}.`,
        ...gapReason(isolation),
      ];
    case "supremum":
      return [
        `The search went on to the end of the index, so the gap behind the last record is locked too: ${between(gap)}. The supremum is no row; a next-key lock on it is a gap lock.`,
        ...gapReason(isolation),
      ];
    case "gap":
    case "supremumGap":
      return [
        `The search stopped at ${data}, which does not belong to what was searched: only the gap before it is locked, ${between(gap)}; record ${data} stays free.`,
        ...gapReason(isolation),
      ];
    default:
      return LOCKS_GAPS[isolation]
        ? [
            `A record lock ${mode} on ${data} alone: nothing can come between the search and this one record, so no gap needs a lock.`,
          ]
        : [
            `At ${isolation} a search locks only the records it finds, never gaps: inserts beside them stay possible, and with them phantoms.`,
          ];
  }
}

const CHANGES = (what: string) => (on: string) =>
  `No row is inserted, but ${what} a column of an index, and that puts a new entry into it: into ${on}. It asks, as an INSERT does, for`;

const ASKS = {
  INSERT: () => "An INSERT asks for",
  REPLACE: () => "A REPLACE asks, as an INSERT does, for",
  UPDATE: CHANGES("the UPDATE changes"),
  DELETE: CHANGES("a foreign key changes"),
  OTHER: (on: string) =>
    `The statement's work puts an entry into ${on}, and asks, as an INSERT does, for`,
};

export const englishRules: RuleWords = {
  supremum: "the supremum",
  list,
  granted: (lock, why, ofRequest = false) => {
    const { data, on, session } = lock;
    switch (why) {
      case "scan":
        return scanned(lock);
      case "uniqueSearch":
        return lock.kind === "record"
          ? [
              `All columns of the unique index ${on} were given and ${data} found: no other row can have that key, so the record alone is locked, without the gap before it.`,
            ]
          : [
              `All columns of the unique index ${on} were given, but no such record is there: the gap in which it would stand is locked, ${between(lock.gap)}, so that it cannot appear.`,
              ...gapReason(lock.isolation),
            ];
      case "clusteredBehindSecondary":
        return [
          `The search ran over a secondary index, whose entries lead to the row: in ${on} that is locked too (${data}), as a record only, since the gap that matters is in the secondary index.`,
        ];
      case "duplicateCheck":
        return [
          `${session} found a record with the key it wants to write. Whether that is an error depends on whether the record stays, so ${session} locks it (${lock.modeText}) before it decides; the lock stays after error 1062.`,
        ];
      case "insertIntention":
        return [
          "An insert intention lock keeps nobody out; it only shows that an insert waited in this gap.",
        ];
      case "rowToModify":
        return [
          `Who changes a record holds an X lock on it until the transaction ends: record ${data}, no gap.`,
        ];
      case "implicitMadeExplicit":
        return [
          `A record that a transaction has inserted or changed is locked by its DB_TRX_ID alone (an implicit lock). Somebody else came to ${data}, so the lock of ${session} is now written down, to be waited for.`,
        ];
      case "inherited":
        return [
          `The record before ${data} went away. What ${ofRequest ? "was asked for" : "was locked"} there passes to ${data} as a gap lock, so that nothing comes where it stood: ${between(lock.gap)}.`,
          ...gapReason(lock.isolation),
        ];
      case "gapSplit":
        return [
          `${data} was inserted into a gap that ${session} had locked, and cut it in two. What stands behind it keeps its lock, and ${data} inherits one for the part before itself: ${between(lock.gap)}. So the whole gap stays locked.`,
          ...gapReason(lock.isolation),
        ];
      default:
        return [`Record ${data} of ${on}, ${lock.modeText}.`];
    }
  },
  behindRange: ({ data, on }, why) =>
    why === "clusteredBehindSecondary"
      ? `${data} does not belong to what was searched: the entry behind the last one that does led to this row, and ${on} ${data} was locked before the server compared it with the end of the range.`
      : `${data} does not belong to what was searched: it is the first record behind it. A search sees its end only by reading one record too many, and what it reads it has locked before.`,
  foreignKey: (session, check, modeText) => {
    const { constraint, child, parent, change, looksFor } = check;
    const makes = `${session} ${changeText(check)}, so the foreign key ${constraint} makes it`;
    switch (looksFor) {
      case "parent":
        return `${makes} check the parent in ${parent}, with a shared lock (${modeText}): a parent that is there cannot go away before ${session}'s transaction ends.`;
      case "refusingChild":
        return `${makes} look in ${child} for rows that refer to it, with a shared lock (${modeText}): if there is one, the change fails with error 1451.`;
      case "cascade":
        return `${makes} ${change === "DELETE" ? "delete" : "change"} the rows of ${child} that refer to it as well (${change === "DELETE" ? "ON DELETE" : "ON UPDATE"} CASCADE); it searches for them with an exclusive lock (${modeText}).`;
      case "setNull":
        return `${makes} set the rows of ${child} that refer to it to NULL (${change === "DELETE" ? "ON DELETE" : "ON UPDATE"} SET NULL); it searches for them with an exclusive lock (${modeText}).`;
      default:
        return unreachable(looksFor);
    }
  },
  foreignKeyOnTable: (session, check, mode) => {
    const { constraint, child, parent, looksFor } = check;
    const table = looksFor === "parent" ? parent : child;
    const work = {
      parent: `look for the parent in ${parent}`,
      refusingChild: `look in ${child} for rows that refer to it`,
      cascade: `follow the change in ${child}`,
      setNull: `set the rows of ${child} that refer to it to NULL`,
    }[looksFor];
    return `${session} ${changeText(check)}, so the foreign key ${constraint} makes it ${work}: before it locks a record of ${table}, it takes ${mode} on the table.`;
  },
  forStatement: (session, sql) => `The statement of ${session}: ${sql}`,
  insertWaits: (lock, { verb, isGapOnly, skippers }) => [
    `In the way: ${theirs(lock.blockers)} on ${lock.data}. ${isGapOnly ? "Gap locks do not exclude each other; they exclude inserts." : "A next-key lock covers its record and the gap before it: many may lock one gap, but they keep inserts out."}`,
    ...(skippers.length === 0
      ? []
      : [
          `${list(skippers)} got it with SKIP LOCKED, which passes locked records by and yet locks the gaps on its way, even where it finds no row. At READ COMMITTED it locks no gap.`,
        ]),
    `${ASKS[verb ?? "OTHER"](lock.on)} an insert intention lock on the record behind its place, here ${lock.data}. It waits for every lock of another transaction on that record that covers the gap before it (${between(lock.gap)}), granted or waiting.`,
  ],
  recordWaits: (lock, why) => [
    `${lock.modeText} against ${theirs(lock.blockers)} on the same record, ${lock.data}: S goes with S, X goes with nothing. Gaps do not count between these.${why === "scan" ? " A record is locked when a statement comes by it, whether its row fits the conditions or not." : ""}`,
    ...(why === "duplicateCheck"
      ? [
          `Nothing is searched: ${lock.session} wants to write a key that ${lock.data} has. Whether that is an error depends on whether the record is still there in the end, so ${lock.session} asks for ${lock.modeText} on it first, at any isolation level.`,
        ]
      : []),
  ],
  waitEnds: (session, ends) =>
    `What ends it: ${ends.every(({ ending }) => ending === "transaction") ? "locks are kept until their transaction ends, so " : ""}${session} goes on after ${endingsText(ends)}, or gets error 1205 after innodb_lock_wait_timeout.`,
  aheadWaits: (lock) => [
    `Nothing granted stands in the way, but ${theirs(lock.blockers)} conflicts with ${lock.modeText} and was asked for earlier: requests for a record queue, so that nobody starves.`,
  ],
  tableGranted: (mode, table, why) =>
    why === "autoInc"
      ? [
          `${mode} on ${table} is held until the statement ends, not the transaction: nobody else gets a value of the AUTO_INCREMENT counter in between.`,
        ]
      : mode.startsWith("I")
        ? [
            `${mode} says what will be locked inside ${table}: ${mode === "IX" ? "records for a change" : "records for shared reading"}. Intention locks go with each other; they only conflict with S and X on the whole table.`,
          ]
        : [`${mode} locks all of ${table} at once, until the transaction ends.`],
  tableWaits: (mode, table, blockers) => [
    `${mode} on ${table} is not compatible with ${theirs(blockers)}. On a whole table: IS and IX go together, S goes with IS and S, X with nothing.`,
  ],
  grantedAfterWait: (cause) => [
    "When a lock is given back, the queue of its record is gone through: a waiting request that conflicts with nothing before it is granted, its thread woken.",
    ...(cause === null ? [] : [`What freed it: ${cause}`]),
  ],
  alreadyHeld: (held, asked) => [
    `${held} is at least as strong as ${asked} and covers at least as much, so the transaction needs no second lock.`,
  ],
  refused: (asked, isNowait) => [
    isNowait
      ? `${asked} conflicts; with NOWAIT the statement fails with error 3572 instead of waiting.`
      : `${asked} conflicts; with SKIP LOCKED the row is left out of the result instead of being waited for.`,
  ],
  released: (why) => [
    `Given back because ${RELEASE_REASON[why]}.`,
    "InnoDB keeps record locks until the transaction ends (two-phase locking). Exceptions: at READ COMMITTED the locks of rows that do not match, and AUTO-INC at the end of the statement.",
  ],
  moved: [
    "A lock is a bit for a heap number on a page. When records move to another page, the bits move along; nothing is granted or lost by it.",
  ],
  timedOut: (waitedMs) => [
    `${waitedMs / 1000} s ≥ innodb_lock_wait_timeout: the wait is given up with error 1205. Only the statement is rolled back; the transaction and all its other locks stay.`,
  ],
  timedOutAbove: [
    "The wait lasted lock_wait_timeout seconds. That is the limit of waits for metadata locks and for whole tables, a year by default; innodb_lock_wait_timeout only limits waits for InnoDB's own locks.",
    "The statement fails with error 1205; an open transaction goes on with all its locks.",
  ],
  deadlock: ({ victim, isTie, members }) => [
    "Each waits for a lock of the next, the last for the first: nobody can ever go on, so one has to be rolled back.",
    `Weight = undo records + lock structs: ${members.map(({ session, weight, undo, structs }) => `${session} ${undo} + ${structs} = ${weight}`).join(", ")}.`,
    isTie
      ? `The lightest is rolled back. ${victim} is as light as another; among equals it is the one whose request closed the cycle.`
      : `The lightest is rolled back, because least is lost: ${victim}.`,
  ],
  mdlGranted: (lock, end) => [
    `${lock.mode} goes with all metadata locks that are granted here and with those that wait before it. It is held until ${KEPT_UNTIL[end]}.`,
    ...(end === "statement" && lastingOf(lock) === "transaction"
      ? ["With autocommit the statement is a transaction by itself."]
      : []),
    ...(end === "unlockTables" && lock.namespace === "TABLE"
      ? ["BEGIN and another LOCK TABLES give it back as well."]
      : []),
    ...(end === "transaction" && lock.mode !== "INTENTION_EXCLUSIVE"
      ? ["What a transaction has used keeps its definition until COMMIT."]
      : []),
  ],
  mdlWaits: (mode, blockers) => [
    `${mode} is granted when it goes with every granted lock on the object and with every waiting request that has priority over it. In the way: ${theirs(blockers)}.`,
    ...(blockers.some((blocker) => blocker.isWaiting)
      ? [
          "A waiting change of the definition goes before later readers: that is why one ALTER can stop a whole table.",
        ]
      : []),
  ],
  otherWaitEnds: (session, ends, limit) =>
    `What ends it: ${session} goes on after ${endingsText(ends)}${limit === null ? "" : `, or gets error 1205 after ${limit}`}.`,
  waitChain: ({ sessions, ends }) => chainText(sessions, ends),
  killHolders: (holders) =>
    `Without their doing: ${list(holders.map(({ session, id }) => `KILL ${id} closes ${session}'s connection`))}, rolls back what is open there and gives the locks back.`,
  killRequest: (session, id, behind) =>
    `KILL QUERY ${id} takes ${session}'s own request back: ${list(behind)} ${behind.length === 1 ? "goes" : "go"} on at once.`,
  limitReached: (waitedMs) => `${waitedMs / 1000} s ≥ innodb_lock_wait_timeout.`,
  killAhead: (session, waiting) =>
    `KILL QUERY of ${list(waiting)} lets ${session} go on without it.`,
  userLockWaits: (name, holders) =>
    `The name ${name} belongs to one session at a time: ${list(holders)} got it with GET_LOCK and keeps it, whatever commits. When the time-out given to GET_LOCK is over, it returns 0.`,
  flushWaits: (table, users) =>
    `FLUSH lets go of ${table} as it is open now: who uses it finishes first, and who comes later waits for the new version. Still in use by ${list(users)}.`,
  flushKill: (running) =>
    `The way out: KILL QUERY of ${list(running)}. To kill the FLUSH helps nobody else: the open version is an old one already.`,
  netWaits: (session) => [
    `${session} is in send(): the buffers between the server and its client are full, and no lock is in the way. It goes on when the client reads, and loses its connection when nothing is read for net_write_timeout.`,
  ],
  sleeps: (session) => [
    `${session} asked for it: no lock is in its way. What it holds it keeps meanwhile.`,
  ],
  ownLimit: [
    "This limit is Interleave's own, so that a statement without end does not stop the page. MySQL has none: it would go on.",
  ],
  thrLockWaits: (table, holders) =>
    `The engine of ${table} locks whole tables only, for as long as a statement runs: any number may read, one may write. In the way: ${list(holders)}.`,
  readUncommitted: [
    "At READ UNCOMMITTED there is no read view: the newest version is taken, committed or not.",
  ],
  pageChecked: (maxTrxId, up) => [
    maxTrxId < up
      ? `${maxTrxId} < ${up} (low water mark): every change of this page was committed before the view was opened, so the entry counts as it stands.`
      : `${maxTrxId} ≥ ${up} (low water mark): something on this page changed since; a secondary entry carries no version, so the row in the clustered index has to be looked at.`,
  ],
  viewOpened: (up, low, ids) => [
    `Low water mark ${up}: ${ids.length === 0 ? "no transaction was writing, so it is the next id to be given out" : "the smallest id that was active"}; everything below had committed.`,
    `High water mark ${low}: the next id to be given out; everything from there on comes later.`,
    `Active in between: ${ids.length === 0 ? "none" : list(ids)}; their changes stay invisible even after they commit.`,
  ],
  handedOver: ({ condition, extra }, isLocked) => [
    `InnoDB ${condition === "" ? "goes through the whole index" : `knows what is searched (${condition})`}, and hands over each row that it comes to.`,
    extra.includes("Using where")
      ? `The server then tests WHERE on it (Using where). If it does not fit, it is left out${isLocked ? "; its lock stays, and only READ COMMITTED and below give it back" : ""}.`
      : "No other part of WHERE is tested on it.",
  ],
  plan: (plan) => [
    `Chosen: ${plan.access} on ${plan.key ?? plan.table}, cost ${plan.cost.toFixed(2)}, rows about ${plan.rows}.${plan.condition === "" ? "" : ` Searched: ${plan.condition}.`}`,
    ...others(plan).map(
      (each) =>
        `Not chosen: ${each.access}${each.key === null ? "" : ` on ${each.key}`}, cost ${each.cost.toFixed(2)}, rows about ${each.rows}.`,
    ),
    ...(plan.unindexed.length === 0
      ? []
      : [
          `No index begins with ${list(plan.unindexed)}: the condition is only tested on each record once it has been read.`,
        ]),
    ...(plan.extra.startsWith("Range")
      ? [
          "The condition compares it with tables read before: for each of their rows the cheapest range is chosen anew, or the whole table.",
        ]
      : []),
    "The cheapest wins, and the index it reads is the one whose records a locking statement locks.",
  ],
  idAssigned: (id, next) => [
    `Only transactions that write get an id: it is stamped on each version they make (DB_TRX_ID). This one is ${id}; the next writer gets ${next}.`,
  ],
  undoWritten: (isInsert) => [
    isInsert
      ? "An insert's undo record holds only the key: to undo it is to remove the row. It is dropped at COMMIT, since no version lies behind it."
      : "An update's undo record holds the old values: a rollback puts them back, and older read views are served from them. It stays after COMMIT until purge.",
  ],
  purgeRan: (trxNo) => [
    `Every open read view began after serialisation number ${trxNo}: nobody can ask for those versions any more, so undo records and delete-marked rows go.`,
  ],
  purgeHeldBack: (lowLimitNo, session) => [
    `Purge takes committed transactions with a number below ${lowLimitNo}, the oldest open view's; that view is ${session}'s. Long transactions make the history list grow.`,
  ],
  notSimulated: (feature) => [
    `MySQL 9.7 has ${feature}. Interleave's simulated server does not have it: it refuses what it cannot do with MySQL's error 1235 and guesses nothing.`,
    "The statement has done nothing; the transaction goes on. The page Fidelity lists all that is not simulated.",
  ],
  error: (errno, isAlone) =>
    (isAlone ? ALONE[errno] : undefined) ??
    ERRORS[errno] ?? [
      isAlone ? ENDS_ALONE : "The statement's own changes are taken back; the transaction goes on.",
    ],
};

const ENDS_ALONE =
  "The statement's own changes are taken back. With autocommit it was a transaction by itself: that is over, and keeps no lock.";

/** Of a statement that is a transaction by itself. */
const ALONE: Readonly<Record<number, readonly string[]>> = {
  1062: [`A unique index already has the key in a record that is not delete-marked. ${ENDS_ALONE}`],
  1205: [`The wait lasted innodb_lock_wait_timeout seconds. ${ENDS_ALONE}`],
  1317: [`KILL QUERY ended the statement. ${ENDS_ALONE}`],
};

const ERRORS: Readonly<Record<number, readonly string[]>> = {
  1062: [
    "A unique index already has the key in a record that is not delete-marked. The statement is rolled back, the transaction and its locks stay; so does the lock taken for the duplicate check.",
  ],
  1064: ["The parser could not read the statement; nothing was run."],
  1205: [
    "The wait lasted innodb_lock_wait_timeout seconds. Only this statement is rolled back (unless innodb_rollback_on_timeout is on); the transaction goes on with all its locks.",
  ],
  1213: [
    "The transaction was chosen as the victim of a deadlock: all of it is rolled back and its locks are given back. Run it again from its beginning.",
  ],
  1451: [
    "A child row still refers to this row; without ON DELETE or ON UPDATE actions it may not go.",
  ],
  1452: ["No parent row has the key that the child refers to."],
  3572: ["A lock could not be had at once, and NOWAIT asked not to wait for it."],
  1317: ["KILL QUERY ended the statement; its changes are taken back, the transaction stays."],
};
