/**
 * `npm run bench -- --page`: the page in Chromium. Scrubbing over 100,000 events (frames a second, latency) and over 500 locks on
 * 2,000 records, stepping and typing in a small example with the CPU four times slower, and what the page's worker does in a second. Prints the figures beside
 * their targets and fails on none, since the machine may be busy: thread time is what the page itself needed.
 */
import { type Browser, type CDPSession, chromium, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../chromium.mjs";
import {
  countFrames,
  drawn,
  installProbe,
  type Samples,
  sampled,
  taken,
  threadSeconds,
} from "./probe.ts";
import { lockedScript, longScript, type SavedScript, smallScript } from "./scripts.ts";
import { measureWorker, rememberWorker } from "./worker_speed.ts";

const EVENTS = 100_000;
const SCRUBS = 200;
const STEPS = 80;
/** A small story has no more. */
const SMALL_STEPS = 40;
const STATEMENTS = 4_000;
const TARGET_MS = 16;

const executablePath = findChromium();
if (executablePath === undefined) throw new Error("No Chromium: set CHROMIUM_PATH.");
/** The last argument: where `test/tools/bench.mjs` serves the built site. */
const url = process.argv.at(-1) ?? "";
// Without waiting for a screen, so that a latency is what the page took.
const unlimited = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...unlimited] });
const screen = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
try {
  await measureSmall();
  await measureLocked();
  await measureLong();
} finally {
  await screen.close();
  await browser.close();
}

async function measureLong(): Promise<void> {
  for (const each of [browser, screen]) {
    const fromMs = performance.now();
    const { page, session } = await opened(each, longScript(EVENTS));
    const place = await page.locator(".narration-place").innerText();
    if (each === browser)
      print(`${place.replace("\n", " ")}: there after ${ms(performance.now() - fromMs)}`);
    if (each === screen) await countFrames(page);
    const scrubbed = await measured(page, session, SCRUBS, scrub);
    if (each === screen) {
      const { frames } = scrubbed.samples;
      print(
        `  frames while scrubbing     ${(1000 / mean(frames)).toFixed(0)} a second in the mean, ` +
          `p50 ${ms(percentile(frames, 50))}, p95 ${ms(percentile(frames, 95))} apart (target: 17 ms)`,
      );
      const { presented } = (await measured(page, session, STEPS, key("ArrowRight"))).samples;
      // What is missing was faster than the browser tells.
      const all = [...presented, ...Array(Math.max(0, STEPS - presented.length)).fill(16)];
      print(
        `  step into, on the screen     p50 ${ms(percentile(all, 50))}, p95 ${ms(percentile(all, 95))} ` +
          "(Event Timing at 60 Hz, in steps of 8 ms: with the wait for the screen)",
      );
    } else {
      report("scrubbing (strip)", scrubbed);
      report("step into (key)", await measured(page, session, STEPS, key("ArrowRight")));
      report("step over (key)", await measured(page, session, STEPS, key("PageDown")));
    }
    await page.context().close();
  }
}

async function measureLocked(): Promise<void> {
  const { page, session } = await opened(browser, lockedScript());
  print("2,000 records, 500 locks");
  report("scrubbing (ruler)", await measured(page, session, STEPS, scrub));
  report("step back (key)", await measured(page, session, STEPS, fromEnd("ArrowLeft")));
  report("step into (key)", await measured(page, session, STEPS, fromEnd("ArrowRight")));
  await page.context().close();
}

async function measureSmall(): Promise<void> {
  const { page, session } = await opened(browser, smallScript());
  const speed = await measureWorker(page, STATEMENTS);
  print(
    `The page's worker: ${speed.inOneGo.toFixed(0)} statements a second in one request, ` +
      `${speed.oneByOne.toFixed(0)} one by one`,
  );
  print("Small example, CPU 4 times slower");
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  report("step back (key)", await measured(page, session, SMALL_STEPS, key("ArrowLeft")));
  report("step into (key)", await measured(page, session, SMALL_STEPS, key("ArrowRight")));
  const editor = page.locator('.session-card[data-session="A"] [role="textbox"]').first();
  await editor.focus();
  report("typing in the editor", await measured(page, session, STEPS, letter));
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("SELECT d FROM t WHERE id = 5;");
  const ran = await measured(page, session, 20, async (at, count) => {
    await at.keyboard.press("Control+Enter");
    await sampled(at, Math.max(1, count));
    await at.waitForFunction(() => document.querySelector(".working") === null);
  });
  report("Ctrl+Enter, worker and back", ran);
  await page.context().close();
}

