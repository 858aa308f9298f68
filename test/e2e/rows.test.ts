/** Rows by the thousand, and rows of values under the records of a line. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { chooseExample, openPage, ready, results, run } from "./walk.ts";

const browser = shared(launchBrowser);

describe("a table of 3,000 locks", () => {
  it("draws the rows in sight, and reaches the last", async () => {
    const { page, problems } = await openPage(browser);
    await run(page, "A", "ROLLBACK");
    await run(
      page,
      "A",
      "CREATE TABLE many (id INT PRIMARY KEY) AS WITH RECURSIVE n AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM n WHERE id < 1000) SELECT id FROM n",
    );
    await run(page, "A", "INSERT INTO many SELECT id + 1000 FROM many");
    await run(page, "A", "INSERT INTO many SELECT id + 2000 FROM many WHERE id <= 1000");
    await run(page, "A", "BEGIN");
    await run(page, "A", "SELECT COUNT(*) FROM many FOR UPDATE");
    await goesByAsOutlines(page);
    await page.getByRole("tab", { name: "Lock tables" }).click();
    const table = page.locator(".row-table");
    await expect.poll(() => table.getAttribute("aria-rowcount")).toMatch(/^3\d{3}$/);
    const rows = table.locator("tbody tr[aria-rowindex]");
    const drawn = await rows.count();
    expect(drawn).toBeGreaterThan(3);
    expect(drawn).toBeLessThan(150);
    const count = Number(await table.getAttribute("aria-rowcount"));
    await table.evaluate((element) => {
      for (let at = element.parentElement; at !== null; at = at.parentElement) at.scrollTop = 1e6;
    });
    await expect.poll(() => rows.last().getAttribute("aria-rowindex")).toBe(String(count));
    await expect.poll(() => rows.count()).toBeLessThan(150);
    expect(problems).toEqual([]);
  });
});

/** While the cursor races over the scan, records far away are one outline; at rest each is there to be pointed at. */
async function goesByAsOutlines(page: Page): Promise<void> {
  const outlines = page.locator("path.rec.tick");
  const records = page.locator('rect.tick[data-ref^="rec:"]');
  await page.getByLabel("Zoom").selectOption("ticks");
  await expect.poll(() => records.count()).toBeGreaterThan(10);
  const strip = await page.locator(".trace-strip, .timeline-track").first().boundingBox();
  if (strip === null) throw new Error("nothing to drag along");
  let at = 0;
  const dragOn = async (): Promise<number> => {
    at += 1;
    await page.mouse.move(strip.x + 5 + ((at * 61) % (strip.width - 10)), strip.y + 5);
    if (at === 1) await page.mouse.down();
    return outlines.count();
  };
  await expect.poll(dragOn, { interval: 20 }).toBeGreaterThan(0);
  await page.mouse.up();
  await page.keyboard.press("End");
  await expect.poll(() => outlines.count()).toBe(0);
  await expect.poll(() => records.count()).toBeGreaterThan(10);
}

describe("what each would see", () => {
  it("stands under the records where it is asked for, and stays so", async () => {
    const { page, problems } = await openPage(browser);
    const box = page.getByRole("checkbox", { name: "what each would see" });
    await expect.poll(() => box.isChecked()).toBe(false);
    const rows = page.locator(".sight-row");
    await expect.poll(() => rows.count()).toBe(0);
    await box.check();
    // A, B, and newcomers at two levels.
    await expect.poll(() => rows.count()).toBe(4);
    await page.reload();
    await ready(page);
    await expect.poll(() => rows.count()).toBe(4);
    await chooseExample(page, "Three versions, two read views");
    await expect.poll(() => box.isChecked()).toBe(true);
    await expect.poll(() => rows.first().textContent()).not.toBe("");
    expect(problems).toEqual([]);
  });

  it("agrees with what the session then reads", async () => {
    const { page } = await openPage(browser);
    await page.getByRole("checkbox", { name: "what each would see" }).check();
    await run(page, "A", "ROLLBACK");
    await run(page, "B", "START TRANSACTION WITH CONSISTENT SNAPSHOT");
    await run(page, "A", "UPDATE t SET d = 77 WHERE id = 5");
    const ofB = page.locator(".sight-row", { has: page.getByText("REPEATABLE READ view") });
    await expect.poll(() => ofB.locator("text").allTextContents()).toContain("5, 5 v−1");
    await run(page, "B", "SELECT d FROM t WHERE id = 5");
    await expect.poll(() => results(page, "B").innerText()).toMatch(/\|\s+5 \|/);
  });
});
