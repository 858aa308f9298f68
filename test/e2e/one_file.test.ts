/** A scenario or a lesson saved as one HTML file, opened from a disk where there is no network at all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchBrowser, launchFirefox, openFirefoxPage, openSite } from "./browser.ts";
import { shared } from "./shared.ts";

describe("one HTML file", () => {
  const browser = shared(launchBrowser);
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "interleave-file-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("has a scenario that is stepped through, typed into and read in both languages and themes", async () => {
    const file = await saved("#/lesson/deadlock");
    const { page, asked, problems } = await opened(file);
    await page.locator(".embed-pictures svg").first().waitFor();
    await expect.poll(() => page.locator(".embed-schedule").innerText()).toContain("1213");
    // Who waited for whom, and why this one was the victim.
    await expect.poll(() => page.locator(".embed-pictures").innerText()).toContain("Why B?");
    const place = () => page.locator(".embed-place").innerText();
    const end = await place();
    await page.getByRole("button", { name: "Back by a statement" }).click();
    await expect.poll(place).not.toBe(end);
    await page.getByRole("button", { name: "To the end" }).click();
    await expect.poll(place).toBe(end);
    await page.getByRole("button", { name: "Why?", exact: true }).click();
    await page.getByText("What the statement did").waitFor();
    await waits(page);
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("button", { name: "后退一个事件" }).waitFor();
    await page.getByRole("button", { name: "English" }).waitFor();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    const before = await theme();
    await page.getByRole("button", { name: /^[深浅]色$/ }).click();
    await expect.poll(theme).not.toBe(before);
    expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("has a guided lesson with its text", async () => {
    const { page, problems } = await opened(await saved("#/learn/gap-lock"));
    await page.locator(".embed-guide h3").first().waitFor();
    await page.locator(".embed-pictures svg").first().waitFor();
    await waits(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("runs beside the page where a file may have no worker", async () => {
    const { page, problems } = await opened(await saved("#/lesson/gap-locks"), true);
    await page.locator(".embed-pictures svg").first().waitFor();
    await waits(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("opens in Firefox, too", async () => {
    const file = await saved("#/lesson/gap-locks");
    const firefox = await launchFirefox();
    onTestFinished(() => firefox.close());
    const page = await openFirefoxPage(firefox);
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector(".embed-pictures svg");
    const text = () => page.evaluate(() => document.querySelector(".embed")?.textContent ?? "");
    await page.type(".embed-input textarea", "SELECT REPEAT('ab', 3)");
    await page.click(".embed-input button");
    await expect.poll(text).toContain("ababab");
  });

  /** Typed SQL that comes to a wait, on a table of its own. */
  async function waits(page: Page): Promise<void> {
    await runs(page, "A", "CREATE TABLE own (id INT PRIMARY KEY)");
    await runs(page, "A", "INSERT INTO own VALUES (1)");
    await runs(page, "A", "BEGIN");
    await runs(page, "A", "DELETE FROM own");
    await runs(page, "B", "UPDATE own SET id = 2 WHERE id = 1");
    await expect.poll(() => page.locator(".embed-schedule").innerText()).toMatch(/waits/i);
  }

  async function runs(page: Page, session: string, sql: string): Promise<void> {
    await page.locator(".embed-input select").selectOption(session);
    await page.locator(".embed-input textarea").fill(sql);
    await page.getByRole("button", { name: `Run in ${session}` }).click();
    await expect.poll(() => page.locator(".embed-schedule").innerText()).toContain(sql);
  }

  /** Saved by the dialog of the site. */
  async function saved(path: string): Promise<string> {
    const { page } = await openSite(browser, path, { acceptDownloads: true });
    await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
    await page.locator('[data-ready="true"]').first().waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".files-button").click();
    await page.getByRole("button", { name: /^Export as SQL/ }).click();
    await page.getByText("One HTML file", { exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Save .*\.html$/ }).click();
    const file = join(folder, (await download).suggestedFilename());
    await (await download).saveAs(file);
    await page.context().close();
    return file;
  }

  async function opened(file: string, withoutWorkers = false) {
    const context = await browser().newContext({ offline: true, locale: "en-US" });
    const page = await context.newPage();
    const asked: string[] = [];
    const problems: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    if (withoutWorkers) {
      await page.addInitScript(() => Object.assign(window, { Worker: undefined }));
    }
    await page.goto(pathToFileURL(file).href);
    return { page, asked, problems };
  }
});
