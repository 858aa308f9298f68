/** The installed page: without a network, and when the site has a newer build. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { type StaticServer, serveFolders } from "../tools/static_server.ts";
import { launchProfile } from "./browser.ts";
import { makeSecondBuild, NEW_TITLE } from "./second_build.ts";
import { ready, results, run, session, type } from "./walk.ts";

describe("the installed page", () => {
  const place = mkdtempSync(join(tmpdir(), "interleave-offline-"));
  let context: BrowserContext;
  let server: StaticServer;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    makeSecondBuild(inject("siteFolder"), join(place, "second"));
    server = await serveFolders({ "/deep/down/": inject("siteFolder") });
    context = await launchProfile(join(place, "profile"));
    page = await context.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
  });
  afterAll(async () => {
    await context?.close();
    await server?.close();
    rmSync(place, { recursive: true, force: true });
  });

  const address = () => `${server.url}deep/down/`;
  const update = () => page.locator('.notice[data-kind="update"]');

  /** A link to an example in the address loads the page anew. */
  async function open(lesson: string): Promise<void> {
    const loaded = page.waitForEvent("load");
    await page.evaluate((id) => {
      window.location.hash = `#/lesson/${id}`;
    }, lesson);
    await loaded;
    await ready(page);
  }

  async function kept(): Promise<void> {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  it("can be installed", async () => {
    await page.goto(`${address()}#/playground`);
    await ready(page);
    await kept();
    const devtools = await context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    expect(installabilityErrors).toEqual([]);
  });

  it("works with the server dead: every example in both languages, the editor, every page", {}, async () => {
    const port = Number(new URL(server.url).port);
    // The first visit asks the network for what it does not need yet, until it is left.
    await page.goto("about:blank");
    await server.close();
    await page.goto(`${address()}#/playground`);
    await ready(page);
    for (const lesson of LESSONS) {
      await open(lesson.id);
      await page.getByRole("button", { name: "切换到中文" }).click();
      await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(lesson.title.zh);
      await page.getByRole("button", { name: "Switch to English" }).click();
      await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(lesson.title.en);
    }
    await open("gap-locks");
    await run(page, "A", "SELECT 6 * 7");
    await expect.poll(() => results(page, "A").innerText()).toContain("42");
    await expect.poll(() => session(page, "A").locator('[data-editor="monaco"]').count()).toBe(1);
    await page.goto(`${address()}#/fidelity`);
    await page.locator(".fidelity-sum").waitFor();
    expect(problems).toEqual([]);
    server = await serveFolders({ "/deep/down/": inject("siteFolder") }, port);
  });

  it("offers a newer build, stays whole until that is taken, and loses nothing by it", {}, async () => {
    await open("gap-locks");
    await run(page, "A", "SELECT 'kept'");
    await expect.poll(() => results(page, "A").innerText()).toContain("kept");
    await type(page, "B", "SELECT 'typed, not run';");
    server.setFolders({ "/deep/down/": join(place, "second") });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await update().waitFor();

    // Not taken: the old build, all of it.
    await page.reload();
    await ready(page);
    await expect.poll(() => page.title()).not.toBe(NEW_TITLE);
    await session(page, "A").locator('[data-editor="monaco"]').waitFor();
    await update().waitFor();

    const loaded = page.waitForEvent("load");
    await update().getByRole("button").click();
    await loaded;
    await ready(page);
    await expect.poll(() => page.title()).toBe(NEW_TITLE);
    await expect.poll(() => results(page, "A").innerText()).toContain("kept");
    await expect
      .poll(() => session(page, "B").locator(".session-editor").innerText())
      .toMatch(/typed,\snot\srun/);
    await expect.poll(() => update().count()).toBe(0);
    await kept();
    expect(problems).toEqual([]);
  });

  it("works without a network in the newer build too", async () => {
    await server.close();
    await page.reload();
    await ready(page);
    await expect.poll(() => page.title()).toBe(NEW_TITLE);
    await session(page, "A").locator('[data-editor="monaco"]').waitFor();
    server = await serveFolders({}, Number(new URL(server.url).port));
  });

  it("says a word when the browser keeps nothing, and works", async () => {
    const forbidden = await context.newPage();
    await forbidden.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
      Storage.prototype.setItem = refuse;
    });
    await forbidden.goto(`${address()}#/playground`);
    await ready(forbidden);
    await expect.poll(() => forbidden.locator(".notice").innerText()).toContain("keeps nothing");
    await run(forbidden, "A", "SELECT 6 * 7");
    await expect.poll(() => results(forbidden, "A").innerText()).toContain("42");
  });
});
