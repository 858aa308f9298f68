/**
 * In the built site dictionaries are files of their own, loaded before something is drawn in their language: the page's Chinese,
 * which hardly gets smaller by gzip; in an embedded frame, where every kilobyte counts, English as well. In the sources they
 * are imported like any other module; here each of these imports becomes an object that is filled when its file has come.
 *
 *     import { zh } from "./zh.ts"   →   export const zh = {}; waitFor("zh", 0, (all) => { Object.assign(zh, all.words0.zh); })
 *     virtual:words                  →   loadWords(language), which imports the files that somebody waits for, and fills the objects
 */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";

/** The files of a language, each with dictionaries that are imported by name and read only when something is said. */
export type LateWords = Readonly<Record<"en" | "zh", readonly (readonly string[])[]>>;

/** What the pictures of the frame are drawn with. */
export const FRAME_WORDS: LateWords = {
  en: [
    [
      "src/views/stage/words.ts",
      "src/trace/explain/en/english.ts",
      "src/trace/why/en_visibility.ts",
    ],
  ],
  zh: [
    [
      "src/views/stage/words_zh.ts",
      "src/trace/explain/zh/chinese.ts",
      "src/trace/why/zh_visibility.ts",
    ],
  ],
};

export const PAGE_WORDS: LateWords = {
  en: [],
  zh: [
    [
      "src/views/text/zh.ts",
      "src/views/peek/words_zh.ts",
      "src/trace/why/zh.ts",
      ...FRAME_WORDS.zh.flat(),
    ],
  ],
};

const DOOR = "virtual:words";
/** No file of the site may begin with an underscore, which a zero becomes: some hosts leave such files out. */
const ALL = "virtual:all-words-";
const LATE = "\0late-words:";

interface Dictionary {
  readonly file: string;
  readonly language: "en" | "zh";
  /** Which of the language's files it is in. */
  readonly at: number;
}

export function lateWords(words: LateWords): Plugin {
  let root = "";
  let isBuild = false;
  const dictionaries = (["en", "zh"] as const).flatMap((language) =>
    words[language].flatMap((files, at) =>
      files.map((file): Dictionary => ({ file, language, at })),
    ),
  );
  const names = new Set(dictionaries.map(({ file }) => basename(file)));
  return {
    name: "late-words",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
      isBuild = config.command === "build";
    },
    async resolveId(source, importer, options) {
      if (source === DOOR || source.startsWith(ALL)) return source;
      if (!isBuild || importer === undefined || importer.startsWith(ALL)) return null;
      if (!names.has(basename(source))) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const at = dictionaries.findIndex(({ file }) => resolved?.id === join(root, file));
      return at < 0 ? null : `${LATE}${at}`;
    },
    load(id) {
      if (id === DOOR) return isBuild ? doorTo(words) : "export async function loadWords() {}";
      if (id.startsWith(ALL)) {
        const [language, at] = id.slice(ALL.length).split("-");
        return dictionaries
          .map((one, index) =>
            one.language === language && one.at === Number(at)
              ? `export * as words${index} from ${JSON.stringify(join(root, one.file))};`
              : "",
          )
          .join("\n");
      }
      if (!id.startsWith(LATE)) return null;
      const index = Number(id.slice(LATE.length));
      const { file, language, at } = dictionaries[index] ?? { file: "", language: "", at: 0 };
      const exported = exportsOf(join(root, file));
      return [
        `import { waitFor } from ${JSON.stringify(DOOR)};`,
        ...exported.map((name) => `export const ${name} = {};`),
        `waitFor(${JSON.stringify(`${language}-${at}`)}, (all) => { ${exported.map((name) => `Object.assign(${name}, all.words${index}.${name});`).join(" ")} });`,
      ].join("\n");
    },
  };
}

/**
 * A chunk that comes later may name words of a file that is there: it has them at once. The first file of a language comes
 * whoever waits for it, as what will need it may be on its way.
 */
function doorTo(words: LateWords): string {
  const files = (["en", "zh"] as const).flatMap((language) =>
    words[language].map((_, at) => `${language}-${at}`),
  );
  return `
const files = { ${files.map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(ALL + name)})`).join(", ")} };
const waiting = new Map();
const there = new Map();
export function waitFor(file, fill) {
  if (there.has(file)) fill(there.get(file));
  else waiting.set(file, [...(waiting.get(file) ?? []), fill]);
}
export async function loadWords(language) {
  const wanted = new Set([...waiting.keys()].filter((file) => file.startsWith(language)));
  const first = language + "-0";
  if (first in files && !there.has(first)) wanted.add(first);
  await Promise.all([...wanted].map(async (file) => {
    const all = await files[file]();
    there.set(file, all);
    for (const fill of waiting.get(file) ?? []) fill(all);
    waiting.delete(file);
  }));
}
`;
}

function exportsOf(file: string): readonly string[] {
  const found = readFileSync(file, "utf8").matchAll(/^export const (\w+)/gm);
  const names = [...found].map((match) => match[1] ?? "");
  if (names.length === 0) throw new Error(`${file} exports nothing`);
  return names;
}
