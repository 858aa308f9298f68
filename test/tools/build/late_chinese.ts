/**
 * In the built site the Chinese dictionaries are a file of their own, loaded before the page is drawn in Chinese: Chinese
 * hardly gets smaller by gzip, and half of the readers need none of it. In the sources they are imported like any other
 * module; here each of these imports becomes an object that is filled when the file has come.
 *
 *     import { zh } from "./zh.ts"   →   export const zh = {}; waitFor((all) => { Object.assign(zh, all.zh0.zh); })
 *     virtual:chinese                →   loadChinese(), which imports the file and fills the objects
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Each is imported by name, and read only when something is said. Those that an embedded frame has too. */
export const FRAME_DICTIONARIES: readonly string[] = [
  "src/views/stage/words_zh.ts",
  "src/trace/explain/zh/chinese.ts",
  "src/trace/why/zh.ts",
];

export const DICTIONARIES: readonly string[] = [
  "src/views/text/zh.ts",
  "src/views/peek/words_zh.ts",
  ...FRAME_DICTIONARIES,
];

const DOOR = "virtual:chinese";
/** No file of the site may begin with an underscore, which a zero becomes: some hosts leave such files out. */
const ALL = "virtual:all-chinese";
const LATE = "\0chinese-late:";

export function lateChinese(dictionaries: readonly string[]): Plugin {
  let root = "";
  let isBuild = false;
  return {
    name: "late-chinese",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
      isBuild = config.command === "build";
    },
    async resolveId(source, importer, options) {
      if (source === DOOR) return DOOR;
      if (source === ALL) return ALL;
      if (!isBuild || importer === undefined || importer === ALL) return null;
      if (!/zh\.ts$|chinese\.ts$/.test(source)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const at = dictionaries.findIndex((name) => resolved?.id === join(root, name));
      return at < 0 ? null : `${LATE}${at}`;
    },
    load(id) {
      if (id === DOOR) return isBuild ? door : "export async function loadChinese() {}";
      if (id === ALL) {
        return dictionaries
          .map((name, at) => `export * as zh${at} from ${JSON.stringify(join(root, name))};`)
          .join("\n");
      }
      if (!id.startsWith(LATE)) return null;
      const at = Number(id.slice(LATE.length));
      const names = exportsOf(join(root, dictionaries[at] ?? ""));
      return [
        `import { waitFor } from ${JSON.stringify(DOOR)};`,
        ...names.map((name) => `export const ${name} = {};`),
        `waitFor((all) => { ${names.map((name) => `Object.assign(${name}, all.zh${at}.${name});`).join(" ")} });`,
      ].join("\n");
    },
  };
}

const door = `
const waiting = [];
let loaded = null;
export function waitFor(fill) {
  if (loaded === null) waiting.push(fill);
  else fill(loaded);
}
export async function loadChinese() {
  if (loaded !== null) return;
  const all = await import(${JSON.stringify(ALL)});
  loaded = all;
  for (const fill of waiting.splice(0)) fill(all);
}
`;

function exportsOf(file: string): readonly string[] {
  const found = readFileSync(file, "utf8").matchAll(/^export const (\w+)/gm);
  const names = [...found].map((match) => match[1] ?? "");
  if (names.length === 0) throw new Error(`${file} exports nothing`);
  return names;
}
