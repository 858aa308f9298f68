/** axe finds nothing, in both themes and languages, on every form of the page, with sheets open too. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { launchBrowser, openSite } from "./browser.ts";
import { shared } from "./shared.ts";
import { violations } from "./violations.ts";
import { openPalette } from "./walk.ts";

const browser = shared(launchBrowser);

async function open(options: BrowserContextOptions): Promise<Page> {
  const { page } = await openSite(browser, "#/playground", { reducedMotion: "reduce", ...options });
  await page.locator('[data-ready="true"]').waitFor();
  // Somebody is there: Monaco comes.
  await page.mouse.move(3, 3);
  return page;
}

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  it("the page with Monaco, in the present and in the past, in both languages", async () => {
    const page = await open({ colorScheme, viewport: DESKTOP });
    await page.locator('[data-editor="monaco"]').first().waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Back by a statement" }).click();
    await page.getByRole("tab", { name: "Lock tables" }).click();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole("button", { name: "切换到中文" }).click();
    await expect.poll(() => violations(page)).toEqual([]);
  });

  it("every example", async () => {
    const page = await open({ colorScheme, viewport: DESKTOP });
    for (const { title } of LESSONS) {
      await page.locator(".scenario-button").click();
      await page.getByRole("button", { name: title.en, exact: true }).click();
      await expect.poll(() => page.locator(".intro h2").innerText()).toBe(title.en);
      await expect.poll(() => violations(page), { message: title.en }).toEqual([]);
    }
  });

  it("the sheets: examples, tables, time, history, help", async () => {
    const page = await open({ colorScheme, viewport: DESKTOP });
    await page.locator(".scenario-button").click();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Tables…" }).click();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: /Let time pass$/ }).click();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /^History/ })
      .first()
      .click();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    await page.locator("dialog[open]").waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    // No second sheet over the first.
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
  });

  it("the schedule, two runs beside each other, and the commands", async () => {
    const page = await open({ colorScheme, viewport: DESKTOP });
    await page.getByRole("tab", { name: "Schedule" }).click();
    await page.getByRole("button", { name: "Bookmark here" }).click();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Compare…" }).click();
    await page.locator('tr[data-first="true"]').waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await openPalette(page);
    await expect.poll(() => violations(page)).toEqual([]);
  });

  it("the fidelity page, on a desktop and on a phone", async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page } = await openSite(browser, "#/fidelity", { colorScheme, viewport });
      await page.locator(".fidelity-sum").waitFor();
      await expect.poll(() => violations(page)).toEqual([]);
    }
  });

  it("the gallery, on a desktop and on a phone", async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page } = await openSite(browser, "#/gallery", { colorScheme, viewport });
      await expect.poll(() => page.locator(".gallery-case").count()).toBe(26);
      // The same pictures again and again have the same names.
      const found = await violations(page);
      expect(found.filter((line) => !line.startsWith("landmark-unique"))).toEqual([]);
    }
  });

  it("the menu of the panels, what a statement would lock, and a walk down a version chain", async () => {
    const page = await open({ colorScheme, viewport: DESKTOP });
    await page.locator('[data-editor="monaco"]').first().waitFor();
    await page.getByRole("button", { name: "What would it lock?" }).first().click();
    await page.getByRole("region", { name: "What a statement would do" }).waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Arrange the panels" }).click();
    await page.getByRole("radio", { name: /^Versions/ }).click();
    await expect.poll(() => violations(page)).toEqual([]);
  });

  it("the lock levels with the model open", async () => {
    const page = await open({ colorScheme, viewport: DESKTOP });
    await page.getByRole("tab", { name: "Lock levels" }).click();
    await page.getByText("Model: other systems' lock levels").click();
    await page.getByRole("radio", { name: "rows, with escalation" }).click();
    await expect.poll(() => violations(page)).toEqual([]);
  });

  it("each tab on a phone", async () => {
    const page = await open({ colorScheme, viewport: PHONE, hasTouch: true });
    for (const name of [
      "Sessions",
      "Indexes",
      "Versions",
      "Waits",
      "Lock tables",
      "Lock levels",
      "Result stream",
      "Schedule",
      "Log",
    ]) {
      await page.getByRole("tab", { name, exact: true }).click();
      await expect.poll(() => violations(page), { message: name }).toEqual([]);
    }
  });
});
