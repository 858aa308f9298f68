/** The states in which the gallery shows every diagram: small scripts that the simulated server plays. */

import { filledTable } from "../../lessons/filled_table.ts";
import type { EventType } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Scenario, Step } from "../../trace/scenario.ts";
import type { State } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";

export type DiagramName =
  | "index"
  | "versions"
  | "waits"
  | "levels"
  | "tables"
  | "timeline"
  | "log"
  | "stream";

/** A scene as the server played it, and the moment that is shown. */
export interface Played {
  readonly timeline: Timeline;
  readonly position: number;
  readonly state: State;
}

export interface GalleryScene {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly shows: readonly DiagramName[];
  readonly scenario: Scenario;
  /** Stops behind the first event of this type; else at the end. */
  readonly until?: EventType;
}

const T = [
  "CREATE TABLE t (id INT PRIMARY KEY, c INT, d INT, KEY c (c))",
  "INSERT INTO t VALUES (0,0,0), (5,5,5), (10,10,10), (15,15,15), (20,20,20), (25,25,25)",
];
const ACCOUNT = [
  "CREATE TABLE account (id INT PRIMARY KEY, balance INT)",
  "INSERT INTO account VALUES (1,10), (2,20), (3,30), (4,40)",
];

const SLOW_READER = {
  api: "MySQLdb.SSCursor",
  rowMs: 100,
  sendBufferBytes: 16_384,
  receiveBufferBytes: 32_768,
} as const;

/** "A: BEGIN" is a statement of session A. */
function steps(...lines: readonly string[]): readonly Step[] {
  return lines.map((line) => ({ session: line[0] as SessionName, sql: line.slice(3) }));
}

function scenario(setup: readonly string[], ...lines: readonly string[]): Scenario {
  return { id: "gallery", setup, steps: steps(...lines) };
}

