/** Laptops of 720 rows, phones, what is left above a phone's keyboard, and a page at 200 %. */
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser, openSite } from "./browser.ts";
import { shared } from "./shared.ts";
import { violations } from "./violations.ts";
import { openPage, ready, results, run, session } from "./walk.ts";

const LAPTOP = { viewport: { width: 1280, height: 720 }, reducedMotion: "reduce" } as const;
const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: "reduce",
} as const;

describe("a small screen", () => {
  const browser = shared(launchBrowser);

  it("of a laptop has two rows of panels, and room for the answer", async () => {
    const { page, problems } = await openPage(browser, LAPTOP);
    const why = page.locator(".stage .tabs-panel:has(.why)");
    await why.waitFor();
    const heightOf = async () => (await why.boundingBox())?.height ?? 0;
    await expect.poll(heightOf).toBeGreaterThan(200);
    // What stood in the third row is behind tabs, none of them in a second line.
    const tabs = page.locator('.stage [role="tab"]');
    const names = await tabs.allInnerTexts();
    for (const name of ["Log", "Schedule", "Lock tables", "Lock levels", "Result stream"]) {
      expect(names).toContain(name);
    }
    const lines = new Set(
      await tabs.evaluateAll((all) => all.map((tab) => Math.round(tab.getBoundingClientRect().y))),
    );
    expect(lines.size).toBe(1);
    await page.getByRole("tab", { name: "Log", exact: true }).click();
    await page.locator(".stage .log").first().waitFor();
    // A taller window has the third row, and Why? in front again.
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.getByRole("tab", { name: "Event log" }).waitFor();
    await why.waitFor();
    // Letters set as wide as WCAG 1.4.12 has them: no word of a session's bar is under another.
    await page.addStyleTag({ content: "* { letter-spacing: 0.12em; word-spacing: 0.16em; }" });
    const bar = session(page, "A").locator(".session-bar");
    const apart = () =>
      bar.evaluate((all) => {
        const parts = [...all.querySelectorAll("button, select, .check")].map((part) => {
          const range = document.createRange();
          range.selectNodeContents(part);
          return part.matches(".check")
            ? range.getBoundingClientRect()
            : part.getBoundingClientRect();
        });
        return parts.every((one, at) =>
          parts.every(
            (other, of) =>
              of <= at ||
              one.right <= other.left ||
              other.right <= one.left ||
              one.bottom <= other.top ||
              other.bottom <= one.top,
          ),
        );
      });
    await expect.poll(apart).toBe(true);
    expect(problems).toEqual([]);
  });

  it("of a phone has the whole title of what is open in its bar, in either language", async () => {
    const { page } = await openSite(browser, "#/lesson/duplicate-key", PHONE);
    await ready(page);
    const title = page.locator(".scenario-name");
    const isWhole = () =>
      title.evaluate(
        (one) => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth,
      );
    await expect.poll(isWhole).toBe(true);
    await page.getByRole("button", { name: "切换到中文" }).click();
    await expect.poll(() => title.innerText()).toContain("重复键");
    await expect.poll(isWhole).toBe(true);
  });

  it("above a keyboard, or at 200 %, shows the editor that is typed into", async () => {
    const { page } = await openSite(browser, "#/lesson/deadlock", PHONE);
    await ready(page);
    const editor = session(page, "A").locator("[data-editor]").first();
    await editor.tap();
    await page.setViewportSize({ width: 390, height: 420 });
    const seen = async () => {
      const box = await page.evaluate(() => {
        const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? new DOMRect();
        return { top, bottom };
      });
      return box.top >= 0 && box.bottom > 0 && box.bottom < 421;
    };
    await expect.poll(seen).toBe(true);
    const room = async () =>
      (await page.locator(".narrow-tabs > .tabs-panel").boundingBox())?.height;
    await expect.poll(room).toBeGreaterThan(250);
  });

  it("of a phone shows the cycle while it is watched, and says what each part of the log means", async () => {
    const { page, problems } = await openSite(browser, "#/lesson/deadlock", PHONE);
    await ready(page);
    await page.getByRole("button", { name: "Watch it close" }).tap();
    await expect
      .poll(() => page.getByRole("tab", { name: "Waits" }).getAttribute("aria-selected"))
      .toBe("true");
    await page.locator(".stage-waits svg").waitFor();
    await page.getByRole("button", { name: "What to do about it" }).tap();
    const advice = page.locator(".deadlock-alert .deadlock-advice");
    await expect
      .poll(() => advice.innerText())
      .toContain("Opposite order: A had account.PRIMARY 1");
    const manual = advice.getByRole("link", { name: "How to Minimize and Handle Deadlocks" });
    expect(await manual.getAttribute("href")).toContain("innodb-deadlocks-handling");
    await page.getByRole("button", { name: "InnoDB's log" }).first().tap();
    const log = page.locator("dialog .deadlock-log");
    await expect.poll(() => log.innerText()).toContain("Transaction (1) is session A");
    await expect.poll(() => log.innerText()).toContain("the record alone, not the gap before it");
    // Nothing is cut off at the right.
    expect(await log.evaluate((list) => list.scrollWidth <= list.clientWidth)).toBe(true);
    expect(problems).toEqual([]);
  });

  it("of a phone brings what a statement came to into sight, below its editor", async () => {
    const { page } = await openSite(browser, "#/lesson/playground", PHONE);
    await ready(page);
    for (const sql of [
      "CREATE TABLE t (id INT PRIMARY KEY)",
      "INSERT INTO t VALUES (1)",
      "SELEC 1",
    ]) {
      const card = session(page, "B");
      await card.locator("textarea").first().fill(sql);
      await card.locator(".button-run").first().tap();
      await expect.poll(() => results(page, "B").innerText()).toContain(sql);
    }
    const error = results(page, "B").locator(".result-error");
    const bottoms = () =>
      Promise.all(
        [error, page.locator(".narrow-tabs > .tabs-panel")].map(async (part) => {
          const box = await part.boundingBox();
          return (box?.y ?? 0) + (box?.height ?? 0);
        }),
      );
    await expect
      .poll(async () => {
        const [of = 0, below = 0] = await bottoms();
        return of > 0 && of <= below;
      })
      .toBe(true);
  });

  it("of a phone lets a finger scroll across the timeline; sideways it scrubs, and a tap goes there", async () => {
    const { page, problems } = await openPage(browser, PHONE);
    const place = page.locator(".narration-place");
    const end = await place.innerText();
    const track = await page.locator(".timeline-track").boundingBox();
    if (track === null) throw new Error("no timeline");
    const [x, y] = [track.x + 200, track.y + track.height - 12];
    const client = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", right = 0, down = 0) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + right, y: y + down }],
      });
    const swipe = async (right: number, down: number) => {
      await touch("touchStart");
      for (const part of [0.2, 0.4, 0.6, 0.8, 1]) {
        await touch("touchMove", right * part, down * part);
        await page.waitForTimeout(30);
      }
      await touch("touchEnd");
    };
    await swipe(0, -120);
    expect(await place.innerText()).toBe(end);
    await swipe(-100, 0);
    await expect.poll(() => place.innerText()).not.toBe(end);
    const there = await place.innerText();
    await page.touchscreen.tap(x, y);
    await expect.poll(() => place.innerText()).not.toBe(there);
    expect(problems).toEqual([]);
  });

  it("of a phone follows the sessions through time, to what was printed last", async () => {
    const { page, problems } = await openSite(browser, "#/lesson/deadlock", PHONE);
    await ready(page);
    // It is opened at its top, though its last statement stands below.
    await expect.poll(() => results(page, "B").locator(".result").count()).toBe(3);
    const top = page.locator(".narrow-tabs > .tabs-panel");
    expect(await top.evaluate((panel) => panel.scrollTop)).toBe(0);
    // Also when it is chosen by a tap.
    await page.locator(".scenario-button").tap();
    await page.getByRole("button", { name: "READ COMMITTED beside REPEATABLE READ" }).tap();
    await expect.poll(() => results(page, "B").locator(".result").count()).toBeGreaterThan(3);
    await page.waitForTimeout(400);
    expect(await top.evaluate((panel) => panel.scrollTop)).toBe(0);
    await page.getByRole("button", { name: "Undo opening this" }).tap();
    await expect.poll(() => results(page, "B").locator(".result").count()).toBe(3);
    await page.getByRole("button", { name: "To the start" }).tap();
    const next = page.getByRole("button", { name: "Forward by a statement" });
    for (const [name, count] of [
      ["A", 1],
      ["A", 2],
      ["B", 1],
      ["B", 2],
      ["A", 3],
    ] as const) {
      await next.tap();
      const newest = results(page, name).locator(".result").last();
      await expect.poll(() => results(page, name).locator(".result").count()).toBe(count);
      await expect
        .poll(() => isWhole(newest, page.locator(".narrow-tabs > .tabs-panel")))
        .toBe(true);
    }
    expect(problems).toEqual([]);
  });

  it("of a laptop keeps the waiting lock in view, and shows a small result whole", async () => {
    const viewport = { width: 1366, height: 768 };
    const { page, problems } = await openSite(browser, "#/lesson/playground", {
      viewport,
      reducedMotion: "reduce",
    });
    await ready(page);
    await run(
      page,
      "A",
      "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, c INT, KEY (a), KEY (b))",
    );
    await run(
      page,
      "A",
      "INSERT INTO t VALUES (1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3), (4, 4, 4, 4)",
    );
    await run(page, "A", "BEGIN");
    await run(page, "A", "SELECT * FROM t FOR UPDATE");
    const output = results(page, "A").locator(".result-output").last();
    await expect.poll(() => output.innerText()).toContain("4 rows in set");
    await expect.poll(() => isWhole(output, results(page, "A"))).toBe(true);
    await run(page, "B", "UPDATE t SET c = 5 WHERE id = 3");
    const waiting = page.locator(".lock.lock-waiting").first();
    const panel = page.locator(".panel-body:has(.stage-index)");
    await expect.poll(() => isWhole(waiting, panel)).toBe(true);
    // A third lane of the timeline takes room from the pictures.
    const room = async () => (await panel.boundingBox())?.height ?? 0;
    const before = await room();
    await page.getByRole("button", { name: "Add a session" }).click();
    await run(page, "C", "SELECT 1");
    await expect.poll(room).toBeLessThan(before);
    await expect.poll(() => isWhole(waiting, panel)).toBe(true);
    expect(problems).toEqual([]);
  });

  it("of a laptop shows the lock that the first picture is about", async () => {
    const viewport = { width: 1366, height: 768 };
    const { page } = await openPage(browser, { viewport, reducedMotion: "reduce" });
    const waiting = page.locator(".lock.lock-waiting").first();
    const panel = page.locator(".panel-body:has(.stage-index)");
    await waiting.waitFor();
    await expect.poll(() => isWhole(waiting, panel)).toBe(true);
    // Where a session's bar has the least air, with nothing in it switched off.
    await page.evaluate(() => {
      window.location.hash = "#/lesson/playground";
    });
    await page.getByText("No table yet").waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
  });

  it("has a key that goes from editor to editor", async () => {
    const { page } = await openPage(browser, LAPTOP);
    await run(page, "A", "SELECT 1");
    const typedIn = () =>
      page.evaluate(() =>
        document.activeElement?.closest(".session-card")?.getAttribute("data-session"),
      );
    await page.keyboard.press("F2");
    await expect.poll(typedIn).toBe("B");
    await page.keyboard.press("F2");
    await expect.poll(typedIn).toBe("A");
    await page.keyboard.press("Shift+F2");
    await expect.poll(typedIn).toBe("B");
  });

  it("beside a lesson shows the picture that it is about, and what a legend's entry means when it is tapped", async () => {
    const { page } = await openSite(browser, "#/learn/three-views-one-row", {
      viewport: { width: 768, height: 1024 },
      reducedMotion: "reduce",
    });
    const tab = (name: string) => page.getByRole("tab", { name, exact: true });
    await expect.poll(() => tab("Versions").getAttribute("aria-selected")).toBe("true");
    await tab("Sessions").click();
    await expect.poll(() => tab("Sessions").getAttribute("aria-selected")).toBe("true");
    await tab("Indexes").click();
    await page.getByRole("button", { name: /^gap lock: no insert between/ }).click();
    await expect
      .poll(() => page.locator(".legend-said").innerText())
      .toContain("no insert between two records");
  });
});

/** Whether all of its height is in sight. */
async function isWhole(thing: Locator, view: Locator): Promise<boolean> {
  const [inner, outer] = await Promise.all([thing.boundingBox(), view.boundingBox()]);
  if (inner === null || outer === null) return false;
  return inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}
