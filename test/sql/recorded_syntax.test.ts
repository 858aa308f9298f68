/**
 * What MySQL 9.7.4 accepts and rejects, and what it says: recorded_syntax.jsonl holds one statement a line, each
 * prepared on the real server (COM_STMT_PREPARE: parsed, not run). The second half are random changes to valid
 * statements. Errors of later stages, such as unknown tables, count as accepted.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseStatement } from "../../src/sql/parser.ts";

interface Recorded {
  readonly sql: string;
  readonly errno?: number;
  /** "..." stands for the beginning of every message of error 1064. */
  readonly message?: string;
}

const BEGINNING =
  "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use";

const recorded = readFileSync(join(import.meta.dirname, "recorded_syntax.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

describe("the parser and the recorded server", () => {
  it("have at least 1,000 statements to compare, many of them wrong", () => {
    expect(recorded.length).toBeGreaterThan(1000);
    expect(recorded.filter(({ errno }) => errno !== undefined).length).toBeGreaterThan(400);
  });

  it("agree on what is a statement, and word for word on what is wrong with the others", () => {
    const differing = recorded.flatMap((one) => {
      const expected = one.errno === undefined ? "accepted" : `${one.errno} ${one.message}`;
      const actual = outcomeOf(one.sql);
      return expected === actual ? [] : [{ sql: one.sql, expected, actual }];
    });
    expect(differing).toEqual([]);
  });
});

function outcomeOf(sql: string): string {
  const result = parseStatement(sql, { parameters: true });
  if (result.ok) return "accepted";
  return `${result.error.errno} ${result.error.message.replace(BEGINNING, "...")}`;
}
