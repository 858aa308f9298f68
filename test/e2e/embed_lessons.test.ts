/** Guided lessons in a frame of somebody's post: their text drives the playground under it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, describe, expect, inject, it } from "vitest";
import { LESSONS as EXAMPLES } from "../../src/lessons/lessons.ts";
import { guidedLessons } from "../tools/build/guided_lessons.ts";
import { serveFolders } from "../tools/static_server.ts";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";

const LESSONS = guidedLessons(resolve(import.meta.dirname, "../.."));

describe("a guided lesson in a post", () => {
  const folder = mkdtempSync(join(tmpdir(), "interleave-lessons-"));
  const browser = shared(launchBrowser);
  const context = shared(() => browser().newContext({ viewport: { width: 800, height: 700 } }));
  const site = shared(() => serveFolders({ "/": inject("siteFolder") }));
  const posts = shared(() => serveFolders({ "/": folder }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A post with one element, whose attributes these are. */
  async function post(attributes: string) {
    const page = await context().newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      const isIcon = message.location().url.endsWith("favicon.ico");
      if (message.type() === "error" && !isIcon) problems.push(message.text());
    });
    const body =
      `<!doctype html><title>A post</title><script src="${site().url}interleave.js"></script>` +
      `<p>A post.</p><interleave-playground ${attributes} lang="en"></interleave-playground>` +
      `<p style="height: 2000px"></p>`;
    writeFileSync(join(folder, "post.html"), body);
    await page.goto(`${posts().url}post.html`);
    const handle = await page.locator("interleave-playground iframe").elementHandle();
    const frame = await handle?.contentFrame();
    if (frame === null || frame === undefined) throw new Error("no frame");
    return { page, frame, problems };
  }

  /** The element follows its frame's content; a click while it does may land where a button was. */
  const heightRests = async (page: Page): Promise<void> => {
    const height = () => page.locator("interleave-playground").evaluate((el) => el.clientHeight);
    for (let before = -1, now = await height(); now !== before; now = await height()) {
      before = now;
      await page.waitForTimeout(200);
    }
  };

  const title = (frame: Frame) => frame.locator(".embed-title").innerText();
  const part = (frame: Frame) => frame.locator(".guide-number").innerText();
  const pictures = (frame: Frame) =>
    frame
      .locator(".embed-pictures > section")
      .evaluateAll((sections) => sections.map((one) => one.getAttribute("aria-label")));
  const load = (page: Page, lesson: string) =>
    page
      .locator("interleave-playground")
      .evaluate(
        (element, name) =>
          (element as HTMLElement & { load(what: object): void }).load({ lesson: name }),
        lesson,
      );

  it("does not show what each session sees while it asks about it", async () => {
    const { frame, problems } = await post('lesson="readers-do-not-wait" panels="versions"');
    await frame.locator(".guide-question").waitFor();
    const sight = frame.locator(".embed-pictures .sight");
    await expect.poll(() => sight.innerText()).toContain("when you have answered");
    await frame.locator(".guide-question fieldset button, .guide-question input").first().click();
    await frame.getByRole("button", { name: "Run it and see" }).click();
    await expect.poll(() => sight.innerText()).toContain("A plain SELECT by each");
    expect(problems).toEqual([]);
  });

  it("asks, runs, shows what happened, and goes on to its end", async () => {
    const { page, frame, problems } = await post('lesson="gap-lock"');
    await frame.locator(".guide-question").waitFor();
    await expect.poll(() => title(frame)).toBe("A gap lock: locking what is not there");
    await expect.poll(() => frame.locator(".schedule-step").count()).toBe(0);
    await frame.getByText("gap before 10", { exact: true }).click();
    await frame.getByRole("button", { name: "Run it and see" }).click();
    await expect.poll(() => frame.locator(".guide-verdict").innerText()).toBe("As you said.");
    await expect.poll(() => frame.locator(".schedule-step").count()).toBe(2);
    // What is spoken of is ringed in the picture under the text.
    await expect.poll(() => frame.locator(".guide-ring").count()).toBeGreaterThan(0);
    while ((await part(frame)) !== "Part 3 of 3") {
      await frame.getByRole("button", { name: "Next", exact: true }).click();
      await frame.getByRole("button", { name: /Just show me|^Run it$/ }).click();
      await frame.locator('.guide-steps[data-run="true"]').waitFor();
    }
    await frame.getByRole("button", { name: "Start the lesson over" }).click();
    await expect.poll(() => part(frame)).toBe("Part 1 of 3");
    await expect
      .poll(() => page.evaluate(() => [window.scrollY, document.activeElement?.tagName]))
      .toEqual([0, "INTERLEAVE-PLAYGROUND"]);
    expect(problems).toEqual([]);
  });

  it("works without an origin and without storage, and says where a reader's own way began", async () => {
    const { page, frame, problems } = await post('lesson="lost-update" sandbox="allow-scripts"');
    const press = async (name: string | RegExp) => {
      await heightRests(page);
      await frame.getByRole("button", { name }).click();
    };
    await frame.locator(".guide-body h3").waitFor();
    await expect.poll(() => frame.evaluate(() => window.origin)).toBe("null");
    await frame.locator(".embed-pictures").getByText("stock 10").first().waitFor();
    await frame.locator(".embed-input textarea").fill("SELECT 1");
    await press("Run in A");
    await frame.locator(".guide-astray").waitFor();
    await press("Back to the lesson");
    await expect.poll(() => frame.locator(".guide-astray").count()).toBe(0);
    await press(/Just show me|^Run it$/);
    await frame.locator('.guide-steps[data-run="true"]').waitFor();
    expect(problems).toEqual([]);
  });

  it("begins with the part that is asked for, with the panels that it wants or its author", async () => {
    const second = await post('lesson="three-views-one-row" at="p2" lang="zh"');
    await expect.poll(() => part(second.frame)).toMatch(/^第 2 /);
    await expect.poll(() => second.frame.locator(".schedule-step").count()).toBeGreaterThan(0);
    await expect.poll(() => pictures(second.frame)).toEqual(["版本与读视图"]);
    await second.page.close();
    const only = await post('lesson="three-views-one-row" panels="index" at="p1"');
    await only.frame.locator(".guide-body h3").waitFor();
    await expect.poll(() => pictures(only.frame)).toEqual(["Indexes and locks"]);
    await expect.poll(() => only.frame.locator(".schedule").count()).toBe(0);
  });

  it("leads to the same lesson on the site, and from lesson to lesson in a new tab", async () => {
    const { page, frame } = await post('lesson="gap-lock"');
    await frame.locator(".guide-question").waitFor();
    const opened = page.waitForEvent("popup");
    await frame.getByRole("link", { name: "Open in Interleave" }).click();
    expect((await opened).url()).toBe(`${site().url}#/learn/gap-lock`);
    for (const link of await frame.locator(".guide-body a").all()) {
      await expect.poll(() => link.getAttribute("target")).toBe("_blank");
    }
  });

  it("opens every lesson there is, and its first part runs", async () => {
    const { page, frame, problems } = await post(`lesson="${LESSONS[0]?.id}"`);
    expect(LESSONS.length).toBe(64);
    for (const lesson of LESSONS) {
      await load(page, lesson.id);
      await expect.poll(() => title(frame)).toBe(lesson.title.en);
      await expect.poll(() => part(frame)).toContain("Part 1 of");
      const run = frame.getByRole("button", { name: /Just show me|^Run it$/ });
      if ((lesson.parts[0]?.steps.length ?? 0) === 0) continue;
      await run.click();
      await frame.locator('.guide-steps[data-run="true"]').waitFor();
      await expect
        .poll(() => frame.locator(".schedule-step").count())
        .toBe(lesson.parts[0]?.steps.length);
    }
    expect(problems).toEqual([]);
  });

  it("is one of the names in the manual", async () => {
    const manual = await context().newPage();
    await manual.goto(`${site().url}#/manual`);
    await manual.locator(".manual-names").first().waitFor();
    const names = await manual.locator(".manual-names code").allInnerTexts();
    expect(names).toEqual([...LESSONS, ...EXAMPLES].map(({ id }) => id));
  });

  it("says which name is unknown", async () => {
    const { frame } = await post('lesson="no-such-lesson"');
    await expect
      .poll(() => frame.locator(".embed-fault").innerText())
      .toContain('no lesson "no-such-lesson"');
    const hostile = await post('lesson="../interleave"');
    await expect
      .poll(() => hostile.frame.locator(".embed-fault").innerText())
      .toContain("no lesson");
    expect(site().asked.filter((path) => path === "/interleave.js.js")).toEqual([]);
  });
});
