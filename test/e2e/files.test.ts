/** Scenarios come in as files, drops and pastes, and go out in other formats. */
import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page, Response } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { launchBrowser, openSite } from "./browser.ts";
import { drop } from "./given_files.ts";
import { shared } from "./shared.ts";
import { violations } from "./violations.ts";
import { openPage, results, run, state } from "./walk.ts";

const HERMITAGE = `create table test (id int primary key, value int);
insert into test values (1, 10), (2, 20);
begin; -- T1
begin; -- T2
update test set value = 11 where id = 1; -- T1
update test set value = 12 where id = 1; -- T2, BLOCKS
`;

const browser = shared(launchBrowser);

/** Without the File System Access API, whose dialogs no test can answer. */
async function open(options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, options);
  await opened.page.evaluate(() => {
    Reflect.deleteProperty(window, "showOpenFilePicker");
    Reflect.deleteProperty(window, "showSaveFilePicker");
  });
  return opened;
}

const dialog = (page: Page) => page.getByRole("dialog");
const menu = (page: Page) => page.locator(".files-button");

async function saved(page: Page, press: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), "utf8"),
  };
}

describe("a text from elsewhere", () => {
  it("is dropped, understood, opened and run; Undo brings back what was there", async () => {
    const { page, problems } = await open();
    await drop(page, "g0.sql", HERMITAGE);
    await expect
      .poll(() => dialog(page).innerText())
      .toContain("SQL with session names in comments");
    await expect
      .poll(() => dialog(page).innerText())
      .toContain("2 statements set up the tables; 4 steps in A, B.");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Open");
    await page.keyboard.press("Enter");
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await expect.poll(() => page.locator(".scenario-button").innerText()).toBe("g0");
    await expect.poll(() => dialog(page).count()).toBe(0);
    await page.getByRole("button", { name: "Undo opening this" }).click();
    await expect.poll(() => page.locator(".scenario-button").innerText()).not.toBe("g0");
    expect(problems).toEqual([]);
  });

  it("is pasted outside of an editor; what is left out is told with its line", async () => {
    const { page, problems } = await open();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true }),
      );
    }, "connect (con1,localhost,root,,);\n--exec ls\ncreate table t (id int);\nbegin;\nconnection default;\nselect * from t;\n");
    await expect.poll(() => dialog(page).innerText()).toContain("a mysqltest script");
    const remarks = dialog(page).locator(".files-remarks tr");
    await expect
      .poll(() => remarks.allInnerTexts())
      .toEqual([expect.stringMatching(/line 2\s+Left out, it has no meaning here: exec ls/)]);
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => results(page, "B").innerText()).toContain("mysql> begin;");
    expect(problems).toEqual([]);
  });

  it("may hold several scenarios, YAML among them", async () => {
    const { page } = await open();
    const block = (n: number) => `## Test ${n}\n\`\`\`sql\nselect ${n}; -- T1\n\`\`\`\n`;
    await drop(page, "doc.md", `${block(1)}${block(2)}`);
    await dialog(page).getByRole("listbox").selectOption({ label: "Test 2" });
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("SELECT 2".toLowerCase());
    await drop(
      page,
      "x.yaml",
      "title: From YAML\nsetup: CREATE TABLE y (id int)\nsessions: [A]\nsteps:\n  - A: SELECT 7 AS seven\n",
    );
    await expect.poll(() => dialog(page).innerText()).toContain("a YAML scenario");
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("seven");
    await expect.poll(() => page.locator(".scenario-button").innerText()).toBe("From YAML");
  });

  it("that cannot be opened says why, and can be mended on the spot", async () => {
    const { page, problems } = await open();
    await drop(page, "x.sql", "create table u (id int, id int);\nselect 1; -- T1\n");
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect
      .poll(() => dialog(page).getByRole("alert").innerText())
      .toMatch(/Duplicate column name 'id'/);
    await dialog(page).getByRole("textbox").fill("create table u (id int);\nselect 5; -- T1\n");
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => results(page, "A").innerText()).toContain("select 5");
    await drop(page, "broken.json", '{"steps": [\n}');
    await expect.poll(() => dialog(page).innerText()).toContain("is broken in line 2");
    await expect
      .poll(() => dialog(page).getByRole("button", { name: "Open" }).isDisabled())
      .toBe(true);
    const status = dialog(page).locator(".files-understood");
    for (const [text, kind, words] of [
      ["\u0000\u0001PNG", "notText", "not a text"],
      ["Dear reader, this is a letter.", "refused", "refuse every statement"],
      ["", "emptyFile", "This file is empty"],
    ] as const) {
      await drop(page, `${kind}.sql`, text);
      await expect.poll(() => status.getAttribute("data-kind")).toBe(kind);
      await expect.poll(() => status.innerText()).toContain(words);
    }
    expect(problems).toEqual([]);
  });
});

