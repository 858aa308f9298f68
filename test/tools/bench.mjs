/** `npm run bench [-- --page]`: the simulator's speed in Node, or the page's in Chromium. */
import { serveSite } from "./site.mjs";

const isPage = process.argv.includes("--page");
const site = isPage ? await serveSite() : null;
const entry = isPage ? "test/tools/page_bench/page_bench.ts" : "src/cli/bench.ts";
process.argv.splice(2, 0, entry);
if (site !== null) process.argv.push(site.url);
try {
  await import("./run_ts.mjs");
} finally {
  await site?.close();
}
