/** `npm run bench [-- --page | --slow]`: the simulator's speed in Node; the page's in Chromium; how soon it is there on slow 4G. */
import { serveSite } from "./site.mjs";

const isSlow = process.argv.includes("--slow");
const isPage = process.argv.includes("--page") || isSlow;
const site = isPage ? await serveSite() : null;
const entry = isSlow ? "slow_bench" : "page_bench";
process.argv.splice(2, 0, isPage ? `test/tools/page_bench/${entry}.ts` : "src/cli/bench.ts");
if (site !== null) process.argv.push(isSlow ? site.folder : site.url);
try {
  await import("./run_ts.mjs");
} finally {
  await site?.close();
}
