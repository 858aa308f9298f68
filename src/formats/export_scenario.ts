/** Our own file: the scenario in the format of the recordings, with the futures that were left, what stands in the editors and where the page is. */
import type { Scenario } from "../trace/scenario.ts";
import { FILE_VERSION } from "./json_files.ts";

/** What of the page goes into a file besides the scenario. `editors`: texts by session. */
export interface PageParts {
  readonly editors: Readonly<Record<string, string>>;
  /** In events; null: at the end. */
  readonly position: number | null;
  /** What was run from earlier places, and left. */
  readonly futures: readonly Scenario[];
  /** The deadlock log that the scenario was made from; null: none. */
  readonly log: string | null;
}

/** One step a line, so that two versions of a file can be compared. */
export function scenarioFile(scenario: Scenario, page: PageParts | null): string {
  const { id, title, tags, setup, steps } = scenario;
  const head = {
    interleave: FILE_VERSION,
    id,
    ...(title === undefined ? {} : { title }),
    ...(tags === undefined ? {} : { tags }),
  };
  const parts = [
    ...Object.entries(head).map(
      ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
    ),
    `  "setup": ${listed(setup)}`,
    `  "steps": ${listed(steps)}`,
  ];
  if (page !== null && Object.keys(page.editors).length > 0) {
    parts.push(`  "editors": ${JSON.stringify(page.editors)}`);
  }
  if (page !== null && page.futures.length > 0) {
    // Most have the tables of the scenario.
    const isOther = (tables: Scenario["setup"]) => JSON.stringify(tables) !== JSON.stringify(setup);
    const futures = page.futures.map((future) => ({
      ...(isOther(future.setup) ? { setup: future.setup } : {}),
      steps: future.steps,
    }));
    parts.push(`  "futures": ${listed(futures)}`);
  }
  if (page !== null && page.log !== null) parts.push(`  "log": ${JSON.stringify(page.log)}`);
  if (page !== null && page.position !== null) parts.push(`  "position": ${page.position}`);
  return `{\n${parts.join(",\n")}\n}\n`;
}

function listed(values: readonly unknown[]): string {
  if (values.length === 0) return "[]";
  return `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(",\n")}\n  ]`;
}
