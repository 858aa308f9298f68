/**
 * Writes the chunks of an ES build as classic scripts, which a frame without an origin may load from any host:
 *
 *     import { a as b } from "./x.js"; ... export { c as d };
 *     →   chunks.define("./y.js", ["./x.js"], (m0) => { const { a: b } = m0; ... return { d: c } })
 *
 * The entry begins with `src/embed/chunks.ts`, which has `define` and `load`.
 */
import { join } from "node:path";
import { rolldown } from "rolldown";
import { parseAst } from "rolldown/parseAst";
import { minify } from "terser";
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

/** `kind === "a"` stays as it is written: with the words in front less is alike, and it weighs more after gzip. */
const SMALL = {
  ecma: 2020,
  compress: { passes: 3, lhs_constants: false, keep_fargs: false },
} as const;

function classicOutput(root: string): Plugin {
  return {
    name: "classic-chunks",
    enforce: "post",
    generateBundle: {
      order: "post",
      async handler(_, bundle) {
        const loader = await loaderCode(root);
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk") continue;
          if (!chunk.isEntry && !chunk.isDynamicEntry) {
            throw new Error(`${chunk.fileName} would be one more way to the host`);
          }
          if (chunk.isEntry && chunk.imports.length > 0) {
            throw new Error(`the entry needs ${chunk.imports.join()}`);
          }
          const code = classic(`./${chunk.fileName.replace(/^assets\//, "")}`, chunk.code);
          // What was taken for a module when the bundler made it small is one function among others now.
          const small = await minify(chunk.isEntry ? loader + code : code, SMALL);
          chunk.code = small.code ?? code;
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
  const exported: Node[] = [];
  const assigned = new Set<string>();
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      heads.push(...imported(node, imports.length));
      imports.push(String((node.source as Node).value));
      changes.push({ ...node, text: "" });
    } else if (node.type === "ExportNamedDeclaration") {
      exported.push(node);
      changes.push({ ...node, text: "" });
    } else if (/^(Export|Import)/.test(node.type)) {
      throw new Error(`${name}: a ${node.type} at the top of a chunk`);
    }
  }
  walk(program, (node) => {
    if (ASSIGNS.test(node.type)) {
      for (const one of namesIn(node.left ?? node.argument)) assigned.add(one);
    }
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
  const handed = exported.flatMap((node) => handedOn(node, assigned)).join();
  return `${NAME}.define(${JSON.stringify(name)},${JSON.stringify(imports)},(${values})=>{"use strict";${heads.join("")}${body}\nreturn{${handed}}});`;
}

function imported(node: Node, at: number): readonly string[] {
  const parts = (node.specifiers as readonly Node[]).map((specifier) => {
    const local = nameOf(specifier.local);
    if (specifier.type !== "ImportSpecifier") throw new Error(`a ${specifier.type} in a chunk`);
    return `${nameOf(specifier.imported)}:${local}`;
  });
  return parts.length === 0 ? [] : [`const{${parts.join()}}=m${at}$;`];
}

const ASSIGNS = /^(AssignmentExpression|UpdateExpression|For(In|Of)Statement)$/;

/** Of what is given a value, and some more. */
function namesIn(target: unknown): readonly string[] {
  const { type, name } = target as Node;
  return type === "Identifier" ? [String(name)] : childrenOf(target as Node).flatMap(namesIn);
}

/** What nobody gives another value needs no look at it each time. */
function handedOn(node: Node, assigned: ReadonlySet<string>): readonly string[] {
  if (isNode(node.declaration) || node.source !== null) throw new Error("an export with a body");
  return (node.specifiers as readonly Node[]).map(({ exported, local }) => {
    const name = nameOf(local);
    return assigned.has(name)
      ? `get ${nameOf(exported)}(){return ${name}}`
      : `${nameOf(exported)}:${name}`;
  });
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
