import { describe, expect, it } from "vitest";
import { coarseWaits } from "../../src/diagrams/coarse_locks.ts";
import { runSql } from "../fixtures/run_sql.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
  "INSERT INTO t VALUES (1,1), (2,2), (3,3), (4,4), (5,5)",
];

/** Two rows of one page, locked by different sessions: InnoDB lets both. */
const TWO_ROWS = {
  setup: SETUP,
  steps: [
    "A: BEGIN",
    "A: UPDATE t SET v=0 WHERE id=1",
    "B: BEGIN",
    "B: UPDATE t SET v=0 WHERE id=5",
  ],
};

describe("the model of other lock levels", () => {
  it("lets row locks of different rows be, as InnoDB does", () => {
    expect(coarseWaits(runSql(TWO_ROWS).state, "row", 2)).toEqual([]);
  });

  it.each(["page", "extent"] as const)("makes the second wait for the whole %s", (grain) => {
    const waits = coarseWaits(runSql(TWO_ROWS).state, grain, 2);
    expect(waits).toMatchObject([{ waiter: "B", blocker: "A", wanted: "X", held: "X" }]);
    expect(waits[0]?.unit).toMatch(/^t\.PRIMARY \d+$/);
  });

  it("lets shared locks share a page", () => {
    const steps = ["A", "B"].flatMap((name) => [
      `${name}: BEGIN`,
      `${name}: SELECT * FROM t WHERE id=1 FOR SHARE`,
    ]);
    expect(coarseWaits(runSql({ setup: SETUP, steps }).state, "page", 2)).toEqual([]);
  });

  it("counts rows that were inserted without a lock in the lock table", () => {
    const steps = [
      "A: BEGIN",
      "A: INSERT INTO t VALUES (9,9)",
      "B: BEGIN",
      "B: DELETE FROM t WHERE id=1",
    ];
    expect(coarseWaits(runSql({ setup: SETUP, steps }).state, "page", 2)).toHaveLength(1);
  });

  it("escalates beyond the limit, and not when somebody else's row forbids it", () => {
    const many = ["A: BEGIN", "A: UPDATE t SET v=0 WHERE id<4"];
    const one = ["B: BEGIN", "B: UPDATE t SET v=0 WHERE id=5"];
    const after = runSql({ setup: SETUP, steps: [...many, ...one] }).state;
    expect(coarseWaits(after, "escalation", 2)).toMatchObject([
      { waiter: "B", blocker: "A", unit: "t" },
    ]);
    expect(coarseWaits(after, "escalation", 20)).toEqual([]);
    const before = runSql({ setup: SETUP, steps: [...one, ...many] }).state;
    expect(coarseWaits(before, "escalation", 2)).toEqual([]);
  });
});
