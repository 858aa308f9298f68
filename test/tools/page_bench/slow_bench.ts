/**
 * `npm run bench -- --slow`: how soon the built site can be used on slow 4G with the CPU four times slower and nothing kept. The
 * files come compressed, as any host sends them. Prints medians and fails on none, since the machine may be busy.
 *
 * A page is usable when what somebody came for has been painted and the page takes the next input: the work that lay in between is over.
 */
import { type Browser, chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../chromium.mjs";
import { serveFolders } from "../static_server.ts";

const RUNS = 5;
const TARGET_MS = 1500;
/** In bytes a second and milliseconds: Chrome's "Slow 4G". */
const SLOW_4G = { downloadThroughput: 200_000, uploadThroughput: 93_750, latency: 150 };
const SLOWER = 4;

interface Opened {
  readonly what: string;
  readonly path: string;
  /** All of them are seen when what somebody came for is there. */
  readonly signs: readonly string[];
}

const PAGES: readonly Opened[] = [
  { what: "the map of lessons", path: "", signs: [".map-card"] },
  { what: "a lesson", path: "#/learn/gap-lock", signs: [".guide-question button"] },
  {
    what: "the playground",
    path: "#/playground",
    signs: [".stage-svg .rec-box", ".header button"],
  },
  {
    what: "an embed",
    path: "embed.html#lesson=gap-locks",
    signs: [".embed-pictures svg", ".embed-place:not(:empty)"],
  },
];

interface Measured {
  readonly firstPaintMs: number;
  readonly usableMs: number;
  readonly transferredBytes: number;
}

const executablePath = findChromium();
if (executablePath === undefined) throw new Error("No Chromium: set CHROMIUM_PATH.");
/** The last argument: the folder of the built site. */
const host = await serveFolders({ "/": process.argv.at(-1) ?? "" }, 0, "compressed");
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
try {
  print(`Slow 4G, CPU ${SLOWER} times slower, nothing kept; medians of ${RUNS}`);
  const runs = PAGES.map((): Measured[] => []);
  for (let run = 0; run < RUNS; run += 1) {
    for (const [at, page] of PAGES.entries()) runs[at]?.push(await opened(browser, page));
  }
  for (const [at, { what }] of PAGES.entries()) report(what, runs[at] ?? []);
} finally {
  await browser.close();
  await host.close();
}

/** In a context of its own: nothing of an earlier visit is there. */
async function opened(from: Browser, { path, signs }: Opened): Promise<Measured> {
  const context = await from.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", { offline: false, ...SLOW_4G });
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.addInitScript(watch, signs);
    await page.goto(`${host.url}${path}`, { waitUntil: "commit" });
    await page.waitForFunction(() => "measured" in window, null, { timeout: 60_000 });
    return await page.evaluate(() => (window as unknown as { measured: Measured }).measured);
  } finally {
    await context.close();
  }
}

/** Runs in the page, so it can use nothing from here. */
function watch(signs: readonly string[]): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const usableMs = performance.now();
    const files = [
      ...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource"),
    ] as PerformanceResourceTiming[];
    const transferredBytes = files.reduce((sum, { transferSize }) => sum + transferSize, 0);
    // The browser tells of a paint a little after it.
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName("first-contentful-paint")[0];
      if (paint === undefined) return;
      const measured: Measured = { usableMs, firstPaintMs: paint.startTime, transferredBytes };
      Object.assign(window, { measured });
    }).observe({ type: "paint", buffered: true });
  };
  const isSeen = (sign: string): boolean =>
    document.querySelector(sign)?.checkVisibility({ visibilityProperty: true }) ?? false;
  const observer = new MutationObserver(() => {
    if (!signs.every(isSeen)) return;
    observer.disconnect();
    // Behind the frame that shows it, and behind all that was to be done before the next input.
    requestAnimationFrame(() => requestAnimationFrame(() => channel.port2.postMessage(null)));
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

function report(what: string, runs: readonly Measured[]): void {
  const usable = runs.map(({ usableMs }) => usableMs);
  const middle = median(usable);
  print(
    `  ${what.padEnd(20)} usable after ${seconds(middle)} s (${seconds(Math.min(...usable))} to ` +
      `${seconds(Math.max(...usable))}; target: ${seconds(TARGET_MS)}${middle > TARGET_MS ? ", missed" : ""}), ` +
      `first paint ${seconds(median(runs.map(({ firstPaintMs }) => firstPaintMs)))} s, ` +
      `${(median(runs.map(({ transferredBytes }) => transferredBytes)) / 1000).toFixed(0)} KB`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
