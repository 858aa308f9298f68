/**
 * `npm run screenshot [-- FILE]`: takes the README's picture from the running app. Builds the site,
 * opens it at 1440 x 900, waits until the page says `data-ready="true"`, and saves what is seen.
 */
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";
import { serveSite } from "./site.mjs";

const file = process.argv[2] ?? "public/screenshot.png";
const executablePath = findChromium();
if (executablePath === undefined) throw new Error("No Chromium: set CHROMIUM_PATH.");

const site = await serveSite();
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  await page.goto(`${site.url}#/playground`);
  await page.locator('[data-ready="true"]').first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
  await site.close();
}
