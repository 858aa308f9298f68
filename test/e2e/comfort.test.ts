/** Long work that can be stopped, long results, and what the mysql client does itself. */
import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { openPage, place, ready, results, run, send, session, state } from "./walk.ts";

const browser = shared(launchBrowser);

const open = (options: BrowserContextOptions = {}) => openPage(browser, options);

/** Each row takes its time: the simulation ends a statement of a million rows by itself. */
const RUNAWAY =
  "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000) " +
  "SELECT COUNT(*) FROM n a JOIN n b WHERE REPEAT(a.i, 2000) LIKE CONCAT('%', b.i, 'x')";

describe("a statement that runs away", () => {
  it("is stopped by the button, and everything before it is still there", async () => {
    const { page, problems } = await open();
    await send(page, "A", RUNAWAY);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect
      .poll(() => page.locator(".notice").innerText())
      .toMatch(/^Stopped: WITH RECURSIVE/);
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await run(page, "A", "COMMIT");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    expect(problems).toEqual([]);
  });
});

describe("a statement that is run again", () => {
  it("keeps its mark and its button, and nothing is drawn before its answer is there", async () => {
    const { page, problems } = await open();
    await run(page, "A", "SELECT 40 + 2");
    const button = session(page, "A").locator(".button-run");
    await expect.poll(() => button.innerText()).toMatch(/Run again/);
    await expect.poll(() => session(page, "A").locator(".sql-mark-done").count()).toBe(1);
    await page.evaluate(() => {
      const changed: string[] = [];
      Object.assign(window, { changed });
      const names = ".narration-place, .narration, .session-bar, .glyph-margin-widgets, .header";
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          changed.push(element?.closest(names)?.className ?? "");
        }
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    const changes = () =>
      page.evaluate(() => (window as unknown as { changed: string[] }).changed.filter(Boolean));
    const printed = results(page, "A").locator(".result");
    const many = await printed.count();
    const before = await place(page).innerText();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => place(page).innerText()).not.toBe(before);
    await expect.poll(() => printed.count()).toBe(many + 1);
    const [first, ...more] = await changes();
    expect(first).toBe("narration-place");
    expect(more.filter((name) => /session-bar|glyph-margin/.test(name))).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe("a statement of 3,000 rows", () => {
  it("lets the page draw while it runs, and shows its first rows and the count", async () => {
    const { page, problems } = await open();
    await page.evaluate(() => {
      const gaps: number[] = [];
      let last = performance.now();
      const tick = (now: number): void => {
        gaps.push(now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      Object.assign(window, { gaps });
    });
    await send(page, "B", "SELECT 1");
    await run(page, "A", "COMMIT");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await run(page, "B", "CREATE TABLE n (i INT)");
    await run(
      page,
      "B",
      "INSERT INTO n WITH RECURSIVE s AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM s WHERE i < 900) SELECT i FROM s",
    );
    await run(page, "B", "SELECT * FROM n");
    await expect.poll(() => results(page, "B").innerText()).toContain("900 rows in set");
    await page.getByRole("button", { name: /more lines: show all/ }).click();
    // innerText leaves out what is not drawn.
    await expect.poll(() => results(page, "B").textContent()).toContain("|  450 |");
    const gaps = await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps.length);
    expect(gaps).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  });
});

describe("what the mysql client does itself", () => {
  it("prints vertically after \\G, also when the page is opened again", async () => {
    const { page } = await open();
    await run(page, "A", "SELECT id, d FROM t WHERE id = 5\\G");
    const printed =
      "*************************** 1. row ***************************\nid: 5\n d: 5\n1 row in set";
    await expect.poll(() => results(page, "A").innerText()).toContain(printed);
    await page.reload();
    await expect.poll(() => results(page, "A").innerText()).toContain(printed);
  });

  it("says that source is not for the server, and runs what stands before it", async () => {
    const { page } = await open();
    await send(page, "A", "source dump.sql");
    await expect
      .poll(() => page.locator(".notice").innerText())
      .toBe(
        "source is a command of the mysql client, not SQL: no server would see it. Paste the file's statements into the editor instead.",
      );
    await run(page, "A", "DELIMITER //\nSELECT 40 + 2//\nDELIMITER ;");
    await expect.poll(() => results(page, "A").innerText()).toContain("42");
  });
});

describe("the title", () => {
  it("is written where it stands, and goes with reload, link and file", async () => {
    const { page, problems } = await open();
    const name = () => page.locator(".scenario-name").innerText();
    const field = page.getByRole("textbox", { name: "Title of the scenario" });
    const rename = async () => {
      await page.locator(".scenario-button").click();
      await page.getByRole("button", { name: "Give it a title…" }).click();
      await expect.poll(() => field.evaluate((it) => it === document.activeElement)).toBe(true);
    };
    const first = await name();
    await rename();
    await page.keyboard.type("Nobody keeps it");
    await page.keyboard.press("Escape");
    await expect.poll(name).toBe(first);
    await rename();
    await page.keyboard.type("Who waits for the gap?");
    await page.keyboard.press("Enter");
    await expect.poll(name).toBe("Who waits for the gap?");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className))
      .toContain("scenario-button");
    await page.reload();
    await ready(page);
    await expect.poll(name).toBe("Who waits for the gap?");
    await rename();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await expect.poll(name).toBe(first);
    expect(problems).toEqual([]);
  });
});

describe("the bars between panes", () => {
  it("are moved by mouse and by keys, and stand where they were left after a reload", async () => {
    const { page, problems } = await open();
    const bar = page.getByRole("separator", { name: "Width of the sessions" });
    // Pointed at when it stands still.
    await bar.hover();
    const left = () => page.locator(".sessions").evaluate((sessions) => sessions.clientWidth);
    const box = await bar.boundingBox();
    if (box === null) throw new Error("no bar");
    const before = await left();
    const [x, y] = [box.x + box.width / 2, box.y + 200];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(left).toBe(before + 60);
    await bar.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(left).toBeGreaterThan(before + 60);
    const moved = await left();
    await page.reload();
    await expect.poll(left).toBe(moved);
    await bar.waitFor();
    expect(await left()).toBe(moved);
    expect(problems).toEqual([]);
  });
});

describe("the editor", () => {
  it("stands at what was run last when nothing is left", async () => {
    const { page } = await open();
    const card = session(page, "C");
    await page.getByRole("button", { name: "Add a session" }).click();
    await card.locator('[data-editor="monaco"]').waitFor();
    await card.getByRole("textbox").first().focus();
    await page.keyboard.insertText("SELECT 1;\nSELECT 2;\nSELECT 3 + 4;");
    await card.getByRole("button", { name: "Run all" }).click();
    const current = () => card.locator(".button-run").getAttribute("title");
    await expect.poll(current).toMatch(/once more: SELECT 3 \+ 4$/);
  });
  it("shows the statement at the cursor while one steps through the past", async () => {
    const { page } = await open();
    const current = () => session(page, "A").locator(".button-run").getAttribute("title");
    await expect.poll(current).toMatch(/: COMMIT$/);
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(current).toMatch(/: BEGIN$/);
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(current).toMatch(/SELECT \* FROM t WHERE d = 5 FOR UPDATE$/);
  });
});
