/** The schedule in another order, two runs beside each other, jumps, bookmarks, commands by name. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import {
  chooseExample,
  narration,
  openPage,
  openPalette,
  place,
  ready,
  results,
  run,
  state,
} from "./walk.ts";

const browser = shared(launchBrowser);

const open = (options: BrowserContextOptions = {}) => openPage(browser, options);
const rows = (page: Page) => page.locator(".schedule-row");
const cursor = (page: Page) => page.getByRole("slider", { name: "Position in time" });

async function openSchedule(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Schedule" }).click();
  await rows(page).first().waitFor();
}

async function command(page: Page, words: string): Promise<void> {
  await openPalette(page);
  await page.getByRole("combobox", { name: "Commands" }).fill(words);
  await page.keyboard.press("Enter");
}

describe("the schedule", () => {
  it("is put into another order with the keyboard, run again at once, and undone", async () => {
    const { page, problems } = await open();
    await openSchedule(page);
    await expect.poll(() => rows(page).allInnerTexts()).toHaveLength(3);
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    // Whoever clicks a row means it with the keys.
    await rows(page).nth(2).getByText("INSERT INTO t").click();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => results(page, "A").innerText()).toContain("2 rows in set");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await expect.poll(() => rows(page).nth(1).innerText()).toContain("INSERT INTO t");
    await page.getByRole("button", { name: "Undo the change of the schedule" }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    expect(problems).toEqual([]);
  });

  it("has a statement of the past written anew and all run again, by key, by button, from the timeline; the old run stays", async () => {
    const { page, problems } = await open();
    await openSchedule(page);
    await rows(page).nth(1).getByText("SELECT * FROM t").click();
    await page.keyboard.press("e");
    const sheet = page.getByRole("dialog", { name: "Step 2, A: edit and run again" });
    await sheet.getByRole("textbox").fill("SELECT * FROM t WHERE id = 10 FOR UPDATE");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => rows(page).nth(1).innerText()).toContain("WHERE id = 10");
    await expect.poll(() => rows(page).nth(2).innerText()).toContain("OK, 1 row");
    await expect.poll(() => rows(page).count()).toBe(3);
    await expect.poll(() => page.locator(".notice").innerText()).toContain("Step 2 is another one");
    await expect
      .poll(() => page.locator('.session-card[data-session="A"] .session-editor').innerText())
      .toMatch(/id\s=\s10/);
    await page.locator(".bar").filter({ hasText: "INSERT INTO t" }).dblclick();
    await page.getByRole("dialog", { name: "Step 3, B: edit and run again" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".scenario-button").click();
    await page
      .getByRole("button", { name: /^Differs from step 2 on: A: SELECT \* FROM t WHERE d = 5/ })
      .click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await rows(page)
      .nth(1)
      .getByRole("button", { name: /^Edit and run again/ })
      .click();
    await page.getByRole("dialog", { name: "Step 2, A: edit and run again" }).waitFor();
    expect(problems).toEqual([]);
  });

  it("answers what if B went first, and shows a statement that a waiting session cannot take", async () => {
    const { page } = await open();
    await openSchedule(page);
    await page.getByRole("button", { name: "B first" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("2 rows in set");
    await run(page, "B", "COMMIT");
    await expect.poll(() => rows(page).count()).toBe(4);
    // The COMMIT of B comes to stand behind its INSERT, which waits again.
    await page.getByRole("button", { name: "A first" }).click();
    await expect
      .poll(() => rows(page).nth(3).innerText())
      .toContain("not run: B was still waiting");
    await expect.poll(() => page.locator(".bar-skipped").count()).toBe(1);
  });

  it("is dragged on the timeline, and a click there goes there", async () => {
    const { page } = await open();
    const insert = page.locator(".bar").filter({ hasText: "INSERT INTO t" });
    // Pointed at when it stands still.
    await insert.hover({ position: { x: 20, y: 8 } });
    const box = await insert.boundingBox();
    const first = await page.locator(".bar").filter({ hasText: "BEGIN" }).boundingBox();
    if (box === null || first === null) throw new Error("no bars");
    await page.mouse.down();
    await page.mouse.move(first.x + 40, box.y + 8, { steps: 4 });
    await page.locator(".bar-drop").waitFor();
    await page.mouse.move(first.x + 4, box.y + 8);
    await page.mouse.up();
    await expect.poll(() => results(page, "A").innerText()).toContain("2 rows in set");
    await page.locator(".bar").filter({ hasText: "BEGIN" }).click();
    await expect.poll(() => place(page).innerText()).toContain("in the past");
  });

  it("keeps the lane of a session that was removed", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Disconnect session A" }).click();
    await expect.poll(() => page.locator('.session-card[data-session="A"]').count()).toBe(0);
    await expect
      .poll(() => page.locator('.lane[data-session="A"] .bar').count())
      .toBeGreaterThan(1);
  });
});

describe("two runs beside each other", () => {
  it("differ first in the locks at READ COMMITTED, and one of them can be opened", async () => {
    const { page, problems } = await open();
    await page.getByRole("button", { name: "Compare…" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare" });
    await expect
      .poll(() => dialog.getByRole("status").innerText())
      .toBe("First difference: step 2, the same result, other locks.");
    const marked = dialog.locator('tr[data-first="true"]');
    await expect.poll(() => marked.innerText()).toContain("SELECT * FROM t WHERE d = 5 FOR UPDATE");
    await expect.poll(() => marked.innerText()).toMatch(/8 locks[\s\S]*2 locks/);
    await dialog.getByRole("button", { name: "Go on from the right one" }).click();
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    expect(problems).toEqual([]);
  });

  it("are a fork and the future that was left, also after a reload", async () => {
    const { page } = await open();
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await page.keyboard.press("Shift+ArrowLeft");
    await run(page, "A", "ROLLBACK");
    await expect.poll(() => page.locator(".notice").innerText()).toMatch(/^You went back/);
    await page.reload();
    await ready(page);
    await page.getByRole("button", { name: "Compare…" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare" });
    await expect
      .poll(() => dialog.getByRole("status").innerText())
      .toBe("First difference: step 3, different statements: one waits, the other does not.");
  });
});

it("two runs that part after a wait name the step that is another one, and what ends differently", async () => {
  const { page } = await open();
  await run(page, "A", "SELECT 1");
  await page.locator("body").click({ position: { x: 5, y: 300 } });
  await page.keyboard.press("Shift+ArrowLeft");
  await run(page, "A", "COMMIT");
  await page.getByRole("button", { name: "Compare…" }).click();
  const dialog = page.getByRole("dialog", { name: "Compare" });
  await expect
    .poll(() => dialog.getByRole("status").innerText())
    .toMatch(
      /^First difference: step 4, different statements.* Because of it step 3 ends differently\.$/,
    );
  await expect
    .poll(() => dialog.locator('tr[data-first="true"]').innerText())
    .toMatch(/SELECT 1[\s\S]*COMMIT|COMMIT[\s\S]*SELECT 1/);
});

describe("jumps and bookmarks", () => {
  it("lead to the deadlock and back to the wait, by buttons and by letters", async () => {
    const { page } = await open();
    await chooseExample(page, "A deadlock of two");
    await expect.poll(() => state(page, "B").innerText()).toBe("deadlock victim");
    await cursor(page).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("d");
    await expect.poll(() => narration(page).innerText()).toMatch(/deadlock/i);
    await page.keyboard.press("W");
    await expect.poll(() => narration(page).innerText()).toMatch(/WAITS/);
    await page.getByRole("combobox", { name: "Jump to" }).selectOption("error");
    await expect.poll(() => narration(page).innerText()).toContain("1213");
  });

  it("keep a place, over a reload", async () => {
    const { page } = await open();
    await cursor(page).focus();
    const end = await place(page).innerText();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => place(page).innerText()).not.toBe(end);
    const there = await place(page).innerText();
    await page.keyboard.press("b");
    await page.keyboard.press("Home");
    await page.reload();
    await ready(page);
    await cursor(page).focus();
    await page.keyboard.press("n");
    await expect.poll(() => place(page).innerText()).toBe(there);
    await expect
      .poll(() => page.getByRole("button", { name: "Bookmark here" }).getAttribute("aria-pressed"))
      .toBe("true");
  });
});

describe("a command by name", () => {
  it("shows one panel alone or the tables, and comes where a sheet is just closing", async () => {
    const { page, problems } = await open();
    await command(page, "only this log");
    await expect
      .poll(() => page.locator(".stage").getByRole("heading", { level: 2 }).allInnerTexts())
      .toEqual(["Event log"]);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("tab", { name: "Why?" }).count()).toBe(1);
    await command(page, "tables…");
    const tables = page.getByRole("dialog", { name: /^Tables/ });
    await expect
      .poll(() => tables.getByRole("textbox").first().inputValue())
      .toContain("CREATE TABLE t");
    await page.keyboard.press("Escape");
    await expect.poll(() => tables.count()).toBe(0);
    // Both keys before the browser has told that the sheet closed.
    await page.keyboard.press("F1");
    await page.getByRole("dialog").waitFor();
    await page.evaluate(() => {
      document.querySelector("dialog")?.close();
      const key = { key: "k", ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent("keydown", key));
    });
    await page.getByRole("combobox", { name: "Commands" }).waitFor();
    await page.waitForFunction(() => new Promise((done) => setTimeout(() => done(true), 50)));
    expect(await page.getByRole("combobox", { name: "Commands" }).count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it("is found in either language from within an editor, and Escape gives the focus back", async () => {
    const { page, problems } = await open();
    await run(page, "A", "SELECT 1");
    await openPalette(page);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".monaco-editor.focused").count()).toBe(1);
    await command(page, "xyzzy");
    await expect.poll(() => page.getByText("Nothing fits.").count()).toBe(1);
    await page.keyboard.press("Escape");
    await command(page, "b 先执行");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await command(page, "b read comm");
    const level = page.getByRole("combobox", { name: "Isolation level, Session B" });
    await expect.poll(() => level.inputValue()).toBe("READ COMMITTED");
    const locks = page.getByRole("tab", { name: "Lock levels" });
    expect(await locks.getAttribute("aria-selected")).toBe("false");
    await command(page, "面板 锁的层级");
    await expect.poll(() => locks.getAttribute("aria-selected")).toBe("true");
    await page.getByRole("button", { name: "Hide Who waits for whom" }).click();
    const waits = page.getByRole("heading", { name: "Who waits for whom" });
    await expect.poll(() => waits.count()).toBe(0);
    await command(page, "panel who waits");
    await expect.poll(() => waits.count()).toBe(1);
    await command(page, "dark");
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(problems).toEqual([]);
  });

  it("says that nothing fits when the lessons have been searched too, not while their texts come", async () => {
    const { page } = await open();
    let letCome = () => {};
    const come = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    await page.route(/search_texts/, async (route) => {
      await come;
      await route.continue();
    });
    const options = page.locator(".palette-option");
    const nothing = page.getByText("Nothing fits.");
    await openPalette(page);
    await page.getByRole("combobox", { name: "Commands" }).fill("go first b");
    await expect.poll(() => options.count()).toBe(0);
    expect(await nothing.count()).toBe(0);
    letCome();
    await expect.poll(() => options.count()).toBeGreaterThan(0);
    expect(await nothing.count()).toBe(0);
    await page.getByRole("combobox", { name: "Commands" }).fill("xyzzy");
    await nothing.waitFor();
  });

  it("copies the schedule as SQL and as a golden script", async () => {
    const { page } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await command(page, "copy sql");
    await expect
      .poll(clipboard)
      .toContain("BEGIN; -- A\nSELECT * FROM t WHERE d = 5 FOR UPDATE; -- A");
    await command(page, "copy golden");
    await expect
      .poll(clipboard)
      .toMatch(
        /^# Why does the INSERT wait\?\n\nsetup> CREATE TABLE t[\s\S]*\nB> INSERT INTO t[^\n]*\n---\nwaits for A\n/,
      );
  });

  it("is listed with its keys on the sheet that ? opens", async () => {
    const { page } = await open();
    await cursor(page).focus();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Help and keys" });
    await expect.poll(() => sheet.innerText()).toContain("Every command, by name");
  });
});
