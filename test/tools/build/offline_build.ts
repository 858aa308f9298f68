/**
 * The service worker with the list of what it keeps: every file of the built site but those that only other people's
 * pages load. A file whose name carries a hash of its content needs no mark; the others get one.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "vite";
import { LESSONS } from "../../../src/lessons/lessons.ts";

/** For what few people do offline, making a video or a GIF, opening a YAML file, saving one HTML file, the gallery's scenes: kept from their first use on. */
export const LATE =
  /\/assets\/((?:video|gifenc|read_yaml|one_file|GalleryScenes)-)[\w-]+\.(?:js|html)$/;

/** The library has them all, and the server is kept. */
export const BY_LIBRARY = /^assets\/(lesson_text|played_example)-/;

const NOT_KEPT = [
  /^service_worker\.js$/,
  /^interleave\.js$/,
  /embed/,
  /^screenshot\.png$/,
  /^robots\.txt$/,
  // The system keeps these itself when the page is installed.
  /^icon-.*\.png$/,
  /^preview\//,
  BY_LIBRARY,
  // The site shows the lesson when its own page cannot be had.
  /^lessons\//,
];
const HASHED = /-[\w-]{8}\.\w+$/;

export function offlineBuild(): Plugin {
  let root = "";
  let folder = "";
  return {
    name: "offline-build",
    apply: "build",
    configResolved(config) {
      root = config.root;
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: "error",
        define: {
          PRECACHE: JSON.stringify(precached(folder)),
          LATE: JSON.stringify(LATE.source),
          EXAMPLES: JSON.stringify(LESSONS.map(({ id }) => id)),
        },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: "es2022",
          modulePreload: false,
          rolldownOptions: {
            input: join(root, "src/service_worker.ts"),
            output: { format: "iife", entryFileNames: "service_worker.js" },
          },
        },
      });
    },
  };
}

/** Relative to the service worker, which stands at the site's root. */
export function precached(folder: string): readonly { url: string; revision: string | null }[] {
  return filesIn(folder)
    .filter((name) => !NOT_KEPT.some((pattern) => pattern.test(name)) && !LATE.test(`/${name}`))
    .sort()
    .map((url) => ({ url, revision: HASHED.test(url) ? null : markOf(join(folder, url)) }));
}

function markOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}

function filesIn(folder: string, below = ""): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = `${below}${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, `${name}/`) : [name];
  });
}
