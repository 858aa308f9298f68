/** optimizer_switch: what is obeyed is in the recordings (`switch-*`); what is not says so. */
import { expect, it } from "vitest";
import { idleFlags, NOTHING_OFF, switchedOff } from "../../src/server/optimizer/switches.ts";
import { Simulation } from "../../src/server/simulation.ts";
import type { SessionName } from "../../src/trace/ids.ts";

function ran(sql: string, before: readonly string[] = []): object | null {
  const simulation = new Simulation({ emit: () => {} });
  simulation.setup([
    "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, KEY a (a), KEY b (b))",
    `INSERT INTO t VALUES ${Array.from({ length: 200 }, (_, i) => `(${i}, ${i % 20}, ${i % 17})`).join(", ")}`,
    "ANALYZE TABLE t",
  ]);
  const session = "A" as SessionName;
  for (const each of before) simulation.step({ session, sql: each });
  return simulation.step({ session, sql }).outcome;
}

it("a flag that is obeyed is set without a remark, and changes the plan", () => {
  const off = "SET optimizer_switch = 'index_merge=off'";
  expect(ran(off)).not.toHaveProperty("ignored");
  const plan = "EXPLAIN FORMAT=TRADITIONAL SELECT * FROM t WHERE a = 3 OR b = 5";
  expect(JSON.stringify(ran(plan))).toContain("index_merge");
  expect(JSON.stringify(ran(plan, [off]))).not.toContain("index_merge");
  const on = "SET optimizer_switch = 'index_merge=on'";
  expect(JSON.stringify(ran(plan, [off, on]))).toContain("index_merge");
});

it("a flag that means nothing here is named in the answer", () => {
  expect(ran("SET optimizer_switch = 'mrr=off,firstmatch=off'")).toMatchObject({
    kind: "ok",
    ignored: ["mrr=off"],
  });
});

it("flags are read out of the variable's text", () => {
  expect(switchedOff("index_merge=on,mrr=off")).toBe(NOTHING_OFF);
  expect([...switchedOff("index_merge=on,semijoin=off,mrr=off")]).toEqual(["semijoin"]);
  expect(idleFlags("a=on,semijoin=on", "a=off,semijoin=off")).toEqual(["a=off"]);
});
