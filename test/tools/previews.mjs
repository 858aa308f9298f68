/**
 * `npm run previews`: takes the pictures that chats show of a link, 1200 x 630, of the running app: `public/preview/site.png`,
 * and one of each lesson.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";
import { serveSite } from "./site.mjs";

const executablePath = findChromium();
if (executablePath === undefined) throw new Error("No Chromium: set CHROMIUM_PATH.");

const site = await serveSite();
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
mkdirSync("public/preview", { recursive: true });
try {
  const lessons = readdirSync(join(site.folder, "lessons")).map((name) => name.slice(0, -5));
  for (const lesson of ["site", ...lessons]) {
    const page = await browser.newPage({
      viewport: { width: 1200, height: 630 },
      reducedMotion: "reduce",
    });
    const what = lesson === "site" ? "gap-locks" : lesson;
    await page.goto(`${site.url}embed.html#lesson=${what}&lang=en&theme=light&editable=no`);
    await page.locator(".schedule").waitFor();
    await page.locator(".embed-place").filter({ hasText: /[1-9]/ }).waitFor();
    await page.addStyleTag({
      content: ".embed { zoom: 1.25 } .embed-time, .embed-open { display: none !important }",
    });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: `public/preview/${lesson}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
