import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "interleave-run-ts-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("running TypeScript under Node", () => {
  it("prints what the entry prints and nothing else", () => {
    write("part.ts", "export const part: string = 'typed';");
    const entry = write(
      "entry.ts",
      'import { part } from "./part.ts";\nconsole.log(part, ...process.argv.slice(2));',
    );
    expect(run(entry, "--show", "3")).toEqual({ status: 0, out: "typed --show 3\n", err: "" });
  });

  it("points at the TypeScript line where the entry throws", () => {
    const entry = write("throws.ts", "type Unused = 1;\n\nthrow new Error('here');");
    const { status, err } = run(entry);
    expect(status).toBe(1);
    expect(err).toContain("throws.ts:3");
  });

  it("says what is missing", () => {
    const { status, err } = run("no_such_entry.ts");
    expect(status).toBe(2);
    expect(err).toContain("no_such_entry.ts does not exist");
  });
});

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function run(...args: string[]): { status: number | null; out: string; err: string } {
  const child = spawnSync(process.execPath, ["test/tools/run_ts.mjs", ...args], {
    encoding: "utf8",
  });
  return { status: child.status, out: child.stdout, err: child.stderr };
}
