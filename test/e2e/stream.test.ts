/** A result on its way to a slow client, as a person watches and changes it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { chooseExample, openPage, results, state } from "./walk.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

it("a slow client holds the server in send(), and an ALTER behind it; one that has caught up frees both", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const stream = page.locator(".stream");
  await expect.poll(() => stream.innerText()).toContain("The server waits in send() for room");
  expect(await stream.locator(".pipeline-deadline").innerText()).toContain("net_write_timeout in");
  await expect.poll(() => state(page, "B").innerText()).toContain("WAITS for A");

  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 5 s" }).click();
  await expect.poll(() => stream.innerText()).toContain("50 rows");

  await page.getByLabel("ms of work a row").fill("0");
  await page.getByLabel("ms of work a row").press("Enter");
  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 1 s" }).click();
  await expect.poll(() => results(page, "A").innerText()).toContain("400 rows sent");
  await expect.poll(() => state(page, "B").innerText()).toBe("idle");
  expect(problems).toEqual([]);
});

it("a stalled client loses its connection after net_write_timeout", async () => {
  const { page } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const row = page.getByLabel("pause at row");
  await row.fill("5");
  await row.press("Enter");
  const pause = page.getByLabel("pause, ms");
  await pause.fill("600000");
  await pause.press("Enter");
  await expect.poll(() => page.getByLabel("pause at row").inputValue()).toBe("5");
  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 50 s" }).click();
  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 50 s" }).click();
  await expect
    .poll(() => page.locator(".stream").innerText())
    .toContain("The connection is broken");
  await expect.poll(() => state(page, "B").innerText()).toBe("idle");
});
