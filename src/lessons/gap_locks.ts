/** The notes' phantom example: a locking read of a column without an index locks all records and all gaps. */
import { type Lesson, run } from "./lesson.ts";

const SETUP = [
  "CREATE TABLE t (id INT NOT NULL, c INT, d INT, PRIMARY KEY (id), KEY c (c)) ENGINE=InnoDB",
  "INSERT INTO t VALUES (0,0,0),(5,5,5),(10,10,10),(15,15,15),(20,20,20),(25,25,25)",
];

export const gapLocks: Lesson = {
  id: "gap-locks",
  arrangement: "locks",
  title: { en: "Why does the INSERT wait?", zh: "INSERT 为什么要等？" },
  intro: {
    en: "No index on d: at REPEATABLE READ, A's SELECT ... FOR UPDATE reads the whole table and takes 6 next-key locks, on 6 records and the gaps before them, and one more for the gap after the last: 6 records and 7 gaps. B wants to insert id 1 into the gap before 5, so it waits. Run COMMIT in A and B goes on. Without gap locks, A's next read could find a phantom.",
    zh: "d 上没有索引：在可重复读级别下，A 的 SELECT ... FOR UPDATE 要扫描整张表，给 6 条记录和它们之前的间隙加临键锁，再锁住最后一条之后的间隙：6 条记录，7 个间隙。B 要把 id 1 插入 5 之前的间隙，只能等待。在 A 里执行 COMMIT，B 就能继续。要是没有间隙锁，A 再读一次就可能看到幻行。",
  },
  scenario: {
    id: "gap-locks",
    setup: SETUP,
    steps: [
      run("A", "BEGIN"),
      run("A", "SELECT * FROM t WHERE d = 5 FOR UPDATE"),
      run("B", "INSERT INTO t VALUES (1, 1, 5)"),
    ],
  },
  editors: {
    A: "BEGIN;\nSELECT * FROM t WHERE d = 5 FOR UPDATE;\nCOMMIT;",
    B: "INSERT INTO t VALUES (1, 1, 5);\nSELECT * FROM t;",
  },
};

export const gapLocksReadCommitted: Lesson = {
  id: "gap-locks-rc",
  arrangement: "locks",
  title: { en: "The same at READ COMMITTED", zh: "同样的语句，读已提交" },
  intro: {
    en: "The same two statements, but A runs at READ COMMITTED: records that do not match are unlocked again at once, and gaps are not locked at all. One record lock is left, B inserts without waiting, and A's next locking read finds a row that was not there before: a phantom.",
    zh: "还是那两条语句，但 A 在读已提交级别：不符合条件的记录马上放锁，间隙根本不锁。最后只剩一个记录锁，B 插入时不用等待，而 A 再做一次当前读就会看到先前没有的行：幻读。",
  },
  scenario: {
    id: "gap-locks-rc",
    setup: SETUP,
    steps: [
      run("A", "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"),
      run("A", "BEGIN"),
      run("A", "SELECT * FROM t WHERE d = 5 FOR UPDATE"),
      run("B", "INSERT INTO t VALUES (1, 1, 5)"),
      run("A", "SELECT * FROM t WHERE d = 5 FOR UPDATE"),
    ],
  },
  editors: {
    A: "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;\nBEGIN;\nSELECT * FROM t WHERE d = 5 FOR UPDATE;\nCOMMIT;",
    B: "INSERT INTO t VALUES (1, 1, 5);\nSELECT * FROM t;",
  },
};
