/** What is told of a chain of waits, of locks that a statement would take, and what Run runs of what was typed. */
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { drop } from "./given_files.ts";
import { shared } from "./shared.ts";
import { openPage, run, session, state, type } from "./walk.ts";

const browser = shared(launchBrowser);

/** C waits for B, and B for A. */
const CHAIN = `CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);
BEGIN; -- A
UPDATE t SET v = 9 WHERE id = 1; -- A
BEGIN; -- B
UPDATE t SET v = 9 WHERE id = 2; -- B
UPDATE t SET v = 9 WHERE id = 1; -- B
DELETE FROM t WHERE id = 2; -- C
`;

describe("a chain of waits", () => {
  it("is told in one sentence: who waits for whom, and who has to go first", async () => {
    const { page, problems } = await openPage(browser, { viewport: { width: 1366, height: 768 } });
    await drop(page, "chain.sql", CHAIN);
    await page.locator("dialog").getByRole("button", { name: "Open" }).click();
    await expect.poll(() => state(page, "C").innerText()).toContain("WAITS for B");
    const chain =
      "C waits for B and B for A: first COMMIT or ROLLBACK in A, then B goes on, then C.";
    await expect.poll(() => page.locator(".wait-chain").innerText()).toBe(chain);
    await state(page, "C").click();
    const why = page.getByRole("group", { name: "Why?" });
    await expect.poll(() => why.innerText()).toContain(chain);
    // What is waited for, and whose lock is in the way, stand in one view; what is above them is not cut through.
    const panel = page.locator(".stage-index");
    const isSeen = (place: Locator) =>
      place.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const scroller = element.closest(".panel-body, .tabs-panel") ?? document.body;
        const view = scroller.getBoundingClientRect();
        return box.top >= view.top - 1 && box.bottom <= view.bottom + 1;
      });
    const parts = [/^Record 2 of/, /^B holds record lock .*, 2$/, /^C waits for record lock/];
    for (const name of parts) {
      await expect.poll(() => isSeen(panel.getByRole("button", { name }).first())).toBe(true);
    }
    expect(problems).toEqual([]);
  });
});

describe("a lock that would be", () => {
  it("has its reason in the answer, behind the range as well, and is not said to be held", async () => {
    const { page, problems } = await openPage(browser);
    await run(page, "A", "ROLLBACK");
    await type(page, "B", "UPDATE t SET d = 1 WHERE c BETWEEN 5 AND 12");
    await session(page, "B").getByRole("button", { name: "What would it lock?" }).click();
    const peek = page.getByRole("region", { name: "What a statement would do" });
    await expect
      .poll(() => peek.innerText())
      .toMatch(/t\.PRIMARY record X 15\s+15 does not belong to/);
    await page.getByRole("button", { name: /^B holds next-key lock X, \(?15, 15\)?$/ }).click();
    const why = page.getByRole("group", { name: "Why?" });
    await expect.poll(() => why.innerText()).toContain("B would hold a next-key lock (X) in t.c");
    await expect.poll(() => why.innerText()).toContain("it is the first record behind it");
    expect(problems).toEqual([]);
  });

  it("of a statement with full-width signs says what they are", async () => {
    const { page } = await openPage(browser);
    await run(page, "A", "ROLLBACK");
    await type(page, "A", "SELECT * FROM t WHERE id = 5；");
    await session(page, "A").getByRole("button", { name: "What would it lock?" }).click();
    const peek = page.getByRole("region", { name: "What a statement would do" });
    await expect.poll(() => peek.innerText()).toContain("would fail with error 1054");
    await expect.poll(() => peek.innerText()).toContain("Chinese punctuation): [ ； ]");
  });
});

describe("Run", () => {
  it("begins with the first of what was typed, and goes on with the next", async () => {
    const { page, problems } = await openPage(browser);
    await run(page, "A", "ROLLBACK");
    await session(page, "A").getByRole("textbox", { name: "SQL of session A" }).focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("BEGIN; UPDATE t SET d = 7 WHERE id = 5; COMMIT;");
    const sent = () => session(page, "A").locator(".results").innerText();
    await page.keyboard.press("Control+Enter");
    await expect.poll(sent).toMatch(/mysql> ROLLBACK;[\s\S]*mysql> BEGIN;[\s\S]*OK/);
    expect(await sent()).not.toContain("SET d = 7");
    await expect.poll(() => state(page, "A").innerText()).toBe("in transaction");
    await page.keyboard.press("Control+Enter");
    await expect.poll(sent).toContain("UPDATE t SET d = 7");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => state(page, "A").innerText()).toBe("idle");
    // Put on the one in the middle, it is that which runs.
    for (let key = 0; key < 6; key += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+Enter");
    await expect.poll(async () => (await sent()).match(/SET d = 7/g)?.length).toBe(2);
    expect(problems).toEqual([]);
  });
});
