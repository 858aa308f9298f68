/** SQL whose sessions are in comments or before each statement, alone and in documents. */
import { describe, expect, it } from "vitest";
import { only, read, remarkLines, scenarios, stepLines } from "./imported_text.ts";

describe("comments behind statements, as hermitage writes them", () => {
  it("count for every statement of their line; what names no session before is the set-up", () => {
    const scenario = only(`create table test (id int primary key, value int);
insert into test values (1, 10), (2, 20);
set session transaction isolation level read committed; begin; -- T1
begin; -- T2
update test set value = 11 where id = 1; -- T1
update test set value = 12
  where id = 1; -- T2, BLOCKS
commit; -- T1. This unblocks T2
select * from test; -- either. Shows 1 => 12
`);
    expect(scenario.scenario.setup).toEqual([
      "create table test (id int primary key, value int)",
      "insert into test values (1, 10), (2, 20)",
    ]);
    expect(stepLines(scenario)).toEqual([
      "A: set session transaction isolation level read committed",
      "A: begin",
      "B: begin",
      "A: update test set value = 11 where id = 1",
      "B: update test set value = 12 where id = 1",
      "A: commit",
      "A: select * from test",
    ]);
    expect(remarkLines(scenario)).toEqual(["9 anySession: select * from test"]);
  });

  it("are no session's when they only speak of a column or a value", () => {
    const result = read("select c1 from t; -- a comment about it\nselect 2; -- c1 again\n");
    expect(result).toMatchObject({ kind: "imported", format: "plainSql" });
  });

  it("keep a semicolon and a comment within a string", () => {
    const scenario = only("insert into t values ('; -- T2'); -- T1\nselect 1; -- T2\n");
    expect(stepLines(scenario)).toEqual(["A: insert into t values ('; -- T2')", "B: select 1"]);
  });
});

describe("other ways to name a session", () => {
  it("takes names of people's own behind a word for it, where there are several", () => {
    const scenario = only(
      "create table t (id int);\n-- session report\nbegin;\nselect 1;\n-- session shop\ndelete from t;\n-- == session report ==\ncommit;\n",
    );
    expect(scenario.scenario.setup).toEqual(["create table t (id int)"]);
    expect(stepLines(scenario)).toEqual([
      "A: begin",
      "A: select 1",
      "B: delete from t",
      "A: commit",
    ]);
    expect(read("-- client reads\nselect 1;\nselect 2;\n")).toMatchObject({ format: "plainSql" });
  });

  it("says how a session is named where comments look like names and none is understood", () => {
    const scenario = only(
      "-- Report\nbegin;\nselect 1;\n-- App\ndelete from t;\n-- Report\ncommit;\n",
    );
    expect(stepLines(scenario)).toEqual([
      "A: begin",
      "A: select 1",
      "A: delete from t",
      "A: commit",
    ]);
    expect(remarkLines(scenario)).toContain("2 oneSession: Report");
    const prose = only(
      "-- what was there before the report\nselect 1;\n-- and what is there now, behind it\nselect 2;\n",
    );
    expect(remarkLines(prose)).toEqual([]);
  });

  it("takes headings for all that follows", () => {
    const scenario = only(
      "-- Session A\nbegin;\nselect 1;\n\n-- Session B\ndelete from t;\n-- Session A\ncommit;\n",
    );
    expect(stepLines(scenario)).toEqual([
      "A: begin",
      "A: select 1",
      "B: delete from t",
      "A: commit",
    ]);
    expect(scenario.remarks).toEqual([]);
  });

  it("takes a client's name before the statement", () => {
    const scenario = only("/* client b */ start transaction;\n/* client a */ commit\n");
    expect(stepLines(scenario)).toEqual(["B: start transaction", "A: commit"]);
  });

  it("takes Chinese headings", () => {
    const scenario = only("# 会话 1\nbegin;\n# 会话 2\nselect '间隙';\n");
    expect(stepLines(scenario)).toEqual(["A: begin", "B: select '间隙'"]);
  });

  it("takes prefixes, and passes over what the server answered", () => {
    const scenario = only(`setup> create table t (id int primary key)

A> begin
---
ok

B> update t
   set id = 2
---
waits for A: 3 rows

+ 5 s
---
ok

A> disconnect
`);
    expect(scenario.scenario.setup).toEqual(["create table t (id int primary key)"]);
    expect(stepLines(scenario)).toEqual([
      "A: begin",
      "B: update t set id = 2",
      "+ 5 s",
      "A: @disconnect",
    ]);
  });

  it("says which session has no place when there are more than eight", () => {
    const text = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `select ${n}; -- T${n}`).join("\n");
    const scenario = only(text);
    expect(stepLines(scenario)).toHaveLength(8);
    expect(remarkLines(scenario)).toEqual(["9 session: 9"]);
  });
});

describe("a document", () => {
  it("has a scenario in each block under its heading, after a set-up that all share", () => {
    const [first, second, ...others] = scenarios(`# Tests

Before each:

\`\`\`sql
create table t (id int primary key);
\`\`\`

## Lost update
\`\`\`sql
begin; -- T1
select 1; -- T2
\`\`\`

Some output:

\`\`\`
+----+
| id |
\`\`\`

## Write skew
\`\`\`sql
commit; -- T2
\`\`\`
`);
    expect(others).toEqual([]);
    expect([first?.title, second?.title]).toEqual(["Lost update", "Write skew"]);
    expect(second?.scenario.setup).toEqual(["create table t (id int primary key)"]);
    expect(second && stepLines(second)).toEqual(["B: commit"]);
  });

  it("reads a table with a column for each session, row by row", () => {
    const scenario = only(`## 死锁

| 会话 1 | 会话 2 |
| --- | --- |
| begin; | |
| | delete from t where a = 1 or b = 2; |
| deadlock | |
`);
    expect(scenario.title).toBe("死锁");
    expect(stepLines(scenario)).toEqual(["A: begin", "B: delete from t where a = 1 or b = 2"]);
    expect(remarkLines(scenario)).toEqual(["7 step: deadlock"]);
  });
});

describe("plain SQL", () => {
  it("makes tables in the set-up and runs the rest in one session", () => {
    const scenario = only(
      "create table t (id int);\ninsert into t values (1);\nbegin;\nselect * from t;\ninsert into t values (2);",
    );
    expect(scenario.scenario.setup).toHaveLength(2);
    expect(stepLines(scenario)).toEqual([
      "A: begin",
      "A: select * from t",
      "A: insert into t values (2)",
    ]);
  });

  it("says what is not simulated and what is a mistake, with the line", () => {
    const scenario = only(
      "delimiter //\ncreate event p on schedule every 1 hour do begin set @a = 1; set @b = 2; end//\ndelimiter ;\n\nselect 1;\nselect from t;\n",
    );
    expect(stepLines(scenario)).toEqual(["A: select 1", "A: select from t"]);
    expect(remarkLines(scenario).map((one) => one.slice(0, 14))).toEqual([
      "2 notSimulated",
      "6 mistake: sel",
    ]);
  });

  it("opens nothing from an empty text, from prose, or from one that is too long", () => {
    expect(read("")).toEqual({ kind: "empty", format: "plainSql" });
    expect(read("-- nothing\n")).toEqual({ kind: "empty", format: "plainSql" });
    expect(read("x".repeat(2_000_001))).toEqual({ kind: "tooLarge", characters: 2_000_001 });
  });
});
