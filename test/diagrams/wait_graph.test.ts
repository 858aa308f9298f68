import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freshDeadlock } from "../../src/diagrams/fresh_deadlock.ts";
import { labelBox, overlaps, type Point } from "../../src/diagrams/geometry.ts";
import { type WaitGraph, waitGraph } from "../../src/diagrams/wait_graph.ts";
import type { State } from "../../src/trace/state.ts";
import { graphTexts } from "../../src/views/stage/graph_texts.ts";
import { stageWords } from "../../src/views/stage/language.ts";
import { en } from "../../src/views/stage/words.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCENE_NAMES, SCRIPTS, scene } from "../fixtures/scenes.ts";
import { collisions, graphLabels } from "./labels.ts";
import { printGraph } from "./print.ts";
import { randomTable, stateOf } from "./random_state.ts";

describe("the wait-for graph", () => {
  for (const name of SCENE_NAMES) {
    it(`of ${name} is as reviewed`, async () => {
      const text = printGraph(graph(scene(name).state, 620));
      await expect(text).toMatchFileSnapshot(`snapshots/waits_${name}.txt`);
    });

    it.each([340, 620, 900])(`of ${name} covers no text at width %i`, (width) => {
      expect(collisions(graphLabels(graph(scene(name).state, width)))).toEqual([]);
    });

    it.each([60, 110, 180])(
      `of ${name} fits a room of height %i, or is as low as it gets`,
      (room) => {
        const drawn = graph(scene(name).state, 330, room);
        expect(collisions(graphLabels(drawn))).toEqual([]);
        const least = drawn.nodes.length > 2 ? 106 : 96;
        expect(drawn.height).toBeLessThanOrEqual(Math.max(room, least) + 40);
      },
    );
  }

  it("stays inside its picture and has an arrow for every waiter and blocker", () => {
    fc.assert(
      fc.property(randomTable, (table) => {
        const drawn = graph(stateOf(table), 620);
        const ids = drawn.edges.map((edge) => edge.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { box } of graphLabels(drawn)) {
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.y + box.height).toBeLessThanOrEqual(drawn.height);
        }
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  it.each([106, 132])("of four in %i pixels shows every arrow of a ring", (room) => {
    const { state } = runSql({
      setup: [
        "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
        "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, 4)",
      ],
      steps: [
        ..."ABCD".split("").map((name) => `${name}: BEGIN`),
        ..."ABCD".split("").map((name, at) => `${name}: UPDATE t SET v = 9 WHERE id = ${at + 1}`),
        ..."ABCD"
          .split("")
          .map((name, at) => `${name}: UPDATE t SET v = 9 WHERE id = ${((at + 1) % 4) + 1}`),
      ],
      until: "deadlock.found",
    });
    const drawn = graph(state, 420, room);
    expect(drawn.height).toBe(room);
    expect(drawn.edges).toHaveLength(4);
    const at = (name: string) => drawn.nodes.find(({ session }) => session === name)?.centre;
    for (const { edge } of drawn.edges) {
      const [from, to] = [at(edge.from), at(edge.to)] as readonly [Point, Point];
      // Two circles and an arrow between them.
      expect(Math.hypot(from.x - to.x, from.y - to.y)).toBeGreaterThan(2 * 20 + 24);
    }
    expect(collisions(graphLabels(drawn))).toEqual([]);
    expect(wordsOutside(drawn)).toEqual([]);
  });

  it.each([5, 6, 8])(
    "of %i who wait for one puts no arrow's head on a session's words",
    (count) => {
      const names = [..."ABCDEFGH"].slice(0, count);
      const { state } = runSql({
        setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)"],
        steps: [
          ...names.map((name) => `${name}: BEGIN`),
          ...names.map((name) => `${name}: SELECT * FROM t WHERE id = 1 FOR UPDATE`),
        ],
      });
      for (const width of [420, 620, 760]) {
        const drawn = graph(state, width);
        const words = drawn.nodes.flatMap(({ lines }) => lines.map(labelBox));
        expect(drawn.edges).toHaveLength((count * (count - 1)) / 2);
        for (const { id, tip } of drawn.edges) {
          const [x, y] = [tip.x - 5 * cosine(tip.angle), tip.y - 5 * cosine(tip.angle - 90)];
          const box = { x: x - 5, y: y - 5, width: 10, height: 10 };
          expect(
            words.some((one) => overlaps(one, box)),
            `${id} at ${width}`,
          ).toBe(false);
        }
      }
    },
  );

  it("keeps every session where it is when a wait comes", () => {
    const state = scene("sharedGap").state;
    const quiet = { ...state, recLocks: scene("threeVersions").state.recLocks };
    const places = (drawn: WaitGraph) => drawn.nodes.map((node) => node.centre);
    expect(places(graph(state, 620))).toEqual(places(graph(quiet, 620)));
  });
});

it.each([350, 366, 620])(
  "words stand nearer to their arrow than to others at width %i",
  (width) => {
    const { state } = runSql({
      setup: ["CREATE TABLE t (id INT PRIMARY KEY)"],
      steps: [
        "A: BEGIN",
        "A: SELECT * FROM t",
        "B: ALTER TABLE t ADD v INT",
        "C: SELECT COUNT(*) FROM t",
      ],
    });
    const drawn = waitGraph(state, null, width, graphTexts(stageWords("zh"), null), 300);
    expect(drawn.edges.map(({ edge }) => `${edge.from}${edge.to}`).sort()).toEqual(["BA", "CB"]);
    const middles = drawn.edges.map(({ label }) => {
      const { x = 0, y = 0, width = 0, height = 0 } = label?.box ?? {};
      return { x: x + width / 2, y: y + height / 2 };
    });
    const centre = (name: string) => drawn.nodes.find(({ session }) => session === name)?.centre;
    const [a, b, c] = ["A", "B", "C"].map((name) => centre(name) ?? { x: 0, y: 0 });
    const between = (one?: Point, other?: Point): Point => ({
      x: ((one?.x ?? 0) + (other?.x ?? 0)) / 2,
      y: ((one?.y ?? 0) + (other?.y ?? 0)) / 2,
    });
    const far = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);
    const ba = between(a, b);
    const cb = between(b, c);
    for (const [at, { edge }] of drawn.edges.entries()) {
      const middle = middles[at] as Point;
      const [own, other] = edge.from === "B" ? [ba, cb] : [cb, ba];
      expect(far(middle, own)).toBeLessThan(far(middle, other));
    }
  },
);

it.each([..."ABCD"])(
  "the arrows of all who wait for %s lie on nobody else, and touch no more than a rim in the lowest picture",
  (holder) => {
    const others = [..."ABCD"].filter((name) => name !== holder);
    const { state } = runSql({
      setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)"],
      steps: [..."ABCD"]
        .map((name) => `${name}: BEGIN`)
        .concat(
          `${holder}: SELECT * FROM t FOR UPDATE`,
          others.map((name) => `${name}: SELECT * FROM t WHERE id = 1 FOR SHARE`),
        ),
    });
    for (const width of [288, 330, 400, 620]) {
      for (const room of [106, 140, 180, 220, 300]) {
        const drawn = graph(state, width, room);
        expect(drawn.edges).toHaveLength(3);
        for (const { edge, path } of drawn.edges) {
          for (const { session, centre } of drawn.nodes) {
            if (session === edge.from || session === edge.to) continue;
            const far = alongPath(path).map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y));
            const least = room < 140 ? 18 : 20;
            expect(Math.min(...far), `${edge.from}${edge.to} ${width} ${room}`).toBeGreaterThan(
              least,
            );
          }
        }
      }
    }
  },
);

