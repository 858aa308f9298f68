/** Lessons are found by the words that a reader sees, under the names that people give to things. */
import { describe, expect, it } from "vitest";
import { parseLesson } from "../../src/lessons/format/parse_lesson.ts";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { fits, fitsExample, fitsTitle, rankOf, wordsHeld } from "../../src/views/lesson/search.ts";
import { lessonFiles } from "../tools/lesson_files.ts";

const lessons = lessonFiles().map(({ text }) => parseLesson(text).lesson);
const found = (search: string) =>
  lessons.filter((lesson) => fits(lesson, search)).map(({ id }) => id);

describe("the search of the map", () => {
  it.each([
    "回滚指针",
    "ReadView",
    "读视图",
    "事务ID",
    "事务 ID",
    "锁等待超时",
    "独占锁",
    "普通索引",
    "回表",
    "死锁日志",
    "流式",
    "fetchmany",
    "alter table 卡住",
  ])("finds something for %s", (search) => {
    expect(found(search).length).toBeGreaterThan(0);
  });

  it.each([
    ["net_write_timeout 2013", "lost-connection"],
    ["元数据锁 ALTER", "metadata-queue"],
    ["WITH RECURSIVE", "long-stream"],
  ])(
    "finds the playground's example for %s by title, text, tables and statements",
    (search, id) => {
      const found = LESSONS.filter((example) => fitsExample(example, search));
      expect(found.map((example) => example.id)).toContain(id);
      expect(found.length).toBeLessThan(LESSONS.length);
    },
  );

  it("finds no example for nothing, or for what stands in none", () => {
    for (const search of ["", "  ", "geometry"])
      expect(LESSONS.filter((example) => fitsExample(example, search))).toEqual([]);
  });

  it("finds the same under every name of one thing", () => {
    expect(found("排它锁")).toEqual(found("排他锁"));
    expect(found("独占锁")).toEqual(found("排他锁"));
    expect(found("Read  View")).toEqual(found("readview"));
    expect(found("事务ID")).toEqual(found("事务 ID"));
  });

  it.each([
    ["JDBC", "store-and-use"],
    ["fetch size", "store-and-use"],
    ["useCursorFetch", "store-and-use"],
    ["server-side cursor", "store-and-use"],
    ["流式查询", "store-and-use"],
    ["lost update", "lost-update"],
    ["超卖", "lost-update"],
    ["write skew", "serializable"],
    ["写偏斜", "serializable"],
    ["lock wait timeout exceeded", "lock-wait-timeout"],
    ["1205", "lock-wait-timeout"],
    ["Deadlock found when trying to get lock", "deadlock-of-two"],
    ["1213", "deadlock-of-two"],
    ["2013", "lost-during-query"],
    ["2006", "lost-during-query"],
    ["Communications link failure", "lost-during-query"],
    ["2014", "commands-out-of-sync"],
    ["1317", "kill"],
    ["幻读", "phantom"],
    ["phantom read", "phantom"],
    ["Waiting for table metadata lock", "mdl-pile-up"],
    ["改表卡住", "mdl-pile-up"],
    ["SKIP LOCKED", "shared-and-exclusive"],
    ["@Version", "optimistic-version"],
    ["history list length", "undo-and-purge"],
    ["INSERT 等待", "gap-lock"],
    ["为什么 INSERT 在等？", "gap-lock"],
    ["why does my insert hang", "gap-lock"],
    ["間隙鎖", "gap-lock"],
    ["没走索引", "no-escalation"],
    ["COUNT(*)", "mdl-pile-up"],
  ])("answers %s with %s among its first three", (search, id) => {
    const ranked = lessons
      .filter((lesson) => fits(lesson, search))
      .toSorted((a, b) => rankOf(a, search) - rankOf(b, search));
    expect(ranked.slice(0, 3).map((lesson) => lesson.id)).toContain(id);
  });

  it("comes near where no lesson has every word", () => {
    const search = "gap lock insert deadlock FOR UPDATE empty";
    expect(found(search)).toEqual([]);
    const most = lessons.toSorted((a, b) => wordsHeld(b, search) - wordsHeld(a, search));
    expect(most.slice(0, 6).map(({ id }) => id)).toContain("gap-locks-coexist");
    expect(wordsHeld(most[0] as (typeof lessons)[0], "zzqqxx")).toBe(0);
    const asked = "更新不存在的行锁间隙";
    expect(found(asked)).toEqual([]);
    const near = lessons.toSorted((a, b) => wordsHeld(b, asked) - wordsHeld(a, asked));
    expect(wordsHeld(near[0] as (typeof lessons)[0], asked)).toBeGreaterThan(3);
  });

  it("does not look into markup or into other words", () => {
    expect(found("RR").length).toBeLessThan(lessons.length / 2);
    expect(found("REC_NOT_GAP").length).toBeLessThan(found("X").length);
    expect(found("refs claims")).toEqual([]);
  });

  it("knows those whose title already answers it", () => {
    const titled = (search: string) =>
      lessons.filter((lesson) => fitsTitle(lesson.title, search)).map(({ id }) => id);
    expect(titled("读视图")).toContain("read-view");
    expect(found("读视图").length).toBeGreaterThan(titled("读视图").length);
    expect(found("读视图")).toEqual(expect.arrayContaining(titled("读视图")));
    expect(titled("gap lock")).toEqual(titled("间隙锁"));
    expect(titled(" ")).toEqual([]);
  });

  it("puts the lesson whose title begins with it before the others", () => {
    const first = (search: string) =>
      lessons.toSorted((a, b) => rankOf(a, search) - rankOf(b, search))[0]?.id;
    expect(first("间隙锁")).toBe("gap-lock");
    expect(first("gap lock")).toBe("gap-lock");
  });

  it("has all of them when nothing is looked for", () => {
    expect(found(" ")).toHaveLength(lessons.length);
  });
});
