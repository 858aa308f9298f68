/** The walk through the page and an embed in Debian's Firefox. */
import type { Page } from "puppeteer-core";
import { describe, expect, inject, it } from "vitest";
import { serveFolders } from "../tools/static_server.ts";
import { launchFirefox, openFirefoxPage } from "./browser.ts";
import { serveBlog } from "./posts/serve_posts.ts";
import { shared } from "./shared.ts";

/**
 * What Firefox tells of a file that is on its way through the service worker when the page is left, engine parts and files
 * fetched ahead among them: neither page hears of it (no error event, no rejection).
 */
const BROKEN_OFF = /^Error: Failed to load .*A ServiceWorker intercepted the request/;

describe("in Firefox", () => {
  const browser = shared(launchFirefox);
  const blog = shared(() => serveBlog(inject("siteFolder")));

  async function open(address: string) {
    const page = await openFirefoxPage(browser());
    await page.setViewport({ width: 1440, height: 900 });
    const problems: string[] = [];
    let isLeaving = false;
    page.on("pageerror", (error) => {
      if (!isLeaving || !BROKEN_OFF.test(String(error))) problems.push(String(error));
    });
    /** By what somebody does the page is left. */
    const leaving = async (deed: Promise<unknown>): Promise<void> => {
      isLeaving = true;
      await deed;
      isLeaving = false;
    };
    await page.goto(address);
    return { page, problems, leaving };
  }
  const text = (page: Page, selector: string) =>
    page.evaluate((found) => document.querySelector(found)?.textContent ?? "", selector);
  const ready = (page: Page) => page.waitForSelector('[data-ready="true"]');
  const card = (name: string) => `.session-card[data-session="${name}"]`;

  it("a visitor types, runs, steps back, reads Chinese, and comes back to it after a reload", async () => {
    const { page, problems, leaving } = await open(`${blog().siteUrl}#/lesson/gap-locks`);
    await ready(page);
    await expect.poll(() => text(page, ".narration-sentence")).toContain("B WAITS");
    await page.mouse.move(300, 300);
    await page.waitForSelector(`${card("A")} [data-editor="monaco"]`);
    await page.focus(`${card("A")} .session-editor textarea`);
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.type("COMMIT");
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
    await expect.poll(() => text(page, `${card("A")} .results`)).toContain("COMMIT");
    await expect.poll(() => text(page, `${card("B")} .results`)).toContain("1 row affected");
    await page.click(".time-controls button");
    await expect.poll(() => text(page, ".narration-when")).toBe("in the past");
    await page.click(".language-button");
    await expect.poll(() => text(page, ".narration-when")).not.toBe("in the past");
    await leaving(page.reload());
    await ready(page);
    await expect.poll(() => text(page, `${card("B")} .session-editor`)).toContain("INSERT");
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
    expect(problems).toEqual([]);
  });

  it("an embed works in a post, and in a sandbox without an origin", async () => {
    for (const sandbox of [null, "allow-scripts"]) {
      const { page, problems } = await open(`${blog().posts.url}blog/plain.html`);
      await page.evaluate((value) => {
        const element = document.createElement("interleave-playground");
        if (value !== null) element.setAttribute("sandbox", value);
        element.setAttribute("lesson", "deadlock");
        element.setAttribute("lang", "en");
        element.addEventListener("interleave-state", (event) => {
          const { detail } = event as CustomEvent<{ position: number; step: number }>;
          if (detail.step > 4) document.title = "it ran";
        });
        document.body.prepend(element);
      }, sandbox);
      await expect.poll(() => page.title()).toBe("it ran");
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  it("an embed whose site cannot be reached says so, keeps the text, and opens when it can be", async () => {
    const site = await serveFolders({ "/": inject("siteFolder") });
    const port = Number(new URL(site.url).port);
    const { page } = await open(`${blog().posts.url}blog/scenario.json`);
    await page.setContent(`<script src="${site.url}interleave.js"></script><p>A post</p>`);
    await page.waitForFunction(() => customElements.get("interleave-playground") !== undefined);
    await site.close();
    await page.evaluate(() => {
      document.body.innerHTML =
        '<interleave-playground lesson="deadlock" lang="en"><pre>the text</pre></interleave-playground>';
    });
    const inElement = (selector: string) =>
      page.evaluate((found) => {
        const element = document.querySelector("interleave-playground");
        return element?.shadowRoot?.querySelector(found)?.textContent ?? "";
      }, selector);
    await expect.poll(() => inElement(".fault")).toContain("cannot be reached");
    const isTextSeen = () =>
      page.evaluate(() => document.querySelector("pre")?.checkVisibility() ?? false);
    expect(await isTextSeen()).toBe(true);
    const again = await serveFolders({ "/": inject("siteFolder") }, port);
    await page.evaluate(() => {
      const element = document.querySelector("interleave-playground");
      element?.shadowRoot?.querySelector<HTMLElement>(".fault button")?.click();
    });
    await page.waitForSelector("interleave-playground[data-ready]:not([data-failed])");
    await expect.poll(isTextSeen).toBe(false);
    await page.close();
    await again.close();
  });

  it("a lesson's own page and the manual open", async () => {
    const { page, problems, leaving } = await open(`${blog().siteUrl}lessons/deadlock.html`);
    await ready(page);
    // The language that was chosen before is kept.
    await expect.poll(() => text(page, ".scenario-name")).toBe("两个事务的死锁");
    await leaving(page.goto(`${blog().siteUrl}#/manual`));
    await page.waitForSelector(".manual h1");
    expect(problems).toEqual([]);
  });
});
