/** The page as a person walks through it. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import {
  chooseExample,
  narration,
  openPage,
  ready,
  results,
  run,
  session,
  state,
  type,
} from "./walk.ts";

const browser = shared(launchBrowser);

const open = (options: BrowserContextOptions = {}) => openPage(browser, options);

describe("a visitor", () => {
  it("finds a running example: A holds 6 records and 7 gaps, B's insert waits for A", async () => {
    const { page, problems } = await open();
    await expect.poll(() => state(page, "A").innerText()).toBe("in transaction");
    await expect
      .poll(() => state(page, "B").innerText())
      .toMatch(/WAITS for A\s*insert intention lock/);
    await expect.poll(() => results(page, "A").innerText()).toContain("1 row in set");
    await expect.poll(() => results(page, "B").innerText()).toContain("waits for A");
    await page.getByRole("tab", { name: "Lock tables" }).click();
    const rows = page.getByRole("row").filter({ hasText: "RECORD" });
    await expect.poll(() => rows.filter({ hasText: "GRANTED" }).count()).toBe(7);
    await expect.poll(() => rows.filter({ hasText: "WAITING" }).count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it("types into Monaco, presses Ctrl+Enter, and reads what mysql would print", async () => {
    const { page, problems } = await open();
    await run(page, "A", "SELECT id, d FROM t WHERE id > 15");
    await expect.poll(() => results(page, "A").innerText()).toContain("2 rows in set");
    await expect
      .poll(() => results(page, "A").innerText())
      .toContain("| 20 |   20 |\n| 25 |   25 |");
    await run(page, "A", "INSERT INTO t VALUES (5, 5, 5)");
    await expect
      .poll(() => results(page, "A").innerText())
      .toContain("ERROR 1062 (23000): Duplicate entry '5' for key 't.PRIMARY'");
    expect(problems).toEqual([]);
  });

  it("sees why an ALTER waits: the level, the queue, and the cell of the matrix", async () => {
    const { page, problems } = await open();
    await chooseExample(page, "ALTER behind an idle reader");
    const why = page.getByRole("region", { name: "Why it waits" });
    await expect.poll(() => why.innerText()).toContain("B asks for EXCLUSIVE; A holds SHARED_READ");
    await expect.poll(() => why.locator('[data-decides="true"]').innerText()).toBe("−");
    await page.getByRole("button", { name: /^C\s+waits for\s+SHARED_READ\s+on t/ }).click();
    await expect
      .poll(() => why.innerText())
      .toContain("B has been waiting for EXCLUSIVE, and that request goes first");
    await page.getByRole("tab", { name: "Lock tables" }).click();
    await page.getByRole("tab", { name: /^processlist/ }).click();
    const waits = page.getByRole("row").filter({ hasText: "Waiting for table metadata lock" });
    await expect.poll(() => waits.count()).toBe(2);
    expect(problems).toEqual([]);
  });

  it("tries page locks and escalation on the rows of now, as a model", async () => {
    const { page } = await open();
    await run(page, "A", "ROLLBACK");
    await run(page, "A", "BEGIN");
    await run(page, "A", "UPDATE t SET d=0 WHERE id=5");
    await run(page, "B", "BEGIN");
    await run(page, "B", "UPDATE t SET d=0 WHERE id=20");
    await page.getByRole("tab", { name: "Lock levels" }).click();
    await page.getByText("Model: other systems' lock levels").click();
    const says = page.locator(".lock-model-waits");
    await expect
      .poll(() => says.innerText())
      .toContain("B would wait for A: A has X on page t.PRIMARY");
    await page.getByRole("radio", { name: "rows, with escalation" }).click();
    await page.getByText("Nobody else would wait").waitFor();
  });

  it("lets B go on with a COMMIT in A", async () => {
    const { page } = await open();
    await run(page, "A", "COMMIT");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await expect.poll(() => results(page, "B").innerText()).toContain("Query OK, 1 row affected");
    await expect.poll(() => state(page, "A").innerText()).toBe("idle");
  });

  it("makes a wait of their own, and a deadlock", async () => {
    const { page, problems } = await open();
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: "Start over" }).click();
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    await type(page, "A", "BEGIN; UPDATE t SET d = 1 WHERE id = 5");
    await page.keyboard.press("Control+Shift+Enter");
    await expect.poll(() => results(page, "A").innerText()).toContain("Changed: 1");
    await type(
      page,
      "B",
      "BEGIN; UPDATE t SET d = 1 WHERE id = 10; UPDATE t SET d = 2 WHERE id = 5",
    );
    await page.keyboard.press("Control+Shift+Enter");
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await run(page, "A", "UPDATE t SET d = 2 WHERE id = 10");
    await expect.poll(() => state(page, "A").innerText()).toBe("deadlock victim");
    await expect
      .poll(() => results(page, "A").innerText())
      .toContain("ERROR 1213 (40001): Deadlock found");
    await expect.poll(() => state(page, "B").innerText()).toBe("in transaction");
    expect(problems).toEqual([]);
  });

  it("is told when running all stops at a wait", async () => {
    const { page } = await open();
    await chooseExample(page, "The same at READ COMMITTED");
    await run(page, "A", "SELECT * FROM t WHERE id = 10 FOR UPDATE");
    await type(page, "B", "DELETE FROM t WHERE id = 10; SELECT 1; SELECT 2");
    await page.keyboard.press("Control+Shift+Enter");
    await expect
      .poll(() => page.getByRole("status").innerText())
      .toBe("B waits now, so 2 statements were not run.");
  });
});

describe("running", () => {
  it("all runs what was typed, not what was drawn last", async () => {
    const { page } = await open();
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: "Start over" }).click();
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    // The picture of what is typed comes later than the next keys.
    await page.evaluate(() => {
      const soon = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (work) => window.setTimeout(() => soon(work), 300);
    });
    await type(page, "B", "SELECT 6 * 7; SELECT 6 * 8");
    await page.keyboard.press("Control+Shift+Enter");
    await expect.poll(() => results(page, "B").innerText()).toContain("48");
    await expect.poll(() => results(page, "B").innerText()).toContain("42");
  });

  const runButton = (page: Page, name: string) => session(page, name).locator(".button-run");

  it("goes on behind what the example has run, and names what it will run", async () => {
    const { page } = await open();
    await session(page, "A").locator('[data-editor="monaco"]').waitFor();
    await expect.poll(() => session(page, "A").locator(".sql-mark-done").count()).toBe(2);
    await expect.poll(() => runButton(page, "A").innerText()).toMatch(/Run\s+COMMIT/);
    await expect.poll(() => runButton(page, "A").getAttribute("title")).toMatch(/: COMMIT$/);
    await runButton(page, "A").click();
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await expect.poll(() => runButton(page, "A").innerText()).toMatch(/Run again/);
    await expect.poll(() => runButton(page, "B").innerText()).toMatch(/Run\s+SELECT \* FROM t/);
    await page.reload();
    await ready(page);
    await expect.poll(() => runButton(page, "A").innerText()).toMatch(/Run again/);
  });

  it("runs what is left, from the statement behind the last one", async () => {
    const { page } = await open();
    await chooseExample(page, "A deadlock of two");
    const rest = session(page, "A").getByRole("button", { name: "Run the rest" });
    await rest.click();
    await expect.poll(() => results(page, "A").innerText()).toMatch(/COMMIT;\s+Query OK/);
    expect((await results(page, "A").innerText()).match(/BEGIN;/g)).toHaveLength(1);
    await type(page, "A", "BEGIN;\nUPDATE account SET balance = 1 WHERE id = 1;");
    await page.keyboard.press("Control+Shift+Enter");
    await expect
      .poll(async () => (await results(page, "A").innerText()).match(/BEGIN;/g)?.length)
      .toBe(2);
  });

  it("says when a statement committed the open transaction", async () => {
    const { page } = await open();
    await run(page, "A", "BEGIN");
    const note = results(page, "A").locator(".result-note");
    await expect
      .poll(() => note.allInnerTexts())
      .toEqual(["BEGIN committed the transaction that was open."]);
    await run(page, "A", "COMMIT");
    await expect.poll(() => results(page, "A").innerText()).toMatch(/COMMIT;/);
    await expect.poll(() => note.count()).toBe(1);
  });
});

describe("the page", () => {
  it("keeps what was typed and run over a reload", async () => {
    const { page } = await open();
    await run(page, "A", "COMMIT");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    // Left before the page has come to what is done behind a picture.
    await page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
      Object.assign(window, { setTimeout: () => 0 });
    });
    await type(page, "B", "SELECT '关羽' -- not run");
    await page.reload();
    await ready(page);
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await expect
      .poll(() => session(page, "B").locator(".session-editor").innerText())
      .toMatch(/关羽/);
    await expect.poll(() => results(page, "B").innerText()).toContain("Query OK, 1 row affected");
  });

  it("brings back what was typed and run before an example was opened, also after a reload", async () => {
    const { page } = await open();
    await run(page, "A", "COMMIT /* mine */");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await chooseExample(page, "A deadlock of two");
    await expect.poll(() => page.locator(".scenario-button").innerText()).toBe("A deadlock of two");
    await page.reload();
    await ready(page);
    await page.getByRole("button", { name: "Undo opening this" }).click();
    await expect
      .poll(() => session(page, "A").locator(".session-editor").innerText())
      .toMatch(/mine/);
    await expect.poll(() => results(page, "B").innerText()).toContain("Query OK, 1 row affected");
  });

  it("keeps what is typed while an example is on its way: one undo away", async () => {
    const { page } = await open();
    await run(page, "A", "SELECT 1");
    // The server takes its time from here on.
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      const held: (() => void)[] = [];
      Worker.prototype.postMessage = function hold(message: unknown) {
        held.push(() => postMessage.call(this, message));
      };
      const letGo = () => {
        Worker.prototype.postMessage = postMessage;
        for (const post of held) post();
      };
      Object.assign(window, { letGo });
    });
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: "A deadlock of two" }).click();
    await type(page, "B", "SELECT 'typed meanwhile'");
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
    const editor = session(page, "B").locator(".session-editor");
    await expect.poll(() => editor.innerText()).toContain("UPDATE");
    await page.getByRole("button", { name: "Undo opening this" }).click();
    await expect.poll(() => editor.innerText()).toMatch(/typed.meanwhile/);
  });

  it("underlines a mistake with MySQL's message", async () => {
    const { page } = await open();
    await type(page, "A", "SELECT FROM t");
    await session(page, "A").locator(".squiggly-error").first().waitFor();
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(() => results(page, "A").innerText())
      .toMatch(/ERROR 1064 \(42000\): .* near 'FROM t' at line 1/);
  });

  it("speaks Chinese and turns dark at once", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "切换到中文" }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/等待 A\s*插入意向锁/);
    await expect
      .poll(() => narration(page).innerText())
      .toMatch(/B 等待向 t.PRIMARY 5 之前的间隙插入，该间隙被 A 锁住。/);
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("zh-CN");
    const theme = page.getByRole("button", { name: /^颜色/ });
    await theme.click();
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.reload();
    await ready(page);
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
    await expect.poll(() => narration(page).innerText()).toMatch(/等待/);
  });

  it("opens in Chinese, with every panel of it", async () => {
    const { page, problems } = await open({ locale: "zh-CN" });
    await expect
      .poll(() => page.getByRole("group", { name: "为什么？" }).innerText())
      .toContain("插入意向锁");
    const tabs = page.locator('.tabs-list [role="tab"]');
    await expect.poll(() => tabs.count()).toBeGreaterThan(5);
    for (const tab of await tabs.all()) {
      await tab.click();
      const panel = page.locator(`[id="${await tab.getAttribute("aria-controls")}"]`);
      await expect.poll(() => panel.innerText()).toMatch(/\p{Script=Han}/u);
      await expect.poll(() => page.locator(".panel-fault").allInnerTexts()).toEqual([]);
    }
    await session(page, "A").getByRole("button", { name: "它会锁住什么？" }).click();
    await expect.poll(() => page.locator(".peek-bar, .peek").first().innerText()).toMatch(/COMMIT/);
    expect(problems).toEqual([]);
  });

  it("adds sessions up to eight, and sets level and autocommit by statements", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Add a session" }).click();
    await session(page, "C")
      .getByRole("combobox", { name: "Isolation level" })
      .selectOption("READ COMMITTED");
    await expect
      .poll(() => results(page, "C").innerText())
      .toContain("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;");
    await session(page, "C").getByRole("checkbox", { name: "autocommit" }).click();
    await expect.poll(() => results(page, "C").innerText()).toContain("SET autocommit = 0;");
    for (const name of ["D", "E", "F", "G", "H"]) {
      await page.getByRole("button", { name: "Add a session" }).click();
      await session(page, name).waitFor();
    }
    await page.getByText("Eight sessions at most").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Add a session" }).count()).toBe(0);
  });

  it("has an empty playground, and folds the words about it away when a table is made", async () => {
    const { page, problems } = await open();
    await chooseExample(page, "Empty playground");
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    await expect.poll(() => page.locator(".session-card").count()).toBe(2);
    await session(page, "A").getByText("Type SQL here").waitFor();
    const words = page.locator(".intro p");
    await expect.poll(() => words.count()).toBe(1);
    await run(page, "A", "CREATE TABLE mine (id INT PRIMARY KEY)");
    await expect.poll(() => results(page, "A").innerText()).toContain("Query OK");
    await expect.poll(() => words.count()).toBe(0);
    await page.reload();
    await ready(page);
    await expect.poll(() => page.locator(".scenario-button").innerText()).toBe("Empty playground");
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: "Start over" }).click();
    await expect.poll(() => state(page, "A").innerText()).toBe("new");
    await expect
      .poll(() => session(page, "A").locator(".session-editor").innerText())
      .toMatch(/mine/);
    expect(problems).toEqual([]);
  });

  it("opens tables of one's own, and says so when they cannot be made", async () => {
    const { page, problems } = await open();
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: "Tables…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByRole("textbox")
      .fill("CREATE TABLE u (id INT PRIMARY KEY); INSERT INTO u VALUES (7);");
    await dialog.getByRole("button", { name: "Start with these tables" }).click();
    // What is typed while the sheet is open belongs to the sheet.
    await expect.poll(() => dialog.count()).toBe(0);
    await run(page, "A", "SELECT * FROM u");
    await expect.poll(() => results(page, "A").innerText()).toContain("1 row in set");
    await page.locator(".scenario-button").click();
    await page.getByRole("button", { name: "Tables…" }).click();
    await dialog.getByRole("textbox").fill("CREATE TABLE u (id INT PRIMARY KEY, id INT);");
    await dialog.getByRole("button", { name: "Start with these tables" }).click();
    const alert = dialog.getByRole("alert");
    await expect.poll(() => alert.innerText()).toMatch(/Duplicate column name 'id'/);
    await expect.poll(() => dialog.getByRole("textbox").inputValue()).toContain("id INT);");
    await dialog.getByRole("textbox").fill("CREATE TABLE u (id INT PRIMARY KEY，n INT);");
    await dialog.getByRole("button", { name: "Start with these tables" }).click();
    await expect.poll(() => alert.innerText()).toMatch(/Chinese punctuation\): \[ ， \]/);
    await dialog
      .getByRole("textbox")
      .fill("CREATE TABLE u (id INT); INSERT INTO u VALUES (8), (9);");
    await dialog.getByRole("button", { name: "Run the same statements on them" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("2 rows in set");
    await page.getByRole("button", { name: "Compare…" }).click();
    await expect
      .poll(() => dialog.getByRole("status").innerText())
      .toMatch(/^First difference: step 1/);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo starting with other tables" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("1 row in set");
    expect(problems).toEqual([]);
  });
});

describe.each([
  ["tablet", { width: 768, height: 1024 }],
  ["phone", { width: 390, height: 844 }],
])("on a %s", (_, viewport) => {
  it("is one column with tabs, nothing sticks out, and everything can be reached", async () => {
    const { page, problems } = await open({ viewport, hasTouch: true });
    for (const tab of ["Indexes", "Versions", "Waits", "Lock tables", "Log", "Sessions"]) {
      await page.getByRole("tab", { name: tab, exact: true }).click();
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(wide, tab).toBeLessThanOrEqual(0);
    }
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await page.getByRole("button", { name: "Back by a statement" }).click();
    await expect.poll(() => state(page, "B").innerText()).toBe("new");
    expect(problems).toEqual([]);
  });
});
