import { describe, expect, it } from "vitest";
import { intMapGet, intMapToArray } from "../../src/base/int_map.ts";
import { lockedTables, tableOf, tableOfEvent } from "../../src/diagrams/touched_tables.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { EventType } from "../../src/trace/events.ts";
import type { TableId } from "../../src/trace/ids.ts";
import { runSql } from "../fixtures/run_sql.ts";

const { events, state } = runSql({
  setup: [
    "CREATE TABLE idle (id INT PRIMARY KEY)",
    "INSERT INTO idle VALUES (1)",
    "CREATE TABLE t (id INT PRIMARY KEY, c INT, KEY c (c))",
    "INSERT INTO t VALUES (1, 1), (5, 5)",
    "CREATE TABLE log (id INT PRIMARY KEY)",
  ],
  steps: [
    "A: BEGIN",
    "A: SELECT * FROM t WHERE id = 5 FOR UPDATE",
    "A: INSERT INTO log VALUES (1)",
    "B: SELECT * FROM t WHERE id = 5 FOR SHARE",
  ],
});
const names = (ids: Iterable<TableId | null>): readonly (string | null)[] =>
  [...ids].map((id) => (id === null ? null : (intMapGet(state.tables, id)?.name ?? null)));

/** Of the last event of this type, in the state that it leads to. */
function nameAt(type: EventType): string | null {
  const at = events.findLastIndex((event) => event.type === type);
  const then = applyEvents(initialState, events.slice(0, at + 1));
  return names([tableOfEvent(then, events[at] ?? null)])[0] ?? null;
}

describe("a table is touched", () => {
  it("when a transaction has a lock on it or changed it, and not before or after", () => {
    expect(names(lockedTables(state)).toSorted()).toEqual(["log", "t"]);
    const setup = events.filter((event) => event.session === "setup");
    expect([...lockedTables(applyEvents(initialState, setup))]).toEqual([]);
  });

  it("by the event at the cursor: what is searched, looked at, locked, changed, waited for", () => {
    expect(nameAt("index.searched")).toBe("t");
    expect(nameAt("lock.waiting")).toBe("t");
    expect(nameAt("statement.waiting")).toBe("t");
    expect(nameAt("mdl.granted")).toBe("t");
    expect(nameAt("rec.inserted")).toBe("log");
    expect(nameAt("undo.written")).toBe("log");
    expect(nameAt("table.created")).toBe("log");
  });

  it("by whatever lies in it: every record, the end of a page, a lock", () => {
    for (const index of intMapToArray(state.indexes)) {
      for (const page of intMapToArray(index.pages)) {
        for (const id of [...page.recs, page.supremum, page.infimum]) {
          expect(tableOf(state, { kind: "gap", id })).toBe(index.table);
        }
      }
    }
    for (const { id, table } of intMapToArray(state.recLocks)) {
      expect(tableOf(state, { kind: "lock", id })).toBe(table);
    }
    expect(tableOf(state, null)).toBeNull();
  });
});
