/** Going back and forth in time, forks, and letting time pass. */
import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { narration, openPage, place, results, run, session, state, type } from "./walk.ts";

const browser = shared(launchBrowser);

const open = (options: BrowserContextOptions = {}) => openPage(browser, options);

describe("time", () => {
  it("goes back and forth by events and statements, with keys", async () => {
    const { page } = await open();
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    const now = await place(page).innerText();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    await expect.poll(() => narration(page).innerText()).toMatch(/^A gets 1 row: /);
    await page.keyboard.press("Home");
    await expect.poll(() => narration(page).innerText()).toMatch(/nothing has been run/);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => narration(page).innerText()).toMatch(/^Session A connects/);
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(() => state(page, "A").innerText()).toBe("in transaction");
    await page.keyboard.press("End");
    await expect.poll(() => place(page).innerText()).toBe(now);
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
  });

  it("goes back with Alt and an arrow while typing, and with the buttons", async () => {
    const { page } = await open();
    await type(page, "A", "SELECT 1");
    await page.keyboard.press("Alt+Shift+ArrowLeft");
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    await page.getByRole("button", { name: "Forward by a statement" }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await page.getByRole("button", { name: "To the start" }).click();
    await expect.poll(() => state(page, "A").innerText()).toBe("new");
  });

  it("goes back with an arrow alone when Escape has left the editor; a list of words is closed first", async () => {
    const { page } = await open();
    await type(page, "A", "SELECT 1;\n");
    await page.keyboard.type("SEL");
    const words = page.locator(".suggest-widget.visible");
    await words.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => words.count()).toBe(0);
    await expect.poll(() => page.locator(".monaco-editor.focused").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".monaco-editor.focused").count()).toBe(0);
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    await page.keyboard.press("End");
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
  });

  it("goes back with an arrow alone after Escape on a device with touch alone", async () => {
    const { page } = await open({ hasTouch: true, isMobile: true });
    const editor = page.getByRole("textbox", { name: "SQL of session A" });
    await editor.focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
  });

  it("draws what is in sight while the cursor races, and what is beside it when it rests", async () => {
    const { page } = await open();
    const rows = page.locator(".log-row");
    await page.locator(".timeline-cursor").focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => page.locator("html[data-rapid]").count()).toBe(0);
    await expect.poll(() => rows.count()).toBeGreaterThan(8);
    const atRest = await rows.count();
    const fewest = await page.evaluate(async (enough) => {
      let fewest = enough;
      for (let at = 0; at < 200 && fewest === enough; at += 1) {
        const key = at % 20 < 10 ? "ArrowLeft" : "ArrowRight";
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
        fewest = Math.min(fewest, document.querySelectorAll(".log-row").length);
      }
      return fewest;
    }, atRest);
    expect(fewest).toBeLessThan(atRest);
    await expect.poll(() => rows.count()).toBeGreaterThan(fewest);
  });

  it("keeps the line of the log that the cursor is at in sight when there is less room, until somebody scrolls", async () => {
    const { page } = await open();
    const isInSight = () =>
      page.locator('.log-row[aria-selected="true"]').evaluateAll(([row]) => {
        const box = row?.closest(".log-rows")?.getBoundingClientRect();
        const { top = -1, bottom = 9999 } = row?.getBoundingClientRect() ?? {};
        return box !== undefined && top >= box.top - 1 && bottom <= box.bottom + 1;
      });
    await page.locator(".timeline-cursor").focus();
    await page.keyboard.press("End");
    await expect.poll(isInSight).toBe(true);
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ width, height: height - 50 });
    await expect.poll(isInSight).toBe(true);
    await page.locator(".log-rows").hover();
    await page.mouse.wheel(0, -4000);
    await expect.poll(isInSight).toBe(false);
    await page.setViewportSize({ width, height: height - 38 });
    await expect.poll(isInSight).toBe(false);
  });

  it("goes to an event of the log, and to the end of a statement on the timeline", async () => {
    const { page } = await open();
    await page.getByRole("searchbox", { name: "Find in the log" }).fill("supremum");
    await page.getByRole("option").filter({ hasText: "next-key lock X on the supremum" }).click();
    await expect.poll(() => narration(page).innerText()).toMatch(/next-key lock X on the supremum/);
    const track = page.locator(".timeline-track");
    await track.click({ position: { x: 3, y: 30 } });
    await expect.poll(() => state(page, "A").innerText()).toBe("in transaction");
    await expect.poll(() => narration(page).innerText()).not.toMatch(/next-key lock/);
  });

  it("forks when something else is run in the past, and keeps the old future", async () => {
    const { page, problems } = await open();
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await page.keyboard.press("Shift+ArrowLeft");
    const top = () => session(page, "A").evaluate((card) => card.getBoundingClientRect().top);
    const before = await top();
    await run(page, "A", "COMMIT");
    await expect.poll(() => page.getByRole("status").innerText()).toMatch(/^You went back/);
    // What is typed into stays where it is.
    expect(await top()).toBe(before);
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: /^Differs from .*: B: INSERT.*3 steps/ }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    expect(problems).toEqual([]);
  });

  it("passes when it is let, and ends a wait", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: /Let time pass$/ }).click();
    await page.getByRole("button", { name: "+ 50 s" }).click();
    await expect
      .poll(() => results(page, "B").innerText())
      .toContain("ERROR 1205 (HY000): Lock wait timeout exceeded");
    await expect.poll(() => page.locator(".clock-time").innerText()).toBe("50.0 s");
  });

  it("passes by itself while somebody waits, stands still after, and is taken back as one", async () => {
    const { page } = await open();
    await expect.poll(() => state(page, "B").innerText()).toContain("50 s left");
    await page.getByRole("button", { name: /Let time pass$/ }).click();
    await expect
      .poll(() => page.getByRole("button", { name: /On to the end of the next wait/ }).count())
      .toBe(1);
    await page.getByRole("radio", { name: "60 ×" }).click();
    await expect
      .poll(() => results(page, "B").innerText())
      .toContain("ERROR 1205 (HY000): Lock wait timeout exceeded");
    await expect.poll(() => page.locator(".clock-time").innerText()).toBe("60.0 s");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo letting time pass" }).click();
    await expect.poll(() => page.locator(".clock-time").innerText()).toBe("0.0 s");
  });

  it("takes back the last run", async () => {
    const { page } = await open();
    await run(page, "A", "COMMIT");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await page.getByRole("button", { name: "Undo the last run" }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
  });
});
