import { expect, it } from "vitest";
import { asText, type RowTableName, rowTable } from "../../src/diagrams/lock_rows.ts";
import { SCENES } from "../fixtures/scenes.ts";

const NAMES: readonly RowTableName[] = [
  "dataLocks",
  "dataLockWaits",
  "metadataLocks",
  "transactions",
];

for (const scene of ["fullScan", "secondaryRange", "metadataQueue", "threeVersions"] as const) {
  it(`the tables of ${scene} are as reviewed`, async () => {
    const state = SCENES[scene]();
    const text = NAMES.map((name) => `${name}\n${asText(rowTable(state, name))}\n`).join("\n");
    await expect(text).toMatchFileSnapshot(`snapshots/tables_${scene}.txt`);
  });
}

it("data_locks has a row for every lock", () => {
  const state = SCENES.manyRows();
  expect(rowTable(state, "dataLocks").rows).toHaveLength(
    state.recLocks.size + state.tableLocks.size,
  );
});
