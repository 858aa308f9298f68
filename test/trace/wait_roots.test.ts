import { describe, expect, it } from "vitest";
import { waitRoots } from "../../src/trace/why/wait_roots.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { scene } from "../fixtures/scenes.ts";

const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1,1), (2,2)"];

describe("the root of waits", () => {
  it("is who holds up the others, directly and through one another, and waits for nobody", () => {
    const { state } = runSql({
      setup: SETUP,
      steps: [
        "C: BEGIN",
        "C: UPDATE t SET v = 0 WHERE id = 1",
        "B: BEGIN",
        "B: UPDATE t SET v = 0 WHERE id = 2",
        "B: UPDATE t SET v = 0 WHERE id = 1",
        "A: UPDATE t SET v = 9 WHERE id = 2",
      ],
    });
    expect(waitRoots(state)).toEqual([
      {
        root: "C",
        chains: [
          ["B", "C"],
          ["A", "B", "C"],
        ],
        ends: [{ ending: "transaction", sessions: ["C"] }],
      },
    ]);
  });

  it("is named through metadata locks, with what gives them back", () => {
    const { state } = runSql({
      setup: SETUP,
      steps: ["A: LOCK TABLES t READ", "B: ALTER TABLE t ADD w INT", "C: SELECT * FROM t"],
    });
    const [root, ...others] = waitRoots(state);
    expect(others).toEqual([]);
    expect(root?.root).toBe("A");
    expect(root?.chains).toContainEqual(["C", "B", "A"]);
    expect(root?.ends).toEqual([{ ending: "unlockTables", sessions: ["A"] }]);
  });

  it("is nobody where nobody waits, and where all wait in a circle", () => {
    expect(waitRoots(scene("threeVersions").state)).toEqual([]);
    expect(waitRoots(scene("deadlockOfTwo").state)).toEqual([]);
  });
});
