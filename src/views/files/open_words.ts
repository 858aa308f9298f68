/** The words of the sheet that opens a text. */
import type { CameInstead } from "../../formats/deadlock_check.ts";
import type { FormatId, RemarkKind } from "../../formats/imported.ts";
import type { Language } from "../../store/preferences.ts";

const en = {
  title: "Open a scenario",
  close: "Close",
  cancel: "Cancel",
  open: "Open",
  pasted: "Pasted script",
  hint: "Paste a script below, or drop a file anywhere on the page. The format is found out by itself: SQL with session comments (-- T1), isolation-tester specs, mysqltest scripts, YAML scenarios, Markdown with SQL, InnoDB's deadlock log (SHOW ENGINE INNODB STATUS), files saved here.",
  placeholder:
    "CREATE TABLE t (id INT PRIMARY KEY);\nBEGIN; -- T1\nINSERT INTO t VALUES (1); -- T1\nSELECT * FROM t; -- T2",
  reading: "Reading…",
  text: "The text",
  understood: (format: string) => `Understood as ${format}.`,
  nothing: (format: string) => `This looks like ${format}, but there is nothing in it to run.`,
  broken: (format: string, line: number, message: string) =>
    `This looks like ${format}, but is broken in line ${line}: ${message}`,
  tooLarge: (characters: number) =>
    `That is too long: ${Math.round(characters / 1000)} thousand characters, and 2 million are the limit.`,
  incomplete: {
    deadlock:
      "This is InnoDB's status, but no deadlock is in it: the section LATEST DETECTED DEADLOCK is missing or cut off before “*** (1) TRANSACTION”.",
    transactions:
      "This is InnoDB's deadlock log, but it ends before the second transaction: “*** (2) TRANSACTION” is missing.",
    locks:
      "This is InnoDB's deadlock log, but it names no lock that is waited for: the lines “RECORD LOCKS … waiting” are missing.",
  },
  madeUp: "made up: the log does not say what took this lock",
  notText: "This is not a text: it holds bytes that are no letters in UTF-8.",
  emptyFile: "This file is empty.",
  refused: (format: string) =>
    `Read as ${format}, but MySQL would refuse every statement in it. Is it SQL?`,
  yamlMissing: "the reader for YAML could not be loaded; are you offline?",
  choose: (count: number) => `${count} scenarios; which one?`,
  content: (setup: number, steps: number, sessions: string) =>
    `${setup} ${setup === 1 ? "statement" : "statements"} set up the tables; ${steps} ${steps === 1 ? "step" : "steps"}${sessions === "" ? "" : ` in ${sessions}`}.`,
  remarks: (count: number) => (count === 1 ? "One thing to know" : `${count} things to know`),
  line: (line: number) => `line ${line}`,
  notOpened: (message: string) =>
    message === "" ? "It could not be opened." : `It could not be opened. ${message}`,
  otherDeadlock: (came: CameInstead) => {
    switch (came.kind) {
      case "failed":
        return `The log's deadlock does not come: a statement of ${came.session} fails before. ${came.message}`;
      case "waits":
        return `The log's deadlock does not come: ${came.session} waits for ${came.blockers.join(", ")}, and that closes no circle. The log does not say enough; add the tables (SHOW CREATE TABLE) or the statements that ran before.`;
      case "passed":
        return `The log's deadlock does not come in MySQL 9.7: in the log ${came.session} asks for more of a record that it has locked, and queues behind ${came.behind}, which waits for ${came.session}. 9.7 does not make it queue: it has the record and asks only for what is missing.`;
      case "nothing":
        return "The log's deadlock does not come: nobody waits at the end. The log does not say enough; add the tables (SHOW CREATE TABLE) or the statements that ran before.";
      case "victim":
        return `The log's deadlock comes, but ${came.came} is rolled back, and in the log it was ${came.expected}. The lighter one is rolled back (lock structs and undo entries), of equals the one that closed the circle: ${came.weights.map(({ session, logged, now }) => `${session} weighed ${logged} in the log and weighs ${now} here`).join(", ")}. The log does not say by which statements the locks were taken.`;
      case "lock":
        return came.came === null
          ? `Another deadlock than the log's: ${came.session} has no part in it, and in the log it waits for ${came.expected}.`
          : `Another deadlock than the log's: ${came.session} waits for ${came.came}, and in the log for ${came.expected}.`;
    }
  },
  formats: {
    scenario: "a scenario in JSON",
    ownFile: "a file that Interleave saved",
    transcript: "a recorded transcript (of it only the statements are taken)",
    yaml: "a YAML scenario as database-transactions has them",
    isolationSpec: "a specification of PostgreSQL's isolation tester",
    goQueries: "Go transaction tests with a client in each query",
    markdown: "a Markdown document with SQL",
    mysqltest: "a mysqltest script",
    prefixedLines: "statements with a session's name before each",
    labelledSql: "SQL with session names in comments",
    deadlockLog: "InnoDB's deadlock log",
    plainSql: "SQL for one session",
  } satisfies Record<FormatId, string> as Readonly<Record<FormatId, string>>,
  kinds: {
    command: "Left out, it has no meaning here:",
    block: "Left out, a block of control flow or another language:",
    notSimulated: "Left out, not simulated:",
    notMysql: "Left out, MySQL cannot say it:",
    mistake: "MySQL will refuse it:",
    missingTable: "Left out, its table is not made:",
    translated: "In MySQL's words:",
    defaultLevel:
      "No isolation level is named: READ COMMITTED in PostgreSQL, REPEATABLE READ here. For the same, run SET TRANSACTION ISOLATION LEVEL READ COMMITTED before:",
    returning: "RETURNING was dropped, MySQL has none; no rows come back from:",
    substitution: "Left out, it needs a value from an earlier result:",
    session: "More than eight sessions; left out:",
    anySession: "Meant for any session, run by the first:",
    noSession: "Names no session, counted to the one before:",
    oneSession:
      "One session runs all of it. If this names a session, write “-- session A” above its statements, or “-- T1” behind each:",
    cleanUp: "The clean-up at the end was left out, so that there is something to see; steps:",
    permutations: "No order is given; orders made up:",
    tooLong: "Too long; steps left out at the end:",
    step: "Left out, not a step:",
    deadlockWait: "Who waits for a lock → who holds it (✗: rolled back):",
    madeUp: "Made up, since the log does not say what took this lock:",
    noStatement:
      "The log has no whole statement here; one that waits for the same lock was made up for:",
    nothingToRun:
      "The log has no whole statement here, and shows no record to make one up for; nothing is run in its place:",
    guessedWait:
      "The log does not say what this transaction waits for (its line “RECORD LOCKS … waiting” is missing); taken to be:",
    guessedRecord:
      "The log shows no record of this lock (“Record lock, heap no …” is missing); the row was taken from the statements and the other locks:",
    noWait:
      "The log does not say what this transaction waits for, and nothing else tells; without it the deadlock may not come:",
    noRecord:
      "The log shows no record of this lock, and the statement does not name the row; without it the deadlock may not come:",
    noVictim:
      "The log ends before “WE ROLL BACK TRANSACTION”, so who is rolled back here may not be the one it was:",
    guessedTable:
      "A guess from the log. For an exact picture paste what SHOW CREATE TABLE prints above or below the log:",
    weight:
      "Had written more than the statements here do (undo log entries, lock structs), which decides who is rolled back; rows in a table of their own stand for it:",
    guessedLevel: "The locks leave the gaps alone, so the isolation level is taken to be:",
  } satisfies Record<RemarkKind, string> as Readonly<Record<RemarkKind, string>>,
};

