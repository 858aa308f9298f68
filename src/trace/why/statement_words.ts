/** What the story of a statement is told with, in both languages. */
import { count, list as enList } from "../explain/en/words.ts";
import { keyText, type RecLockKind, seconds } from "../explain/text.ts";
import { list as zhList, seconds as zhSeconds } from "../explain/zh/words.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { PlanState } from "../state.ts";
import type { HiddenRow } from "./current_read.ts";
import type { LockLine } from "./lock_lines.ts";
import { others } from "./rule_words.ts";
import type { LockGroup, OlderVersion, StatementFacts } from "./statement_facts.ts";

export interface StatementWords {
  readonly sentence: (facts: StatementFacts) => string;
  readonly access: (facts: StatementFacts) => readonly string[];
  readonly view: (facts: StatementFacts) => readonly string[];
  readonly older: (version: OlderVersion) => string;
  readonly past: (facts: StatementFacts) => readonly string[];
  readonly uncovered: (row: HiddenRow) => string;
  readonly lock: (line: LockLine) => string;
  readonly untold: (locks: number) => string;
  readonly tableLocks: (facts: StatementFacts) => readonly string[];
  readonly held: (facts: StatementFacts) => readonly string[];
  readonly unlocked: (facts: StatementFacts) => readonly string[];
  readonly released: (facts: StatementFacts) => readonly string[];
  readonly skipped: (facts: StatementFacts) => readonly string[];
  readonly whySoMany: (facts: StatementFacts) => readonly string[];
  readonly waits: (facts: StatementFacts) => readonly string[];
}

/** Record locks that it took, and those of them at the end of an index, where there is no record. */
function locksTaken({ locks }: StatementFacts): {
  readonly onRecords: number;
  readonly onEnds: number;
} {
  const sum = (groups: readonly LockGroup[]): number =>
    groups.reduce((all, group) => all + group.count, 0);
  const ends = locks.filter(({ kind }) => kind === "supremum" || kind === "supremumGap");
  return { onRecords: sum(locks) - sum(ends), onEnds: sum(ends) };
}

type Taken = ReturnType<typeof locksTaken>;

function enTaken({ onRecords, onEnds }: Taken): string {
  const ends = onEnds === 1 ? "the lock on the supremum" : `${onEnds} locks on suprema`;
  return [
    ...(onRecords > 0 ? [count(onRecords, "record lock")] : []),
    ...(onEnds > 0 ? [ends] : []),
  ].join(" and ");
}

function zhTaken({ onRecords, onEnds }: Taken): string {
  const ends = onEnds === 1 ? " supremum 上的锁" : ` ${onEnds} 个 supremum 上的锁`;
  return [...(onRecords > 0 ? [` ${onRecords} 个行锁`] : []), ...(onEnds > 0 ? [ends] : [])].join(
    "和",
  );
}

/** Told of phantoms kept out, a reader who has just met one would be told the opposite of what happened. */
function locksGaps({ locks, past }: StatementFacts): boolean {
  return past === null && locks.some(({ kind }) => kind !== "record" && kind !== "insertIntention");
}

const ROWS_TOLD = 3;

function names(rows: readonly HiddenRow[], more: string): readonly string[] {
  const told = rows.slice(0, ROWS_TOLD).map(({ table, key }) => `${table} ${keyText(key)}`);
  return rows.length > ROWS_TOLD ? [...told, more] : told;
}

/** Row after row was looked at, until LIMIT had enough. */
function isWholeScan({ access }: PlanState): boolean {
  return access === "ALL" || access === "index";
}

/** Indexes that lead to the rows that were wanted, and were not taken. */
function leadingKeys(plan: PlanState): readonly string[] {
  return [...new Set(others(plan).flatMap(({ key }) => key ?? []))];
}

function enScan(plan: PlanState, limit: number | null): string {
  const keys = leadingKeys(plan);
  const why =
    keys.length === 0
      ? "No index led to the rows that were wanted"
      : `There was a way through ${enList(keys)}, which was judged dearer`;
  return `${why}, so ${limit === null ? "all of it was read" : "it was read in its order until there were rows enough"}.`;
}

function zhScan(plan: PlanState, limit: number | null): string {
  const keys = leadingKeys(plan);
  const why =
    keys.length === 0 ? "没有索引能直接找到要的行" : `也可以走索引 ${zhList(keys)}，但估计代价更高`;
  return `${why}，所以${limit === null ? "全部读了一遍" : "按顺序读，读够了就停"}。`;
}

