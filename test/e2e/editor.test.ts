import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { launchBrowser, openEmpty, openSite } from "./browser.ts";
import type { EditorPageQuery } from "./editor_page/EditorPage.tsx";
import { serveEditorPage } from "./editor_page/serve_editor_page.ts";
import { shared } from "./shared.ts";

const browser = shared(launchBrowser);
const site = shared(serveEditorPage);

type Wish = {
  readonly query?: EditorPageQuery;
  /** Whether Monaco's files reach the page: at once, when `release` is called, or not at all. */
  readonly monaco?: "comes" | "is held back" | "fails";
  readonly context?: BrowserContextOptions;
};

type Opened = {
  readonly page: Page;
  readonly problems: readonly string[];
  /** Lets Monaco come. */
  readonly release: () => void;
  readonly a: Locator;
  readonly b: Locator;
};

async function open({ query = {}, monaco = "comes", context = {} }: Wish = {}): Promise<Opened> {
  const page = await openEmpty(browser(), { reducedMotion: "reduce", ...context });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) {
      problems.push(message.text());
    }
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  if (monaco === "fails") await page.route("**/MonacoPane*.js", (route) => route.abort());
  if (monaco === "is held back") {
    await page.route("**/MonacoPane*.js", async (route) => {
      await released;
      await route.continue();
    });
  }
  await page.goto(`${site().url}?${new URLSearchParams(query)}`);
  await page.locator("[data-editor]").first().waitFor();
  // Somebody is there.
  await page.mouse.move(3, 3);
  if (monaco === "comes") await monacoIn(page).first().waitFor();
  const a = page.getByRole("textbox", { name: "SQL of session A" });
  const b = page.getByRole("textbox", { name: "SQL of session B" });
  return { page, problems, release, a, b };
}

const monacoIn = (page: Page) => page.locator('[data-editor="monaco"]');
const text = (page: Page) => page.locator("#text").innerText();
const calls = (page: Page) => page.locator("#calls li").allInnerTexts();

async function retype(page: Page, editor: Locator, sql: string): Promise<void> {
  await editor.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(sql);
}

describe.each(["is held back", "comes"] as const)("the editor while Monaco %s", (monaco) => {
  it("takes what is typed", async () => {
    const { page, problems, a } = await open({ monaco });
    await a.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("SELECT 1;");
    await expect.poll(() => text(page)).toBe("SELECT 1;");
    expect(problems).toEqual([]);
  });

  it("runs the statement under the cursor, and all of them", async () => {
    const { page, a } = await open({ monaco });
    await retype(page, a, "BEGIN;\nSELECT 1;\nCOMMIT;");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+Shift+Enter");
    await expect
      .poll(() => calls(page))
      .toEqual(["run 7 SELECT 1", "all BEGIN | SELECT 1 | COMMIT"]);
    await expect.poll(() => text(page)).toBe("BEGIN;\nSELECT 1;\nCOMMIT;");
    await page.getByRole("button", { name: "Run" }).click();
    await expect.poll(async () => (await calls(page)).at(-1)).toBe("run 7 SELECT 1");
  });

  it("begins at the first statement", async () => {
    const { page, a } = await open({ monaco });
    await page.getByRole("button", { name: "Run" }).click();
    await a.focus();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => calls(page)).toEqual(["run 52 BEGIN", "run 52 BEGIN"]);
  });

  it("runs in its own session only", async () => {
    const { page, a, b } = await open({ monaco });
    await a.focus();
    await retype(page, b, "SELECT 2");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => calls(page)).toEqual(["B SELECT 2"]);
  });

  it("is left by Tab, forwards and backwards", async () => {
    const { page, a } = await open({ monaco });
    await a.focus();
    await page.keyboard.press("Tab");
    await expect.poll(() => focused(page)).toBe("Run");
    await page.keyboard.press("Shift+Tab");
    await expect.poll(() => focused(page)).toBe("SQL of session A");
    await expect.poll(() => text(page)).toMatch(/^-- A takes/);
  });

  it("takes a text from outside", async () => {
    const { page, a } = await open({ monaco });
    await page.getByRole("button", { name: "Replace" }).click();
    await expect.poll(() => text(page)).toBe("SELECT 'from outside';");
    await a.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" x");
    await expect.poll(() => text(page)).toBe("SELECT 'from outside'; x");
  });

  it("marks the statements in its margin and moves the marks with the text", async () => {
    const { page, a } = await open({ monaco });
    await page.locator(".sql-mark-waiting").first().waitFor();
    const before = await page.locator(".sql-mark-waiting").first().boundingBox();
    await a.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    const after = async () => (await page.locator(".sql-mark-waiting").first().boundingBox())?.y;
    await expect.poll(after).toBe((before?.y ?? 0) + 20);
    for (const kind of ["done", "error", "running"]) {
      await expect.poll(() => page.locator(`.sql-mark-${kind}`).count()).toBe(1);
    }
  });

  it("grows with the text between its rows", async () => {
    const { page, b } = await open({ monaco });
    const frame = page.locator("[data-editor]").nth(1);
    const height = async () => (await frame.boundingBox())?.height;
    await expect.poll(() => height()).toBe(2 * 20 + 12 + 2);
    await retype(page, b, "a\nb\nc");
    await expect.poll(height).toBe(3 * 20 + 12 + 2);
    await retype(page, b, "a\nb\nc\nd\ne\nf");
    await expect.poll(height).toBe(4 * 20 + 12 + 2);
  });
});

