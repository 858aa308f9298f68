/** Reads a text as the page does, for tests: with the YAML library at hand. */
import { importText } from "../../src/formats/import_text.ts";
import type { ImportedScenario, ImportResult } from "../../src/formats/imported.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { readYaml } from "../../src/views/files/read_yaml.ts";

export function read(text: string, name = "sample"): ImportResult {
  return importText(text, name, readYaml);
}

export function scenarios(text: string, name?: string): readonly ImportedScenario[] {
  const result = read(text, name);
  if (result.kind !== "imported") throw new Error(JSON.stringify(result));
  return result.scenarios;
}

export function only(text: string, name?: string): ImportedScenario {
  const [first, ...others] = scenarios(text, name);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} scenarios`);
  return first;
}

/** "A: BEGIN", "+ 5 s". */
export function stepLines(imported: ImportedScenario): readonly string[] {
  return imported.scenario.steps.map(line);
}

function line(step: Step): string {
  if ("advance" in step) return `+ ${step.advance} s`;
  if (!("sql" in step)) return `${step.session}: client`;
  return `${step.session}: ${step.sql.replace(/\s+/g, " ")}`;
}

export function remarkLines(imported: ImportedScenario): readonly string[] {
  return imported.remarks.map((remark) => `${remark.line} ${remark.kind}: ${remark.detail}`);
}
