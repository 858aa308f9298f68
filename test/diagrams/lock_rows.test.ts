import { expect, it } from "vitest";
import { asText, type RowTableName, rowTable } from "../../src/diagrams/lock_rows.ts";
import { scene } from "../fixtures/scenes.ts";

const NAMES: readonly RowTableName[] = [
  "dataLocks",
  "dataLockWaits",
  "metadataLocks",
  "transactions",
];

for (const name of ["fullScan", "secondaryRange", "metadataQueue", "threeVersions"] as const) {
  it(`the tables of ${name} are as reviewed`, async () => {
    const state = scene(name).state;
    const text = NAMES.map((table) => `${table}\n${asText(rowTable(state, table))}\n`).join("\n");
    await expect(text).toMatchFileSnapshot(`snapshots/tables_${name}.txt`);
  });
}

it("data_locks has a row for every lock", () => {
  const state = scene("manyRows").state;
  expect(rowTable(state, "dataLocks").rows).toHaveLength(
    state.recLocks.size + state.tableLocks.size,
  );
});