describe("a deadlock", () => {
  const { setup, steps } = SCRIPTS.deadlockOfTwo;

  it("of three has the victim's three words inside its picture", () => {
    const { state } = runSql({
      setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (9)"],
      steps: [
        ...["A: BEGIN", "A: INSERT INTO t VALUES (5)"],
        ...["B: INSERT INTO t VALUES (5)", "C: INSERT INTO t VALUES (5)", "A: ROLLBACK"],
      ],
    });
    const drawn = graph(state, 620, 300);
    expect(drawn.nodes.map(({ lines }) => lines.length)).toEqual([1, 2, 3]);
    expect(wordsOutside(drawn)).toEqual([]);
  });

  it.each([106, 140, 168, 200, 300])(
    "of two beside a third in %i pixels has no arrow across the third",
    (room) => {
      const { state } = runSql({ setup, steps: [...steps, "C: SELECT 1"] });
      for (const width of [330, 380, 620]) {
        const drawn = graph(state, width, room);
        const [, , third] = drawn.nodes;
        expect(drawn.edges.map(({ id }) => id[0]).sort()).toEqual(["A", "B"]);
        for (const { path } of drawn.edges) {
          for (const { x, y } of alongPath(path)) {
            const { x: cx = 0, y: cy = 0 } = third?.centre ?? {};
            expect(Math.hypot(x - cx, y - cy)).toBeGreaterThan(20);
            expect(y).toBeGreaterThan(0);
            expect(y).toBeLessThan(drawn.height);
          }
        }
      }
    },
  );

  it("stays in sight after its victim was rolled back, until the victim's session goes on", () => {
    const after = runSql({ setup, steps }).state;
    expect(
      freshDeadlock(after)
        ?.cycle.map((member) => member.session)
        .sort(),
    ).toEqual(["A", "B"]);
    expect(graph(after, 620).nodes.map((node) => node.isVictim)).toEqual([false, true]);
    expect(wordsOutside(graph(after, 620))).toEqual([]);
    const others = runSql({ setup, steps: [...steps, "A: SELECT 1"] }).state;
    expect(freshDeadlock(others)).not.toBeNull();
    const gone = runSql({ setup, steps: [...steps, "B: SELECT 1"] }).state;
    expect(freshDeadlock(gone)).toBeNull();
  });
});

