import { describe, expect, it } from "vitest";
import type { TableStats } from "../../../src/innodb/table_stats.ts";
import { OpenTables, SharedStatistics } from "../../../src/server/catalog/open_statistics.ts";
import type { IndexId, TableId } from "../../../src/trace/ids.ts";

const TABLE = 1 as TableId;
const INDEX = 7 as IndexId;

function statsOf(rows: number, perKey: number, analyzed = 1): TableStats {
  return { rows, pages: 1, recPerKey: () => [perKey], analyzed };
}

const IGNORED = () => {};
const before = { stats: () => statsOf(6, 1.5), tableOpened: IGNORED };
const after = { stats: () => statsOf(2, 1), tableOpened: IGNORED };
const analyzed = { stats: () => statsOf(2, 1, 2), tableOpened: IGNORED };

function tables() {
  const shared = new SharedStatistics();
  const perKey = (now: typeof before) => shared.of(TABLE, now).recPerKey(INDEX);
  return { shared, perKey, a: new OpenTables(), b: new OpenTables() };
}

describe("sessions' TABLE objects", () => {
  it("keep rec_per_key from when they were opened, and see the number of rows of now", () => {
    const { shared, perKey, a } = tables();
    a.open(TABLE, 0, before, shared);
    a.open(TABLE, 0, after, shared);
    expect(shared.of(TABLE, after).rows).toBe(2);
    expect(perKey(after)).toEqual([1.5]);
  });

  it("are opened one by one when a statement names a table twice", () => {
    const { shared, perKey, a } = tables();
    a.open(TABLE, 0, before, shared);
    a.open(TABLE, 1, after, shared);
    expect(perKey(after)).toEqual([1]);
  });

  it("learn what another session's object found when it was opened", () => {
    const { shared, perKey, a, b } = tables();
    a.open(TABLE, 0, before, shared);
    expect(perKey(after)).toEqual([1.5]);
    b.open(TABLE, 0, after, shared);
    expect(perKey(after)).toEqual([1]);
  });

  it("are opened anew after ANALYZE TABLE", () => {
    const { shared, perKey, a } = tables();
    a.open(TABLE, 0, before, shared);
    a.open(TABLE, 0, analyzed, shared);
    expect(perKey(analyzed)).toEqual([1]);
  });
});
