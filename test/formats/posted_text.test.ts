/** Texts as people post them: copied from terminals and pages, with sessions named in whatever way came to mind. */
import { describe, expect, it } from "vitest";
import { only, remarkLines, stepLines } from "./imported_text.ts";

const RUN = ["A: begin", "A: update t set v = 2 where id = 1", "B: delete from t", "A: commit"];
const TABLE = "create table t (id int primary key, v int);\ninsert into t values (1, 1);\n";
const MADE = ["create table t (id int primary key, v int)", "insert into t values (1, 1)"];

function expectRun(text: string, setup: readonly string[] = MADE): void {
  const scenario = only(text);
  expect(scenario.scenario.setup.map((sql) => sql.replace(/\s+/g, " "))).toEqual(setup);
  expect(stepLines(scenario)).toEqual(RUN);
}

describe("a terminal's text", () => {
  it("gives its statements without prompts, answers and results, in the sessions named above them", () => {
    expectRun(`Session 1:

mysql> use test
Database changed
mysql> create table t (id int primary key, v int);
Query OK, 0 rows affected (0.03 sec)

mysql> insert into t values (1, 1);
Query OK, 1 row affected (0.00 sec)
Records: 1  Duplicates: 0  Warnings: 0

mysql> begin;
mysql> update t set v = 2
    -> where id = 1;
Query OK, 1 row affected (0.00 sec)
Rows matched: 1  Changed: 1  Warnings: 0

Session 2:
MariaDB [test]> delete from t;
***** here it waits *****

Session 1:
mysql [localhost:8032] {msandbox} (test) > commit;
`);
  });

  it("may have a session in each prompt, with or without a space behind it", () => {
    expectRun(`session1> create table t (id int primary key, v int);
Query OK, 0 rows affected (0.01 sec)
session1>insert into t values (1, 1);
Query OK, 1 row affected (0.01 sec)
session1>begin;
session1>update t set v = 2 where id = 1;
session2>delete from t;
ERROR 1205 (HY000): Lock wait timeout exceeded; try restarting transaction
session1>commit;
`);
    expectRun(`${TABLE}shell 1> begin;
shell 1> update t set v = 2 where id = 1;
shell 2> delete from t;
shell 1> commit;
`);
  });

  it("counts the names that say nothing as they come", () => {
    expectRun(`111> create table t (id int primary key, v int);
Query OK, 0 rows affected (0.05 sec)
111> insert into t values (1, 1);
111> begin;
Query OK, 0 rows affected (0.00 sec)

111> update t set v = 2
    -> where id = 1;
222> delete from t;
111> commit;
`);
  });

  it("of one session has none", () => {
    const scenario = only(`mysql> create table t (id int primary key, v int);
mysql> insert into t values (1, 1);
mysql> select * from t where v > 0\\G
*************************** 1. row ***************************
id: 1
 v: 1
1 row in set (0.00 sec)

mysql> select id
    -> from t;
+----+
| id |
+----+
|  1 |
+----+
1 row in set (0.00 sec)
`);
    expect(scenario.scenario.setup).toEqual(MADE);
    expect(stepLines(scenario)).toEqual(["A: select * from t where v > 0", "A: select id from t"]);
  });

  it("may make a procedure, with a delimiter of its own or without", () => {
    const body = ["begin", "  update t set v = 1;", "  if 1 then select 1; end if;", "end"];
    const made = `create procedure p()\n${body.join("\n")}`;
    const prompted = `mysql> delimiter //\nmysql> ${made.replaceAll("\n", "\n    -> ")}//\nQuery OK\n\nmysql> delimiter ;\nmysql> call p();\n`;
    expect(only(prompted).scenario).toMatchObject({ setup: [made], steps: [{ sql: "call p()" }] });
    expectRun(
      `${TABLE}${made};\nTX 1\nbegin\nupdate t set v = 2 where id = 1;\nTX 2\ndelete from t;\nTX 1\ncommit`,
      [...MADE, made.replace(/\s+/g, " ")],
    );
  });

  it("leaves our golden scripts alone, whatever their answers look like", () => {
    const scenario = only("A> BEGIN\n---\nok\n\nB> CALL p(5)\n---\nERROR 1305 (42000): none\n");
    expect(stepLines(scenario)).toEqual(["A: BEGIN", "B: CALL p(5)"]);
  });
});