/** A range of the clustered index ended at a record behind it, of which the gap alone is locked (MySQL: bug 29508068). */
function endsARange({ plans, locks }: StatementFacts): boolean {
  return plans.some(
    ({ access, key, table }) =>
      access === "range" &&
      key === "PRIMARY" &&
      locks.some(({ kind, index }) => kind === "gap" && index === `${table}.PRIMARY`),
  );
}

const EN_KIND: Readonly<Record<RecLockKind, string>> = {
  nextKey: "next-key",
  supremum: "next-key on the supremum (the gap at the end)",
  gap: "gap",
  supremumGap: "gap at the end",
  record: "record only",
  insertIntention: "insert intention",
};

const enGroup = ({ count: n, kind, index }: LockGroup): string =>
  `${n} ${EN_KIND[kind]} on ${index}`;

const en: StatementWords = {
  sentence: (facts) => {
    const { session, written, view, older, past, uncovered, waits, released } = facts;
    const taken = enTaken(locksTaken(facts));
    const done: string[] = [];
    if (written > 0) done.push(`wrote ${count(written, "row version")}`);
    if (view !== null) {
      done.push(
        older.length === 0
          ? "read the newest versions through its read view"
          : `read through its read view, which hid the newest version of ${count(older.length, "row")}`,
      );
    }
    if (past !== null) {
      done.push(
        `${past.rows[0]?.isChanged === true ? "changed" : "read"} ${count(past.rows.length, "row")} whose newest version its read view hides`,
      );
    }
    if (uncovered.length > 0) {
      done.push(
        `saw that of ${enList(names(uncovered, "others"))} only because the transaction had changed the row itself`,
      );
    }
    done.push(
      taken !== ""
        ? `took ${taken}`
        : released > 0
          ? `gave back ${count(released, "lock")}`
          : "took no record lock",
    );
    done.push(
      waits.length === 0
        ? "waited for nobody"
        : `waited for ${enList([...new Set(waits.flatMap(({ blockers }) => blockers))]) || "a lock"}${onlyMetadata(waits) ? " to give up metadata locks" : ""}`,
    );
    return `${session}'s statement ${enList(done)}.`;
  },
  access: ({ plans, visited, limit }) => [
    ...plans.map(
      (plan) =>
        `The way: ${plan.table}${plan.key === null ? "" : ` through ${plan.key}`} (${plan.access})${plan.condition === "" ? "" : `, ${plan.condition}`}.${isWholeScan(plan) ? ` ${enScan(plan, limit)}` : ""}`,
    ),
    ...(visited > 0 ? [`${count(visited, "index entry", "index entries")} visited on it.`] : []),
  ],
  view: ({ view, newest, own, isUnchecked }) =>
    isUnchecked
      ? ["At READ UNCOMMITTED it asked no read view: the newest version counts, committed or not."]
      : view === null
        ? []
        : [
            `It read through read view ${view.id}, opened by ${view.isOwn ? "this statement" : "an earlier statement of the transaction"}; ${count(newest, "newest version")} visible as it stands${own === 0 ? "" : own === newest ? ": the transaction wrote it itself" : `, ${own} of them written by the transaction itself`}.`,
          ],
  older: ({ key, table, hidden, why, taken }) =>
    `${table} ${keyText(key)}: the newest version is by transaction ${hidden}, ${WHY_HIDDEN[why]}; ${taken === null ? "no older version is visible, so the row is not there for this view" : `the version by ${taken} was taken`}.`,
  past: ({ past }) =>
    past === null
      ? []
      : [
          `A current read takes the newest committed versions, not what read view ${past.view} shows: the view hides that of ${enList(names(past.rows, "others"))}, which was read${past.rows[0]?.isChanged === true ? " and changed" : ""}.`,
        ],
  uncovered: ({ table, key, trxId }) =>
    `${table} ${keyText(key)}: under the transaction's own change lies the version of transaction ${trxId}, which the view hides; what it wrote itself it always sees.`,
  lock: (line) =>
    `${enGroup(line)}, ${line.places.join(", ")}${line.count > line.places.length ? ", ..." : ""}: ${line.rule}`,
  untold: (locks) => `And ${count(locks, "more lock")}: see the list of locks.`,
  tableLocks: ({ tableLocks }) =>
    tableLocks.length > 0 ? [`On whole tables: ${enList(tableLocks)}.`] : [],
  held: ({ held }) =>
    held > 0 ? [`${count(held, "request")} needed no new lock: it was held already.`] : [],
  unlocked: ({ unlocked }) =>
    unlocked > 0
      ? [`${count(unlocked, "lock")} given back at once, because the row did not match.`]
      : [],
  released: ({ released }) =>
    released > 0 ? [`${count(released, "lock")} given back with the transaction.`] : [],
  skipped: (facts) => [
    ...(facts.passedBy > 0
      ? [
          `SKIP LOCKED: ${count(facts.passedBy, "request")} met others' locks and did not wait; what they were for is left out.`,
        ]
      : []),
    ...(facts.skipsAll && locksGaps(facts)
      ? [
          "It found no row that is free, and yet it keeps inserts out until its transaction ends: SKIP LOCKED passes locked records by, not the gaps on its way. At READ COMMITTED it locks no gap.",
        ]
      : []),
  ],
  whySoMany: (facts) => {
    const { plans, isolation, locks, limit } = facts;
    if (locks.length === 0) return [];
    return [
      ...(plans.some(isWholeScan)
        ? [
            `Why so many: a locking statement locks every index entry that it visits, matching or not${limit === null ? ", and it visited all of them" : ""}.`,
          ]
        : []),
      ...(limit !== null
        ? [
            `LIMIT ${limit}: with ${count(limit, "row")} found the search ended. What lies behind, gaps included, was not visited and is not locked.`,
          ]
        : []),
      ...(endsARange(facts)
        ? [
            "Before MySQL 8.0.18 the record behind the range was locked as well, with a next-key lock.",
          ]
        : []),
      ...(locksGaps(facts) ? [enGapReason(isolation)] : []),
    ];
  },
  waits: (facts) => {
    if (facts.waits.length > 0) {
      return facts.waits.map(
        ({ blockers, ms }) =>
          `It waited${ms === 0 ? "" : ` ${seconds(ms)}`} for ${enList(blockers) || "a lock"}.`,
      );
    }
    if (facts.view !== null && facts.locks.length === 0) {
      return [
        "It waited for nobody: a consistent read looks at no lock, so others' X locks do not stop it.",
      ];
    }
    return ["It waited for nobody."];
  },
};

