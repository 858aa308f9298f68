/**
 * Puts `src/begin.ts` into the page's head, with the names of all files that an address needs: the browser asks for them at once,
 * and not for each when it has read what names it.
 */
import type { Plugin, Rolldown } from "vite";
import { FIRST_LESSON } from "../../../src/lessons/lessons.ts";
import type { Shown } from "../../../src/shown.ts";
import { inHead } from "./in_head.ts";

type OutputChunk = Rolldown.OutputChunk;

/** What composes every page, and what draws what is shown first: as `src/main.ts` imports it. */
const COMPOSES = /src\/page\.tsx$/;
const VIEWS: Readonly<Record<Shown, readonly RegExp[]>> = {
  map: [/\/LessonMap\.tsx$/],
  lesson: [/\/GuidePanel\.tsx$/],
  scenario: [/\/Playground\.tsx$/, /src\/lessons\/lessons\.ts$/],
  other: [],
};
const PRELOADED = /<link rel="modulepreload"[^>]*>\s*/g;
const ENGINE = /^assets\/engine\.worker-[\w-]+\.js$/;
const TEXT = /\/texts\/\d+-([\w-]+)\.md\?/;
const PLAYED = /^virtual:played\/(.+)/;

export function earlyChunks(): Plugin {
  let root = "";
  return {
    name: "early-chunks",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    transformIndexHtml: {
      order: "post",
      async handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        const filesOf = (views: readonly RegExp[]): readonly string[] => {
          const names = views.flatMap((view) => withImports(chunkOf(view, chunks), chunks));
          return [...new Set(names)].filter((name) => !html.includes(name));
        };
        const script = await inHead(root, "begin.ts", {
          FILES: mapped(VIEWS, (views) => filesOf([COMPOSES, ...views])),
          TEXTS: namedBy(TEXT, chunks),
          PLAYED: namedBy(PLAYED, chunks),
          FIRST_EXAMPLE: FIRST_LESSON.id,
          ENGINE_FILE: Object.keys(bundle).find((name) => ENGINE.test(name)),
        });
        // What every page needs is asked for first, then what this address needs; the style after that: scripts behind it would wait.
        const asked = html.match(PRELOADED)?.join("") ?? "";
        return html
          .replaceAll(PRELOADED, "")
          .replace(
            '<script type="module"',
            `${asked.trimStart()}<script>${script}</script>\n    $&`,
          );
      },
    },
  };
}

function chunkOf(view: RegExp, chunks: readonly OutputChunk[]): OutputChunk {
  const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => view.test(id)));
  if (chunk === undefined) throw new Error(`no chunk is ${view}`);
  return chunk;
}

/** The files of a chunk and of all that it imports, with their styles. */
function withImports(chunk: OutputChunk, chunks: readonly OutputChunk[]): readonly string[] {
  const names = new Set<string>();
  const add = (one: OutputChunk): void => {
    if (names.has(one.fileName)) return;
    names.add(one.fileName);
    for (const style of one.viteMetadata?.importedCss ?? []) names.add(style);
    for (const other of chunks) if (one.imports.includes(other.fileName)) add(other);
  };
  add(chunk);
  return [...names];
}

/** Files by what the pattern finds in the names of their modules. */
function namedBy(
  pattern: RegExp,
  chunks: readonly OutputChunk[],
): Readonly<Record<string, string>> {
  const files = chunks.flatMap(({ fileName, facadeModuleId }) => {
    const name = pattern.exec(facadeModuleId ?? "")?.[1];
    return name === undefined ? [] : [[name, fileName]];
  });
  if (files.length === 0) throw new Error(`no file is ${pattern}`);
  return Object.fromEntries(files);
}

function mapped<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  to: (value: From) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, to(value)])) as Record<Key, To>;
}
