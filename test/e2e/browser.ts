/** A browser for a test file, and pages that remember what went wrong on them. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import * as puppeteer from "puppeteer-core";
import { inject, onTestFinished } from "vitest";
import { CHROMIUM_FLAGS, findChromium, findFirefox } from "../tools/chromium.mjs";

/** A busy machine takes its time for what takes a moment: an element, a page, a browser. */
const PATIENCE_MS = 60_000;

export type OpenPage = {
  readonly page: Page;
  /** Uncaught errors and `console.error` lines so far: a test that walks through expects none. */
  readonly problems: readonly string[];
};

/** The browser of a test file: `shared` opens and closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("No Chromium: run `node test/tools/setup.mjs --browser` or set CHROMIUM_PATH.");
  }
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  browser.on("context", (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/** A browser whose profile stays in `folder`: installing is for such. Close it in `afterAll`. */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium() ?? "",
    args: CHROMIUM_FLAGS,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Debian's Firefox, over WebDriver BiDi. */
export async function launchFirefox(): Promise<puppeteer.Browser> {
  const executablePath = findFirefox();
  if (executablePath === undefined) {
    throw new Error("No Firefox: run `node test/tools/setup.mjs --browser` or set FIREFOX_PATH.");
  }
  const how = { browser: "firefox", executablePath, headless: true, timeout: PATIENCE_MS } as const;
  return puppeteer.launch(how);
}

/** An empty page of it. */
export async function openFirefoxPage(browser: puppeteer.Browser): Promise<puppeteer.Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/**
 * Opens the built site in a fresh profile, until the test ends; `path` goes after its address, e.g. `#s=...`.
 * Nothing is kept for offline: that is for the tests of it, and takes its time at every first visit.
 */
export async function openSite(
  browser: () => Browser,
  path = "",
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const page = await openEmpty(browser(), {
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
    ...options,
  });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  await page.goto(new URL(path, inject("siteUrl")).href);
  return { page, problems };
}

/** An empty page in a fresh profile, until the test ends; one that failed tells how the page stands. */
export async function openEmpty(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") {
      console.log(`${task.name}:\n${await standOf(page).catch((error: unknown) => error)}`);
    }
    await context.close();
  });
  return page;
}

/** What a page shows, and who has the focus: for a test that failed on a machine nobody sits at. */
async function standOf(page: Page): Promise<string> {
  const focus = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  const shown = await page.locator("body").ariaSnapshot({ timeout: 10_000 });
  return `focus: ${focus}\n${shown}`;
}