async function opened(
  from: Browser,
  script: SavedScript,
): Promise<{ readonly page: Page; readonly session: CDPSession }> {
  const context = await from.newContext({
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  const saved = { script, texts: { A: "", B: "" }, position: null, undo: [], redo: [] };
  await page.addInitScript(
    (text) => window.localStorage.setItem("interleave.page.1", text),
    JSON.stringify(saved),
  );
  await page.addInitScript(installProbe);
  await page.addInitScript(rememberWorker);
  await page.goto(new URL("#/playground", url).href);
  await page.locator('[data-ready="true"]').waitFor({ timeout: 180_000 });
  // Whoever goes into an editor wants it whole.
  await page.locator('.session-card [role="textbox"], .session-card textarea').first().focus();
  await page.locator('[data-editor="monaco"]').first().waitFor({ timeout: 90_000 });
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return { page, session };
}

interface Measured {
  readonly samples: Samples;
  /** Of the page's main thread, per input, with what follows the picture. */
  readonly threadMs: number;
}

async function measured(
  page: Page,
  session: CDPSession,
  count: number,
  input: (page: Page, at: number) => Promise<void>,
): Promise<Measured> {
  await drawn(page);
  await input(page, 0);
  await drawn(page);
  await taken(page);
  const from = await threadSeconds(session);
  for (let at = 1; at <= count; at += 1) await input(page, at);
  await drawn(page);
  const threadMs = (((await threadSeconds(session)) - from) * 1000) / count;
  await page.mouse.up();
  return { samples: await taken(page), threadMs };
}

/** Over the whole trace and back, in leaps that no neighbour makes easy. */
async function scrub(page: Page, at: number): Promise<void> {
  // A short story has no strip, but a ruler over its lanes.
  const box = await page.locator(".trace-strip, .timeline-track").first().boundingBox();
  if (box === null) throw new Error("there is nothing to scrub on");
  const x = box.x + 5 + ((at * 61) % (box.width - 10));
  await page.mouse.move(x, box.y + Math.min(8, box.height / 2));
  if (at === 0) await page.mouse.down();
}

function key(name: string): (page: Page, at: number) => Promise<void> {
  return async (page) => {
    const cursor = page.locator(".timeline-cursor");
    if (!(await cursor.evaluate((element) => element === document.activeElement))) {
      await cursor.focus();
      if (name !== "ArrowLeft") await page.keyboard.press("Home");
    }
    await page.keyboard.press(name);
    await drawn(page);
  };
}

/** From where the cursor stands; at first the end, where all the locks are. */
function fromEnd(name: string): (page: Page, at: number) => Promise<void> {
  return async (page, at) => {
    if (at === 0) {
      await page.locator(".timeline-cursor").focus();
      if (name === "ArrowLeft") await page.keyboard.press("End");
    }
    await page.keyboard.press(name);
    await drawn(page);
  };
}

async function letter(page: Page, at: number): Promise<void> {
  await page.keyboard.press(at % 9 === 8 ? "Space" : "x");
  await drawn(page);
}

function report(what: string, { samples, threadMs }: Measured): void {
  const { latencies } = samples;
  const p95 = percentile(latencies, 95);
  print(
    `  ${what.padEnd(28)} ${latencies.length} inputs, to the picture p50 ${ms(percentile(latencies, 50))}, ` +
      `p95 ${ms(p95)} (target: ${TARGET_MS} ms${p95 > TARGET_MS ? ", missed" : ""}); main thread ${ms(threadMs)} each, with what follows`,
  );
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
