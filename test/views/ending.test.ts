import { expect, it } from "vitest";
import { ending } from "../../src/views/session/statement_output.ts";

it.each([
  ["SELECT 1", ";"],
  ["SELECT 1 -- the first", "\n;"],
  ["SELECT 1 # the first", "\n;"],
  ["SELECT 1 -- the first\n  FROM t", ";"],
  ["SELECT 3--1", ";"],
])("what ends %j is not swallowed by its comment", (sql, end) => {
  expect(ending(sql, ";")).toBe(end);
});