describe("a deadlock log", () => {
  it("says when its deadlock comes otherwise than it was, in both languages", async () => {
    const { page, problems } = await open();
    const log = await readFile("test/conformance/transcripts/status/deadlock-range-order.txt");
    await drop(page, "mysqld.log", log.toString());
    await expect.poll(() => dialog(page).innerText()).toContain("InnoDB's deadlock log");
    await dialog(page).getByRole("button", { name: "Open" }).click();
    const notice = page.locator(".notice-place");
    await expect.poll(() => notice.innerText()).toContain("in the log it was");
    await expect.poll(() => dialog(page).count()).toBe(0);
    await page.getByRole("button", { name: "切换到中文" }).first().click();
    await expect.poll(() => notice.innerText()).toContain("日志里是");
    expect(problems).toEqual([]);
  });
});

describe("a file of one's own", () => {
  it("is saved by Ctrl+S and opened by the menu, at the same place in time", async () => {
    const { page, problems } = await open();
    await page.getByRole("button", { name: "Back by a statement" }).click();
    const place = page.locator(".narration-place");
    const before = await place.innerText();
    const file = await saved(page, () => page.keyboard.press("Control+s"));
    expect(file.name).toMatch(/\.interleave$/);
    expect(JSON.parse(file.text)).toMatchObject({ interleave: 1, position: expect.any(Number) });
    await drop(page, "other.sql", HERMITAGE);
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => page.locator(".scenario-button").innerText()).toBe("other");
    await menu(page).click();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Open a file…" }).click(),
    ]);
    await chooser.setFiles({
      name: file.name,
      mimeType: "application/json",
      buffer: Buffer.from(file.text),
    });
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => place.innerText()).toBe(before);
    expect(problems).toEqual([]);
  });

  it("brings the futures back that were left", async () => {
    const { page, problems } = await open();
    await page.getByRole("button", { name: "Back by a statement" }).click();
    await run(page, "A", "SELECT 4711");
    const file = await saved(page, () => page.keyboard.press("Control+s"));
    expect(JSON.parse(file.text).futures).toHaveLength(1);
    const other = await open();
    await drop(other.page, file.name, file.text);
    await dialog(other.page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => results(other.page, "A").innerText()).toContain("4711");
    await expect.poll(() => state(other.page, "B").innerText()).not.toContain("WAITS");
    await other.page.locator(".scenario-button").click();
    await other.page.getByRole("button", { name: /^(Differs|Without) .*: B: INSERT/ }).click();
    await expect.poll(() => state(other.page, "B").innerText()).toContain("WAITS for A");
    expect([...problems, ...other.problems]).toEqual([]);
  });

  it("is asked for from the map of lessons, and then not again", async () => {
    const { page, problems } = await openSite(browser);
    await page.getByRole("link", { name: "Open a script or a deadlock log" }).click();
    await dialog(page).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await expect.poll(() => page.evaluate(() => window.location.hash)).toBe("#/playground");
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog(page).count()).toBe(0);
    await page.goBack();
    const own = page.getByRole("link", { name: "Your own SQL", exact: true });
    await own.waitFor();
    expect(await page.getByRole("link", { name: /^Continue/ }).count()).toBe(0);
    await own.click();
    await page.locator('[data-ready="true"]').waitFor();
    await page.getByRole("button", { name: "Example: Empty playground" }).waitFor();
    expect(problems).toEqual([]);
  });

  it("goes out as SQL, mysqltest and Python, in Chinese too", async () => {
    const { page, problems } = await open();
    await drop(page, "g0.sql", HERMITAGE);
    await dialog(page).getByRole("button", { name: "Open" }).click();
    await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
    await page.getByRole("button", { name: "切换到中文" }).click();
    // By the keyboard: the menu's arrows, and the sheet's focus where something is chosen.
    await menu(page).focus();
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await expect.poll(focused).toMatch(/^打开文件/);
    for (const item of [/^粘贴脚本/, /^保存/, /^导出为/]) {
      await page.keyboard.press("ArrowDown");
      await expect.poll(focused).toMatch(item);
    }
    await page.keyboard.press("Enter");
    const inSheet = () =>
      page.evaluate(() => document.activeElement?.closest("dialog .dialog-header") === null);
    await dialog(page).waitFor();
    await expect.poll(inSheet).toBe(true);
    const text = dialog(page).getByRole("textbox");
    await expect.poll(() => text.inputValue()).toContain("where id = 1; -- B, 等待 A");
    await dialog(page).getByRole("radio", { name: "mysqltest" }).check();
    await expect
      .poll(() => text.inputValue())
      .toContain("send update test set value = 12 where id = 1;");
    await dialog(page).getByRole("radio", { name: "Python" }).check();
    const file = await saved(page, () =>
      dialog(page)
        .getByRole("button", { name: /^保存 / })
        .click(),
    );
    expect(file.name).toBe("g0.py");
    expect(file.text).toContain('"expect":{"outcome":"blocked"}');
    expect(problems).toEqual([]);
  });
});