describe("headings without a comment's mark", () => {
  const headings: readonly (readonly [string, string])[] = [
    ["==session1==", "==session2=="],
    ["tx1:", "tx2:"],
    ["Tran A:", "Tran B:"],
    ["First connection:", "Second connection:"],
    ["Back in terminal 1:", "Then, in terminal 2:"],
    ["**Transaction A**", "**Transaction B**"],
    ["窗口一", "窗口二"],
    ["接下来，客户端A：", "客户端B："],
    ["--txn A", "--txn B"],
    ["-- === SESIÓN 1 (A) === PASO 1", "-- === SESIÓN 2 (B) === PASO 2"],
    ["-- 死锁事务 1", "-- 死锁事务 2"],
    ["-- セッション1", "-- セッション2"],
    ["-- <A 세션> 갱신", "-- <B 세션> 삭제"],
  ];
  for (const [first, second] of headings) {
    it(`${first}, ${second}`, () => {
      expectRun(`${TABLE}${first}
begin;
update t set v = 2 where id = 1; // a note: "x"
${second}
delete from t; (blocked)
[ BLOCKED ]
${first}
commit;
This last one lets the other go on.
`);
    });
  }

  it("may stand before a statement on its line", () => {
    expectRun(`${TABLE}Session A: begin;
Session A: update t set v = 2
  where id = 1;
Session B: delete from t;   -- waits for A
事务A：commit;
`);
  });

  it("are not read where one session alone is named, nor in a comment's sentence", () => {
    const text = `${TABLE}-- session 1\nbegin;\n-- t1 未提交，t2 会阻塞\nselect 1;\n-- session 2\nselect 2;\n`;
    expect(stepLines(only(text))).toEqual(["A: begin", "A: select 1", "B: select 2"]);
    expect(stepLines(only(`${TABLE}select 1; -- the session 1\n`))).toEqual(["A: select 1"]);
  });
});

describe("a session's comment before a statement", () => {
  it("counts more than a note behind it", () => {
    const scenario = only("/* t1 */ begin;\n/* t2 */ begin;\n/* t1 */ commit; -- t2 goes on\n");
    expect(stepLines(scenario)).toEqual(["A: begin", "B: begin", "A: commit"]);
  });
});

describe("a document", () => {
  it("whose blocks stand under sessions' names is one scenario", () => {
    expectRun(`# Two sessions

\`\`\`sql
${TABLE}\`\`\`

First, session 1:

\`\`\`sql
mysql> begin;
Query OK, 0 rows affected (0.00 sec)

mysql> update t set v = 2
    -> where id = 1;
\`\`\`

接下来，会话2：

\`\`\`
mysql> delete from t;
\`\`\`

Back in session 1:

\`\`\`sql
commit;
\`\`\`
`);
  });

  it("may have its table copied from a page, with tabs, and the set-up as it stands", () => {
    expectRun(`This is the table:
${TABLE}
time\tsession 1\tsession 2
T1\tbegin;\t
T2\tupdate t set v = 2 where id = 1;\t
T3\t\tdelete from t; (blocked)
T4\tcommit;\t
`);
  });

  it("may have its table in HTML", () => {
    expectRun(
      `<table>
<thead><tr><th>session A</th><th>session B</th></tr></thead>
<tbody><tr>
<td>begin;<br>update t set v = 2 where id = 1;</td>
<td></td>
</tr>
<tr><td></td><td><code>delete from t;</code>(blocked)</td></tr>
<tr><td>commit;</td><td></td></tr>
</tbody></table>
`,
      [],
    );
  });
});

describe("USE", () => {
  it("of a database that nothing else names is left out, and said", () => {
    const scenario = only(`create database demo;\nuse demo;\n${TABLE}begin;\n`);
    expect(scenario.scenario.setup.slice(1)).toEqual(MADE);
    expect(remarkLines(scenario)).toEqual(["2 command: use demo"]);
    expect(stepLines(only("create database demo;\nuse demo;\nselect * from demo.t;\n"))).toEqual([
      "A: use demo",
      "A: select * from demo.t",
    ]);
  });
});
