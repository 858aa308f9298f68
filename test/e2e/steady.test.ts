/** What is on the screen does not jump while the page comes together: the browser's own measure, where 0.1 is too much. */
import { describe, expect, inject, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";

describe("a page that opens", () => {
  const browser = shared(launchBrowser);

  it.each([
    ["", ".map-card"],
    ["#/playground", '[data-ready="true"]'],
    ["#/learn/gap-lock", ".guide-question"],
    ["lessons/phantom.html", ".guide-steps"],
    ["embed.html#lesson=gap-locks", ".embed-schedule .schedule-waits"],
    ["embed.html#lesson=gap-locks", ".embed-schedule .schedule-waits", 412],
  ])("%s stands still", async (path, sign, width = 1350) => {
    const page = await browser().newPage({ viewport: { width, height: 940 } });
    await page.addInitScript(() => {
      const moved = window as unknown as { moved: number };
      moved.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          moved.moved += (entry as PerformanceEntry & { value: number }).value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${inject("siteUrl")}${path}`);
    await page.locator(sign).first().waitFor();
    // A shared worker's requests are nobody's: with one it is never idle.
    if (!path.startsWith("embed")) await page.waitForLoadState("networkidle");
    const moved = await page.evaluate(() => (window as unknown as { moved: number }).moved);
    expect(moved).toBeLessThan(0.1);
    await page.close();
  });

  it("at a lesson that does not exist says so, and shows the playground", async () => {
    const page = await browser().newPage();
    await page.goto(`${inject("siteUrl")}#/learn/no-such-lesson`);
    await expect.poll(() => page.locator(".guide").innerText()).toContain("no-such-lesson");
    await expect.poll(() => page.locator(".sessions").isVisible()).toBe(true);
    await page.close();
  });
});
