/** Rows and server numbers that can be changed: the set-up is rewritten and the story told again. */
import { describe, expect, it } from "vitest";
import { filledTable, fillingOf, refilled } from "../../src/lessons/filled_table.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { serverNumber, withServerNumber } from "../../src/store/server_numbers.ts";
import type { SessionName } from "../../src/trace/ids.ts";

const A = "A" as SessionName;

function answered(setup: readonly string[], sql: string): unknown {
  const simulation = new Simulation({ emit: () => {} });
  expect(simulation.setup(setup)).toBeNull();
  const { outcome } = simulation.step({ session: A, sql });
  return outcome?.kind === "rows" ? outcome.rows : outcome;
}

describe("a filled table", () => {
  it("has the rows it says, and says what it has", () => {
    const setup = filledTable("r", { rows: 2000, rowBytes: 70 });
    expect(fillingOf(setup)).toEqual({ table: "r", rows: 2000, rowBytes: 70 });
    expect(answered(setup, "SELECT COUNT(*), MAX(LENGTH(pad)) FROM r")).toEqual([["2000", "70"]]);
  });

  it("is filled anew in its place, and added where there is none", () => {
    const setup = [...filledTable("r", { rows: 5, rowBytes: 1 }), "CREATE TABLE other (i INT)"];
    const more = refilled(setup, { rows: 1500, rowBytes: 9 });
    expect(more).toHaveLength(setup.length);
    expect(answered(more, "SELECT COUNT(*) FROM r")).toEqual([["1500"]]);
    const added = refilled(["CREATE TABLE other (i INT)"], { rows: 3, rowBytes: 2 });
    expect(answered(added, "SELECT COUNT(*) FROM big")).toEqual([["3"]]);
  });
});

describe("a server number", () => {
  it("is what the sessions begin with", () => {
    const setup = withServerNumber([], "net_write_timeout", 7);
    expect(serverNumber(setup, "net_write_timeout")).toBe(7);
    expect(serverNumber(setup, "net_buffer_length")).toBe(16_384);
    const both = withServerNumber(setup, "net_buffer_length", 2048);
    expect(answered(both, "SELECT @@net_write_timeout, @@net_buffer_length")).toEqual([
      ["7", "2048"],
    ]);
  });

  it("is not said when it is the usual one", () => {
    const setup = withServerNumber(["CREATE TABLE t (i INT)"], "net_write_timeout", 7);
    expect(withServerNumber(setup, "net_write_timeout", 60)).toEqual(["CREATE TABLE t (i INT)"]);
  });
});
