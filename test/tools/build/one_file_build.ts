/**
 * `virtual:one-file`: where the form stands for what is saved as one HTML file (`src/store/one_file.ts`), and the server. The form is
 * a page with the embed's frame and all that it may load in one script; the server's files, which the site has, and what is
 * shown are put in by the page.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { FILE_PLACE, TITLE_PLACE } from "../../../src/store/one_file.ts";
import { byPreact } from "./by_preact.ts";
import { FRAME_WORDS, lateWords } from "./late_words.ts";

const NAME = "virtual:one-file";
const ENGINE = "src/worker/engine.worker.ts?worker&url";

export function oneFileBuild(): Plugin {
  let root = "";
  let isBuild = false;
  return {
    name: "one-file",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
      isBuild = config.command === "build";
    },
    resolveId: (source) => (source === NAME ? NAME : null),
    async load(id) {
      if (id !== NAME) return null;
      if (!isBuild) return "export const ONE_FILE_FORM = null; export const ENGINE_FILE = null;";
      const source = await form(root);
      const hash = createHash("sha256").update(source).digest("base64url").slice(0, 8);
      const fileName = `assets/one_file-${hash.replace(/[-_]/g, "0")}.html`;
      this.emitFile({ type: "asset", fileName, source });
      return [
        `export { default as ENGINE_FILE } from ${JSON.stringify(join(root, ENGINE))};`,
        `export const ONE_FILE_FORM = ${JSON.stringify(`./${fileName}`)};`,
      ].join("\n");
    },
  };
}

async function form(root: string): Promise<string> {
  const output = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "error",
    define: { ENGINE_FILE: '""', GUIDE_FILES: "[]", WHY_FILES: "[]", ONE_FILE: "true" },
    plugins: [byPreact("light"), nothingPlayed(), lateWords(FRAME_WORDS)],
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 1_000_000,
      rolldownOptions: {
        input: join(root, "src/embed_frame.tsx"),
        output: { format: "iife", codeSplitting: false },
      },
    },
  });
  const files = ([output].flat() as readonly Rolldown.RolldownOutput[]).flatMap(
    (one) => one.output,
  );
  const scripts = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
  const styles = files.flatMap((file) =>
    file.type === "asset" && file.fileName.endsWith(".css") ? [String(file.source)] : [],
  );
  const [script] = scripts;
  if (script === undefined || scripts.length > 1 || styles.length === 0) {
    throw new Error("the form is not of one script and a style");
  }
  return page(script.replace(/<(?=\/script|!--)/gi, "\\x3c"), styles.join("\n"));
}

/** The server is in the file: nothing is known without it. */
function nothingPlayed(): Plugin {
  const name = "virtual:played";
  return {
    name: "nothing-played",
    enforce: "pre",
    resolveId: (source) => (source === name ? name : null),
    load: (id) =>
      id === name
        ? 'export const PLAYED = {}; export const NOTHING = { story: "", told: [] };'
        : null,
  };
}

/** Nothing but what is in it: no address is asked for anything. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "worker-src blob:",
  "connect-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function page(script: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${TITLE_PLACE}</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>Interleave simulates a MySQL server in the page, and needs JavaScript for it.</noscript>
<script>interleaveFile=${FILE_PLACE};</script>
<script>${script}</script>
</body>
</html>
`;
}
