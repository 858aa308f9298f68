/**
 * Writes the chunks of an ES build as classic scripts, which a frame without an origin may load from any host:
 *
 *     import { a as b } from "./x.js"; ... export { c as d };
 *     →   chunks.define("./y.js", ["./x.js"], (m0) => { const { a: b } = m0; ... return { get d() { return c } } })
 *
 * The entry begins with `src/embed/chunks.ts`, which has `define` and `load`.
 */
import { join } from "node:path";
import { rolldown } from "rolldown";
import { parseAst } from "rolldown/parseAst";
import { minify } from "terser";
import type { Plugin, Rolldown } from "vite";
import { type Change, childrenOf, isNode, type Node } from "./syntax.ts";

type OutputChunk = Rolldown.OutputChunk;

const NAME = "interleaveChunks";

/** Before Vite's own, which asks `import.meta` and brings styles that are all there. */
const HELPER = "\0vite/preload-helper.js";

export function classicChunks(root: string): readonly Plugin[] {
  return [
    {
      name: "no-preload",
      enforce: "pre",
      load: (id) => (id === HELPER ? "export const __vitePreload = (load) => load();" : null),
    },
    classicOutput(root),
  ];
}

function classicOutput(root: string): Plugin {
  return {
    name: "classic-chunks",
    enforce: "post",
    generateBundle: {
      order: "post",
      async handler(_, bundle) {
        const loader = await loaderCode(root);
        const inEntry = new Set<string>();
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        for (const chunk of chunks) {
          chunk.code = classic(`./${chunk.fileName.replace(/^assets\//, "")}`, chunk.code);
        }
        // Those that need no other first: what is defined behind all that it needs runs at once, as the entry has to.
        for (const chunk of byNeed(chunks).toReversed()) {
          if (chunk.isEntry || chunk.isDynamicEntry) continue;
          const home = homeOf(chunk, chunks);
          if (home.isEntry) inEntry.add(chunk.fileName);
          home.code = chunk.code + home.code;
          delete bundle[chunk.fileName];
        }
        for (const chunk of chunks) {
          if (!chunk.isEntry) continue;
          const missing = chunk.imports.filter((name) => !inEntry.has(name));
          if (missing.length > 0) throw new Error(`the entry needs ${missing.join()}`);
          chunk.code = loader + chunk.code;
        }
        // What was taken for a module when the bundler made it small is one function among others now.
        for (const chunk of chunks) {
          if (bundle[chunk.fileName] === undefined) continue;
          const small = await minify(chunk.code, { ecma: 2020, compress: { passes: 3 } });
          chunk.code = small.code ?? chunk.code;
        }
      },
    },
  };
}

/** Each behind what it imports. */
function byNeed(chunks: readonly OutputChunk[]): readonly OutputChunk[] {
  const sorted = new Set<OutputChunk>();
  const seen = new Set<OutputChunk>();
  const add = (chunk: OutputChunk): void => {
    if (seen.has(chunk)) return;
    seen.add(chunk);
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) add(other);
    sorted.add(chunk);
  };
  for (const chunk of chunks) add(chunk);
  return [...sorted];
}

/**
 * Where a chunk goes that nobody loads by itself: what only the words of a language need into the first file of them, which is
 * always there; the rest, which most pictures are drawn with, into the entry. Each file less is a way to the host less.
 */
function homeOf(chunk: OutputChunk, chunks: readonly OutputChunk[]): OutputChunk {
  const users = chunks.filter(({ imports }) => imports.includes(chunk.fileName));
  const isOfWords = users.every(({ fileName }) => fileName.includes("all-words-"));
  const words = users.find(({ fileName }) => /all-words-\w+-0/.test(fileName));
  const home = (isOfWords ? words : undefined) ?? chunks.find(({ isEntry }) => isEntry);
  if (home === undefined) throw new Error(`${chunk.fileName} belongs nowhere`);
  return home;
}

async function loaderCode(root: string): Promise<string> {
  const build = await rolldown({ input: join(root, "src/embed/chunks.ts"), logLevel: "silent" });
  const { output } = await build.generate({ format: "iife", name: NAME, minify: true });
  await build.close();
  return output[0].code;
}

function classic(name: string, code: string): string {
  const program = parseAst(code) as unknown as Node & { readonly body: readonly Node[] };
  const changes: Change[] = [];
  const imports: string[] = [];
  const heads: string[] = [];
  const exported: string[] = [];
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      heads.push(...imported(node, imports.length));
      imports.push(String((node.source as Node).value));
      changes.push({ ...node, text: "" });
    } else if (node.type === "ExportNamedDeclaration") {
      exported.push(...gettersOf(node));
      changes.push({ ...node, text: "" });
    } else if (/^(Export|Import)/.test(node.type)) {
      throw new Error(`${name}: a ${node.type} at the top of a chunk`);
    }
  }
  walk(program, (node) => {
    if (node.type === "ImportExpression") {
      const { start, end } = node.source as Node;
      changes.push({ ...node, text: `${NAME}.load(${code.slice(start, end)})` });
    }
    // Nobody looks at it: it is what the helper that was left out would have been told.
    if (isNode(node.object) && node.object.type === "MetaProperty") {
      changes.push({ ...node, text: '""' });
    }
  });
  let body = code;
  for (const { start, end, text } of changes.sort((a, b) => b.start - a.start)) {
    body = body.slice(0, start) + text + body.slice(end);
  }
  const values = imports.map((_, at) => `m${at}$`).join();
  return `${NAME}.define(${JSON.stringify(name)},${JSON.stringify(imports)},(${values})=>{"use strict";${heads.join("")}${body}\nreturn{${exported.join()}}});`;
}

function imported(node: Node, at: number): readonly string[] {
  const parts = (node.specifiers as readonly Node[]).map((specifier) => {
    const local = nameOf(specifier.local);
    if (specifier.type !== "ImportSpecifier") throw new Error(`a ${specifier.type} in a chunk`);
    return `${nameOf(specifier.imported)}:${local}`;
  });
  return parts.length === 0 ? [] : [`const{${parts.join()}}=m${at}$;`];
}

function gettersOf(node: Node): readonly string[] {
  if (isNode(node.declaration) || node.source !== null) throw new Error("an export with a body");
  return (node.specifiers as readonly Node[]).map(
    (specifier) => `get ${nameOf(specifier.exported)}(){return ${nameOf(specifier.local)}}`,
  );
}

function nameOf(node: unknown): string {
  return String((node as Node).name);
}

function walk(node: Node, look: (node: Node) => void): void {
  for (const child of childrenOf(node)) {
    look(child);
    walk(child, look);
  }
}
