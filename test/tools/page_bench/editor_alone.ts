/** Monaco by itself on an empty page, as it is published, with our options: what typing costs before the page does anything. */
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { EDITOR_OPTIONS } from "../../../src/editor/monaco_options.ts";

const MONACO = fileURLToPath(new URL("../../../node_modules/monaco-editor/min/", import.meta.url));
/** No server stands behind it: the page is given everything by the bench. */
const ORIGIN = "http://editor.invalid";
const KINDS: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
};
const PAGE = `<!doctype html><body style="margin:0"><div id="editor" style="width:460px;height:120px"></div>
<script src="/vs/loader.js"></script>
<script>
require.config({ paths: { vs: "/vs" } });
require(["vs/editor/editor.main"], (loaded) => {
  const { editor } = loaded.editor === undefined ? window.monaco : loaded;
  const options = ${JSON.stringify({ ...EDITOR_OPTIONS, language: "sql" })};
  editor.create(document.querySelector("#editor"), options).focus();
  document.body.dataset.ready = "true";
});
</script>`;

export async function openEditorAlone(page: Page): Promise<void> {
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = normalize(decodeURIComponent(new URL(route.request().url()).pathname));
    if (path === "/") return route.fulfill({ contentType: "text/html", body: PAGE });
    const body = await readFile(join(MONACO, path)).catch(() => null);
    if (body === null) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: KINDS[extname(path)] ?? "application/octet-stream", body });
  });
  await page.goto(ORIGIN);
  await page.locator('[data-ready="true"]').waitFor({ timeout: 60_000 });
}