const WHY_HIDDEN: Readonly<Record<OlderVersion["why"], string>> = {
  activeWhenOpened: "which had not committed when the view was opened",
  atOrAboveLowLimit: "which began after the view was opened",
  other: "which the view does not see",
};

/** Why gaps are locked, and where they would not be. */
export function enGapReason(isolation: string): string {
  return `${isolation} locks gaps so that no row can appear in what was read (a phantom); READ COMMITTED would lock the records alone.`;
}

export function zhGapReason(isolation: string): string {
  return `${isolation} 要锁间隙，使读过的范围里不能出现新行（幻读）；READ COMMITTED 只会锁记录本身。`;
}

const ZH_KIND: Readonly<Record<RecLockKind, string>> = {
  nextKey: "临键锁",
  supremum: " supremum 上的临键锁（末尾的间隙）",
  gap: "间隙锁",
  supremumGap: "末尾的间隙锁",
  record: "记录锁",
  insertIntention: "插入意向锁",
};

const ZH_HIDDEN: Readonly<Record<OlderVersion["why"], string>> = {
  activeWhenOpened: "打开视图时它还没有提交",
  atOrAboveLowLimit: "它在视图打开之后才开始",
  other: "这个视图看不到它",
};

function onlyMetadata(waits: StatementFacts["waits"]): boolean {
  return waits.every(({ kind }) => kind === "mdl");
}

const zhGroup = ({ count: n, kind, index }: LockGroup): string =>
  `${index} 上 ${n} 个${ZH_KIND[kind]}`;

