/** Where Debian's Chromium, its Firefox and a Chinese font are, and how the tests launch the browser. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
];

const CHINESE_FONTS = ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"];

/** Headless and quiet; `--no-sandbox` because root, which CI often is, may not have one. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @returns {string | undefined} the path of a Chromium; CHROMIUM_PATH goes before all others */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  return [...(chosen ? [chosen] : []), ...PLACES].find((path) => existsSync(path));
}

const FIREFOX_PLACES = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/snap/bin/firefox"];

/** @returns {string | undefined} the path of a Firefox; FIREFOX_PATH goes before all others */
export function findFirefox() {
  const chosen = process.env.FIREFOX_PATH;
  return [...(chosen ? [chosen] : []), ...FIREFOX_PLACES].find((path) => existsSync(path));
}

export function hasChineseFont() {
  if (CHINESE_FONTS.some((path) => existsSync(path))) return true;
  try {
    return execFileSync("fc-list", [":lang=zh", "family"], { encoding: "utf8" }).trim() !== "";
  } catch {
    return false;
  }
}
