/**
 * Several playgrounds on one page share a worker, which comes when somebody types in one of them; each has its own where the browser allows no sharing: in a sandbox, and
 * where storage is forbidden to frames of other sites (as Chromium does in private windows).
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { serveFolders } from "../tools/static_server.ts";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";

const NAMES = ["gap-locks", "deadlock", "three-versions", "gap-lock"];

describe("several playgrounds on a page", () => {
  const folder = mkdtempSync(join(tmpdir(), "interleave-shared-"));
  const browser = shared(launchBrowser);
  const site = shared(() => serveFolders({ "/": inject("siteFolder") }));
  const posts = shared(() => serveFolders({ "/": folder }));
  beforeAll(() => {
    for (const [name, attribute] of [
      ["open.html", ""],
      ["boxed.html", "sandbox"],
      ["fixed.html", 'height="150"'],
    ] as const) {
      const elements = NAMES.map(
        (lesson) =>
          `<interleave-playground lesson="${lesson}" lang="en" ${attribute}></interleave-playground>`,
      );
      const script = `<script src="${site().url}interleave.js"></script>`;
      writeFileSync(
        join(folder, name),
        `<!doctype html><title>Post</title>${script}${elements.join("")}`,
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function open(address: string) {
    const page = await browser().newPage({ viewport: { width: 900, height: 900 } });
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(address);
    await expect
      .poll(() => page.locator("interleave-playground[data-ready]").count())
      .toBe(NAMES.length);
    return { page, problems };
  }

  async function workers(page: Page): Promise<{ readonly own: number; readonly shared: number }> {
    const session = await browser().newBrowserCDPSession();
    const { targetInfos } = await session.send("Target.getTargets");
    await session.detach();
    const shared = targetInfos.filter(({ type }) => type === "shared_worker").length;
    return { own: page.workers().length, shared };
  }

  const frameOf = (page: Page, at: number): Frame => {
    const frame = page.frames().find((one) => one.url().includes(`lesson=${NAMES[at]}&`));
    if (frame === undefined) throw new Error(`no frame ${at}`);
    return frame;
  };
  const seesStorage = (frame: Frame) =>
    frame.evaluate(() => {
      try {
        return window.localStorage.length >= 0;
      } catch (error) {
        return error instanceof DOMException ? error.name : String(error);
      }
    });

  /** By the keyboard: while the frames grow to what they show, a click may fall beside. */
  async function press(frame: Frame, name: string): Promise<void> {
    const button = frame.getByRole("button", { name });
    await expect.poll(() => button.isEnabled()).toBe(true);
    await button.press("Enter");
  }

  /** What a reader runs in one frame is not seen in another. */
  async function runsByItself(page: Page): Promise<void> {
    for (const [at, sql] of ["SELECT 6 * 7", "SELECT 6 * 8"].entries()) {
      const frame = frameOf(page, at);
      await frame.locator(".embed-input textarea").fill(sql);
      await press(frame, "Run in A");
    }
    for (const [at, answer] of ["42", "48"].entries()) {
      const rows = frameOf(page, at).locator(".schedule-rows").last();
      await expect.poll(() => rows.innerText()).toContain(answer);
    }
  }

  it("have one worker, and a server each", async () => {
    const { page, problems } = await open(`${posts().url}open.html`);
    await expect.poll(() => seesStorage(frameOf(page, 0))).toBe(true);
    await expect.poll(() => workers(page)).toEqual({ own: 0, shared: 0 });
    await runsByItself(page);
    await expect.poll(() => workers(page)).toEqual({ own: 0, shared: 1 });
    // One is taken away; the others go on.
    await page
      .locator("interleave-playground")
      .nth(2)
      .evaluate((element) => element.remove());
    await runsByItself(page);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("have a worker each where frames of other sites may keep nothing", async () => {
    const { page, problems } = await open(
      `${posts().url.replace("127.0.0.1", "localhost")}open.html`,
    );
    await expect.poll(() => seesStorage(frameOf(page, 0))).toBe("SecurityError");
    await runsByItself(page);
    await expect.poll(() => workers(page)).toEqual({ own: 2, shared: 0 });
    // A guided lesson too: what is predicted and revealed needs nothing kept.
    const lesson = frameOf(page, 3);
    await press(lesson, "Just show me");
    await lesson.locator(".guide-reveal").waitFor();
    await expect.poll(() => workers(page)).toEqual({ own: 3, shared: 0 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it("are scrolled inside only where they may not be as high as what they show", async () => {
    const scrolls = (frame: Frame) =>
      frame.evaluate(() => {
        window.scrollTo(0, 100);
        return [window.scrollY, getComputedStyle(document.body).overflowY];
      });
    const fixed = await open(`${posts().url}fixed.html`);
    await expect.poll(() => scrolls(frameOf(fixed.page, 0))).toEqual([100, "auto"]);
    await fixed.page.close();
    const grown = await open(`${posts().url}open.html`);
    await expect.poll(() => scrolls(frameOf(grown.page, 0))).toEqual([0, "hidden"]);
    await grown.page.close();
  });

  it("have a worker each in a sandbox without an origin", async () => {
    const { page, problems } = await open(`${posts().url}boxed.html`);
    await runsByItself(page);
    await expect.poll(() => workers(page)).toEqual({ own: 2, shared: 0 });
    expect(problems).toEqual([]);
    await page.close();
  });
});
