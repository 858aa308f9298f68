/**
 * Builds what other people's pages load, beside the site: `embed.html` with its one script and style, and `interleave.js`,
 * the web component.
 *
 * The frame's script is classic, as the worker is: a frame with `sandbox="allow-scripts"` has no origin, a module would
 * need a host that sends `Access-Control-Allow-Origin`, and a static host may not. It is drawn by Preact, which has
 * React's interface at a tenth of its size; the site itself is React's.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { POLICY_TAG } from "./content_security.ts";

const ENGINE = /^assets\/engine\.worker-[\w-]+\.js$/;

export function embedBuild(): Plugin {
  let root = "";
  return {
    name: "embed-build",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async writeBundle(options, bundle) {
      const folder = options.dir;
      const engine = Object.keys(bundle).find((name) => ENGINE.test(name));
      if (folder === undefined || engine === undefined) {
        throw new Error("the site's build has no folder or no engine");
      }
      const frame = await script(root, folder, "embed_frame.tsx", "assets/embed-[hash].js", engine);
      await script(root, folder, "embed/loader.ts", "interleave.js", engine);
      writeFileSync(join(folder, "embed.html"), frameHtml(frame));
    },
  };
}

/** One classic script of an entry, with everything that it needs; the names of its files. */
async function script(
  root: string,
  folder: string,
  entry: string,
  name: string,
  engine: string,
): Promise<readonly string[]> {
  const output = await build({
    configFile: false,
    root,
    base: "./",
    publicDir: false,
    logLevel: "error",
    define: { ENGINE_FILE: JSON.stringify(engine.replace("assets/", "./")) },
    resolve: {
      alias: [
        { find: /^react(-dom)?$/, replacement: "preact/compat" },
        { find: "react-dom/client", replacement: "preact/compat/client" },
        { find: "react/jsx-runtime", replacement: "preact/jsx-runtime" },
      ],
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: join(root, "src", entry),
        output: {
          format: "iife",
          entryFileNames: name,
          assetFileNames: "assets/embed-[hash][extname]",
        },
      },
    },
  });
  const outputs = (Array.isArray(output) ? output : [output]) as readonly Rolldown.RolldownOutput[];
  return outputs.flatMap((one) => one.output.map((file) => file.fileName));
}

function frameHtml(files: readonly string[]): string {
  const source = files.find((name) => name.endsWith(".js"));
  const styles = files.filter((name) => name.endsWith(".css"));
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    ${POLICY_TAG}
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Interleave</title>
${styles.map((name) => `    <link rel="stylesheet" href="./${name}" />`).join("\n")}
    <script defer src="./${source}"></script>
  </head>
  <body>
    <div id="root"></div>
    <noscript>Interleave simulates a MySQL server in the page, and needs JavaScript for it.</noscript>
  </body>
</html>
`;
}
