/** A result on its way to a slow client, as a person watches and changes it. */
import { expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { chooseExample, openPage, results, state } from "./walk.ts";

const browser = shared(launchBrowser);

it("a slow client holds the server in send(), and an ALTER behind it; one that has caught up frees both", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const stream = page.locator(".stream");
  await expect.poll(() => stream.innerText()).toContain("waits in send() for room");
  await expect
    .poll(() => stream.locator(".pipeline-deadline").innerText())
    .toContain("net_write_timeout in");
  await expect.poll(() => state(page, "B").innerText()).toContain("WAITS for A");

  // With the system's own colours a full buffer is still told from an empty one, and the tab that is open from the others.
  await page.emulateMedia({ forcedColors: "active" });
  const groundOf = (name: string) =>
    stream
      .locator(name)
      .first()
      .evaluate((one) => getComputedStyle(one).backgroundColor);
  await expect
    .poll(async () => (await groundOf(".gauge-fill")) === (await groundOf(".pipeline-area")))
    .toBe(false);
  const lineOf = (isChosen: boolean) =>
    page
      .locator(`.stage [role="tab"][aria-selected="${isChosen}"]`)
      .first()
      .evaluate((tab) => getComputedStyle(tab).borderBottom);
  await expect.poll(async () => (await lineOf(true)) === (await lineOf(false))).toBe(false);
  await page.emulateMedia({ forcedColors: "none" });

  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 5 s" }).click();
  await expect.poll(() => stream.innerText()).toContain("50 done");

  await page.getByLabel("ms of work a row").fill("0");
  await page.getByLabel("ms of work a row").press("Enter");
  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 1 s" }).click();
  await expect.poll(() => results(page, "A").innerText()).toContain("400 rows sent");
  await expect.poll(() => state(page, "B").innerText()).toBe("idle");
  expect(problems).toEqual([]);
});

it("a stalled client loses its connection after net_write_timeout", async () => {
  const { page } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const row = page.getByLabel("pause at row");
  await row.fill("5");
  await row.press("Enter");
  const pause = page.getByLabel("pause, ms");
  await pause.fill("600000");
  await pause.press("Enter");
  await expect.poll(() => page.getByLabel("pause at row").inputValue()).toBe("5");
  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 50 s" }).click();
  await page.getByRole("button", { name: /Let time pass$/ }).click();
  await page.getByRole("button", { name: "+ 50 s" }).click();
  await expect
    .poll(() => page.locator(".stream").innerText())
    .toContain("has given the connection up");
  await expect.poll(() => state(page, "B").innerText()).toBe("idle");
  const outcomes = page.locator(".flow-costs tr").last();
  await expect
    .poll(() => outcomes.innerText())
    .toMatch(/connection closed by the server after 4 rows\s+4 rows done/);
  const gets2013 =
    /ERROR 1161 .* in the server's log only: .* the client gets ERROR 2013 when it reads on/;
  await expect.poll(() => page.locator(".notice").innerText()).toMatch(gets2013);
  await expect.poll(() => results(page, "A").innerText()).toContain("gets ERROR 2013");
});

it("a pause that breaks nothing says why, and leads to one that does, with what to do about it", async () => {
  const { page } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const stream = page.locator(".stream");
  const pass = async () => {
    await page.getByRole("button", { name: /Let time pass$/ }).click();
    await page.getByRole("button", { name: "+ 50 s" }).click();
  };
  await page.getByLabel("call", { exact: true }).selectOption("mysql_store_result");
  await expect
    .poll(() => stream.locator(".stream-api").innerText())
    .toContain("mysql_store_result");
  await page.getByRole("button", { name: "stops at row 5" }).click();
  await expect.poll(() => page.getByLabel("pause at row").inputValue()).toBe("5");
  await pass();
  await expect.poll(() => stream.innerText()).toContain("had taken all rows before");
  await page.getByRole("button", { name: "Run it with mysql_use_result" }).click();
  await expect.poll(() => stream.innerText()).toContain("net_write_timeout in");
  await pass();
  await pass();
  await expect.poll(() => stream.innerText()).toContain("has given the connection up");
  for (let at = 0; at < 10; at += 1) await pass();
  await expect.poll(() => stream.innerText()).toContain("To keep it: take all rows first");
  await page.getByRole("tab", { name: "Event log" }).click();
  await results(page, "A").getByRole("button", { name: "Why, and what to do" }).click();
  await expect.poll(() => stream.isVisible()).toBe(true);
});

