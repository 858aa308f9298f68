/** A reader goes through lessons: map, prediction, reveal, a way of one's own and back, progress; a teacher writes one. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser, openSite } from "./browser.ts";
import { shared } from "./shared.ts";
import { violations } from "./violations.ts";
import { ready, results, run, state } from "./walk.ts";

const browser = shared(launchBrowser);

const open = (path: string, options = {}) =>
  openSite(browser, path, { reducedMotion: "reduce", ...options });
const guide = (page: Page) => page.locator(".guide");
const primary = (page: Page) => page.locator(".guide-body .button-primary");
const next = (page: Page) => page.locator(".guide-turning .button-primary:enabled");
const reveal = (page: Page) => page.locator(".guide-reveal");

it("a lesson is gone through with Enter and Space alone", async () => {
  const { page, problems } = await open("#/learn/gap-lock");
  await page.locator(".guide-choice input").first().waitFor();
  await ready(page);
  await page.keyboard.press("F2");
  const isIn = (place: string) => () =>
    page.evaluate((within) => document.activeElement?.matches(within) ?? false, place);
  const [choice, turn] = [isIn(".guide-choice input"), isIn(".guide-turning .button-primary")];
  await expect.poll(choice).toBe(true);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await reveal(page).waitFor();
  await expect.poll(turn).toBe(true);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".guide-number").innerText()).toContain("2");
  await expect.poll(choice).toBe(true);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect.poll(turn).toBe(true);
  // What has the focus is switched off for a frame or two, as between two steps of a part.
  await page.evaluate(async () => {
    const { body, activeElement } = document;
    if (!(activeElement instanceof HTMLButtonElement)) throw new Error("a button has the focus");
    body.click();
    activeElement.disabled = true;
    while (document.activeElement !== body) await new Promise(requestAnimationFrame);
    activeElement.disabled = false;
  });
  await expect.poll(turn).toBe(true);
  expect(problems).toEqual([]);
});

describe("the map of lessons is the start page", () => {
  it("finds a lesson by its words, and the free playground is one click away", async () => {
    const { page, problems } = await open("");
    await page.locator(".map-card").first().waitFor();
    await expect.poll(() => page.locator(".map-card").count()).toBeGreaterThanOrEqual(40);
    await page.getByRole("searchbox").fill("1213 gap");
    await expect
      .poll(() => page.locator(".map-card strong").allInnerTexts())
      .toContain("Gap locks coexist, then deadlock");
    await page.getByRole("searchbox").fill("临键锁");
    await expect.poll(() => page.locator(".map-card").count()).toBeGreaterThan(2);
    await page.getByRole("searchbox").fill("useCursorFetch");
    await expect
      .poll(() => page.locator(".map-card strong").first().innerText())
      .toBe("Store or use?");
    await page.getByRole("searchbox").fill("no such thing anywhere");
    await expect.poll(() => page.locator("#chapter-examples").count()).toBe(0);
    await page.getByRole("searchbox").fill("net_write_timeout 2013");
    const example = page.locator('.map-card[href="#/lesson/lost-connection"]');
    await expect
      .poll(() => example.innerText())
      .toBe("2013: half a second a row, and the connection is lost");
    await page.getByRole("searchbox").fill("");
    await expect.poll(() => example.count()).toBe(0);
    await page.locator("a.map-go", { hasText: "Free playground" }).click();
    await page.locator(".session-card").first().waitFor();
    await expect.poll(() => guide(page).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it("says with what the playground opens when work waits there, and has a way to begin anew", async () => {
    const { page, problems } = await open("#/lesson/playground");
    await ready(page);
    await run(page, "A", "CREATE TABLE mine (id INT PRIMARY KEY)");
    // Kept a moment later; the map tells what is kept.
    const kept = () =>
      page.evaluate(() => {
        const { script } = JSON.parse(localStorage.getItem("interleave.page.1") ?? "{}");
        return script?.scenario.steps.length ?? 0;
      });
    await expect.poll(kept).toBe(1);
    await page.evaluate(() => {
      window.location.hash = "#/lessons";
    });
    await page.locator("a.map-go", { hasText: "Continue:" }).waitFor();
    expect(await page.locator("a.map-go", { hasText: "Free playground" }).count()).toBe(0);
    await page.locator("a.map-go", { hasText: "Begin anew" }).click();
    await ready(page);
    await expect.poll(() => page.locator(".stage").innerText()).toContain("No table yet");
    // The palette knows guided lessons and examples under what people call them.
    // A dialog that opens with the empty playground may still be on its way.
    const palette = page.locator(".palette-query");
    const isThere = async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+K");
      return palette.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(isThere).toBe(true);
    await palette.fill("useCursorFetch");
    await expect
      .poll(() => page.locator(".palette-option").allInnerTexts())
      .toContain("Lesson: Store or use?");
    await page.locator(".palette-query").fill("1213");
    const names = () => page.locator(".palette-option").allInnerTexts();
    await expect.poll(names).toContain("Open: A deadlock of two");
    await expect.poll(names).toContain("Lesson: A deadlock, found at once");
    await page.locator(".palette-option", { hasText: "Lesson: A deadlock, found" }).click();
    await guide(page).waitFor();
    expect(problems).toEqual([]);
  });
});

describe("a lesson", () => {
  it("asks, is answered in the picture, and reveals what the engine did", async () => {
    const { page, problems } = await open("#/learn/gap-lock");
    await page.locator(".guide-question").waitFor();
    await page.locator('[data-ref^="gap:"][aria-label*="10"]').first().click();
    await expect
      .poll(() => page.getByRole("checkbox", { name: "gap before 10" }).isChecked())
      .toBe(true);
    await primary(page).click();
    await expect.poll(() => reveal(page).getAttribute("data-right")).toBe("true");
    await expect.poll(() => reveal(page).innerText()).toContain("A gets");
    await page.locator(".guide-ring").first().waitFor();
    await next(page).click();
    await page.getByRole("radio", { name: "It is inserted" }).check();
    await primary(page).click();
    await expect.poll(() => reveal(page).getAttribute("data-right")).toBe("false");
    await expect.poll(() => state(page, "B").innerText()).toContain("WAITS for A");
    expect(problems).toEqual([]);
  });

  it("lets the reader go another way at any moment, and come back", async () => {
    const { page } = await open("#/learn/two-phase-locking");
    await primary(page).click();
    await next(page).waitFor();
    await run(page, "B", "SELECT 7 * 6");
    await page.locator(".guide-astray").waitFor();
    await expect.poll(() => results(page, "B").innerText()).toContain("42");
    await page.getByRole("button", { name: "Back to the lesson" }).click();
    await primary(page).waitFor();
    await expect.poll(() => guide(page).innerText()).toContain("Part 1 of 4");
    await expect.poll(() => results(page, "B").innerText()).not.toContain("42");
  });

  it("takes what the reader runs by hand as its own step", async () => {
    const { page } = await open("#/learn/two-phase-locking");
    await primary(page).waitFor();
    // Monaco comes when somebody is there.
    await page.mouse.move(9, 9);
    await run(page, "A", "BEGIN");
    await run(page, "A", "UPDATE t SET k = k + 1 WHERE id = 1");
    await next(page).waitFor();
    await expect
      .poll(() => guide(page).innerText())
      .toContain("put an exclusive record lock on it");
  });

  it("keeps progress over a reload, and forgets it when told to", async () => {
    const { page } = await open("#/learn/commit-and-leave");
    await page.getByRole("radio", { name: "Disconnected" }).check();
    await primary(page).click();
    await next(page).click();
    await primary(page).click();
    await page.getByRole("link", { name: "Next lesson" }).waitFor();
    await expect.poll(() => page.title()).toBe("completion_type = 2 hangs up · Interleave");
    await page.goto(page.url().replace(/#.*/, "#/lessons"));
    await page.reload();
    const card = page.locator(".map-card", { hasText: "completion_type = 2" });
    await expect.poll(() => card.getAttribute("data-done")).toBe("true");
    await expect
      .poll(() => page.locator(".map-foot").innerText())
      .toContain("1 of 1 predictions came true");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export progress" }).click();
    const file = await (await download).path();
    expect(Object.keys(JSON.parse(readFileSync(file, "utf8")))).toEqual(["commit-and-leave"]);
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Reset progress" }).click();
    await expect.poll(() => card.getAttribute("data-done")).toBe("false");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Import progress" }).click();
    await (await chooser).setFiles(file);
    await expect.poll(() => card.getAttribute("data-done")).toBe("true");
  });

  it("goes on where it was left, in another lesson meanwhile or not", async () => {
    const { page } = await open("#/learn/two-phase-locking");
    await primary(page).click();
    await next(page).waitFor();
    const go = async (id: string) => {
      await page.evaluate((to) => {
        window.location.hash = to;
      }, `#/learn/${id}`);
      await page.locator(".guide-question, .guide-body .button-primary").first().waitFor();
    };
    await go("gap-lock");
    await page.locator(".guide-question").waitFor();
    await go("two-phase-locking");
    await expect.poll(() => guide(page).innerText()).toContain("Part 2 of 4");
    await expect.poll(() => results(page, "A").innerText()).toContain("UPDATE t SET k = k + 1");
  });

  it("shows the matrix of anomalies, computed cell by cell", async () => {
    const { page } = await open("#/learn/anomalies-by-level");
    await page.locator(".anomaly-guess").first().click();
    await page.getByRole("button", { name: "Run all of them" }).click();
    await expect.poll(() => page.locator(".anomaly-result").count()).toBe(16);
    const cells = await page
      .locator(".anomaly-result")
      .evaluateAll((all) =>
        all.map((cell) => (cell.getAttribute("data-happens") === "true" ? 1 : 0)),
      );
    expect(cells).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    await page.locator(".anomaly-result").nth(11).click();
    await expect.poll(() => state(page, "B").innerText()).toContain("WAITS for A");
    await page.goBack();
    await expect.poll(() => page.locator(".anomaly-result").count()).toBe(16);
    await expect.poll(() => page.locator('.anomaly-guess[data-guess="true"]').count()).toBe(1);
  });
});

