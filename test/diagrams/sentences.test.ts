import { expect, it, describe as suite } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import type { Ref } from "../../src/trace/ref.ts";
import type { State } from "../../src/trace/state.ts";
import { describe } from "../../src/views/stage/sentences.ts";
import { en } from "../../src/views/stage/words.ts";
import { zh } from "../../src/views/stage/words_zh.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { type SceneName, scene } from "../fixtures/scenes.ts";

/** Every lock, record and gap of a scene, in words. */
function spoken(state: State): string {
  const refs: Ref[] = [
    ...intMapToArray(state.tableLocks).map((lock): Ref => ({ kind: "lock", id: lock.id })),
    ...intMapToArray(state.recLocks).map((lock): Ref => ({ kind: "lock", id: lock.id })),
    ...intMapToArray(state.mdls).map((mdl): Ref => ({ kind: "mdl", id: mdl.id })),
    ...intMapToArray(state.indexes).flatMap((index) =>
      intMapToArray(index.pages).flatMap((page) => [
        ...[page.infimum, ...page.recs, page.supremum].map((id): Ref => ({ kind: "rec", id })),
        ...[...page.recs, page.supremum].map((id): Ref => ({ kind: "gap", id })),
      ]),
    ),
  ];
  const lines = refs.flatMap((ref) => [
    ...describe(state, ref, en),
    ...describe(state, ref, zh),
    "",
  ]);
  return `${lines.join("\n")}\n`;
}

suite("what is said about the thing pointed at", () => {
  const names: readonly SceneName[] = ["fullScan", "secondaryRange", "sharedGap", "metadataQueue"];
  it.each(names)("in %s is as reviewed", async (name) => {
    await expect(spoken(scene(name).state)).toMatchFileSnapshot(`snapshots/words_${name}.txt`);
  });

  it.each([
    ["en", "On it: A's gap lock before 20. Nobody else can insert here before that is given back."],
    ["zh", "上面有 A 在 20 之前的间隙锁：释放之前，别的会话都不能在这里插入。"],
  ] as const)(
    "of a gap that the only session has locked is not that it is free (%s)",
    (language, held) => {
      const { state } = runSql({
        setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (10), (20)"],
        steps: ["A: BEGIN", "A: SELECT * FROM t WHERE id = 15 FOR UPDATE"],
      });
      const gap = intMapToArray(state.recLocks).find(({ data }) => data === "20")?.rec;
      const said = describe(state, { kind: "gap", id: gap } as Ref, language === "en" ? en : zh);
      expect(said).toContain(held);
      expect(said.join(" ")).not.toMatch(/No lock|没有锁/);
    },
  );

  it("of a gap between entries of a secondary index tells which primary keys lie in it at its edges", () => {
    const { state } = runSql({
      setup: [
        "CREATE TABLE stock (id INT PRIMARY KEY, cat INT, KEY idx_cat (cat))",
        "INSERT INTO stock VALUES (1, 10), (5, 20), (9, 20), (12, 30)",
      ],
      steps: ["A: BEGIN", "A: SELECT * FROM stock WHERE cat = 20 FOR UPDATE"],
    });
    const before = (data: string) =>
      intMapToArray(state.recLocks).find(
        (lock) => lock.indexName === "idx_cat" && lock.data === data,
      );
    const said = (data: string, words: typeof en) =>
      describe(state, { kind: "gap", id: before(data)?.rec } as Ref, words).join(" ");
    expect(said("30, 12", en)).toContain(
      "At its edges too: cat = 20 with id > 9, and cat = 30 with id < 12.",
    );
    expect(said("20, 5", zh)).toContain("边上也算在内：cat = 10 且 id > 1，cat = 20 且 id < 5。");
    expect(said("20, 9", en)).toContain("It lies inside cat = 20: id between 5 and 9.");
  });

  it("of a gap that is free does not promise that a row finds its place in the other indexes", () => {
    const { state } = runSql({
      setup: [
        "CREATE TABLE t (id INT PRIMARY KEY, c INT, KEY c (c))",
        "INSERT INTO t VALUES (1, 10), (5, 20)",
      ],
      steps: ["A: BEGIN", "A: SELECT * FROM t WHERE c = 20 FOR UPDATE", "B: SELECT 1"],
    });
    const primary = intMapToArray(state.indexes).find(({ name }) => name === "PRIMARY");
    const [page] = primary === undefined ? [] : intMapToArray(primary.pages);
    const last = page?.recs.at(-1);
    const said = (words: typeof en) =>
      describe(state, { kind: "gap", id: last } as Ref, words).join(" ");
    expect(said(en)).toContain(
      "No lock on it: an INSERT of 3 goes ahead. But a row needs a place in c too, where A locked gaps.",
    );
    expect(said(zh)).toContain("但一行还要在 c 里占一个位置，那里有 A 锁住的间隙。");
  });

  it("is nothing about a thing that is no more", () => {
    const { state } = scene("fullScan");
    for (const kind of ["lock", "rec", "gap", "mdl"] as const) {
      expect(describe(state, { kind, id: 999_999 } as Ref, en)).toEqual([]);
    }
  });
});
