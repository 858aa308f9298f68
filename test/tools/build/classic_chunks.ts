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
import type { Plugin } from "vite";
import { type Change, childrenOf, isNode, type Node } from "./syntax.ts";

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
        for (const [fileName, chunk] of Object.entries(bundle)) {
          if (chunk.type !== "chunk") continue;
          const code = classic(`./${fileName.replace(/^assets\//, "")}`, chunk.code);
          chunk.code = chunk.isEntry ? loader + code : code;
        }
      },
    },
  };
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
