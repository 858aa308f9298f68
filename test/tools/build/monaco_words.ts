/**
 * Leaves out of Monaco the words that nobody can read here: what its settings, colours, icons, commands and context keys are
 * described with for an editor of settings and a list of commands, which this site has not; and of its Chinese those that
 * nothing asks for. Monaco numbers its words, the same in every language.
 */
import { parseAst } from "rolldown/parseAst";
import type { Plugin } from "vite";
import { type Change, changed, childrenOf, isNode, type Node } from "./syntax.ts";

const MONACO = /monaco-editor\/esm\/vs\/(?!nls).*\.js$/;
const CHINESE = /monaco-editor\/esm\/vs\/nls\/lang\/zh-cn\.js$/;

/** Fields of what describes a setting or a command. */
const DESCRIBING =
  /^((markdown)?(description|deprecationMessage|enumDescriptions)|markdownEnumDescriptions|enumItemLabels)$/i;
/** What is told a description beside a name. */
const TOLD = /^(registerColor|registerIcon|RawContextKey)$/;
const ASKS = /\blocalize2?\((\d+),/g;

export function monacoWords(): Plugin {
  return {
    name: "monaco-words",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!MONACO.test(id) || !code.includes("localize")) return null;
      return { code: changed(code, 0, described(code)), map: null };
    },
    renderChunk(code, chunk, _, { chunks }) {
      if (!chunk.moduleIds.some((id) => CHINESE.test(id))) return null;
      const rendered = Object.values(chunks).flatMap(({ modules }) => Object.entries(modules));
      const asked = rendered.flatMap(([id, one]) =>
        MONACO.test(id)
          ? [...(one.code ?? "").matchAll(ASKS)].map((found) => Number(found[1]))
          : [],
      );
      if (asked.length < 100) throw new Error("Monaco asks for its words in another way");
      return { code: changed(code, 0, unasked(code, new Set(asked))), map: null };
    },
  };
}

/** Each description becomes an empty text. */
function described(code: string): readonly Change[] {
  const changes: Change[] = [];
  const look = (node: Node, isDescription: boolean): void => {
    const callee = isNode(node.callee) ? lastName(node.callee) : "";
    if (isDescription && /^localize2?$/.test(callee)) {
      const text = callee === "localize" ? '""' : '{ value: "", original: "" }';
      changes.push({ start: node.start, end: node.end, text });
      return;
    }
    const describes =
      (node.type === "Property" && isNode(node.key) && DESCRIBING.test(lastName(node.key))) ||
      TOLD.test(callee);
    for (const child of childrenOf(node)) look(child, isDescription || describes);
  };
  look(parseAst(code) as unknown as Node, false);
  return changes;
}

function lastName(node: Node): string {
  const named = node.type === "MemberExpression" && isNode(node.property) ? node.property : node;
  return String(named.name ?? named.value ?? "");
}

/** Each word of the list that nothing asks for leaves its place empty. */
function unasked(code: string, asked: ReadonlySet<number>): readonly Change[] {
  const changes: Change[] = [];
  const look = (node: Node): void => {
    if (node.type !== "ArrayExpression") {
      childrenOf(node).forEach(look);
      return;
    }
    (node.elements as readonly (Node | null)[]).forEach((one, at) => {
      if (one !== null && !asked.has(at))
        changes.push({ start: one.start, end: one.end, text: "" });
    });
  };
  look(parseAst(code) as unknown as Node);
  return changes;
}
