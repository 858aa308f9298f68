/** Two writers in each other's way: a deadlock, and a duplicate key. */
import { type Lesson, run } from "./lesson.ts";

export const deadlock: Lesson = {
  id: "deadlock",
  arrangement: "waits",
  title: { en: "A deadlock of two", zh: "两个事务的死锁" },
  intro: {
    en: "A holds row 1 and wants row 2, B holds row 2 and wants row 1. The last UPDATE closes the cycle; InnoDB finds it at once and rolls one of them back (error 1213), so that the other can go on. It takes the lighter one; here both weigh the same, so it is B, whose request closed the cycle. Step back through the last statement to watch the cycle close.",
    zh: "A 持有第 1 行，想要第 2 行；B 持有第 2 行，想要第 1 行。最后一条 UPDATE 使等待成环；InnoDB 立刻发现，回滚其中一个（错误 1213），让另一个继续。通常回滚较轻的；这里两个一样重，于是轮到闭合环的 B。退回到最后一条语句里，看环是怎样闭合的。",
  },
  scenario: {
    id: "deadlock",
    setup: [
      "CREATE TABLE account (id INT NOT NULL, balance INT, PRIMARY KEY (id)) ENGINE=InnoDB",
      "INSERT INTO account VALUES (1, 100), (2, 100)",
    ],
    steps: [
      run("A", "BEGIN"),
      run("A", "UPDATE account SET balance = balance - 10 WHERE id = 1"),
      run("B", "BEGIN"),
      run("B", "UPDATE account SET balance = balance - 20 WHERE id = 2"),
      run("A", "UPDATE account SET balance = balance + 10 WHERE id = 2"),
      run("B", "UPDATE account SET balance = balance + 20 WHERE id = 1"),
    ],
  },
  editors: {
    A: "BEGIN;\nUPDATE account SET balance = balance - 10 WHERE id = 1;\nUPDATE account SET balance = balance + 10 WHERE id = 2;\nCOMMIT;",
    B: "BEGIN;\nUPDATE account SET balance = balance - 20 WHERE id = 2;\nUPDATE account SET balance = balance + 20 WHERE id = 1;\nCOMMIT;",
  },
};

export const duplicateKey: Lesson = {
  id: "duplicate-key",
  arrangement: "waits",
  title: { en: "A duplicate that is not committed yet", zh: "还没提交的重复键" },
  intro: {
    en: "A inserts '关羽' and does not commit: the row has no lock in the lock table, only an implicit one. B inserts the same name. Whether that is a duplicate depends on A, so InnoDB writes A's lock down and lets B wait for a shared lock. Run COMMIT in A and B gets error 1062; run ROLLBACK and B's row goes in.",
    zh: "A 插入“关羽”但没有提交：锁列表里看不到这一行的锁，它只有隐式锁。B 插入同样的名字。算不算重复取决于 A，于是 InnoDB 把 A 的隐式锁变成显式锁，让 B 等待共享锁。在 A 里执行 COMMIT，B 得到错误 1062；执行 ROLLBACK，B 的行就插入成功。",
  },
  scenario: {
    id: "duplicate-key",
    setup: [
      "CREATE TABLE hero (name VARCHAR(32) NOT NULL, PRIMARY KEY (name)) ENGINE=InnoDB",
      "INSERT INTO hero VALUES ('刘备')",
    ],
    steps: [
      run("A", "BEGIN"),
      run("A", "INSERT INTO hero VALUES ('关羽')"),
      run("B", "INSERT INTO hero VALUES ('关羽')"),
    ],
  },
  editors: {
    A: "BEGIN;\nINSERT INTO hero VALUES ('关羽');\nCOMMIT;",
    B: "INSERT INTO hero VALUES ('关羽');\nSELECT * FROM hero;",
  },
};
