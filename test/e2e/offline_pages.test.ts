/** With the server dead after one visit: every guided lesson, every page, in both languages, and what was used before. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { LESSONS as EXAMPLES } from "../../src/lessons/lessons.ts";
import { chapterOf, chapters } from "../../src/views/lesson/sections.ts";
import links from "../fixtures/links/v1.json" with { type: "json" };
import { guidedLessons } from "../tools/build/guided_lessons.ts";
import { type StaticServer, serveFolders } from "../tools/static_server.ts";
import { launchProfile } from "./browser.ts";
import { drop } from "./given_files.ts";
import { ready, results } from "./walk.ts";

const LESSONS = guidedLessons(resolve(import.meta.dirname, "../.."));
const YAML = "title: From YAML\nsetup: CREATE TABLE y (id int)\nsessions: [A]\nsteps:\n  - A: ";

describe("without a network", () => {
  const place = mkdtempSync(join(tmpdir(), "interleave-without-"));
  let context: BrowserContext;
  let server: StaticServer;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    server = await serveFolders({ "/down/": inject("siteFolder") });
    context = await launchProfile(join(place, "profile"));
    page = await context.newPage();
    await page.goto(`${server.url}down/`);
    await page.locator(".map-card").first().waitFor();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    // The first visit asks the network for what it does not need yet, until it is left.
    await page.goto("about:blank");
    await server.close();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(`not had: ${request.url()}`));
  });
  afterAll(async () => {
    await context?.close();
    rmSync(place, { recursive: true, force: true });
  });

  const at = (path: string) => `${server.url}down/${path}`;
  const toChinese = () => page.getByRole("button", { name: "切换到中文" }).first().click();
  const toEnglish = () => page.getByRole("button", { name: "Switch to English" }).first().click();
  const heading = () => page.locator("h1").first().innerText();

  it("the map has every guided lesson", async () => {
    await page.goto(at(""));
    await expect.poll(() => page.locator(".map-card").count()).toBe(LESSONS.length);
    expect(problems).toEqual([]);
  });

  // Chapter by chapter: all of them at once take a busy machine minutes.
  const ids = chapters("en").map(({ id }) => id);
  it.each(ids)("every guided lesson of %s opens and runs, in both languages", async (id) => {
    const title = () => page.locator(".guide-head h2").innerText();
    const lessons = LESSONS.filter((lesson) => chapterOf(lesson) === id);
    expect(lessons.length).toBeGreaterThan(0);
    for (const lesson of lessons) {
      await page.goto(at(`#/learn/${lesson.id}`));
      await expect.poll(title).toBe(lesson.title.en);
      await toChinese();
      await expect.poll(title).toBe(lesson.title.zh);
      await toEnglish();
      if ((lesson.parts[0]?.steps.length ?? 0) === 0) continue;
      await page.getByRole("button", { name: /Just show me|^Run it$/ }).click();
      await page.locator('.guide-steps[data-run="true"]').waitFor();
    }
    expect(problems).toEqual([]);
  });

  it("every page opens in both languages", async () => {
    for (const path of ["#/lessons", "#/write", "#/manual", "#/fidelity", "#/gallery"]) {
      await page.goto(at(path));
      await page.locator("h1").first().waitFor();
      const english = await heading();
      await toChinese();
      await expect.poll(heading).not.toBe(english);
      await toEnglish();
      await expect.poll(heading).toBe(english);
    }
    await page.goto(at("#/manual"));
    await page.locator(".manual-names").first().waitFor();
    // The gallery's scenes were never used.
    expect(problems.filter((one) => !one.includes("GalleryScenes"))).toEqual([]);
    problems.length = 0;
  });

  it("the page of a lesson leads to the lesson", async () => {
    const [lesson] = LESSONS;
    await page.goto(at(`lessons/${lesson?.id}.html`));
    await expect.poll(() => page.locator(".guide-head h2").innerText()).toBe(lesson?.title.en);
    const [example] = EXAMPLES;
    await page.goto(at(`lessons/${example?.id}.html`));
    await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(example?.title.en);
    problems.length = 0;
  });

  it("an embed's address leads to what the embed shows", async () => {
    const [lesson] = LESSONS;
    const [first, other] = EXAMPLES;
    await page.goto(at(`embed.html#lesson=${other?.id}&panels=index&lang=en`));
    await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(other?.title.en);
    await page.goto(at(`embed.html#lesson=${lesson?.id}`));
    await expect.poll(() => page.locator(".guide-head h2").innerText()).toBe(lesson?.title.en);
    const link = links[0]?.fragment ?? "";
    await page.goto(at(`embed.html#scenario=${link.replace("#s=", "")}&panels=index`));
    await expect.poll(() => new URL(page.url()).pathname).not.toContain("embed");
    await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(first?.title.en);
    await expect.poll(() => page.locator(".notice").count()).toBe(0);
    problems.length = 0;
  });

  it("what was never used says that it needs a network, and works from its first use on", {}, async () => {
    await page.goto(at("#/playground"));
    await page.reload();
    await ready(page);
    await drop(page, "x.yaml", `${YAML}SELECT 1 AS one\n`);
    const dialog = page.getByRole("dialog");
    await expect.poll(() => dialog.innerText()).toContain("are you offline?");
    await page.keyboard.press("Escape");
    const openFilm = async (): Promise<void> => {
      await page.locator(".files-button").click();
      await page.getByRole("button", { name: "Picture or animation…" }).click();
      await dialog.getByRole("combobox", { name: "Format", exact: true }).waitFor();
    };
    const kinds = () => dialog.locator("option").allInnerTexts();
    await openFilm();
    await expect.poll(() => dialog.innerText()).toContain("MP4 and WebM need a library");
    await page.keyboard.press("Escape");
    await page.goto(at("#/gallery"));
    const gallery = page.locator(".gallery");
    await expect.poll(() => gallery.innerText()).toContain("are you offline?");
    await page.goto(at("#/playground"));

    const port = Number(new URL(server.url).port);
    const again = await serveFolders({ "/down/": inject("siteFolder") }, port);
    await page.reload();
    await ready(page);
    await drop(page, "x.yaml", `${YAML}SELECT 2 AS two\n`);
    await expect.poll(() => dialog.innerText()).toContain("a YAML scenario");
    await page.keyboard.press("Escape");
    await openFilm();
    await expect.poll(kinds).toContain("WebM");
    await page.goto(at("#/gallery"));
    await expect.poll(() => gallery.locator(".gallery-case").count()).toBeGreaterThan(0);
    await page.goto(at("#/playground"));
    await again.close();

    await page.reload();
    await ready(page);
    await drop(page, "x.yaml", `${YAML}SELECT 3 AS three\n`);
    await dialog.getByRole("button", { name: "Open" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("three");
    await openFilm();
    await expect.poll(kinds).toContain("WebM");
    await page.goto(at("#/gallery"));
    await expect.poll(() => gallery.locator(".gallery-case").count()).toBeGreaterThan(0);
  });
});