export type OpenWords = typeof en;

const zh: OpenWords = {
  title: "打开场景",
  close: "关闭",
  cancel: "取消",
  open: "打开",
  pasted: "粘贴的脚本",
  hint: "把脚本粘贴到下面，或把文件拖到页面任何地方。格式会自动识别：带会话注释的 SQL（-- T1）、PostgreSQL isolation tester 的 spec、mysqltest 脚本、YAML 场景、含 SQL 的 Markdown、InnoDB 的死锁日志（SHOW ENGINE INNODB STATUS），以及在这里保存的文件。",
  placeholder:
    "CREATE TABLE t (id INT PRIMARY KEY);\nBEGIN; -- T1\nINSERT INTO t VALUES (1); -- T1\nSELECT * FROM t; -- T2",
  reading: "正在读取…",
  text: "文本",
  understood: (format) => `识别为${format}。`,
  nothing: (format) => `看起来是${format}，但里面没有可以执行的内容。`,
  broken: (format, line, message) => `看起来是${format}，但第 ${line} 行有错误：${message}`,
  tooLarge: (characters) => `文本太长：${Math.round(characters / 10000)} 万字符，上限是 200 万。`,
  incomplete: {
    deadlock:
      "这是 InnoDB 的状态输出，但里面没有死锁：缺少 LATEST DETECTED DEADLOCK 一节，或者在“*** (1) TRANSACTION”之前就被截断了。",
    transactions: "这是 InnoDB 的死锁日志，但在第二个事务之前就结束了：缺少“*** (2) TRANSACTION”。",
    locks: "这是 InnoDB 的死锁日志，但没有写出等待的锁：缺少“RECORD LOCKS … waiting”这样的行。",
  },
  madeUp: "补上的：日志没有说这个锁是由什么语句加的",
  notText: "这不是文本：里面有不是 UTF-8 字符的字节。",
  emptyFile: "这个文件是空的。",
  refused: (format) =>
    `按${format.trimStart()}读取，但 MySQL 会拒绝其中的每一条语句。这是 SQL 吗？`,
  yamlMissing: "YAML 读取程序没能加载，是否处于离线状态？",
  choose: (count) => `共 ${count} 个场景，打开哪一个？`,
  content: (setup, steps, sessions) =>
    `${setup} 条语句建表；${steps} 个步骤${sessions === "" ? "" : `，会话 ${sessions}`}。`,
  remarks: (count) => `${count} 条说明`,
  line: (line) => `第 ${line} 行`,
  notOpened: (message) => (message === "" ? "无法打开。" : `无法打开。${message}`),
  otherDeadlock: (came) => {
    switch (came.kind) {
      case "failed":
        return `日志里的死锁没有出现：在那之前 ${came.session} 的语句就失败了。${came.message}`;
      case "waits":
        return `日志里的死锁没有出现：${came.session} 在等待 ${came.blockers.join("、")}，但没有形成环。日志给出的信息不够，请补上表结构（SHOW CREATE TABLE）或之前执行过的语句。`;
      case "passed":
        return `在 MySQL 9.7 里不会出现日志里的死锁：日志中 ${came.session} 已锁住这条记录，又对它请求更多的锁，于是排在等待 ${came.session} 的 ${came.behind} 之后。9.7 不让它排队：记录已经锁住，只请求还缺的部分。`;
      case "nothing":
        return "日志里的死锁没有出现：最后没有会话在等待。日志给出的信息不够，请补上表结构（SHOW CREATE TABLE）或之前执行过的语句。";
      case "victim":
        return `出现了日志里的死锁，但被回滚的是 ${came.came}，日志里是 ${came.expected}。回滚的是较轻的事务（锁结构加 undo 记录），一样重时是使环闭合的那个：${came.weights.map(({ session, logged, now }) => `${session} 在日志里为 ${logged}，这里为 ${now}`).join("，")}。日志没有说明这些锁是由哪些语句加上的。`;
      case "lock":
        return came.came === null
          ? `出现的不是日志里的死锁：${came.session} 不在其中，而日志里它等待 ${came.expected}。`
          : `出现的不是日志里的死锁：${came.session} 等待 ${came.came}，而日志里等待 ${came.expected}。`;
    }
  },
  formats: {
    scenario: " JSON 格式的场景",
    ownFile: " Interleave 保存的文件",
    transcript: "录制记录（只取其中的语句）",
    yaml: " database-transactions 的 YAML 场景",
    isolationSpec: " PostgreSQL isolation tester 的 spec",
    goQueries: "每条查询注明客户端的 Go 事务测试",
    markdown: "含 SQL 的 Markdown 文档",
    mysqltest: " mysqltest 脚本",
    prefixedLines: "每条语句前写有会话名的脚本",
    labelledSql: "注释里写有会话名的 SQL",
    deadlockLog: " InnoDB 的死锁日志",
    plainSql: "单个会话的 SQL",
  },
  kinds: {
    command: "已略去，在这里没有意义：",
    block: "已略去，流程控制或其他语言的代码块：",
    notSimulated: "已略去，模拟器不支持：",
    notMysql: "已略去，MySQL 没有这种写法：",
    mistake: "MySQL 会拒绝它：",
    missingTable: "已略去，它用到的表没有建成：",
    translated: "改写成 MySQL 的写法：",
    defaultLevel:
      "没有写隔离级别：在 PostgreSQL 里是 READ COMMITTED，在这里是 REPEATABLE READ。要一样，请在前面先执行 SET TRANSACTION ISOLATION LEVEL READ COMMITTED：",
    returning: "RETURNING 已去掉，MySQL 没有它；不返回行：",
    substitution: "已略去，需要之前结果里的值：",
    session: "会话超过八个，已略去：",
    anySession: "任一会话均可，由第一个会话执行：",
    noSession: "没有写会话名，归到前一个会话：",
    oneSession:
      "全部由一个会话执行。如果这是会话名，请在它的语句上方写“-- session A”，或在每条语句后写“-- T1”：",
    cleanUp: "略去了末尾的清理步骤，好让结果留在画面上；步骤数：",
    permutations: "没有给出顺序，自动生成的顺序数：",
    tooLong: "太长，末尾略去的步骤数：",
    step: "已略去，不是步骤：",
    deadlockWait: "谁在等锁 → 谁持有它（✗：被回滚）：",
    madeUp: "补上的语句，日志没有说这个锁是由什么语句加的：",
    noStatement: "日志里没有完整的语句，补上一条等待同一个锁的，对应：",
    nothingToRun: "日志里没有完整的语句，也没有可以据以补写的记录，这里什么也不执行：",
    guessedWait: "日志没有写出这个事务在等什么（缺少“RECORD LOCKS … waiting”一行），推测为：",
    guessedRecord:
      "日志没有列出这个锁的记录（缺少“Record lock, heap no …”），根据语句和其他锁推测：",
    noWait: "日志没有写出这个事务在等什么，也无从推测；缺了它，死锁可能不会出现：",
    noRecord: "日志没有列出这个锁的记录，语句也没有指明是哪一行；缺了它，死锁可能不会出现：",
    noVictim: "日志在“WE ROLL BACK TRANSACTION”之前就结束了，这里被回滚的不一定是当时的那个：",
    guessedTable:
      "根据日志推测的表。想要准确的画面，请把 SHOW CREATE TABLE 的输出贴在日志之前或之后：",
    weight:
      "做过的修改比这里的语句多（undo log entries、lock struct），这决定了谁被回滚；用另一张表里的行代替：",
    guessedLevel: "这些锁都不涉及间隙，隔离级别推断为：",
  },
};

export function openWords(language: Language): OpenWords {
  return language === "zh" ? zh : en;
}