const zh: StatementWords = {
  sentence: (facts) => {
    const { session, written, view, older, past, uncovered, waits, released } = facts;
    const taken = zhTaken(locksTaken(facts));
    const done: string[] = [];
    if (written > 0) done.push(`写了 ${written} 个行版本`);
    if (view !== null) {
      done.push(
        older.length === 0
          ? "通过读视图读到最新版本"
          : `通过读视图读取，其中 ${older.length} 行的最新版本不可见`,
      );
    }
    if (past !== null) {
      const did = past.rows[0]?.isChanged === true ? "修改" : "读到";
      done.push(`${did}了 ${past.rows.length} 行，它们的最新版本对读视图不可见`);
    }
    if (uncovered.length > 0) {
      done.push(`看到 ${zhList(names(uncovered, "其他行"))} 的最新版本，只因为事务自己改过`);
    }
    done.push(
      taken !== "" ? `加了${taken}` : released > 0 ? `释放了 ${released} 个锁` : "没有加行锁",
    );
    const blockers = [...new Set(waits.flatMap((wait) => wait.blockers))];
    done.push(
      waits.length === 0
        ? "没有等待任何会话"
        : `等待过 ${zhList(blockers) || "锁"}${onlyMetadata(waits) ? " 的元数据锁" : ""}`,
    );
    return `${session} 的语句${done.join("，")}。`;
  },
  access: ({ plans, visited, limit }) => [
    ...plans.map(
      (plan) =>
        `路径：${plan.table}${plan.key === null ? "" : ` 的索引 ${plan.key}`}（${plan.access}）${plan.condition === "" ? "" : `，${plan.condition.replace(/^all of /, "整个 ")}`}。${isWholeScan(plan) ? zhScan(plan, limit) : ""}`,
    ),
    ...(visited > 0 ? [`沿途访问了 ${visited} 个索引项。`] : []),
  ],
  view: ({ view, newest, own, isUnchecked }) =>
    isUnchecked
      ? ["在 READ UNCOMMITTED 下不问读视图：不论是否提交，都取最新版本。"]
      : view === null
        ? []
        : [
            `通过读视图 ${view.id} 读取，它由${view.isOwn ? "这条语句" : "这个事务较早的语句"}打开${newest === 0 ? "" : `；${newest === 1 ? "" : `${newest} 行的`}最新版本直接可见${own === 0 ? "" : own === newest ? "（是它自己写的）" : `（其中 ${own} 行是它自己写的）`}`}。`,
          ],
  older: ({ key, table, hidden, why, taken }) =>
    `${table} ${keyText(key)}：最新版本由事务 ${hidden} 写下，${ZH_HIDDEN[why]}；${taken === null ? "没有更早的可见版本，所以对这个视图来说没有这一行" : `取的是 ${taken} 写的版本`}。`,
  past: ({ past }) =>
    past === null
      ? []
      : [
          `当前读取的是已提交的最新版本，不是读视图 ${past.view} 所见：视图看不到 ${zhList(names(past.rows, "其他行"))} 的最新版本，却读到${past.rows[0]?.isChanged === true ? "并修改" : ""}了它。`,
        ],
  uncovered: ({ table, key, trxId }) =>
    `${table} ${keyText(key)}：自己的修改下面是事务 ${trxId} 写的版本，视图看不到它；自己写的总是可见。`,
  lock: (line) =>
    `${zhGroup(line)} ${line.places.join("、")}${line.count > line.places.length ? " 等" : ""}：${line.rule}`,
  untold: (locks) => `另有 ${locks} 个锁，见“锁列表”。`,
  tableLocks: ({ tableLocks }) =>
    tableLocks.length > 0 ? [`整张表上：${zhList(tableLocks)}。`] : [],
  held: ({ held }) => (held > 0 ? [`${held} 次请求不必再加锁：已经持有。`] : []),
  unlocked: ({ unlocked }) =>
    unlocked > 0 ? [`${unlocked} 个锁因为行不符合条件而立即释放。`] : [],
  released: ({ released }) => (released > 0 ? [`${released} 个锁随事务释放。`] : []),
  skipped: (facts) => [
    ...(facts.passedBy > 0
      ? [`SKIP LOCKED：${facts.passedBy} 次请求遇到别人的锁，没有等待，略过了那些行。`]
      : []),
    ...(facts.skipsAll && locksGaps(facts)
      ? [
          "一行空闲的也没有找到，却仍挡住插入，直到它的事务结束：SKIP LOCKED 跳过被锁住的记录，却不跳过沿途的间隙。READ COMMITTED 下它不锁间隙。",
        ]
      : []),
  ],
  whySoMany: (facts) => {
    const { plans, isolation, locks, limit } = facts;
    if (locks.length === 0) return [];
    return [
      ...(plans.some(isWholeScan)
        ? [
            `为什么这么多：加锁的语句锁住访问到的每个索引项，不论是否符合条件${limit === null ? "，而它全部访问了一遍" : ""}。`,
          ]
        : []),
      ...(limit !== null
        ? [`LIMIT ${limit}：找到 ${limit} 行就停止查找，后面的记录和间隙没有访问，也就没有锁住。`]
        : []),
      ...(endsARange(facts) ? ["MySQL 8.0.18 之前，范围之后的这条记录也会被锁住（临键锁）。"] : []),
      ...(locksGaps(facts) ? [zhGapReason(isolation)] : []),
    ];
  },
  waits: (facts) => {
    if (facts.waits.length > 0) {
      return facts.waits.map(
        ({ blockers, ms }) =>
          `等待过 ${zhList(blockers) || "锁"}${ms === 0 ? "" : `，共 ${zhSeconds(ms)}`}。`,
      );
    }
    if (facts.view !== null && facts.locks.length === 0) {
      return ["没有等待任何会话：一致性读不看锁，别人的 X 锁挡不住它。"];
    }
    return ["没有等待任何会话。"];
  },
};

export function statementWords(language: ExplainLanguage): StatementWords {
  return language === "zh" ? zh : en;
}
