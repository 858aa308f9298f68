/** The parts of the page as a person finds them, and what a person does with them. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { openSite } from "./browser.ts";

export async function openPage(browser: () => Browser, options: BrowserContextOptions = {}) {
  const opened = await openSite(browser, "#/playground", { reducedMotion: "reduce", ...options });
  await ready(opened.page);
  return opened;
}

export async function ready(page: Page): Promise<void> {
  await page.locator('[data-ready="true"]').waitFor();
  // Somebody is there: Monaco comes.
  await page.mouse.move(3, 3);
}

export const session = (page: Page, name: string) =>
  page.locator(`.session-card[data-session="${name}"]`);
export const state = (page: Page, name: string) => session(page, name).locator(".pill");
export const results = (page: Page, name: string) => session(page, name).locator(".results");
export const narration = (page: Page) => page.locator(".narration-sentence");
export const place = (page: Page) => page.locator(".narration-place");

/** Types into a session's Monaco, and asks for what was typed. */
export async function send(page: Page, name: string, sql: string): Promise<void> {
  await type(page, name, sql);
  await page.keyboard.press("Control+Enter");
}

/** Sends it, and waits until the session says something of it. */
export async function run(page: Page, name: string, sql: string): Promise<void> {
  const said = () => Promise.all([state(page, name).innerText(), results(page, name).innerText()]);
  const before = await said();
  await send(page, name, sql);
  await expect.poll(said).not.toEqual(before);
}

export async function type(page: Page, name: string, sql: string): Promise<void> {
  await page.mouse.move(4, 4);
  await session(page, name).locator('[data-editor="monaco"]').waitFor();
  await session(page, name)
    .getByRole("textbox", { name: `SQL of session ${name}` })
    .focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(sql);
}

/** A sheet that is still closing would take the key for itself. */
export async function openPalette(page: Page): Promise<void> {
  await expect.poll(() => page.locator("dialog").count()).toBe(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Commands" }).waitFor();
}

/** And waits until it is there: what is typed before belongs to what was open. */
export async function chooseExample(page: Page, title: string): Promise<void> {
  await page.locator(".scenario-button").click();
  await page.getByRole("button", { name: title }).click();
  await expect.poll(() => page.locator(".scenario-name").innerText()).toBe(title);
}
