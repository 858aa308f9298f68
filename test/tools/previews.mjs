/**
 * `node test/tools/previews.mjs`: takes the pictures that chats show of a link, 1200 x 630, of the running app:
 * `public/preview/site.png`, and one of each lesson and example: its title, what it shows, its statements up to the moment
 * where most can be seen, and the picture then. Few colours, so that a picture has less than 25 KB.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";
import { serveSite } from "./site.mjs";
import { smallPng } from "./small_png.mjs";

const SIZE = { width: 1200, height: 630 };
const STYLE = `
  .embed { zoom: 1.25; min-height: 630px; border: 0 }
  .embed-time, .embed-open, .legend, .schedule-ok, .embed button.button { display: none !important }
  .embed-sentence { min-height: 0 !important }
  .embed-title { font-size: 19px }
  .embed-sentence { font-size: 15px }
  [aria-current="step"] .schedule-step { outline: 1px solid }
  * { transition: none !important; animation: none !important }
`;

const executablePath = findChromium();
if (executablePath === undefined) throw new Error("No Chromium: set CHROMIUM_PATH.");

const site = await serveSite();
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
const blank = await browser.newPage();
mkdirSync("public/preview", { recursive: true });
try {
  const names = readdirSync(join(site.folder, "lessons")).filter((name) => name.endsWith(".html"));
  const wanted = ["site", ...names.map((name) => name.slice(0, -5))];
  const asked = process.argv.slice(2);
  for (const name of asked.length === 0 ? wanted : asked) {
    const shot = await picture(name);
    const rgba = await pixelsOf(shot);
    const file = smallPng(rgba, SIZE.width, SIZE.height);
    writeFileSync(`public/preview/${name}.png`, file);
    console.log(`${name} ${(file.length / 1024).toFixed(1)} KB`);
  }
} finally {
  await browser.close();
  await site.close();
}

/**
 * The embedded playground with what the lesson runs.
 * @param {string} name
 * @returns {Promise<Buffer>}
 */
async function picture(name) {
  const page = await browser.newPage({ viewport: SIZE, reducedMotion: "reduce" });
  const lesson = name === "site" ? "gap-locks" : name;
  const about = await aboutOf(lesson);
  const panels = `sessions,${about.panel}`;
  await page.goto(
    `${site.url}embed.html#wait=yes&lang=en&theme=light&editable=no&panels=${panels}`,
  );
  await page.addStyleTag({ content: STYLE });
  // At the top the page is its own host.
  await page.evaluate((what) => {
    /** @param {object} message */
    const say = (message) => window.postMessage({ interleave: 1, ...message }, "*");
    window.addEventListener("message", ({ data }) => {
      if (data?.type === "state") Object.assign(window, { told: data });
    });
    say({ type: "hello" });
    say({ type: "load", ...what });
  }, about.load);
  await page.waitForFunction(() => Reflect.get(window, "told")?.length > 0);
  const steps = await page.evaluate(() => Reflect.get(window, "told").steps);
  let best = { step: steps, seen: -1 };
  for (let step = 1; step <= steps; step += 1) {
    const seen = await goTo(page, step);
    if (seen >= best.seen) best = { step, seen };
  }
  await goTo(page, best.step);
  await page.evaluate((text) => {
    const sentence = document.querySelector(".embed-sentence");
    if (sentence !== null && text !== null) sentence.textContent = text;
    for (const row of [...document.querySelectorAll(".schedule tbody tr")]) {
      if (row.querySelector('[data-future="true"]') !== null) row.remove();
    }
    // What is at the cursor is at the end: the end is what must be seen.
    const rows = [...document.querySelectorAll(".schedule tbody tr")];
    const room = () =>
      (document.querySelector(".embed-schedule")?.getBoundingClientRect().bottom ?? 0) > 640;
    while (rows.length > 4 && room()) rows.shift()?.remove();
  }, about.text);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const shot = await page.screenshot();
  await page.close();
  return shot;
}

/**
 * How much there is to be seen behind a step.
 * @param {import("playwright-core").Page} page
 * @param {number} step
 * @returns {Promise<number>}
 */
async function goTo(page, step) {
  return page.evaluate(async (wanted) => {
    window.postMessage({ interleave: 1, type: "goto", step: wanted }, "*");
    for (let at = 0; at < 20 && Reflect.get(window, "told").step !== wanted; at += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    for (let at = 0; at < 2; at += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const { sessions } = Reflect.get(window, "told");
    const waiting = sessions.filter(
      (/** @type {{ waitsFor: string[] }} */ { waitsFor }) => waitsFor.length > 0,
    ).length;
    const refs = document.querySelectorAll('[data-ref^="lock:"], [data-ref^="version:"]').length;
    return 20 * waiting + refs;
  }, step);
}

/**
 * What is opened, what is said of it, and the picture that goes with it.
 * @param {string} lesson
 */
async function aboutOf(lesson) {
  const page = await fetch(`${site.url}lessons/${lesson}.html`).then((answer) => answer.text());
  const isGuided = page.includes('name="interleave:guide"');
  if (!isGuided) {
    const panel = /versions|ages|rc-and-rr/.test(lesson) ? "versions" : "index";
    return { load: { lesson }, text: null, panel };
  }
  const source = await fetch(`${site.url}lessons/${lesson}.js`).then((answer) => answer.text());
  const text = JSON.parse(source.slice(source.indexOf("=") + 1, source.lastIndexOf(";")));
  const { title, setup, parts, shows, view } = text;
  const all = parts.flatMap((/** @type {{ steps: object[] }} */ { steps }) => steps);
  return {
    load: { scenario: { title: title.en, setup, steps: all } },
    text: shows.en,
    panel: view === "versions" ? "versions" : "index",
  };
}

/**
 * @param {Buffer} shot
 * @returns {Promise<Uint8Array>}
 */
async function pixelsOf(shot) {
  const letters = await blank.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const blob = new Blob([data]);
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result).split(",")[1]);
      reader.readAsDataURL(blob);
    });
  }, shot.toString("base64"));
  return new Uint8Array(Buffer.from(letters, "base64"));
}
