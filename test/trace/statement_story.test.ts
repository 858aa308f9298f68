/** At its end a statement is told: the way, the versions, the locks and why so many, the waits. */
import { expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvents } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName, StatementId } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { statementStory } from "../../src/trace/why/statement_story.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, a INT, KEY a (a))",
  "INSERT INTO t VALUES (1, 1), (5, 5), (10, 10)",
];

type Steps = readonly (readonly [string, string])[];

/** Of the last statement that a session began, or of the last but `back`. */
function lastStory(steps: Steps, language: "en" | "zh" = "en", back = 0) {
  return played(steps, language, back).story;
}

function played(steps: Steps, language: "en" | "zh", back = 0) {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup(SETUP);
  const started: StatementId[] = [];
  for (const [session, sql] of steps) simulation.step({ session: session as SessionName, sql });
  for (const event of events) if (event.type === "statement.started") started.push(event.id);
  const last = started.at(-1 - back);
  if (last === undefined) throw new Error("nothing ran");
  const state = applyEvents(initialState, events);
  const eventOf = (seq: number) => events[seq] ?? null;
  const stateAt = (seq: number) => applyEvents(initialState, events.slice(0, seq + 1));
  return { events, story: statementStory(last, state, language, eventOf, stateAt) };
}

function storyOfLast(steps: Steps, language: "en" | "zh" = "en", back = 0) {
  const story = lastStory(steps, language, back);
  return story === null
    ? null
    : [story.sentence, ...story.lines.map(({ text }) => text)].join("\n");
}

const RANGE = "UPDATE t SET a = a + 1 WHERE a >= 5";

it("a locking statement names its locks by index and kind, and why gaps are among them", () => {
  const story = storyOfLast([
    ["A", "BEGIN"],
    ["A", RANGE],
  ]);
  expect(story).toContain("A's statement wrote 2 row versions, took");
  expect(story).toContain("2 next-key on t.a");
  expect(story).toContain("2 record only on t.PRIMARY");
  expect(story).toContain("REPEATABLE READ locks gaps so that no row can appear");
  expect(story).toContain("It waited for nobody.");
});

it("a lock on what lies behind the range says so, on the entry and on its row", () => {
  const steps: Steps = [
    ["A", "BEGIN"],
    ["A", "DELETE FROM t WHERE a BETWEEN 1 AND 5"],
  ];
  const story = storyOfLast(steps);
  expect(story).toContain("on t.a, ((5, 5), (10, 10)]: (10, 10) does not belong to what was");
  expect(story).toContain("on t.PRIMARY, 10: 10 does not belong to what was searched");
  expect(story).not.toMatch(/\b[15] does not belong/);
  expect(storyOfLast(steps, "zh")).toContain("范围之后的第一条记录");
});

it("a gap is as wide as it was when the lock was got, whatever has gone since", () => {
  const steps: Steps = [
    ["A", "BEGIN"],
    ["A", "DELETE FROM t WHERE id = 1"],
    ["B", "SELECT a FROM t WHERE a >= 1 FOR UPDATE"],
    ["A", "COMMIT"],
  ];
  const story = storyOfLast(steps, "en", 1);
  expect(story).toContain("on t.a, (-∞, (1, 1)], ((1, 1), (5, 5)], ((5, 5), (10, 10)]:");
});

it("a lock that a foreign key asked for is explained by the foreign key", () => {
  const story = storyOfLast([
    [
      "A",
      "CREATE TABLE child (id INT PRIMARY KEY, t_id INT, CONSTRAINT fk FOREIGN KEY (t_id) REFERENCES t (id))",
    ],
    ["A", "BEGIN"],
    ["A", "INSERT INTO child VALUES (1, 5)"],
  ]);
  expect(story).toMatch(/on t\.PRIMARY, 5: A inserts .* foreign key fk makes it check the parent/);
  expect(story).not.toContain("All columns of the unique index");
});

it("at READ COMMITTED nothing is said of gaps", () => {
  const story = storyOfLast([
    ["A", "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"],
    ["A", "BEGIN"],
    ["A", RANGE],
  ]);
  expect(story).toContain("record only on t.a");
  expect(story).not.toContain("locks gaps");
});

const UNIQUE = "CREATE TABLE u (id INT PRIMARY KEY, c INT, d INT, KEY c (c))";
const FILLED = "INSERT INTO u VALUES (5, 5, 0), (10, 10, 0), (11, 10, 0), (15, 15, 0)";

/** In Chinese, of a table with 10 twice in `c`. */
function told(sql: string): string {
  const made = [UNIQUE, FILLED, "BEGIN", sql].map((one) => ["A", one] as const);
  return storyOfLast(made, "zh") ?? "";
}