export const SCENES: readonly GalleryScene[] = [
  {
    id: "next-key",
    title: {
      en: "Six next-key locks, a supremum, an insert that waits",
      zh: "六个临键锁、一个 supremum、一个等待的插入",
    },
    shows: ["index", "waits", "levels", "tables", "timeline", "log"],
    scenario: scenario(
      T,
      "A: BEGIN",
      "A: SELECT * FROM t WHERE d=5 FOR UPDATE",
      "B: INSERT INTO t VALUES (1,1,5)",
    ),
  },
  {
    id: "kinds",
    title: {
      en: "Every kind of record lock, shared and exclusive, granted and waiting",
      zh: "各种行锁：共享与排他，已得与等待",
    },
    shows: ["index", "waits"],
    scenario: scenario(
      ["CREATE TABLE t (id INT PRIMARY KEY, c INT, d INT)", T[1] as string],
      "A: BEGIN",
      "A: SELECT * FROM t WHERE id=7 FOR UPDATE",
      "B: BEGIN",
      "B: SELECT * FROM t WHERE id=8 FOR SHARE",
      "B: SELECT * FROM t WHERE id=10 FOR SHARE",
      "C: BEGIN",
      "C: SELECT * FROM t WHERE id > 20 FOR SHARE",
      "C: UPDATE t SET d=1 WHERE id=10",
      "D: BEGIN",
      "D: INSERT INTO t VALUES (7,7,7)",
    ),
  },
  {
    id: "pair",
    title: {
      en: "Double locking: the secondary entry and the row behind it",
      zh: "两处加锁：二级索引项和它指向的行",
    },
    shows: ["index"],
    scenario: scenario(
      T,
      "A: BEGIN",
      "A: UPDATE t SET d=d+1 WHERE c>=10 AND c<15",
      "B: BEGIN",
      "B: SELECT * FROM t WHERE id=10 FOR UPDATE",
    ),
  },
  {
    id: "tree",
    title: {
      en: "Many records: folded runs, pages, the tree above the leaf line",
      zh: "许多记录：折叠、页、叶子层之上的树",
    },
    shows: ["index"],
    scenario: scenario(
      [
        "CREATE TABLE orders (id INT PRIMARY KEY, amount INT, note VARCHAR(600))",
        `INSERT INTO orders VALUES ${Array.from({ length: 90 }, (_, n) => `(${n + 1},${n * 100},'${"x".repeat(500)}')`).join()}`,
      ],
      "A: BEGIN",
      "A: SELECT id FROM orders WHERE id BETWEEN 29 AND 31 FOR UPDATE",
      "A: DELETE FROM orders WHERE id=31",
      "B: BEGIN",
      "B: SELECT id FROM orders WHERE id>=60 FOR SHARE",
      "C: UPDATE orders SET amount=0 WHERE id=65",
    ),
  },
  {
    id: "versions",
    title: {
      en: "Four versions, two read views, purge held back",
      zh: "四个版本、两个读视图、被留住的 purge",
    },
    shows: ["versions", "index"],
    scenario: scenario(
      ACCOUNT,
      "A: START TRANSACTION WITH CONSISTENT SNAPSHOT",
      "C: UPDATE account SET balance=20 WHERE id=1",
      "B: START TRANSACTION WITH CONSISTENT SNAPSHOT",
      "C: UPDATE account SET balance=30 WHERE id=1",
      "C: BEGIN",
      "C: UPDATE account SET balance=40 WHERE id=1",
      "C: DELETE FROM account WHERE id=2",
      "D: SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED",
    ),
  },
  {
    id: "deleted",
    title: {
      en: "A deleted row that an old view still sees",
      zh: "旧视图仍能看到的已删除的行",
    },
    shows: ["versions"],
    scenario: scenario(
      ACCOUNT,
      "A: START TRANSACTION WITH CONSISTENT SNAPSHOT",
      "B: UPDATE account SET balance=11 WHERE id=1",
      "B: DELETE FROM account WHERE id=1",
    ),
  },
  {
    id: "deadlock",
    title: { en: "A deadlock of two as it closes", zh: "两个会话的死锁，环闭合时" },
    shows: ["waits", "index"],
    scenario: scenario(
      ACCOUNT,
      "A: BEGIN",
      "A: UPDATE account SET balance=1 WHERE id=1",
      "B: BEGIN",
      "B: UPDATE account SET balance=1 WHERE id=2",
      "A: UPDATE account SET balance=2 WHERE id=2",
      "B: UPDATE account SET balance=2 WHERE id=1",
    ),
    until: "deadlock.found",
  },
  {
    id: "ring",
    title: { en: "A deadlock of four", zh: "四个会话的死锁" },
    shows: ["waits"],
    scenario: scenario(
      ACCOUNT,
      ...["A", "B", "C", "D"].flatMap((name, at) => [
        `${name}: BEGIN`,
        `${name}: UPDATE account SET balance=0 WHERE id=${at + 1}`,
      ]),
      ...["A", "B", "C", "D"].map(
        (name, at) => `${name}: UPDATE account SET balance=1 WHERE id=${((at + 1) % 4) + 1}`,
      ),
    ),
    until: "deadlock.found",
  },
  {
    id: "metadata",
    title: {
      en: "Metadata locks: a reader, an ALTER, a reader behind it",
      zh: "元数据锁：一个读、一条 ALTER、排在后面的读",
    },
    shows: ["levels", "waits", "tables"],
    scenario: scenario(
      T,
      "A: BEGIN",
      "A: SELECT * FROM t",
      "B: ALTER TABLE t ADD COLUMN x INT",
      "C: SELECT * FROM t",
    ),
  },
  {
    id: "slow-reader",
    title: {
      en: "A result for a program that reads slowly: every buffer is full, the server waits",
      zh: "结果发给读得很慢的程序：缓冲区全满，服务器在等",
    },
    shows: ["stream", "timeline", "log"],
    scenario: {
      id: "gallery",
      setup: filledTable("r", { rows: 400, rowBytes: 600 }),
      steps: [
        { session: "A" as SessionName, client: SLOW_READER },
        ...steps("A: SELECT * FROM r", "B: ALTER TABLE r ADD COLUMN note VARCHAR(20)"),
        { advance: 12 },
      ],
    },
  },
  {
    id: "nothing",
    title: { en: "Nothing locked, nobody waits", zh: "没有锁，没有人等待" },
    shows: ["index", "versions", "waits", "levels"],
    scenario: scenario(ACCOUNT, "A: SELECT 1", "B: SELECT 1"),
  },
];
