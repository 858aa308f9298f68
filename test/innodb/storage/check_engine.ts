/** What must hold at any time: the fold equals the dump, indexes are in order and agree with the rows. */
import { expect } from "vitest";
import { intMapGet, intMapToArray } from "../../../src/base/int_map.ts";
import type { PageNo, RecId } from "../../../src/trace/ids.ts";
import type { IndexState, RecState, State } from "../../../src/trace/state.ts";
import type { Driver } from "./driver.ts";

const ENGINE_PARTS = [
  "trxs",
  "nextTrxId",
  "readViews",
  "undo",
  "history",
  "tables",
  "indexes",
  "recs",
  "recLocks",
  "tableLocks",
  "lastDeadlock",
] as const;

/** `isQuiet`: no statement is suspended half-way. */
export function checkEngine(driver: Driver, isQuiet: boolean): void {
  const dump = driver.engine.dump();
  const state = driver.state();
  for (const part of ENGINE_PARTS) expect(state[part], part).toEqual(dump[part]);
  for (const index of intMapToArray(state.indexes)) checkIndex(state, index, isQuiet);
}

/** Records of the index, left to right. */
export function recsOf(state: State, index: IndexState): RecState[] {
  return index.leaves.flatMap((no: PageNo) =>
    (intMapGet(index.pages, no)?.recs ?? []).map((id: RecId) => {
      const rec = intMapGet(state.recs, id);
      if (rec === undefined) throw new Error(`record ${id} is on page ${no} but nowhere else`);
      expect(rec.page).toBe(no);
      return rec;
    }),
  );
}

function checkIndex(state: State, index: IndexState, isQuiet: boolean): void {
  const recs = recsOf(state, index);
  for (const no of index.leaves) {
    const heapNos = recs.filter((rec) => rec.page === no).map((rec) => rec.heapNo);
    expect(new Set(heapNos).size, "heap numbers of a page are distinct").toBe(heapNos.length);
  }
  const keys = recs.map((rec) => rec.key);
  expect(new Set(keys).size, `keys of ${index.name} are distinct`).toBe(keys.length);
  if (index.clustered || !isQuiet) return;
  const clustered = intMapToArray(state.indexes).find(
    (other) => other.table === index.table && other.clustered,
  );
  if (clustered === undefined) throw new Error("every table has a clustered index");
  const live = recsOf(state, clustered).filter((rec) => !rec.deleted);
  const entries = recs.filter((rec) => !rec.deleted).map((rec) => JSON.stringify(rec.values));
  const wanted = live.map((rec) =>
    JSON.stringify(index.fields.map((column) => (column === -1 ? rec.rowId : rec.values[column]))),
  );
  for (const entry of wanted) expect(entries, `${index.name} has every row`).toContain(entry);
}

/** All that a rollback must restore: records without their ids and places, and nothing of the transaction. */
export function contents(driver: Driver): unknown {
  const state = driver.state();
  return intMapToArray(state.indexes).map((index) => ({
    name: index.name,
    recs: recsOf(state, index).map(({ key, values, deleted, trxId, rollPtr }) => ({
      key,
      values,
      deleted,
      trxId,
      rollPtr,
    })),
  }));
}