describe("the sheets for files and pictures", () => {
  it.each(["light", "dark"] as const)(
    "have no flaw that axe finds, in %s colours",
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      await menu(page).click();
      await expect.poll(() => violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await drop(page, "x.test", `connect (c,localhost,root,,);\n--exec ls\n${HERMITAGE}`);
      await dialog(page).locator(".files-remarks").waitFor();
      await expect.poll(() => violations(page)).toEqual([]);
      await drop(page, "broken.json", "{");
      await expect.poll(() => dialog(page).innerText()).toContain("is broken");
      await expect.poll(() => violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      for (const name of ["Export as SQL, Markdown, one HTML file…", "Picture or animation…"]) {
        await menu(page).click();
        await page.getByRole("button", { name }).click();
        await dialog(page)
          .getByRole("button", { name: /^(Save|Copy as image)/ })
          .first()
          .waitFor();
        await expect.poll(() => violations(page), { message: name }).toEqual([]);
        await page.keyboard.press("Escape");
      }
    },
  );
});

describe("the first load", () => {
  it("has none of the formats, the YAML library or the sheets", async () => {
    const context = await browser().newContext();
    const page = await context.newPage();
    const scripts: Promise<string>[] = [];
    const take = (response: Response) => {
      if (/\.js(\?|$)/.test(response.url())) scripts.push(response.text());
    };
    page.on("response", take);
    const { inject } = await import("vitest");
    await page.goto(new URL("#/playground", inject("siteUrl")).href);
    await page.locator(".files-button").waitFor();
    // What comes from here on is fetched when the page has nothing to do.
    page.off("response", take);
    const all = (await Promise.all(scripts)).join("\n");
    expect(all).toContain("files-button");
    for (const lazy of [
      "isolation tester",
      "maxAliasCount",
      "performance_schema.data_lock_waits w",
      "GIF89a",
    ]) {
      expect(all.includes(lazy), lazy).toBe(false);
    }
    await context.close();
  });
});

describe("the installed app opened with a file", () => {
  it.each(["", "#/manual", "#/learn/gap-lock", "#/playground"])(
    "takes it to the playground, from %j",
    async (path) => {
      const context = await browser().newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      // What the system does with an installed app cannot be had here; from the queue on it is all the page's own.
      await page.addInitScript(() => {
        Object.defineProperty(window, "launchQueue", {
          value: {
            setConsumer: (consumer: unknown) => Object.assign(window, { launched: consumer }),
          },
        });
      });
      await page.goto(`${inject("siteUrl")}${path}`);
      await page.locator('[data-ready="true"]').waitFor();
      await page.evaluate(async (text) => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle("kept.interleave", { create: true });
        const stream = await handle.createWritable();
        await stream.write(text);
        await stream.close();
        const { launched } = window as unknown as {
          launched: (launch: { files: readonly FileSystemFileHandle[] }) => void;
        };
        // Without files it was only opened.
        launched({ files: [] });
        launched({ files: [handle] });
      }, HERMITAGE);
      await dialog(page).getByRole("button", { name: "Open" }).click();
      await expect.poll(() => state(page, "B").innerText()).toMatch(/WAITS for A/);
      await context.close();
    },
  );
});
