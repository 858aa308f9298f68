import { describe, expect, it } from "vitest";
import { intMapValues } from "../../src/base/int_map.ts";
import { decidingMatrix } from "../../src/diagrams/deciding_matrix.ts";
import { lockLevels } from "../../src/diagrams/lock_levels.ts";
import { rowLockCounters } from "../../src/diagrams/row_lock_counters.ts";
import { type Ref, refKey } from "../../src/trace/ref.ts";
import type { State } from "../../src/trace/state.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCENE_NAMES, scene } from "../fixtures/scenes.ts";

function printed(state: State): string {
  return lockLevels(state)
    .map(({ name, objects }) => {
      const lines = objects.map(({ name, held, queue }) => {
        const locks = held.map(({ session, mode, refs }) => `${session} ${refs.length}x${mode}`);
        const waits = queue.map((one) => `${one.session} ${one.mode} behind ${one.blockers}`);
        return `  ${name}: ${[...locks, ...(waits.length > 0 ? ["queue", ...waits] : [])].join("; ")}`;
      });
      return [name, ...lines].join("\n");
    })
    .join("\n");
}

function locksOf(state: State): readonly Ref[] {
  const locks = [...intMapValues(state.recLocks), ...intMapValues(state.tableLocks)];
  return [
    ...locks.map(({ id }): Ref => ({ kind: "lock", id })),
    ...[...intMapValues(state.mdls)].map(({ id }): Ref => ({ kind: "mdl", id })),
  ];
}

describe("the lock levels", () => {
  it.each(["fullScan", "metadataQueue"] as const)("of %s are as reviewed", async (name) => {
    await expect(`${printed(scene(name).state)}\n`).toMatchFileSnapshot(
      `snapshots/levels_${name}.txt`,
    );
  });

  it.each(SCENE_NAMES)("name every lock of %s once", (name) => {
    const { state } = scene(name);
    const shown = lockLevels(state).flatMap(({ objects }) =>
      objects.flatMap(({ held, queue }) => [...held, ...queue].flatMap(({ refs }) => refs)),
    );
    expect(shown.map(refKey).sort()).toEqual(locksOf(state).map(refKey).sort());
  });
});

describe("the matrix of a wait", () => {
  it.each(SCENE_NAMES)("has a deciding cell that says wait: %s", (name) => {
    const { state } = scene(name);
    for (const ref of locksOf(state)) {
      const matrix = decidingMatrix(state, ref);
      if (matrix === null) continue;
      expect(matrix.goesTogether[matrix.row]?.[matrix.column], refKey(ref)).toBe(false);
    }
  });

  it("is that of the metadata locks when ALTER queues behind a reader, and a reader behind ALTER", () => {
    const { state } = scene("metadataQueue");
    const kinds = locksOf(state).flatMap((ref) => decidingMatrix(state, ref)?.kind ?? []);
    expect(kinds).toContain("granted");
    expect(kinds).toContain("waiting");
  });
});

it("the row lock counters are those of SHOW STATUS", () => {
  const { state } = runSql({
    setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)"],
    steps: [
      "A: BEGIN",
      "A: DELETE FROM t",
      "B: DELETE FROM t",
      "C: SELECT * FROM t FOR SHARE",
      "+3",
      "A: COMMIT",
      "A: SHOW STATUS LIKE 'Innodb_row_lock%'",
    ],
  });
  const last = [...intMapValues(state.statements)].at(-1)?.outcome;
  expect(last?.kind).toBe("rows");
  const rows = last?.kind === "rows" ? last.rows : [];
  const counters = Object.entries(rowLockCounters(state)).map(([name, n]) => [name, String(n)]);
  expect(rows).toEqual(counters);
  expect(rowLockCounters(state).Innodb_row_lock_waits).toBe(2);
});
