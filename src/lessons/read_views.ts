/** Versions and read views: three versions of a row, the notes' interview question, and READ COMMITTED beside REPEATABLE READ. */
import { type Lesson, run } from "./lesson.ts";

export const threeVersions: Lesson = {
  id: "three-versions",
  arrangement: "versions",
  title: { en: "Three versions, two read views", zh: "三个版本，两个读视图" },
  intro: {
    en: "One row, three versions: C changed it twice. A opened its read view before the second version, B before the third. The same SELECT therefore walks the version chain to different places: A sees 10, B sees 20, and neither waits for C, which has not committed 30 yet. Select the record and compare the numbers.",
    zh: "一行数据有三个版本：C 改了它两次。A 在第二个版本之前打开读视图，B 在第三个版本之前打开。于是同样的 SELECT 沿版本链走到不同的地方：A 看到 10，B 看到 20，谁也不用等 C，尽管 C 的 30 还没有提交。选中这条记录，比一比这些数字。",
  },
  scenario: {
    id: "three-versions",
    setup: [
      "CREATE TABLE account (id INT NOT NULL, balance INT, PRIMARY KEY (id)) ENGINE=InnoDB",
      "INSERT INTO account VALUES (1, 10)",
    ],
    steps: [
      run("A", "START TRANSACTION WITH CONSISTENT SNAPSHOT"),
      run("C", "UPDATE account SET balance = 20 WHERE id = 1"),
      run("B", "START TRANSACTION WITH CONSISTENT SNAPSHOT"),
      run("C", "BEGIN"),
      run("C", "UPDATE account SET balance = 30 WHERE id = 1"),
      run("A", "SELECT * FROM account WHERE id = 1"),
      run("B", "SELECT * FROM account WHERE id = 1"),
    ],
  },
  editors: {
    A: "START TRANSACTION WITH CONSISTENT SNAPSHOT;\nSELECT * FROM account WHERE id = 1;\nCOMMIT;",
    B: "START TRANSACTION WITH CONSISTENT SNAPSHOT;\nSELECT * FROM account WHERE id = 1;\nCOMMIT;",
    C: "UPDATE account SET balance = 20 WHERE id = 1;\nBEGIN;\nUPDATE account SET balance = 30 WHERE id = 1;\nCOMMIT;",
  },
};

export const agesThreeAndFive: Lesson = {
  id: "ages-3-and-5",
  arrangement: "versions",
  title: { en: "Interview question: 3, then 5", zh: "面试题：先 3 后 5" },
  intro: {
    en: "At REPEATABLE READ, A reads age 3. B makes it 4 and commits. A reads again: still 3, from its read view. Now A itself runs age = age + 1 and reads 5, not 4: an UPDATE always reads the newest committed version, and a transaction sees its own changes.",
    zh: "在可重复读级别下，A 读到 age 是 3。B 把它加到 4 并提交。A 再读，仍是 3，因为用的是原来的读视图。现在 A 自己执行 age = age + 1，再读却是 5 而不是 4：UPDATE 总是当前读，读的是最新的已提交版本，而事务看得见自己的修改。",
  },
  scenario: {
    id: "ages-3-and-5",
    setup: [
      "CREATE TABLE person (id INT NOT NULL, age INT, PRIMARY KEY (id)) ENGINE=InnoDB",
      "INSERT INTO person VALUES (1, 3)",
    ],
    steps: [
      run("A", "BEGIN"),
      run("A", "SELECT age FROM person WHERE id = 1"),
      run("B", "UPDATE person SET age = age + 1 WHERE id = 1"),
      run("A", "SELECT age FROM person WHERE id = 1"),
      run("A", "UPDATE person SET age = age + 1 WHERE id = 1"),
      run("A", "SELECT age FROM person WHERE id = 1"),
    ],
  },
  editors: {
    A: "BEGIN;\nSELECT age FROM person WHERE id = 1;\nUPDATE person SET age = age + 1 WHERE id = 1;\nSELECT age FROM person WHERE id = 1;\nCOMMIT;",
    B: "UPDATE person SET age = age + 1 WHERE id = 1;",
  },
};

export const twoLevels: Lesson = {
  id: "rc-and-rr",
  arrangement: "versions",
  title: { en: "READ COMMITTED beside REPEATABLE READ", zh: "读已提交与可重复读" },
  intro: {
    en: "A runs at REPEATABLE READ and keeps the read view of its first SELECT; B runs at READ COMMITTED and opens a new one for every statement. After C's committed UPDATE, the same SELECT shows 1 to A and 2 to B.",
    zh: "A 在可重复读级别，第一次 SELECT 打开的读视图一直用到事务结束；B 在读已提交级别，每条语句都打开新的读视图。C 的 UPDATE 提交之后，同样的 SELECT，A 看到 1，B 看到 2。",
  },
  scenario: {
    id: "rc-and-rr",
    setup: [
      "CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id)) ENGINE=InnoDB",
      "INSERT INTO t VALUES (1, 1)",
    ],
    steps: [
      run("A", "BEGIN"),
      run("A", "SELECT * FROM t"),
      run("B", "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"),
      run("B", "BEGIN"),
      run("B", "SELECT * FROM t"),
      run("C", "UPDATE t SET v = 2 WHERE id = 1"),
      run("A", "SELECT * FROM t"),
      run("B", "SELECT * FROM t"),
    ],
  },
  editors: {
    A: "BEGIN;\nSELECT * FROM t;\nCOMMIT;",
    B: "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;\nBEGIN;\nSELECT * FROM t;\nCOMMIT;",
    C: "UPDATE t SET v = 2 WHERE id = 1;",
  },
};