describe.each(["light", "dark"] as const)("axe finds nothing to complain of, %s", (theme) => {
  it.each(["fails", "comes"] as const)("when Monaco %s", async (monaco) => {
    const { page } = await open({ monaco, query: { theme } });
    await page.locator(".sql-keyword, .mtkb").first().waitFor();
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
    const violations = await page.evaluate(async () => {
      // The script defines it on the page; only its result matters here.
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      const result = await axe.run(".sql-editor");
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(violations).toEqual([]);
  });
});

describe("in the page", () => {
  it("what is typed into a session runs there, and the margin says that it is done", async () => {
    const { page, problems } = await openSite(browser, "#/playground");
    await page.locator('[data-ready="true"]').waitFor();
    await page.mouse.move(3, 3);
    await monacoIn(page).nth(1).waitFor();
    const session = page.locator('[data-session="A"]').filter({ has: monacoIn(page) });
    await retype(page, session.getByRole("textbox"), "BEGIN;\nSELECT 40 + 2;");
    // The example has one of its own.
    const begun = session.getByText("mysql> BEGIN;");
    await expect.poll(() => begun.count()).toBe(1);
    // A script that came in whole runs from its beginning.
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => begun.count()).toBe(2);
    await session.locator(".sql-mark-done").waitFor();
    await page.keyboard.press("Control+Enter");
    await session.getByText("| 42 ").waitFor();
    await expect.poll(() => session.locator(".sql-mark-done").count()).toBe(2);
    await session.locator(".sql-mark-done").first().hover();
    await page.locator(".monaco-hover").getByText("done", { exact: true }).waitFor();
    await retype(page, session.getByRole("textbox"), "SELEC *_*");
    await session.locator(".squiggly-error").waitFor();
    await session.locator(".view-line span span").first().hover();
    await page
      .locator(".monaco-hover")
      .getByText(/You have an error.*'SELEC \*_\*'/)
      .waitFor();
    expect(problems).toEqual([]);
  });

  it("Monaco is a file of its own that comes later, within its budget", () => {
    const folder = inject("siteFolder");
    const html = readFileSync(join(folder, "index.html"), "utf8");
    const scripts = readdirSync(join(folder, "assets")).filter((file) => file.endsWith(".js"));
    const textOf = (file: string) => readFileSync(join(folder, "assets", file));
    const withMonaco = scripts.filter((file) => textOf(file).includes("vs.editor.ICodeEditor"));
    expect(withMonaco).toHaveLength(1);
    expect(html).not.toContain(withMonaco[0]);
    expect(gzipSync(textOf(withMonaco[0] ?? ""), { level: 9 }).length).toBeLessThan(850_000);
  });
});

describe("the plain editor", () => {
  it("stays, and says so, when Monaco cannot be loaded", async () => {
    const { page, problems, a } = await open({ monaco: "fails" });
    await expect.poll(() => a.getAttribute("title")).toContain("could not be loaded");
    await retype(page, a, "BEGIN");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => calls(page)).toEqual(["run 0 BEGIN"]);
    expect(problems).toEqual([]);
  });

  it("stays on a device with touch alone", async () => {
    const context = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } };
    const { page, a } = await open({ monaco: "is held back", context });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await a.tap();
    await page.keyboard.type(" ");
    await page.waitForTimeout(300);
    expect(asked.filter((url) => url.includes("Monaco"))).toEqual([]);
  });

  it("underlines what MySQL would not take, with MySQL's words", async () => {
    const { page, b } = await open({ monaco: "is held back" });
    await retype(page, b, "SELECT 1; SELEC 2");
    const wrong = page.locator(".sql-problem");
    await expect.poll(() => wrong.allInnerTexts()).toEqual(["SELEC"]);
    await expect
      .poll(() => b.getAttribute("title"))
      .toMatch(/^ERROR 1064 .* near 'SELEC 2' at line 1$/);
  });
});

