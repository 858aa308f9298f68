/** What would take the page away does not: very many rows, and a view that fails. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { chooseExample, openPage, place, ready, run, state } from "./walk.ts";

const browser = shared(launchBrowser);

/** From now on the page, or one panel of it, fails when it is drawn. */
async function plantFault(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ask = window.matchMedia.bind(window);
    window.matchMedia = (query) => {
      if (sessionStorage.getItem("fault") !== null && query.includes("max-width")) {
        throw new Error("a planted fault");
      }
      return ask(query);
    };
  });
}

it("100,000 rows are drawn", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "2,000 rows on their way, or 100,000");
  const stream = page.locator(".stream");
  await stream.getByRole("button", { name: "100,000 rows" }).click();
  await expect.poll(() => page.locator(".stage").innerText()).toMatch(/root: page 3, \d{3} child/);
  await expect.poll(() => state(page, "A").innerText()).toContain("WAITS");
  expect(problems).toEqual([]);
});

it("a page that cannot be drawn is not empty after a reload either, and lets go with nothing lost", async () => {
  const { page } = await openPage(browser);
  await plantFault(page);
  await run(page, "A", "SELECT 4711;");
  await expect.poll(() => place(page).innerText()).toContain("now");
  await page.evaluate(() => sessionStorage.setItem("fault", "1"));
  await page.reload();
  const crash = page.locator(".crash");
  await expect.poll(() => crash.innerText()).toContain("a planted fault");
  const sql = crash.getByLabel("Your SQL");
  await expect.poll(() => sql.inputValue()).toContain("SELECT 4711; -- A");

  await page.evaluate(() => sessionStorage.removeItem("fault"));
  await crash.getByRole("button", { name: "Leave it and open the first example" }).click();
  await ready(page);
  await expect
    .poll(() => page.locator(".scenario-button").innerText())
    .toContain("Why does the INSERT wait?");
  await page.getByRole("button", { name: "Undo opening this" }).click();
  await expect
    .poll(() => page.locator('.results[aria-label="Results of session A"]').innerText())
    .toContain("SELECT 4711");
});

it("a panel that cannot be drawn takes none of the others with it", async () => {
  const { page } = await openPage(browser);
  await page.route(/WaitGraphPanel-.*\.js$/, (route) => route.abort());
  await page.reload();
  await expect.poll(() => page.locator(".panel-fault").innerText()).toContain("could not be drawn");
  await run(page, "A", "SELECT 1;");
  await expect.poll(() => page.locator(".stage").innerText()).toContain("PRIMARY");
});

it("a simulator that fails while nobody asks says so at once, and all is there again", async () => {
  const { page } = await openPage(browser);
  await run(page, "A", "SELECT 4711;");
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  const before = await place(page).innerText();
  const fail = (): void => {
    setTimeout(() => {
      throw new Error("a planted fault");
    });
  };
  for (const worker of page.workers()) await worker.evaluate(fail);
  await expect
    .poll(() => page.locator(".notice").innerText())
    .toMatch(/The simulator failed: .*a planted fault.*everything was replayed\./);
  expect(await place(page).innerText()).toBe(before);
  await run(page, "A", "SELECT 4712;");
  await expect
    .poll(() => page.locator('.results[aria-label="Results of session A"]').innerText())
    .toContain("4712");
});
