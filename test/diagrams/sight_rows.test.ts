/** Under each record stands what every reader would see: where it stands, and that none covers another. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import { labelBox, overlaps } from "../../src/diagrams/geometry.ts";
import { type TablePicture, tablePicture } from "../../src/diagrams/index_picture.ts";
import { sightOf } from "../../src/diagrams/sight.ts";
import { type SightRows, sightRows } from "../../src/diagrams/sight_rows.ts";
import type { State } from "../../src/trace/state.ts";
import { sightWords } from "../../src/views/stage/sight_words.ts";
import { scene } from "../fixtures/scenes.ts";
import { randomTable, stateOf } from "./random_state.ts";
import { pictureOptions } from "./texts.ts";

interface Laid {
  readonly picture: TablePicture;
  readonly rows: SightRows | null;
}

function laid(state: State): readonly Laid[] {
  return intMapToArray(state.tables).map((table) => {
    const sight = sightOf(state, table.id);
    const readers = sight?.readers.length ?? 0;
    const picture = tablePicture(state, table.id, { ...pictureOptions(860), readers });
    const staff = picture.staffs.find((each) => each.sightRoom > 0);
    if (sight === null || staff === undefined) return { picture, rows: null };
    const { top, height } = staff.line;
    const rows = sightRows(sight, staff.cells, top + height, sightWords("en"));
    return { picture, rows };
  });
}

function print({ rows }: Laid): string {
  if (rows === null) return "no room\n";
  const lines = rows.rows.map((row) => {
    const values = row.values.map((value) => `${Math.round(value.label.x)}:${value.label.text}`);
    return `${row.session ?? "new"} [${row.level.text}] y ${row.y}  ${values.join("  ")}`;
  });
  return `${rows.heading.text}\n${lines.join("\n")}\n`;
}

describe("the rows under the line", () => {
  it.each(["threeVersions", "fullScan", "manyRows"] as const)(
    "of %s are as reviewed",
    async (name) => {
      const text = laid(scene(name).state).map(print).join("\n");
      await expect(text).toMatchFileSnapshot(`snapshots/sight_${name}.txt`);
    },
  );

  it("cover neither each other nor a lane, whatever the state", () => {
    fc.assert(
      fc.property(randomTable, (table) => {
        for (const { picture, rows } of laid(stateOf(table))) {
          if (rows === null) continue;
          const boxes = rows.rows.flatMap((row) => [
            row.level,
            ...row.values.map((one) => one.label),
          ]);
          const placed = [rows.heading, ...boxes].map(labelBox);
          for (const [at, box] of placed.entries()) {
            for (const other of placed.slice(at + 1)) expect(overlaps(box, other)).toBe(false);
          }
          const staff = picture.staffs.find((each) => each.sightRoom > 0);
          const lane = staff?.lanes[0]?.box.y ?? Number.POSITIVE_INFINITY;
          for (const box of placed) expect(box.y + box.height).toBeLessThanOrEqual(lane);
        }
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it("have one value for each record that is drawn, and none for folded ones", () => {
    const drawnRows = laid(scene("manyRows").state).filter(({ rows }) => rows !== null);
    expect(drawnRows.length).toBeGreaterThan(0);
    for (const { picture, rows } of drawnRows) {
      const cells = picture.staffs.find((each) => each.sightRoom > 0)?.cells ?? [];
      const drawn = cells.flatMap((cell) => (cell.kind === "rec" ? [cell.rec] : []));
      expect(cells.some((cell) => cell.kind === "fold")).toBe(true);
      expect(rows?.rows.length).toBeGreaterThan(0);
      for (const row of rows?.rows ?? []) {
        expect(drawn).toEqual(expect.arrayContaining(row.values.map((value) => value.rec)));
      }
    }
  });
});
