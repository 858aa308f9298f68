/** What a client answers itself stands in its console, and a lost connection is opened anew. */
import { expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { chooseExample, openPage, results, run, state } from "./walk.ts";

const browser = shared(launchBrowser);

it("a second command while a result is open is 2014 in the console", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "2,000 rows on their way, or 100,000");
  await page.getByRole("button", { name: "stops at row 5" }).click();
  await run(page, "A", "SELECT 1;");
  await expect
    .poll(() => results(page, "A").innerText())
    .toContain("ERROR 2014 (HY000): Commands out of sync");
  expect(problems).toEqual([]);
});

it("a killed connection is 2013, and the next statement connects again", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "Empty playground");
  await run(page, "A", "SELECT CONNECTION_ID();");
  await expect.poll(() => results(page, "A").innerText()).toContain("1 row in set");
  const id = /\| +(\d+) \|/.exec(await results(page, "A").innerText())?.[1];
  await run(page, "B", `KILL ${id};`);
  await expect.poll(() => state(page, "A").innerText()).toBe("gone");
  await run(page, "A", "SELECT 2;");
  await expect.poll(() => results(page, "A").innerText()).toContain("ERROR 2013 (HY000)");
  await run(page, "A", "SELECT 3;");
  await expect.poll(() => results(page, "A").innerText()).toContain("Trying to reconnect");
  await expect.poll(() => state(page, "A").innerText()).toBe("idle");
  await page.reload();
  await expect.poll(() => results(page, "A").innerText()).toContain("Trying to reconnect");
  expect(problems).toEqual([]);
});