describe("a lesson of one's own", () => {
  const wrong = readFileSync("test/fixtures/lesson_wrong_claim.md", "utf8");

  it("is checked while it is written, opened, and passed on as a link", async () => {
    const { page, problems } = await open("#/write", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const text = page.locator(".write-text");
    await page.locator(".write-holds").waitFor();
    await text.fill(wrong);
    await expect
      .poll(() => page.locator(".write-problems").innerText())
      .toContain("does not hold: A affected 2 (the engine says: affected 1)");
    await text.fill(wrong.replace("A affected 2", "A affected 1"));
    await page.locator(".write-holds").waitFor();
    await page.getByRole("button", { name: "Copy a link" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await open(new URL(link).hash);
    await expect.poll(() => guide(other.page).innerText()).toContain("A lesson of a test");
    await primary(other.page).click();
    await expect.poll(() => guide(other.page).innerText()).toContain("It was changed.");
    expect([...problems, ...other.problems]).toEqual([]);
  });

  it("opens from a file", async () => {
    const { page } = await open("");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open a lesson file" }).click();
    await (await chooser).setFiles("test/fixtures/lesson_wrong_claim.md");
    await expect.poll(() => guide(page).innerText()).toContain("A lesson of a test");
  });
});

describe.each([
  ["light", "en"],
  ["dark", "zh-CN"],
] as const)("everybody can read it: %s, %s", (colorScheme, locale) => {
  it("the map, a question and its answer, the editor", async () => {
    const { page } = await open("", { colorScheme, locale });
    await page.locator(".map-card").first().waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.goto(page.url().replace(/#.*/, "").concat("#/learn/gap-lock"));
    await page.locator(".guide-question").waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.locator(".guide-choice").first().click();
    await primary(page).click();
    await reveal(page).waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.goto(page.url().replace(/#.*/, "#/write"));
    await page.locator(".write-holds, .write-problems").first().waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
  });

  it.each([390, 768])("nothing sticks out at %i pixels", async (width) => {
    for (const path of ["", "#/learn/why-gap-locks", "#/learn/anomalies-by-level", "#/write"]) {
      const { page } = await open(path, { colorScheme, locale, viewport: { width, height: 844 } });
      await page.locator(".map h1, .guide h3").first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(width);
      await page.context().close();
    }
  });
});