it("each lock is told with its place and the reason of its extent", () => {
  expect(told("SELECT * FROM u WHERE id = 10 FOR UPDATE")).toContain(
    "u.PRIMARY 上 1 个记录锁 10：给出了唯一索引 u.PRIMARY 的所有列，并且找到了 10",
  );
  const missed = told("SELECT * FROM u WHERE id = 12 FOR UPDATE");
  expect(missed).toContain("u.PRIMARY 上 1 个间隙锁 (11, 15)：给出了唯一索引");
  expect(missed).toContain("加了 1 个行锁");
  const all = told("SELECT * FROM u WHERE c = 10 FOR UPDATE");
  expect(all).toContain("u.c 上 2 个临键锁 ((5, 5), (10, 10)]、((10, 10), (10, 11)]");
  expect(all).toContain("u.c 上 1 个间隙锁 ((10, 11), (15, 15))：查找停在 (15, 15)");
  expect(all).toContain("u.PRIMARY 上 2 个记录锁 10、11");
  const whole = told("SELECT * FROM u FOR UPDATE");
  expect(whole).toContain("(15, +∞)");
  // At the end of the index there is no record.
  expect(whole).toContain("加了 4 个行锁和 supremum 上的锁");
});

it("a LIMIT that was reached says why nothing behind is locked", () => {
  const limited = told("SELECT * FROM u WHERE c = 10 LIMIT 2 FOR UPDATE");
  expect(limited).toContain("LIMIT 2：找到 2 行就停止查找");
  expect(limited).not.toContain("间隙锁 ((10, 11)");
  expect(told("SELECT * FROM u WHERE c = 10 LIMIT 3 FOR UPDATE")).not.toContain("LIMIT");
});

it("a search in an index's order that LIMIT ended has not read all of it, and names the index that was dearer", () => {
  const made = [
    "CREATE TABLE o (id INT PRIMARY KEY, s INT, c INT, KEY s (s), KEY c (c))",
    "INSERT INTO o VALUES (1, 0, 1), (2, 7, 2), (3, 7, 3), (4, 7, 4), (5, 7, 5), (6, 7, 6)",
    "BEGIN",
    "SELECT * FROM o WHERE s = 7 ORDER BY c LIMIT 1 FOR UPDATE",
  ].map((sql) => ["A", sql] as const);
  const story = storyOfLast(made);
  expect(story).toContain(
    "There was a way through s, which was judged dearer, so it was read in its order until",
  );
  expect(story).toContain("2 index entries visited on it.");
  expect(story).toContain("LIMIT 1: with 1 row found the search ended.");
  expect(story).not.toContain("all of it");
  expect(story).not.toContain("all of them");
  const sorted = told("SELECT * FROM u WHERE d >= 0 ORDER BY d LIMIT 1 FOR UPDATE");
  expect(sorted).not.toContain("LIMIT");
  expect(sorted).toContain("没有索引能直接找到要的行，所以全部读了一遍");
});

it("what SKIP LOCKED did not wait for is counted", () => {
  const story = storyOfLast([
    ["A", "BEGIN"],
    ["A", "SELECT * FROM t WHERE id <= 5 FOR UPDATE"],
    ["B", "SELECT * FROM t FOR UPDATE SKIP LOCKED"],
  ]);
  expect(story).toContain("SKIP LOCKED: 3 requests met others' locks and did not wait");
});

it("a range's end says what older servers locked", () => {
  expect(told("SELECT * FROM u WHERE id >= 10 AND id < 12 FOR UPDATE")).toContain("MySQL 8.0.18");
  expect(told("SELECT * FROM u WHERE id = 12 FOR UPDATE")).not.toContain("8.0.18");
});

it("a version that the reader wrote itself is called so", () => {
  const steps = [
    ["A", "BEGIN"],
    ["A", "UPDATE t SET a = 7 WHERE id = 5"],
    ["A", "SELECT * FROM t WHERE id = 5"],
  ] as const;
  expect(storyOfLast(steps, "zh")).toContain("最新版本直接可见（是它自己写的）");
  expect(storyOfLast(steps)).toContain("the transaction wrote it itself");
});

const OLD_VERSION = [
  ["A", "BEGIN"],
  ["A", "SELECT * FROM t"],
  ["B", "UPDATE t SET a = 7 WHERE id = 5"],
  ["A", "SELECT * FROM t WHERE id = 5"],
] as const;

it("a consistent read says through which view, which version was hidden and which was taken", () => {
  const story = storyOfLast(OLD_VERSION);
  expect(story).toMatch(/read through its read view, which hid the newest version of 1 row/);
  expect(story).toContain("opened by an earlier statement of the transaction");
  expect(story).toMatch(
    /t 5: the newest version is by transaction \d+, which began after the view was opened; the version by \d+ was taken/,
  );
  expect(story).toContain("a consistent read looks at no lock");
  expect(storyOfLast(OLD_VERSION, "zh")).toMatch(/t 5：最新版本由事务 \d+ 写下/);
});

it("a wait is told with whom and how long, COMMIT with what it gave back", () => {
  const waiting = [
    ["A", "BEGIN"],
    ["A", "UPDATE t SET a = 6 WHERE id = 5"],
    ["B", "UPDATE t SET a = 7 WHERE id = 5"],
  ] as const;
  expect(storyOfLast(waiting)).toBeNull();
  expect(storyOfLast([...waiting, ["A", "COMMIT"]])).toMatch(/gave back \d+ locks?/);
});

