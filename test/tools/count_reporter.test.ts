import { describe, expect, it } from "vitest";
import { count, idleProjects } from "./count_reporter.ts";

describe("the closing line of a run", () => {
  it("counts every test of every file", () => {
    const modules = [module("unit", ["passed", "failed"]), module("e2e", ["passed", "skipped"])];
    expect(count(modules, 0)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    expect(count([module("unit", [], false)], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("counts an error outside every test as a failure", () => {
    expect(count([module("unit", ["passed"])], 2)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  it("names the projects in which no test was executed", () => {
    const modules = [module("unit", ["passed"]), module("conformance", ["skipped"])];
    expect(idleProjects(["unit", "conformance", "e2e"], modules)).toEqual(["conformance", "e2e"]);
  });
});

function module(name: string, states: readonly string[], ok = !states.includes("failed")) {
  return {
    ok: () => ok,
    project: { name },
    children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
  };
}
