import { expect, it } from "vitest";
import { asText, ROW_TABLES, rowTable, withLeadingColumns } from "../../src/diagrams/lock_rows.ts";
import { scene } from "../fixtures/scenes.ts";

for (const name of ["fullScan", "secondaryRange", "metadataQueue", "threeVersions"] as const) {
  it(`the tables of ${name} are as reviewed`, async () => {
    const state = scene(name).state;
    const text = ROW_TABLES.map((table) => `${table}\n${asText(rowTable(state, table))}\n`).join(
      "\n",
    );
    await expect(text).toMatchFileSnapshot(`snapshots/tables_${name}.txt`);
  });
}

it("data_locks has a row for every lock", () => {
  const state = scene("manyRows").state;
  expect(rowTable(state, "dataLocks").rows).toHaveLength(
    state.recLocks.size + state.tableLocks.size,
  );
});

it("a narrow screen's data_locks begins with whose lock it is, what it is and on what, and loses nothing", () => {
  const table = rowTable(scene("fullScan").state, "dataLocks");
  const narrow = withLeadingColumns(table);
  expect(narrow.columns.slice(0, 4)).toEqual(["SESSION", "LOCK_MODE", "LOCK_STATUS", "LOCK_DATA"]);
  const at = (columns: readonly string[], cells: readonly string[]) =>
    Object.fromEntries(columns.map((column, nth) => [column, cells[nth]]));
  expect(narrow.rows.map(({ cells }) => at(narrow.columns, cells))).toEqual(
    table.rows.map(({ cells }) => at(table.columns, cells)),
  );
});
