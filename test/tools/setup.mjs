/**
 * Makes a fresh machine ready: plain Node without packages, run by npm before `npm start` and
 * `npm test`. Installs the packages of package-lock.json when they are not those already here and,
 * with --browser, Debian's Chromium and Firefox and a font for Chinese when they are missing.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, findFirefox, hasChineseFont } from "./chromium.mjs";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

checkNode();
installPackages();
if (process.argv.includes("--browser")) installBrowser();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const known = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!known)
    stop(`Node ${process.versions.node} is too old: use 20.19 or later, or 22.12 or later.`);
}

function installPackages() {
  const hash = createHash("sha256")
    .update(readFileSync(`${ROOT}/package-lock.json`))
    .digest("hex");
  const mark = `${ROOT}/node_modules/.setup-hash`;
  if (readIfThere(mark) === hash) return;
  say("installing the packages of package-lock.json");
  run("npm", ["ci", "--no-audit", "--no-fund"], "The packages could not be installed with npm ci.");
  writeFileSync(mark, hash);
}

function installBrowser() {
  const missing = [
    ...(findChromium() === undefined ? ["chromium"] : []),
    ...(findFirefox() === undefined ? ["firefox-esr"] : []),
    ...(hasChineseFont() ? [] : ["fonts-noto-cjk"]),
  ];
  if (missing.length === 0) return;
  say(`installing ${missing.join(" and ")} with apt-get`);
  const hint =
    `The browser tests need ${missing.join(" and ")}, and apt-get could not install that here. ` +
    "Install it by hand (on Debian: apt-get install chromium firefox-esr fonts-noto-cjk), " +
    "or set CHROMIUM_PATH to a Chromium and FIREFOX_PATH to a Firefox.";
  apt(["update", "-q"], hint);
  apt(["install", "-q", "-y", "--no-install-recommends", ...missing], hint);
  if (findChromium() === undefined || findFirefox() === undefined) stop(hint);
}

/** @param {string[]} args @param {string} hint */
function apt(args, hint) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  if (process.getuid?.() === 0) run("apt-get", args, hint, env);
  else run("sudo", ["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args], hint);
}

/**
 * Output goes to stderr: stdout belongs to the command that npm runs next.
 * @param {string} command
 * @param {string[]} args
 * @param {string} hint says what to do when the command fails
 */
function run(command, args, hint, env = process.env) {
  try {
    execFileSync(command, args, { cwd: ROOT, env, stdio: ["ignore", 2, 2] });
  } catch {
    stop(hint);
  }
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function stop(text) {
  say(text);
  process.exit(1);
}
