import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import { contains, overlaps } from "../../src/diagrams/geometry.ts";
import {
  type LockPlace,
  lockPlaces,
  ZOOMS,
  type Zoom,
  zoomFor,
} from "../../src/diagrams/index_cells.ts";
import { shapesByLock, type TablePicture, tablePicture } from "../../src/diagrams/index_picture.ts";
import { type LockShape, lockKind } from "../../src/diagrams/lock_shapes.ts";
import { textWidth } from "../../src/diagrams/measure.ts";
import type { RecId } from "../../src/trace/ids.ts";
import type { State } from "../../src/trace/state.ts";
import { SCENE_NAMES, scene } from "../fixtures/scenes.ts";
import { collisions, tableLabels } from "./labels.ts";
import { printTable } from "./print.ts";
import { randomTable, stateOf } from "./random_state.ts";
import { pictureOptions } from "./texts.ts";

const zoomed = fc.constantFrom<Zoom | null>(...ZOOMS, null);
const RUNS = { numRuns: 200, seed: 8 };

describe("the index picture of each scene", () => {
  for (const name of SCENE_NAMES) {
    it(`${name} is as reviewed`, async () => {
      const text = pictures(scene(name).state, 860).map(printTable).join("\n");
      await expect(text).toMatchFileSnapshot(`snapshots/index_${name}.txt`);
    });

    it.each([300, 860, 1600])(`${name} covers no text at width %i`, (width) => {
      for (const picture of pictures(scene(name).state, width)) {
        expect(collisions(tableLabels(picture))).toEqual([]);
      }
    });
  }
});

describe("the index picture from afar", () => {
  it.each(["keys", "ticks"] as const)("of many rows as %s is as reviewed", async (zoom) => {
    const text = pictures(scene("manyRows").state, 860, zoom).map(printTable).join("\n");
    await expect(text).toMatchFileSnapshot(`snapshots/index_manyRows_${zoom}.txt`);
  });

  it("is as near as so many records allow", () => {
    expect([6, 61, 2_000].map(zoomFor)).toEqual(["full", "keys", "ticks"]);
  });
});

