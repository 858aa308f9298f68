/**
 * Runs a TypeScript entry under Node 20, which does not read TypeScript itself:
 *
 *   node test/tools/run_ts.mjs ENTRY.ts [ARGUMENT...]
 *
 * bundles the entry with what it imports into one file in node_modules/.cache/interleave (named
 * after its content, so that runs side by side do not disturb each other) and imports it. npm
 * packages stay outside the bundle. The entry sees process.argv as if it had been started directly.
 * Prints nothing itself, but what keeps the entry from being bundled.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const CACHE = join(ROOT, "node_modules/.cache/interleave");
const DAY_MS = 86_400_000;

const [entry = fail("usage: node test/tools/run_ts.mjs ENTRY.ts [ARGUMENT...]"), ...rest] =
  process.argv.slice(2);
const path = resolve(entry);
if (!existsSync(path)) fail(`${entry} does not exist`);
const file = keep(await bundle(path));
process.setSourceMapsEnabled(true);
process.argv = [process.execPath, path, ...rest];
await import(pathToFileURL(file).href);

/** @param {string} input */
async function bundle(input) {
  const build = await rolldown({
    input,
    cwd: ROOT,
    platform: "node",
    external: /^(?!\.{0,2}\/|\0)(?!\w:)/,
    logLevel: "silent",
  });
  const { output } = await build.generate({
    format: "esm",
    sourcemap: "inline",
    codeSplitting: false,
  });
  await build.close();
  return output[0].code;
}

/**
 * Writes the bundle once per content, by renaming, and forgets bundles older than a day.
 * @param {string} code
 */
function keep(code) {
  const name = `${createHash("sha256").update(code).digest("hex").slice(0, 16)}.mjs`;
  const file = join(CACHE, name);
  if (existsSync(file)) return file;
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE)) {
    const age_ms =
      Date.now() - (statSync(join(CACHE, old), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age_ms > DAY_MS) rmQuietly(join(CACHE, old));
  }
  const part = `${file}.${process.pid}`;
  writeFileSync(part, code);
  renameSync(part, file);
  return file;
}

/** @param {string} file */
function rmQuietly(file) {
  try {
    unlinkSync(file);
  } catch {
    // Another run was faster.
  }
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  process.stderr.write(`run_ts: ${text}\n`);
  process.exit(2);
}
