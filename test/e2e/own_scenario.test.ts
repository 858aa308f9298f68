/** One's own scenario beside the log it was made from, and in a page of one's own. */
import { readFile } from "node:fs/promises";
import { describe, expect, inject, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { drop } from "./given_files.ts";
import { shared } from "./shared.ts";
import { openPage, state } from "./walk.ts";

const HERMITAGE = `create table test (id int primary key, value int);
insert into test values (1, 10), (2, 20);
begin; -- T1
begin; -- T2
update test set value = 11 where id = 1; -- T1
update test set value = 12 where id = 1; -- T2, BLOCKS
`;

describe("a scenario that was opened", () => {
  const browser = shared(launchBrowser);
  const open = () => openPage(browser);
  const dialog = (page: Awaited<ReturnType<typeof open>>["page"]) => page.getByRole("dialog");

  it("that is a deadlock log stays beside the pictures, each line lit with its lock, and comes back after a reload", async () => {
    const { page, problems } = await open();
    await drop(
      page,
      "log.txt",
      await readFile("test/formats/deadlock_logs/secondary-range.txt", "utf8"),
    );
    await dialog(page).getByRole("button", { name: "Open" }).click();
    const log = page.locator(".given-log");
    await expect.poll(() => log.locator(".deadlock-note").count()).toBe(7);
    const waits = log.locator(".log-lines", { hasText: "(1) WAITING FOR" });
    await waits.click();
    await expect.poll(() => page.locator(".narration-sentence").innerText()).toMatch(/^DEADLOCK/);
    const key = (await waits.getAttribute("data-ref")) ?? "";
    expect(key).toMatch(/^lock:/);
    const shape = page.locator(`.stage-index [data-ref~="${key}"]`).first();
    await expect.poll(() => shape.getAttribute("aria-pressed")).toBe("true");
    await waits.click();
    // The other way round.
    const held = log.locator(".log-lines", { hasText: "(1) HOLDS" });
    const other = (await held.getAttribute("data-ref")) ?? "";
    const lit = () => held.evaluate((line) => getComputedStyle(line).getPropertyValue("--lit"));
    await page.mouse.move(3, 3);
    await expect.poll(lit).not.toBe("1");
    await page.locator(`.stage-index [data-ref~="${other}"]`).first().hover();
    await expect.poll(lit).toBe("1");
    await page.reload();
    await expect.poll(() => log.locator(".deadlock-note").count()).toBe(7);
    await page.getByRole("button", { name: "Undo opening this" }).click();
    await expect.poll(() => page.getByRole("tab", { name: "The log you opened" }).count()).toBe(0);
    expect(problems).toEqual([]);
  });
  it("goes into a page of one's own as a frame and as an element, and as Markdown that opens again", async () => {
    const { page, problems } = await open();
    await drop(page, "g0.sql", HERMITAGE);
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await page.locator(".files-button").click();
    await page.getByRole("button", { name: "Embed in your own page…" }).click();
    const text = dialog(page).locator("textarea");
    await expect.poll(() => text.inputValue()).toContain("<iframe title=");
    for (const [kind, tag] of [
      ["Embed: iframe", "iframe"],
      ["Embed: script", "interleave-playground"],
    ] as const) {
      await dialog(page).getByRole("radio", { name: kind }).check();
      await expect.poll(() => text.inputValue()).toContain(`<${tag} `);
      const post = await page.context().newPage();
      const address = new URL("my-post.html", inject("siteUrl")).href;
      const body = `<!doctype html><p>My post</p>${await text.inputValue()}`;
      await post.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
      await post.goto(address);
      const shown = post.frameLocator("iframe").first();
      await expect.poll(() => shown.locator(".schedule-waits").innerText()).toBe("waits");
      await expect.poll(() => shown.locator(".embed-pictures svg").count()).toBeGreaterThan(1);
      await post.close();
    }
    await dialog(page).getByRole("radio", { name: "Markdown" }).check();
    await expect.poll(() => text.inputValue()).toContain("**waits for A**");
    const markdown = await text.inputValue();
    expect(
      await dialog(page)
        .getByRole("link", { name: /the manual$/ })
        .count(),
    ).toBe(0);
    await page.keyboard.press("Escape");
    await drop(page, "g0.md", markdown);
    await expect.poll(() => dialog(page).innerText()).toContain("a Markdown document with SQL");
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => dialog(page).count()).toBe(0);
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    expect(problems).toEqual([]);
  });

  it("says which steps were not run, since their session was waiting", async () => {
    const { page, problems } = await open();
    await drop(page, "more.sql", `${HERMITAGE}select 5; -- T2\nselect 6; -- T2\n`);
    await dialog(page).getByRole("button", { name: "Open" }).click();
    const notice = page.locator('.notice[data-kind="notAllRun"]');
    await expect
      .poll(() => notice.innerText())
      .toMatch(
        /^Step 5 was not run: B was still waiting. Step 6 was not run: B was still waiting./,
      );
    await expect
      .poll(() => page.locator(".bar-skips .bar-skipped").allInnerTexts())
      .toEqual(["5", "6"]);
    expect(problems).toEqual([]);
  });
});
