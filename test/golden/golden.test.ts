/** Runs every golden script beside this file. `UPDATE_GOLDEN=1` writes the outputs anew: review the difference. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf, parsed, printed } from "./golden_script.ts";

const FOLDER = import.meta.dirname;
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".txt"));

describe("the stories", () => {
  it("are there", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)("%s goes as written", (name) => {
    const path = join(FOLDER, name);
    const script = parsed(readFileSync(path, "utf8"));
    const output = outputOf(script);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, printed(script, output));
    else expect(output).toBe(script.expected);
  });
});
