import { describe, expect, it } from "vitest";
import type { TableStats } from "../../../src/innodb/api.ts";
import { OpenStatistics } from "../../../src/server/session/open_statistics.ts";
import type { IndexId, TableId } from "../../../src/trace/ids.ts";

const TABLE = 1 as TableId;
const INDEX = 7 as IndexId;

function statsOf(rows: number, perKey: number, analyzed = 1): TableStats {
  return { rows, pages: 1, recPerKey: () => [perKey], analyzed };
}

describe("a session's TABLE objects", () => {
  it("keep rec_per_key from when they were opened, and see the number of rows of now", () => {
    const opened = new OpenStatistics();
    opened.open(TABLE, 0, { stats: () => statsOf(6, 1.5) });
    const now = opened.of(TABLE, 0, { stats: () => statsOf(2, 1) });
    expect(now.rows).toBe(2);
    expect(now.recPerKey(INDEX)).toEqual([1.5]);
  });

  it("are opened one by one when a statement names a table twice", () => {
    const opened = new OpenStatistics();
    opened.open(TABLE, 0, { stats: () => statsOf(6, 1.5) });
    opened.open(TABLE, 1, { stats: () => statsOf(2, 1) });
    const now = opened.of(TABLE, 1, { stats: () => statsOf(2, 1) });
    expect(now.recPerKey(INDEX)).toEqual([1]);
  });

  it("are opened anew after ANALYZE TABLE", () => {
    const opened = new OpenStatistics();
    opened.open(TABLE, 0, { stats: () => statsOf(6, 1.5) });
    const now = opened.of(TABLE, 0, { stats: () => statsOf(2, 1, 2) });
    expect(now.recPerKey(INDEX)).toEqual([1]);
  });
});
