/** The built folder on a static host without rules: from any path, asking nobody else, allowing nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { serveFolders } from "../tools/static_server.ts";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { ready, results, run, session } from "./walk.ts";

declare global {
  interface Window {
    refused: string[];
  }
}

describe("the built folder on a static host", () => {
  const browser = shared(launchBrowser);
  const server = shared(() => serveFolders({ "/some/where/below/": inject("siteFolder") }));

  const address = (path: string) => `${server().url}some/where/below/${path}`;

  /** A page that remembers what it asked for, what was refused to it, and what went wrong. */
  async function open(path: string) {
    const context = await browser().newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const asked: string[] = [];
    const problems: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    context.on("response", (response) => {
      if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
    });
    page.on("pageerror", (error) => problems.push(error.message));
    await page.addInitScript(() => {
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    await page.goto(address(path));
    return { page, asked, problems };
  }

  const elsewhere = (urls: readonly string[]) =>
    urls.filter((url) => !url.startsWith(server().url) && !/^(data|blob):/.test(url));
  const refused = (page: Page) => page.evaluate(() => window.refused);

  it("asks no other origin for anything, and its policy is in the way of none of its parts", {}, async () => {
    const { page, asked, problems } = await open("#/lesson/gap-locks");
    await ready(page);
    await session(page, "A").locator('[data-editor="monaco"]').waitFor();
    await run(page, "A", "SELECT 6 * 7");
    await expect.poll(() => results(page, "A").innerText()).toContain("42");
    await page.getByRole("button", { name: "切换到中文" }).click();
    await page.goto(address("#/fidelity"));
    await page.locator(".fidelity-sum").waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    expect(asked.length).toBeGreaterThan(8);
    expect(elsewhere(asked)).toEqual([]);
    await expect.poll(() => refused(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("refuses what is not its own: scripts in the page, other hosts, frames", async () => {
    const { page } = await open("#/lesson/gap-locks");
    await ready(page);
    await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.refused.push('it ran')";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", '<img src="https://example.com/x.png" alt="">');
      const frame = document.createElement("iframe");
      frame.src = "https://example.com/";
      document.body.append(frame);
      await fetch("https://example.com/").catch(() => undefined);
      // Not at once: what a test evaluates may evaluate.
      setTimeout(() => {
        try {
          new Function("return 1")();
          window.refused.push("it ran");
        } catch {
          // As it should be.
        }
      });
    });
    await expect
      .poll(async () => (await refused(page)).map((one) => one.split(" ")[0]).sort())
      .toEqual(["connect-src", "frame-src", "img-src", "script-src", "script-src-elem"]);
  });

  it("has a page for each lesson, with a title, a description and a picture for those that run no scripts", {}, async () => {
    const folder = inject("siteFolder");
    const pages = readdirSync(join(folder, "lessons")).filter((name) => name.endsWith(".html"));
    expect(pages.length).toBeGreaterThan(LESSONS.length + 50);
    for (const name of pages) {
      const html = readFileSync(join(folder, "lessons", name), "utf8");
      const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? "";
      const about = /name="description"\s+content="([^"]+)"/.exec(html)?.[1] ?? "";
      const picture = /property="og:image" content="\.\/([^"]+)"/.exec(html)?.[1] ?? "";
      expect(about.length).toBeGreaterThan(40);
      expect(readFileSync(join(folder, picture)).subarray(1, 4).toString()).toBe("PNG");
      expect(html).toMatch(/Content-Security-Policy/);
      expect(html).toMatch(/<noscript><h1>/);
      expect(title).toMatch(/.+ · Interleave$/);
    }

    const [lesson = LESSONS[0]] = LESSONS.slice(2);
    const { page, asked, problems } = await open(`lessons/${lesson?.id}.html`);
    await ready(page);
    await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(lesson?.title.en);
    await session(page, "A").locator('[data-editor="monaco"]').waitFor();
    expect(elsewhere(asked)).toEqual([]);
    await expect.poll(() => refused(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("has a page for each guided lesson too, which opens beside the playground", async () => {
    const { page, asked, problems } = await open("lessons/deadlock-of-two.html");
    await ready(page);
    await page.locator(".guide").first().waitFor();
    await expect.poll(() => page.title()).toContain("A deadlock, found at once");
    expect(elsewhere(asked)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
