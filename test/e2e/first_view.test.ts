/** Every byte of script that a cold browser asks the host for until an embed's picture stands, in kilobytes after gzip. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { serveFolders } from "../tools/static_server.ts";
import { launchBrowser, openEmpty } from "./browser.ts";
import { shared } from "./shared.ts";

const KB = 1000;
/** The pictures are the default ones: the schedule and the index. */
const LIMIT_KB = 120;
/** When somebody types. */
const WITH_SERVER_KB = 150;
const VIEWS = [
  { of: "gap-locks", lang: "en" },
  { of: "deadlock", lang: "en" },
  { of: "three-versions", lang: "en" },
  { of: "gap-locks", lang: "zh" },
  { of: "deadlock", lang: "zh" },
  { of: "three-versions", lang: "zh" },
  { of: "rc-and-rr", lang: "zh" },
  { of: "ages-3-and-5", lang: "zh" },
  { of: "duplicate-key", lang: "zh" },
];
/** Guided lessons, and those of which the server would have much to tell, and which need more of it. */
const MORE = [
  { of: "deadlock-of-two", lang: "en", limitKb: LIMIT_KB, withServerKb: 155 },
  { of: "version-chain", lang: "zh", limitKb: LIMIT_KB, withServerKb: WITH_SERVER_KB },
  { of: "a-slow-client", lang: "en", limitKb: LIMIT_KB, withServerKb: 220 },
  { of: "slow-client", lang: "en", limitKb: LIMIT_KB, withServerKb: 220 },
  { of: "long-stream", lang: "zh", limitKb: LIMIT_KB, withServerKb: 215 },
  { of: "lost-connection", lang: "zh", limitKb: 130, withServerKb: 260 },
];

describe("the first view of an embed", () => {
  const browser = shared(launchBrowser);
  const host = shared(() => serveFolders({ "/": inject("siteFolder") }));

  it.each(VIEWS)("of $of in $lang is lighter than it may be", async ({ of, lang }) => {
    const before = host().asked.length;
    const page = await openEmbed(`#lesson=${of}&lang=${lang}`);
    await page.locator(".embed-pictures svg").first().waitFor();
    await expect.poll(() => page.locator(".embed-place").innerText()).toMatch(/^[1-9]/);
    expect(scriptsSince(before).some((path) => path.includes("engine"))).toBe(false);
    weighs(scriptsSince(before), LIMIT_KB);
    // What the build has played needs no server; it comes when somebody is about to type.
    await page.locator(".embed-input textarea").focus();
    await expect.poll(() => scriptsSince(before).join()).toContain("engine.worker");
    await rested();
    weighs(scriptsSince(before), WITH_SERVER_KB);
  });

  it.each(MORE)("of $of in $lang needs no server", async ({ of, lang, limitKb, withServerKb }) => {
    const before = host().asked.length;
    const page = await openEmbed(`#lesson=${of}&lang=${lang}`);
    await page.locator(".embed-pictures svg").first().waitFor();
    await page.locator(".guide h3, .embed-place").first().waitFor();
    expect(scriptsSince(before).some((path) => path.includes("engine"))).toBe(false);
    weighs(scriptsSince(before), limitKb);
    await page.locator(".embed-input textarea").focus();
    await expect.poll(() => scriptsSince(before).join()).toContain("engine.worker");
    await rested();
    weighs(scriptsSince(before), withServerKb);
  });

  it("says which part is missing when the network has gone, and goes on when it is back", async () => {
    const page = await openEmbed("#lesson=gap-locks&lang=en");
    await page.locator(".embed-pictures svg").first().waitFor();
    await expect.poll(() => page.locator(".schedule-waits").count()).toBe(1);
    await page.context().route("**/engine-*.js", (route) => route.abort());
    const steps = await page.locator(".schedule li, .schedule tr").count();
    host().setFolders({});
    await page.locator(".embed-input textarea").fill("SELECT DATE_FORMAT('2024-02-29', '%W')");
    await page.locator(".embed-input button").click();
    await page.getByText("A part of the simulator could not be loaded").waitFor();
    await expect.poll(() => page.locator(".schedule li, .schedule tr").count()).toBe(steps);
    await page.context().unrouteAll();
    host().setFolders({ "/": inject("siteFolder") });
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => page.locator(".schedule").innerText()).toContain("DATE_FORMAT");
  });

  /** Until nothing more is asked for: the server's parts follow it. */
  async function rested(): Promise<void> {
    for (let asked = -1; asked !== host().asked.length; ) {
      asked = host().asked.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  function scriptsSince(before: number): readonly string[] {
    return [
      ...new Set(
        host()
          .asked.slice(before)
          .filter((path) => path.endsWith(".js")),
      ),
    ];
  }

  function weighs(scripts: readonly string[], limitKb: number): void {
    expect(scripts.some((path) => path.includes("Monaco"))).toBe(false);
    const sizes = scripts.map((path) => [path, weight(path)] as const);
    const all = sizes.reduce((sum, [, size]) => sum + size, 0);
    const told = sizes.map(([path, size]) => `${path} ${size.toFixed(1)}`).join("\n");
    expect(all, told).toBeLessThan(limitKb);
  }

  function weight(path: string): number {
    return gzipSync(readFileSync(join(inject("siteFolder"), path)), { level: 9 }).length / KB;
  }

  async function openEmbed(fragment: string): Promise<Page> {
    const page = await openEmpty(browser());
    await page.goto(`${host().url}embed.html${fragment}`);
    return page;
  }
});