describe("when Monaco comes", () => {
  it("text, cursor, focus and undo go on", async () => {
    const { page, problems, release, a } = await open({ monaco: "is held back" });
    await retype(page, a, "SELECT 1");
    await page.keyboard.press("Enter");
    await page.keyboard.type("FROM t");
    await page.keyboard.press("Home");
    release();
    await monacoIn(page).first().waitFor();
    await expect.poll(() => focused(page)).toBe("SQL of session A");
    await page.keyboard.type(", 2 ");
    await expect.poll(() => text(page)).toBe("SELECT 1\n, 2 FROM t");
    for (let step = 0; step < 8; step += 1) await page.keyboard.press("Control+Z");
    await expect.poll(() => text(page)).toMatch(/^-- A takes every record/);
    for (let step = 0; step < 8; step += 1) await page.keyboard.press("Control+Y");
    await expect.poll(() => text(page)).toBe("SELECT 1\n, 2 FROM t");
    expect(problems).toEqual([]);
  });

  it("it waits for a hand that is dragging a selection", async () => {
    const { page, release, a } = await open({ monaco: "is held back" });
    const box = await a.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 15);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 120, (box?.y ?? 0) + 15);
    release();
    await expect.poll(() => monacoIn(page).count()).toBe(1);
    await page.mouse.up();
    await expect.poll(() => monacoIn(page).count()).toBe(2);
    await page.keyboard.press("Delete");
    await expect.poll(() => text(page)).not.toMatch(/^-- A takes every record/);
  });

  it("an error of MySQL stands at its place, and Control+Space offers columns", async () => {
    const { page, b } = await open();
    await retype(page, b, "SELECT 1; SELEC 2");
    await page.locator(".squiggly-error").waitFor();
    const { page: other, a } = await open();
    await retype(other, a, "SELECT  FROM t");
    for (let step = 0; step < 7; step += 1) await other.keyboard.press("ArrowLeft");
    await other.keyboard.press("Control+Space");
    const rows = other.locator(".suggest-widget .monaco-list-row");
    await rows.first().waitFor();
    await expect
      .poll(async () => (await rows.allInnerTexts()).slice(0, 3).join(" "))
      .toMatch(/^id\b.*\bc\b.*\bd\b/s);
    await other.keyboard.press("Tab");
    await expect.poll(() => text(other)).toBe("SELECT id FROM t");
  });

  it("Enter ends the line, also while a list is open", async () => {
    const { page, a } = await open();
    await retype(page, a, "");
    await page.keyboard.type("BEGI");
    await page.locator(".suggest-widget .monaco-list-row").first().waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => text(page)).toBe("BEGI\n");
  });

  it("it speaks Chinese on a Chinese page", async () => {
    const { page, a } = await open({ query: { language: "zh" } });
    await a.focus();
    await page.keyboard.press("Shift+F10");
    const menu = page.getByRole("menu");
    await menu.getByText("执行光标处的语句").waitFor();
    await menu.getByText("粘贴").waitFor();
  });
});

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
  });