describe("the index picture of any state", () => {
  it("has the word of who waits whole wherever all else is in sight at once", () => {
    fc.assert(
      fc.property(randomTable, fc.integer({ min: 500, max: 1600 }), (table, width) => {
        const [picture] = pictures(stateOf(table), width);
        const staffs = picture?.staffs ?? [];
        const ends = staffs.map(({ cells }) => cells.at(-1));
        if (ends.some((end) => end === undefined || end.x + end.width > width - 12)) return;
        for (const { note, box } of staffs.flatMap(({ lanes }) =>
          lanes.flatMap((one) => one.shapes),
        )) {
          if (note === null || box.x + box.width > width - 12) continue;
          const end = note.x + textWidth(note.text, "label");
          // In so narrow a picture that it has room on neither side one scrolls.
          const isLong = end - note.x > 82;
          expect(end <= width || isLong || box.x < end - note.x + 30).toBe(true);
          expect(note.x).toBeGreaterThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  it("has exactly one shape for every record lock, where the lock is", () => {
    fc.assert(
      fc.property(randomTable, zoomed, (table, zoom) => {
        const state = stateOf(table);
        const [picture] = pictures(state, 860, zoom);
        const shapes = shapesByLock(picture as TablePicture);
        const drawn = (picture as TablePicture).staffs
          .flatMap((staff) => staff.lanes.flatMap((lane) => lane.shapes))
          .flatMap((shape) => shape.locks);
        expect([...drawn].sort(byNumber)).toEqual(
          intMapToArray(state.recLocks).map((lock) => lock.id),
        );
        const places = new Map<RecId, LockPlace>(
          (picture as TablePicture).staffs.flatMap((staff) => [
            ...lockPlaces(staff.cells, () => true),
          ]),
        );
        for (const lock of intMapToArray(state.recLocks)) {
          const shape = shapes.get(lock.id) as LockShape;
          expect(shape).toMatchObject({
            session: lock.session,
            kind: lockKind(lock),
            mode: lock.mode,
            status: lock.status,
          });
          expect(liesWhereItIs(shape, places.get(lock.rec) as LockPlace)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("covers no text, and no shape by another of its lane", () => {
    fc.assert(
      fc.property(randomTable, fc.integer({ min: 0, max: 1600 }), zoomed, (table, width, zoom) => {
        const [picture] = pictures(stateOf(table), width, zoom);
        expect(collisions(tableLabels(picture as TablePicture))).toEqual([]);
        for (const { lanes } of (picture as TablePicture).staffs) {
          const boxes = lanes.flatMap((lane) => lane.shapes.map((shape) => shape.box));
          for (const [at, box] of boxes.entries()) {
            expect(boxes.slice(at + 1).filter((other) => overlaps(box, other))).toEqual([]);
          }
          for (const lane of lanes) {
            expect(lane.shapes.every((shape) => contains(lane.box, shape.box))).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it("keeps ids, and the places of all that was there, when a lock comes", () => {
    fc.assert(
      fc.property(randomTable, (table) => {
        const few = { ...table, keys: table.keys.slice(0, 10) };
        const [before] = pictures(stateOf({ ...few, locks: few.locks.slice(0, -1) }), 860);
        const [after] = pictures(stateOf(few), 860);
        const old = shapesByLock(before as TablePicture);
        const now = shapesByLock(after as TablePicture);
        for (const [id, shape] of old) {
          expect(now.get(id)?.box.x).toBe(shape.box.x);
          expect(now.get(id)?.row).toBe(shape.row);
        }
      }),
      RUNS,
    );
  });

  it("is the same picture for the same state", () => {
    const once = pictures(scene("manyRows").state, 700);
    expect(pictures(scene("manyRows").state, 700)).toEqual(once);
  });
});

describe("folding", () => {
  it("opens the run that a person asked for", () => {
    const state = scene("manyRows").state;
    const folded = (picture: TablePicture): readonly RecId[] =>
      picture.staffs.flatMap((staff) =>
        staff.cells.flatMap((cell) => (cell.kind === "fold" ? cell.recs : [])),
      );
    const [closed] = pictures(state, 860);
    const run = folded(closed as TablePicture);
    expect(run.length).toBeGreaterThan(40);
    const [opened] = pictures(state, 860, null, new Set(run));
    expect(folded(opened as TablePicture)).toEqual([]);
  });

  it("folds equal locks together with their records", () => {
    const [picture] = pictures(scene("manyRows").state, 860);
    const bundles = (picture as TablePicture).staffs
      .flatMap((staff) => staff.lanes.flatMap((lane) => lane.shapes))
      .filter((shape) => shape.locks.length > 1);
    expect(bundles.map((shape) => shape.letter.text)).toEqual(["S ×13"]);
  });
});

describe("each line as near as it fits", () => {
  const widths = (picture: TablePicture | undefined): readonly number[] =>
    (picture?.staffs ?? []).map(({ box, cells }) => {
      const last = cells.at(-1);
      return last === undefined ? 0 : last.x + last.width - box.x;
    });

  it("needs no more than its width where far away would do, and no more than near", () => {
    const { state } = scene("manyRows");
    for (const width of [400, 860, 1200, 2400]) {
      const [fitting] = pictures(state, width, "fitting");
      const [far] = pictures(state, width, "ticks");
      const [near] = pictures(state, width, "full");
      for (const [at, own] of widths(fitting).entries()) {
        expect(own).toBeLessThanOrEqual(Math.max(width, widths(far)[at] ?? 0));
        expect(own).toBeLessThanOrEqual(Math.max(width, widths(near)[at] ?? 0));
      }
    }
  });

  it("is near where there is room", () => {
    const { state } = scene("manyRows");
    expect(pictures(state, 9_000, "fitting")).toEqual(pictures(state, 9_000, "full"));
  });
});

function pictures(
  state: State,
  width: number,
  zoom: Zoom | "fitting" | null = null,
  keep: ReadonlySet<RecId> = new Set(),
): readonly TablePicture[] {
  return intMapToArray(state.tables).map((table) =>
    tablePicture(state, table.id, { ...pictureOptions(width, keep), zoom }),
  );
}

function liesWhereItIs(shape: LockShape, place: LockPlace): boolean {
  const { x } = shape.box;
  const right = x + shape.box.width;
  const { rec } = place;
  const recRight = rec.x + rec.width;
  if (place.fold !== null) return x >= rec.x && right <= recRight;
  if (place.gap === null) return false;
  const gap = place.gap;
  const gapRight = gap.x + gap.width;
  switch (shape.kind) {
    case "record":
      return x === rec.x && right === recRight;
    case "gap":
    case "insertIntention":
      return x >= gap.x && right <= gapRight;
    case "nextKey":
      return x >= gap.x && x < gapRight && right === recRight;
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}