it("rows are boxes in the stages, and the same result taken the other way stands beside", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const stream = page.locator(".stream");
  await expect.poll(() => stream.locator(".row-boxes i").count()).toBeGreaterThan(100);
  // Few rows fill a stage as well: its level says so.
  const level = stream.locator('[data-stage="netBuffer"] .pipeline-level');
  await expect.poll(() => level.evaluate(({ style }) => style.height)).toBe("100%");
  await expect.poll(() => stream.locator(".flow-chart").count()).toBe(2);
  const costs = (row: string) => stream.locator(".flow-costs tr", { hasText: row }).innerText();
  await expect.poll(() => costs("client memory")).toMatch(/\b60\d B\s+\d+ KB/);
  await expect.poll(() => costs("server holds")).toMatch(/not yet, after 0 s\s+0 s/);

  const place = () => page.locator(".narration-place").innerText();
  const back = stream.getByRole("button", { name: "Packet back" });
  const now = await place();
  await back.click();
  await expect.poll(place).not.toBe(now);
  const last = await place();
  await back.click();
  await expect.poll(place).not.toBe(last);
  await stream.getByRole("button", { name: "Next packet" }).click();
  await expect.poll(place).toBe(last);
  expect(problems).toEqual([]);
});

it("rows and server numbers can be changed: the story is told again with them", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  const stream = page.locator(".stream");
  const set = async (label: string, value: string) => {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(value);
    await field.press("Enter");
    await expect.poll(() => page.getByLabel(label, { exact: true }).inputValue()).toBe(value);
  };
  await set("net_write_timeout, s", "5");
  await expect.poll(() => stream.innerText()).toContain("net_write_timeout in 5 s");
  await set("net_buffer_length", "2048");
  await expect.poll(() => stream.innerText()).toContain("of 2048 B");
  await set("rows", "20");
  await expect.poll(() => stream.innerText()).toContain("is done with the result");
  await expect.poll(() => state(page, "B").innerText()).toBe("idle");
  expect(problems).toEqual([]);
});

it("the call can be changed while a result is open: the same story, taken the other way", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "A client that reads slowly");
  await expect.poll(() => state(page, "B").innerText()).toContain("WAITS for A");
  await page.getByLabel("call", { exact: true }).selectOption("MySQLdb.Cursor");
  await expect.poll(() => state(page, "B").innerText()).toBe("idle");
  const stream = page.locator(".stream");
  await expect.poll(() => stream.innerText()).toContain("is done with the result");
  await expect.poll(() => stream.locator(".row-boxes i").count()).toBeGreaterThan(30);
  expect(problems).toEqual([]);
});

it("2013 and 2014 are told with what to do about them, and the program is there in three languages", async () => {
  const { page, problems } = await openPage(browser);
  await chooseExample(page, "2013: half a second a row, and the connection is lost");
  const error = page.locator(".pipeline-error");
  await expect
    .poll(() => error.innerText())
    .toMatch(/ERROR 2013: Lost connection.*net_write_timeout/);
  await page.getByRole("button", { name: "stores first, then works" }).click();
  await expect.poll(() => page.locator(".stream").innerText()).toContain("is done with the result");
  await expect.poll(() => error.count()).toBe(0);
  await chooseExample(page, "2014: commands out of sync");
  await expect
    .poll(() => error.innerText())
    .toMatch(/ERROR 2014: Commands out of sync.*second connection/);
  const code = page.locator(".client-code");
  for (const [tab, text] of [
    ["C", "mysql_use_result(conn)"],
    ["Python", "cursors.SSCursor"],
    ["mysql client", "--quick"],
  ] as const) {
    await code.getByRole("tab", { name: tab, exact: true }).click();
    await expect.poll(() => code.innerText()).toContain(text);
  }
  expect(problems).toEqual([]);
});