it("BEGIN decides nothing", () => {
  expect(storyOfLast([["A", "BEGIN"]])).toBeNull();
});

it("a lock that was waited for is taken and listed, and the wait's end is not the granter's", () => {
  const steps = [
    ["A", "BEGIN"],
    ["A", "UPDATE t SET a = 6 WHERE id = 5"],
    ["B", "BEGIN"],
    ["B", "UPDATE t SET a = 7 WHERE id = 5"],
    ["A", "COMMIT"],
  ] as const;
  const waited = storyOfLast(steps, "en", 1);
  expect(waited).toContain("took 1 record lock and waited for A");
  expect(waited).toContain("1 record only on t.PRIMARY, 5: ");
  expect(lastStory(steps, "en", 1)?.source.manualTitle).toContain("Locks Set by");
  expect(storyOfLast(steps)).not.toContain("record only");
});

it("the survivor of a deadlock has taken what it waited for", () => {
  const survived = storyOfLast(
    [
      ["A", "BEGIN"],
      ["A", "UPDATE t SET a = 6 WHERE id = 5"],
      ["B", "BEGIN"],
      ["B", "UPDATE t SET a = 2 WHERE id = 1"],
      ["A", "UPDATE t SET a = 3 WHERE id = 1"],
      ["B", "UPDATE t SET a = 7 WHERE id = 5"],
    ],
    "en",
    1,
  );
  expect(survived).toContain("A's statement wrote 1 row version, took 1 record lock and waited");
});

const OWN_PHANTOM = [
  ["A", "BEGIN"],
  ["A", "SELECT * FROM t"],
  ["B", "INSERT INTO t VALUES (12, 12)"],
  ["A", "UPDATE t SET a = a + 1 WHERE id >= 5"],
  ["A", "SELECT * FROM t"],
] as const;

it("a current read says which rows it read and changed that the view hides, and nothing of phantoms kept out", () => {
  const steps = OWN_PHANTOM.slice(0, 4);
  const story = storyOfLast(steps);
  expect(story).toContain("changed 1 row whose newest version its read view hides");
  expect(story).toContain("the view hides that of t 12, which was read and changed");
  expect(story).not.toContain("phantom");
  expect(storyOfLast(steps, "zh")).toContain("视图看不到 t 12 的最新版本，却读到并修改了它");
  const locking = [...OWN_PHANTOM.slice(0, 3), ["A", "SELECT * FROM t WHERE id = 12 FOR UPDATE"]];
  const read = storyOfLast(locking as Steps);
  expect(read).toContain("read 1 row whose newest version its read view hides");
  expect(read).toContain("the view hides that of t 12, which was read.");
});

it("the read behind it names the surprise first: a row is seen because the transaction changed it", () => {
  const story = lastStory(OWN_PHANTOM);
  expect(story?.sentence).toContain(
    "saw that of t 12 only because the transaction had changed the row itself",
  );
  expect(storyOfLast(OWN_PHANTOM)).toMatch(
    /t 12: under the transaction's own change lies the version of transaction \d+, which the view hides/,
  );
  expect(lastStory(OWN_PHANTOM, "zh")?.sentence).toContain("看到 t 12 的最新版本，只因为");
});

it.each([
  ["INSERT INTO t VALUES (12, 12)", "lock_rec_insert_check_and_lock", "Locks Set by"],
  ["COMMIT", "trx_commit", "COMMIT, and ROLLBACK"],
  ["ROLLBACK", "trx_rollback_for_mysql", "COMMIT, and ROLLBACK"],
  ["SELECT * FROM t", "changes_visible", "Consistent Nonlocking Reads"],
])("where %s is written", (sql, functionName, manualTitle) => {
  const steps = ["BEGIN", "UPDATE t SET a = 7 WHERE id = 5", sql].map((one) => ["A", one] as const);
  const source = lastStory(steps)?.source;
  expect(source?.functionName).toContain(functionName);
  expect(source?.manualTitle).toContain(manualTitle);
});

it("a reader that skips locked rows and finds none is told that it holds the gap", () => {
  const reads = told("SELECT * FROM u WHERE c > 20 FOR UPDATE SKIP LOCKED");
  expect(reads).toContain("SKIP LOCKED 跳过被锁住的记录，却不跳过沿途的间隙");
  expect(told("SELECT * FROM u WHERE c = 5 FOR UPDATE SKIP LOCKED")).not.toContain(
    "SKIP LOCKED 跳过",
  );
});

it("each line of locks leads to the event that it tells of", () => {
  const made = [UNIQUE, FILLED, "UPDATE u SET d = 9 WHERE id = 5"];
  const { events, story } = played(
    made.map((sql) => ["A", sql] as const),
    "en",
  );
  const typeOf = (words: string) => {
    const line = story?.lines.find(({ text }) => text.includes(words));
    return events.find(({ seq }) => seq === line?.seq)?.type;
  };
  expect(typeOf("On whole tables")).toBe("lock.granted");
  expect(typeOf("given back with the transaction")).toBe("lock.released");
});
