import { expect, it } from "vitest";
import { asText, ROW_TABLES, rowTable } from "../../src/diagrams/lock_rows.ts";
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
