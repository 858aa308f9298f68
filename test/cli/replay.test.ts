import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Line {
  readonly id: string;
  readonly crash?: string;
  readonly steps: readonly unknown[];
}

function replay(...args: readonly string[]): {
  readonly lines: readonly Line[];
  readonly code: number | null;
  readonly said: string;
} {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["test/tools/run_ts.mjs", "src/cli/replay.ts", ...args],
    { cwd: ROOT, encoding: "utf8" },
  );
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { lines: lines.map((line) => JSON.parse(line) as Line), code: status, said: stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function scenario(id: string, ...steps: readonly object[]): object {
  return { id, setup: ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)"], steps };
}

describe("the headless replay", () => {
  it("writes a transcript a line, of a list, of one scenario and of a .jsonl", () => {
    const list = file("list.json", JSON.stringify([scenario("a"), scenario("b")]));
    const one = file("one.json", JSON.stringify(scenario("c")));
    const lines = file(
      "lines.jsonl",
      `${JSON.stringify(scenario("d"))}\n\n${JSON.stringify(scenario("e"))}\n`,
    );
    const result = replay(list, one, lines);
    expect(result.lines.map((line) => line.id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(result.code).toBe(0);
  });

  it("says which file it could not read, and plays the others", () => {
    const sql = file("not.json", "CREATE TABLE t (id INT)");
    const result = replay(
      sql,
      join(folder, "gone.json"),
      file("a.json", JSON.stringify(scenario("a"))),
    );
    expect(result.lines.map((line) => line.id)).toEqual(["a"]);
    expect(result.said).toMatch(/not\.json holds no scenarios in JSON/);
    expect(result.said).toMatch(/gone\.json cannot be read/);
    expect(result.said).not.toContain("    at ");
    expect(result.code).toBe(1);
  });

  it("a transcript holds what each step returned, what was locked then, and who was woken", () => {
    const steps = [
      { session: "A", sql: "BEGIN" },
      { session: "A", sql: "DELETE FROM t WHERE id = 1" },
      { session: "B", sql: "INSERT INTO t VALUES (1)" },
      { session: "A", sql: "COMMIT" },
      { advance: 5 },
    ];
    const { lines } = replay(
      "--check-fold",
      file("wait.json", JSON.stringify(scenario("w", ...steps))),
    );
    expect(lines[0]?.steps).toMatchObject([
      { outcome: "ok" },
      {
        outcome: "ok",
        affected: 1,
        locks: ["A t IX GRANTED", "A t.PRIMARY X,REC_NOT_GAP GRANTED @ 1"],
      },
      { outcome: "blocked", waits: [["B", "A"]], blocked: { B: "update" } },
      {
        outcome: "ok",
        locks: [],
        waits: [],
        woken: [{ step: 2, session: "B", outcome: "ok", affected: 1 }],
      },
      { advance: 5 },
    ]);
  });

  it("a scenario that cannot be played gets a line with its crash, and the others go on", () => {
    const bad = { id: "bad", setup: ["INSERT INTO nowhere VALUES (1)"], steps: [] };
    const result = replay(file("bad.json", JSON.stringify([bad, scenario("good")])));
    expect(result.lines.map((line) => [line.id, line.crash !== undefined])).toEqual([
      ["bad", true],
      ["good", false],
    ]);
    expect(result.code).toBe(1);
  });

  it("without a file it says how it is used", () => {
    expect(replay().code).toBe(2);
  });
});
