import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import { AS_FOLDED, type ChainFolding } from "../../src/diagrams/version_folding.ts";
import { type VersionPicture, versionPicture } from "../../src/diagrams/version_picture.ts";
import { recordOfInterest, verdictsOf, versionsOf } from "../../src/diagrams/versions.ts";
import type { RecState, State } from "../../src/trace/state.ts";
import { versionTexts } from "../../src/views/stage/version_texts.ts";
import { en } from "../../src/views/stage/words.ts";
import { zh } from "../../src/views/stage/words_zh.ts";
import { versionWords } from "../../src/views/versions/words.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { scene } from "../fixtures/scenes.ts";
import { StateBuilder } from "../fixtures/state_builder.ts";
import { collisions, versionLabels } from "./labels.ts";
import { printVersions } from "./print.ts";

describe("the version picture", () => {
  it("of three versions and two read views is as reviewed", async () => {
    const text = printVersions(picture(scene("threeVersions").state));
    await expect(text).toMatchFileSnapshot("snapshots/versions_three.txt");
  });

  it("of a row deleted under an old view, in a table without a primary key, is as reviewed", async () => {
    const server = new StateBuilder();
    server.table({ name: "log", columns: ["text"], primary: [], rows: [["a"], ["b"]] });
    server.readView("A");
    server.assignId("C");
    server.readView("D");
    server.remove("B", "log", 1);
    const text = printVersions(picture(server.state()));
    await expect(text).toMatchFileSnapshot("snapshots/versions_deleted.txt");
  });

  it("of a long chain is folded between the newest and the oldest, but for what a view sees, and opens", async () => {
    const { state } = runSql({
      setup: ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 10)"],
      steps: [
        "A: START TRANSACTION WITH CONSISTENT SNAPSHOT",
        ...Array.from({ length: 6 }, () => "B: UPDATE t SET v = v + 1"),
        "C: START TRANSACTION WITH CONSISTENT SNAPSHOT",
        ...Array.from({ length: 11 }, () => "B: UPDATE t SET v = v + 1"),
      ],
    });
    const text = printVersions(picture(state));
    await expect(text).toMatchFileSnapshot("snapshots/versions_folded.txt");
    const rec = recordOfInterest(state, null) as RecState;
    const texts = versionTexts(en, versionWords("en"));
    const depths = (folding: ChainFolding) =>
      versionPicture(state, rec, texts, folding).cards.map(({ version }) => version.depth);
    expect(depths(AS_FOLDED)).toEqual([0, 1, 2, 11, 17]);
    const shown = (walked: number | null) =>
      versionPicture(state, rec, texts, { ...AS_FOLDED, walked }).views.map(({ view }) => view);
    const views = shown(null);
    expect(shown(views[1] ?? null)).toEqual([views[1], views[0]]);
    expect(depths({ ...AS_FOLDED, depths: [5] })).toEqual([0, 1, 2, 5, 11, 17]);
    expect(depths({ ...AS_FOLDED, isOpen: true })).toHaveLength(18);
    for (const folding of [AS_FOLDED, { ...AS_FOLDED, isOpen: true }]) {
      expect(collisions(versionLabels(versionPicture(state, rec, texts, folding)))).toEqual([]);
    }
  });

  it("is of the phantom where one transaction wrote last on all rows", () => {
    const { state } = runSql({
      setup: ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 10)"],
      steps: [
        "A: BEGIN",
        "A: SELECT * FROM t",
        "B: INSERT INTO t VALUES (2, 20)",
        "A: UPDATE t SET v = v + 1",
      ],
    });
    expect(recordOfInterest(state, null)?.key).toBe("2");
  });

  it("is of no record when an end of the page is selected", () => {
    const { state } = scene("threeVersions");
    const page = intMapToArray(state.indexes)
      .flatMap((index) => intMapToArray(index.pages))
      .find((each) => each.recs.length > 0);
    if (page === undefined) throw new Error("no page with records");
    expect(recordOfInterest(state, null)).not.toBeNull();
    for (const id of [page.infimum, page.supremum]) {
      expect(recordOfInterest(state, { kind: "rec", id })).toBeNull();
    }
  });

  it("covers no text, in either language, whatever was written and read", () => {
    const step = fc.record({
      session: fc.constantFrom("A", "B", "C", "D"),
      what: fc.constantFrom("update", "commit", "view"),
      value: fc.oneof(
        fc.integer(),
        fc.constantFrom("关羽", "a longer text than a card has room for"),
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const server = new StateBuilder();
        server.table({ name: "t", columns: ["id", "v"], primary: ["id"], rows: [[1, 10]] });
        for (const each of steps) {
          if (each.what === "update") server.update(each.session, "t", 1, { v: each.value });
          else if (each.what === "commit") server.commit(each.session);
          else if (server.begin(each.session).readView === null) server.readView(each.session);
        }
        const state = server.state();
        const rec = recordOfInterest(state, null) as RecState;
        for (const [words, more] of [
          [en, versionWords("en")],
          [zh, versionWords("zh")],
        ] as const) {
          const drawn = versionPicture(state, rec, versionTexts(words, more));
          expect(collisions(versionLabels(drawn))).toEqual([]);
          expect(new Set(drawn.cards.map((card) => card.version.id)).size).toBe(drawn.cards.length);
        }
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it("keeps a version's id while it moves down the chain", () => {
    const server = new StateBuilder();
    server.table({ name: "t", columns: ["id", "v"], primary: ["id"], rows: [[1, 10]] });
    server.update("A", "t", 1, { v: 20 });
    const before = picture(server.state()).cards.map((card) => card.version.id);
    server.update("A", "t", 1, { v: 30 });
    const after = picture(server.state()).cards.map((card) => card.version.id);
    expect(after.slice(1)).toEqual(before);
  });
});

describe("what a view sees", () => {
  it("is the first visible version, and the walk ends there", () => {
    const state = scene("threeVersions").state;
    const versions = versionsOf(state, recordOfInterest(state, null) as RecState);
    expect(
      verdictsOf(state, versions).map(({ view, verdicts, sees }) => [
        view.session,
        verdicts.map((verdict) => verdict.rule),
        sees?.values[2],
      ]),
    ).toEqual([
      ["C", ["atOrAboveLowLimit", "activeWhenOpened", "belowUpLimit"], 10],
      ["D", ["activeWhenOpened", "belowUpLimit"], 20],
    ]);
  });

  it("is nothing when the row came later", () => {
    const server = new StateBuilder();
    server.table({ name: "t", columns: ["id", "v"], primary: ["id"], rows: [] });
    server.readView("A");
    server.insert("B", "t", [1, 10]);
    const state = server.state();
    const versions = versionsOf(state, recordOfInterest(state, null) as RecState);
    expect(verdictsOf(state, versions)[0]?.sees).toBeNull();
  });
});

function picture(state: State): VersionPicture {
  return versionPicture(
    state,
    recordOfInterest(state, null) as RecState,
    versionTexts(en, versionWords("en")),
  );
}