/** Words of the sessions that reach out of the picture. */
function cosine(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}

function wordsOutside({ nodes, height }: WaitGraph): readonly string[] {
  const lines = nodes.flatMap((node) => node.lines).map((line) => ({ line, box: labelBox(line) }));
  return lines
    .filter(({ box }) => box.y < 0 || box.y + box.height > height)
    .map(({ line }) => line.text);
}

function graph(state: State, width: number, room?: number): WaitGraph {
  const deadlock = freshDeadlock(state);
  return waitGraph(state, deadlock, width, graphTexts(en, deadlock), room);
}

it("draws waits that no lock of InnoDB tells of: for a flush of tables, for the lock of a table above the engine", () => {
  const { state } = runSql({
    setup: ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1), (2, 2)"],
    steps: [
      "A: SELECT *, SLEEP(100) FROM t",
      "B: FLUSH TABLES WITH READ LOCK",
      "C: SELECT * FROM t WHERE id = 1",
      "D: UPDATE t SET v = 9 WHERE id = 2",
    ],
  });
  const drawn = graph(state, 620);
  const arrows = drawn.edges.map(({ edge }) => `${edge.from}${edge.to} ${edge.wanted.kind}`);
  expect(arrows.sort()).toEqual(["BA tableFlush", "CA tableFlush", "DB globalReadLock"]);
  expect(drawn.nodes.every((node) => node.isInvolved)).toBe(true);
  const myisam = runSql({
    setup: ["CREATE TABLE m (id INT PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO m VALUES (1)"],
    steps: ["A: SELECT *, SLEEP(100) FROM m", "B: DELETE FROM m"],
  });
  expect(graph(myisam.state, 620).edges.map(({ edge }) => edge.wanted.kind)).toEqual(["thrLock"]);
});

/** Points of "M x,y Q x,y,x,y". */
function alongPath(path: string): readonly Point[] {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = (path.match(/-?[\d.]+/g) ?? []).map(
    Number,
  );
  return Array.from({ length: 39 }, (_, at) => (at + 1) / 40).map((t) => ({
    x: (1 - t) ** 2 * ax + 2 * t * (1 - t) * bx + t ** 2 * cx,
    y: (1 - t) ** 2 * ay + 2 * t * (1 - t) * by + t ** 2 * cy,
  }));
}
