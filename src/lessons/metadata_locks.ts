/** Locks above the rows: who holds a table's definition, and who queues for it. */
import { type Lesson, run } from "./lesson.ts";

export const metadataQueue: Lesson = {
  id: "metadata-queue",
  arrangement: "levels",
  title: { en: "ALTER behind an idle reader", zh: "空闲的读者挡住 ALTER" },
  intro: {
    en: "A has read the table once and then forgot its transaction. It holds no row lock, but a metadata lock until it ends. B's ALTER needs the table's definition for itself and waits for A; C only wants to read and waits behind B, because a waiting ALTER goes before later readers. Click a waiting lock to see the cell of the matrix that decided. Run COMMIT in A and everybody goes on.",
    zh: "A 读过一次表，然后忘了结束事务。它没有任何行锁，却一直持有元数据锁。B 的 ALTER 要独占表定义，于是等待 A；C 只想读，却排在 B 后面，因为等待中的 ALTER 优先于后来的读者。点一下等待中的锁，就能看到起决定作用的那一格矩阵。在 A 里执行 COMMIT，大家都能继续。",
  },
  scenario: {
    id: "metadata-queue",
    setup: [
      "CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id)) ENGINE=InnoDB",
      "INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)",
    ],
    steps: [
      run("A", "BEGIN"),
      run("A", "SELECT * FROM t"),
      run("B", "ALTER TABLE t ADD COLUMN note VARCHAR(20)"),
      run("C", "SELECT * FROM t WHERE id = 1"),
    ],
  },
  editors: {
    A: "BEGIN;\nSELECT * FROM t;\nCOMMIT;",
    B: "ALTER TABLE t ADD COLUMN note VARCHAR(20);",
    C: "SELECT * FROM t WHERE id = 1;",
  },
};
