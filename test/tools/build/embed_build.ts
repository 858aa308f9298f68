/**
 * Builds what other people's pages load, beside the site: `embed.html` with its one script and style, `interleave.js`,
 * the web component, and for guided lessons the guide's script and style, and `lessons/NAME.js` with the text of each.
 *
 * The frame's script is classic, as the worker is: a frame with `sandbox="allow-scripts"` has no origin, a module would
 * need a host that sends `Access-Control-Allow-Origin`, and a static host may not.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { byPreact } from "./by_preact.ts";
import { classicChunks } from "./classic_chunks.ts";
import { policyTag } from "./content_security.ts";
import { embedHead } from "./embed_head.ts";
import { withCommon } from "./frame_chunks.ts";
import { guidedLessons } from "./guided_lessons.ts";
import { FRAME_WORDS, lateWords } from "./late_words.ts";
import { asCode, beginning, playedExamples } from "./played_examples.ts";

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
      const guide = await script(root, folder, "embed_guide.tsx", "assets/embed_guide-[hash].js");
      const why = await script(root, folder, "embed_why.tsx", "assets/embed_why-[hash].js");
      const frame = await script(root, folder, FRAME, "assets/embed-[hash].js", {
        ENGINE_FILE: JSON.stringify(inAssets(engine)),
        GUIDE_FILES: JSON.stringify(namesOf(guide).map(inAssets)),
        WHY_FILES: JSON.stringify(namesOf(why).map(inAssets)),
        ONE_FILE: "false",
      });
      await script(root, folder, "embed/loader.ts", "interleave.js");
      const chunks = frame.filter((file) => file.type === "chunk");
      const head = await embedHead(root, chunks, namesOf(guide));
      writeFileSync(join(folder, "embed.html"), frameHtml(namesOf(frame), head));
      writeLessons(root, folder, inAssets(engine));
    },
  };
}

const FRAME = "embed_frame.tsx";

/** As the frame's script names a file. */
function inAssets(name: string): string {
  return name.replace("assets/", "./");
}

/** One classic script of an entry, with everything that it needs. */
async function script(
  root: string,
  folder: string,
  entry: string,
  name: string,
  define: Readonly<Record<string, string>> = {},
): Promise<readonly File[]> {
  const output = await build({
    configFile: false,
    root,
    base: "./",
    publicDir: false,
    logLevel: "error",
    define,
    plugins: [...pluginsOf(root, entry)],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      // One style: a chunk's own would come too late for it.
      cssCodeSplit: entry !== FRAME,
      rolldownOptions: {
        input: join(root, "src", entry),
        output: {
          format: entry === FRAME ? "es" : "iife",
          ...(entry === FRAME ? { codeSplitting: withCommon(join(root, "src", entry)) } : {}),
          entryFileNames: name,
          chunkFileNames: "assets/embed_[name]-[hash].js",
          assetFileNames: "assets/embed-[hash][extname]",
          globals: (id: string) => `interleaveFrame.shared[${JSON.stringify(id)}]`,
        },
      },
    },
  });
  const outputs = (Array.isArray(output) ? output : [output]) as readonly Rolldown.RolldownOutput[];
  return outputs.flatMap((one) => one.output);
}

type File = Rolldown.OutputChunk | Rolldown.OutputAsset;

/** Of what is loaded first. */
function namesOf(files: readonly File[]): readonly string[] {
  const first = files.filter((file) => file.type === "asset" || file.isEntry);
  return first.map(({ fileName }) => fileName);
}

function pluginsOf(root: string, entry: string): readonly Plugin[] {
  if (entry === FRAME) {
    return [
      byPreact("light"),
      leavingOut(),
      playedExamples(),
      lateWords(FRAME_WORDS),
      ...classicChunks(root),
    ];
  }
  return ["embed_guide.tsx", "embed_why.tsx"].includes(entry) ? [sharedModules(root)] : [];
}

/**
 * What a frame has no use for, as each kilobyte counts: its stories are short, so that a race over them makes few shapes anew;
 * what each session would see is asked for in the playground only, and there alone are editors whose texts change.
 */
const LEFT_OUT: readonly (readonly [string, string])[] = [
  [
    "/stage/recycled_keys.ts",
    `
export const useRecycledKeys = (names) => names;
export const hasLeapt = (before, from, to) => from >= before.to || to <= before.from;
`,
  ],
  ["/commands/text_edits.ts", "export const editBetween = () => null;"],
  ["/stage/use_far_shapes.ts", "export const useFarShapes = () => null;"],
  [
    "/stage/use_sight.ts",
    "export const useSight = () => null; export const usePlacedSight = () => null;",
  ],
  [
    "/stage/SightRows.tsx",
    "export const SightValues = () => null; export const SightReaders = () => null;",
  ],
  [
    "/diagrams/sight_rows.ts",
    "export const infimumRoom = () => 0; export const sightHeight = () => 0;",
  ],
];

function leavingOut(): Plugin {
  return {
    name: "leaving-out",
    enforce: "pre",
    load: (id) => LEFT_OUT.find(([file]) => id.endsWith(file))?.[1] ?? null,
  };
}

/** What the scripts beside the frame's take from the frame's, which `src/embed_frame.tsx` puts there by these names. */
const SHARED = [
  "store/engine_client.ts",
  "store/hooks.ts",
  "store/page_store.ts",
  "trace/explain.ts",
  "trace/timeline.ts",
];
const SHARED_PACKAGES = ["react", "react-dom", "react/jsx-runtime", "zustand"];

function sharedModules(root: string): Plugin {
  return {
    name: "shared-modules",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (SHARED_PACKAGES.includes(source)) return { id: source, external: true };
      if (!source.startsWith(".")) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const name = SHARED.find((one) => resolved?.id === join(root, "src", one));
      return name === undefined ? null : { id: name, external: true };
    },
  };
}

/** The text of each guided lesson, and what its beginning does, as a script, for frames that may fetch nothing else. */
function writeLessons(root: string, folder: string, engine: string): void {
  mkdirSync(join(folder, "lessons"), { recursive: true });
  for (const lesson of guidedLessons(root)) {
    const text = `interleaveFrame.lessons[${JSON.stringify(lesson.id)}]=${JSON.stringify(lesson)};\n`;
    const begun = beginning(lesson);
    const told =
      begun === null ? "" : `interleaveFrame.told?.(${JSON.stringify(engine)},${asCode(begun)});\n`;
    writeFileSync(join(folder, `lessons/${lesson.id}.js`), text + told);
  }
}

function frameHtml(files: readonly string[], head: string): string {
  const source = files.find((name) => name.endsWith(".js"));
  const styles = files.filter((name) => name.endsWith(".css"));
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    ${policyTag([head])}
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="description" content="A playground of Interleave, for a frame in somebody's page." />
    <link rel="icon" type="image/svg+xml" href="./icon.svg" />
    <title>Interleave</title>
    <script>${head}</script>
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
