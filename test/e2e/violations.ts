/** What axe finds on a page. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

declare global {
  interface Window {
    readonly axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** All of axe's rules, and the one of WCAG 2.2 AA that it leaves off by itself. */
const RULES: RunOptions = {
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};

export async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // What it found is much to send; the tests want the places alone.
  const found = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(rules);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })));
  }, RULES);
  return found
    .filter(({ id, html }) => !(id === "label-content-name-mismatch" && isInPicture(html)))
    .map(({ id, html }) => `${id}: ${html.slice(0, 160)}`);
}

/** The numbers drawn in a record or a version are its data; its name is a sentence about them. */
function isInPicture(html: string): boolean {
  return html.startsWith("<g ");
}
