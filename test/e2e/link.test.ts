/** Links in a browser: they open, they are copied, and bad ones leave the page intact. */
import { describe, expect, inject, it } from "vitest";
import { lettersOf } from "../../src/store/link/link_text.ts";
import fixtures from "../fixtures/links/v1.json" with { type: "json" };
import { launchBrowser, openSite } from "./browser.ts";
import { shared } from "./shared.ts";
import { place, ready, results, run, session } from "./walk.ts";

describe("a link", () => {
  const browser = shared(launchBrowser);

  const notice = ".notice";

  it("shows another person the same: statements, the place in time, the selection, the language", async () => {
    const options = {
      reducedMotion: "reduce" as const,
      permissions: ["clipboard-read", "clipboard-write"],
    };
    const { page, problems } = await openSite(browser, "#/lesson/deadlock", options);
    await ready(page);
    await run(page, "A", "SELECT 41 + 1");
    await expect.poll(() => results(page, "A").innerText()).toContain("42");
    await page.getByRole("button", { name: "切换到中文" }).click();
    await page.locator(".time-controls button").nth(1).click();
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await page.getByRole("button", { name: "复制链接" }).click();
    await expect.poll(() => page.locator(".link-said").innerText()).toContain("已复制链接");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());
    expect(link.length).toBeLessThan(600);
    const there = await place(page).innerText();

    const other = await openSite(browser, new URL(link).hash, { reducedMotion: "reduce" });
    await ready(other.page);
    await expect.poll(() => place(other.page).innerText()).toBe(there);
    await expect
      .poll(() => results(other.page, "A").innerText())
      .toBe(await results(page, "A").innerText());
    await expect
      .poll(() => session(other.page, "A").locator(".sql-picture, .view-lines").first().innerText())
      .not.toBe("");
    expect([...problems, ...other.problems]).toEqual([]);
  });

  it("carries the future that was left when somebody went back", async () => {
    const options = {
      reducedMotion: "reduce" as const,
      permissions: ["clipboard-read", "clipboard-write"],
    };
    const { page } = await openSite(browser, "#/lesson/gap-locks", options);
    await ready(page);
    await page.getByRole("button", { name: "Back by a statement" }).click();
    await run(page, "A", "SELECT 4711");
    await page.getByRole("button", { name: "Copy link" }).click();
    await expect.poll(() => page.locator(".link-said").innerText()).toBe("Link copied.");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await openSite(browser, new URL(link).hash, { reducedMotion: "reduce" });
    await ready(other.page);
    await expect.poll(() => results(other.page, "A").innerText()).toContain("4711");
    await other.page.locator(".scenario-button").click();
    await other.page.getByRole("button", { name: /^(Differs|Without) .*: B: INSERT/ }).click();
    await expect.poll(() => results(other.page, "A").innerText()).not.toContain("4711");
    expect(other.problems).toEqual([]);
  });

  it("leaves the address when the page goes on, and what was done survives the reload", async () => {
    const { page } = await openSite(browser, fixtures[2]?.fragment);
    await ready(page);
    await expect.poll(() => new URL(page.url()).hash).toContain("#s=1");
    await run(page, "A", "SELECT 'mine'");
    await expect.poll(() => results(page, "A").innerText()).toContain("mine");
    await expect.poll(() => new URL(page.url()).hash).toBe("#/playground");
    await page.reload();
    await ready(page);
    await expect.poll(() => results(page, "A").innerText()).toContain("mine");
  });

  it("that is put over one's own work leaves that an undo away", async () => {
    const { page } = await openSite(browser, "#/playground");
    await ready(page);
    await run(page, "A", "SELECT 'my own work'");
    await expect.poll(() => results(page, "A").innerText()).toContain("my own work");
    const loaded = page.waitForEvent("load");
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, fixtures[3]?.fragment ?? "");
    await loaded;
    await ready(page);
    await expect.poll(() => results(page, "A").innerText()).not.toContain("my own work");
    await page.locator(".header .button-group button").first().click();
    await expect.poll(() => results(page, "A").innerText()).toContain("my own work");
  });

  it("that is bad says so over an intact page", async () => {
    const whole = fixtures[0]?.fragment ?? "";
    const hostile = JSON.stringify({
      id: "x",
      sessions: "ABCD",
      setup: ["CREATE TABLE t (id INT PRIMARY KEY"],
      steps: ["ABEGIN"],
      layouts: { columns: { sessions: 1e9, stage: -1e9 } },
      texts: { A: "<img src=x onerror=alert(1)>" },
    });
    const cases = [
      [whole.slice(0, -3), "damaged"],
      [`#s=9${whole.slice(4)}`, "newer version"],
      [`${whole}${"A".repeat(150_000)}`, "more than the page opens"],
      [`#s=${lettersOf("[]")}`, "no scenario"],
      [`#s=${lettersOf(hostile)}`, "could not be opened"],
      ["#/lesson/No%20such", "no example of the name"],
    ] as const;
    for (const [fragment, words] of cases) {
      const { page, problems } = await openSite(browser, fragment);
      await ready(page);
      await expect.poll(() => page.locator(notice).innerText()).toContain(words);
      await expect
        .poll(() => session(page, "B").innerText())
        .toContain("INSERT INTO t VALUES (1, 1, 5)");
      await run(page, "A", "SELECT 40 + 2");
      await expect.poll(() => results(page, "A").innerText()).toContain("42");
      expect(problems).toEqual([]);
      await page.context().close();
    }
  });

  it("stays short", () => {
    expect((fixtures[0]?.fragment.length ?? 0) + inject("siteUrl").length).toBeLessThan(400);
  });
});
