import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { fidelity } from "../../src/views/fidelity/fidelity.ts";
import { launchBrowser, openSite } from "./browser.ts";
import { shared } from "./shared.ts";

describe("the built site", () => {
  const browser = shared(launchBrowser);

  it("opens without an error and has a heading", async () => {
    const { page, problems } = await openSite(browser, "#/playground");
    await page.getByRole("heading").first().waitFor();
    expect(problems).toEqual([]);
  });

  it("has a fidelity page that says what was measured, and leads back", async () => {
    const { page, problems } = await openSite(browser, "#/fidelity");
    await page.getByRole("heading", { level: 1 }).waitFor();
    const { all, topics } = fidelity;
    const scenarios = all.scenarios.toLocaleString("en");
    await expect.poll(() => page.locator(".fidelity-sum").innerText()).toContain(scenarios);
    await expect.poll(() => page.locator(".fidelity-table tbody tr").count()).toBe(topics.length);
    await page.getByRole("link", { name: "To the playground" }).click();
    await page.locator('.session-card[data-session="A"]').waitFor();
    await page.getByRole("link", { name: "Fidelity" }).click();
    await page.locator(".fidelity-sum").waitFor();
    expect(problems).toEqual([]);
  });

  it("is printed whole where it is read, and on one sheet where it is played with, dark on light", async () => {
    const { page, problems } = await openSite(browser, "#/manual", { colorScheme: "dark" });
    const sheets = async () =>
      Number(/\/Count (\d+)/.exec((await page.pdf()).toString("latin1"))?.[1]);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await sheets()).toBeGreaterThan(3);
    await page.getByRole("link", { name: "To the playground" }).click();
    await page.locator('[data-ready="true"]').waitFor();
    // A sheet is narrower than the window: the page does not become one column on it, which would leave the pictures out.
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector(".narrow")) document.body.dataset.narrowed = "true";
      }).observe(document.body, { childList: true, subtree: true });
    });
    expect(await sheets()).toBe(1);
    expect(await page.evaluate(() => document.body.dataset.narrowed)).toBeUndefined();
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    const onScreen = await ink();
    await page.emulateMedia({ media: "print" });
    expect(await ink()).not.toBe(onScreen);
    expect(problems).toEqual([]);
  });

  it("names its files by relative URLs, so that it works from any path", () => {
    const html = readFileSync(join(inject("siteFolder"), "index.html"), "utf8");
    const urls = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.filter((url) => !url.startsWith("./"))).toEqual([]);
  });
});
