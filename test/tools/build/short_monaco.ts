/**
 * Gives the properties that only Monaco knows names of a letter or two, as the engine's own get (`engine/short_names.ts`): a tenth
 * of what it weighs. A name is Monaco's own when it stands in no string of its file, in no other file of the page, in nothing that
 * the server tells, and on none of the browser's own objects as the compiler knows them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { namesShortened, wordsOf, wordsOfTold } from "./engine/short_names.ts";
import { changed } from "./syntax.ts";

const MONACO = /\/MonacoPane-[\w-]+\.js$/;

/** What browsers have and the compiler does not know. */
const UNKNOWN = [
  ...["wheelDelta", "wheelDeltaX", "wheelDeltaY", "HORIZONTAL_AXIS", "VERTICAL_AXIS"],
  ...["fromElement", "stackTraceLimit"],
];

export function shortMonaco(): Plugin {
  let root = "";
  return {
    name: "short-monaco",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      root = config.root;
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        const monaco = chunks.find(({ fileName }) => MONACO.test(`/${fileName}`));
        if (monaco === undefined) throw new Error("no file is Monaco's");
        const others = chunks.filter((one) => one !== monaco).flatMap(({ code }) => wordsOf(code));
        const known = new Set([...UNKNOWN, ...ofBrowsers(), ...wordsOfTold(root), ...others]);
        monaco.code = changed(monaco.code, 0, namesShortened(monaco.code, known));
      },
    },
  };
}

/** Every name in the compiler's descriptions of the language and of browsers. */
function ofBrowsers(): readonly string[] {
  const here = createRequire(import.meta.url);
  const compiler = createRequire(here.resolve("typescript/package.json"));
  const { platform, arch } = process;
  const folder = dirname(
    compiler.resolve(`@typescript/typescript-${platform}-${arch}/package.json`),
  );
  const files = readdirSync(join(folder, "lib")).filter((name) => /^lib\..*\.d\.ts$/.test(name));
  if (files.length < 20) throw new Error("the compiler keeps its descriptions elsewhere");
  return files.flatMap((name) => wordsOf(readFileSync(join(folder, "lib", name), "utf8")));
}
