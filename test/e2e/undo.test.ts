/** Undo and redo of what is more than a letter: runs, examples, the order of the schedule, across editor and page. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { chooseExample, openPage, ready, results, run, session, type } from "./walk.ts";

const browser = shared(launchBrowser);

const editorText = (page: Page, name: string) =>
  page.evaluate(
    (session) => JSON.parse(localStorage.getItem("interleave.page.1") ?? "{}").texts?.[session],
    name,
  );
const ordered = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    (
      JSON.parse(localStorage.getItem("interleave.page.1") ?? "{}").script?.scenario.steps ?? []
    ).map(
      (step: { readonly session?: string; readonly sql?: string }) => `${step.session} ${step.sql}`,
    ),
  );

/** What was opened is saved shortly after. */
async function orderedAtFirst(page: Page): Promise<readonly string[]> {
  await expect.poll(async () => (await ordered(page)).length).toBeGreaterThan(0);
  return ordered(page);
}

describe("undo", () => {
  it("brings text and schedule back from an example, with the focus in the editor or anywhere, also after a reload", async () => {
    const { page, problems } = await openPage(browser);
    await type(page, "A", "SELECT 40 + 2 AS mine");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => results(page, "A").innerText()).toContain("42");
    // The text may be saved before the answer has come.
    await expect.poll(() => ordered(page)).toContain("A SELECT 40 + 2 AS mine");
    const before = await ordered(page);
    await chooseExample(page, "Three versions, two read views");
    await expect.poll(() => ordered(page)).not.toEqual(before);
    const another = await ordered(page);
    // In the editor nothing has been typed since: what is undone is the opening.
    await session(page, "A").getByRole("textbox", { name: "SQL of session A" }).focus();
    await page.keyboard.press("Control+z");
    await expect.poll(() => ordered(page)).toEqual(before);
    await expect.poll(() => editorText(page, "A")).toBe("SELECT 40 + 2 AS mine");
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => ordered(page)).toEqual(another);
    await page.reload();
    await ready(page);
    // On the timeline's cursor, where arrows have a use of their own.
    await page.locator(".timeline-cursor").focus();
    await page.keyboard.press("Control+z");
    await expect.poll(() => ordered(page)).toEqual(before);
    await expect.poll(() => editorText(page, "A")).toBe("SELECT 40 + 2 AS mine");
    expect(problems).toEqual([]);
  });

  it("in an editor undoes letters first, then runs", async () => {
    const { page } = await openPage(browser);
    const before = await orderedAtFirst(page);
    await run(page, "A", "SELECT 1");
    await expect.poll(async () => (await ordered(page)).length).toBe(before.length + 1);
    await page.keyboard.insertText(" + 1");
    await expect.poll(() => editorText(page, "A")).toBe("SELECT 1 + 1");
    await page.keyboard.press("Control+z");
    await expect.poll(() => editorText(page, "A")).not.toBe("SELECT 1 + 1");
    await expect.poll(() => ordered(page)).toHaveLength(before.length + 1);
    for (let press = 0; press < 8; press += 1) await page.keyboard.press("Control+z");
    await expect.poll(() => ordered(page)).toEqual(before);
  });

  it("brings back the text that a run was edited from; what was edited and did not run is marked, and can take its place", async () => {
    const { page } = await openPage(browser);
    await type(page, "A", "SELECT 1 AS a;\nSELECT 2 AS b;\nSELECT 3 AS c;");
    await page.keyboard.press("Control+Shift+Enter");
    await expect.poll(() => results(page, "A").innerText()).toContain("| 3 |");
    await expect.poll(() => ordered(page)).toContain("A SELECT 3 AS c");
    const before = await ordered(page);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.insertText("2");
    await page.locator(".sql-mark-edited").waitFor();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => ordered(page)).toHaveLength(before.length + 1);
    await page.getByRole("button", { name: "Undo the last run" }).click();
    await expect.poll(() => ordered(page)).toEqual(before);
    await expect
      .poll(() => editorText(page, "A"))
      .toBe("SELECT 1 AS a;\nSELECT 2 AS b;\nSELECT 3 AS c;");
    await expect.poll(() => page.locator(".sql-mark-edited").count()).toBe(0);
  });

  it("puts the schedule back as it was before a step was moved", async () => {
    const { page } = await openPage(browser);
    await page.getByRole("tab", { name: "Schedule" }).click();
    const before = await orderedAtFirst(page);
    const last = page.locator(`[data-command="${before.length - 1}"]`);
    await last.focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => ordered(page)).not.toEqual(before);
    await page.keyboard.press("Control+z");
    await expect.poll(() => ordered(page)).toEqual(before);
    await page.keyboard.press("Control+y");
    await expect.poll(() => ordered(page)).not.toEqual(before);
  });
});
