/** The checks themselves: each takes files and returns one line for everything that breaks it. */
import { posix } from "node:path";
import { ENTRIES, LAYERS, TOP_LEVEL } from "./layers.ts";
import {
  isNamed,
  isNode,
  programOf,
  type SourceFile,
  type SyntaxNode,
  specifiersOf,
  walk,
} from "./source.ts";

export type Check = (files: readonly SourceFile[]) => string[];

const FILE_LINES_MAX = 400;

/** Globals that differ from run to run, from machine to machine, or reach outside. */
const UNREPEATABLE = new Set([
  ...["Date", "performance", "crypto", "Intl", "WeakRef", "FinalizationRegistry"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame"],
  ...["console", "process", "globalThis", "self", "window", "document", "navigator", "fetch"],
]);
const UNREPEATABLE_METHODS = new Set([
  ...["localeCompare", "toLocaleString", "toLocaleUpperCase", "toLocaleLowerCase"],
]);

/** Methods that are given lists of any length. */
const TAKES_MANY = new Set([
  ...["max", "min", "hypot", "push", "unshift", "splice", "concat"],
  ...["fromCharCode", "fromCodePoint", "of"],
]);

/** A layer imports itself, what the table names, and nothing else; an unknown folder fails. */
export const upwardImports: Check = (files) => codeOf(files, "src/").flatMap(upwardImportsOf);

/** The deterministic layers ask no clock, no chance and no locale, and print nothing. */
export const nondeterminism: Check = (files) =>
  codeOf(files, "src/")
    .filter((file) => LAYERS[layerOf(file.name)]?.deterministic === true)
    .flatMap(nondeterminismOf);

export const longFiles: Check = (files) =>
  files
    .filter((file) => /^(src|test)\/.*\.(tsx?|mjs|css)$/.test(file.name))
    .map((file) => ({ name: file.name, lines: file.text.replace(/\n$/, "").split("\n").length }))
    .filter(({ lines }) => lines > FILE_LINES_MAX)
    .map(({ name, lines }) => `${name}: ${lines} lines`);

/** Vite wants its configuration as a default export; nothing else is imported that way. */
export const defaultExports: Check = (files) =>
  codeOf(files)
    .filter((file) => file.name !== "vite.config.ts")
    .filter((file) =>
      topLevelOf(file).some(
        (node) =>
          node.type === "ExportDefaultDeclaration" ||
          (node.type === "ExportNamedDeclaration" &&
            (node.specifiers as SyntaxNode[]).some(({ exported }) => isNamed(exported, "default"))),
      ),
    )
    .map((file) => `${file.name}: a default export`);

export const enums: Check = (files) =>
  codeOf(files).flatMap((file) => {
    const found: string[] = [];
    walk(programOf(file), (node) => {
      if (node.type === "TSEnumDeclaration") found.push(`${file.name}: an enum`);
    });
    return found;
  });

/** `export *` anywhere, and files that do nothing but pass on what others export. */
export const barrels: Check = (files) =>
  codeOf(files)
    .filter((file) => {
      const nodes = topLevelOf(file);
      const passesOn = (node: SyntaxNode) =>
        node.type === "ExportNamedDeclaration" && !isNode(node.declaration);
      return (
        nodes.some((node) => node.type === "ExportAllDeclaration") ||
        (nodes.some(passesOn) &&
          nodes.every((node) => passesOn(node) || node.type === "ImportDeclaration"))
      );
    })
    .map((file) => `${file.name}: a barrel`);

/** `snake_case.ts`, `PascalCase.tsx`, and lower-case folders. */
export const misnamedFiles: Check = (files) =>
  files
    .filter((file) => /^(src|test)\/.*\.(tsx?|mjs)$/.test(file.name))
    .filter((file) => !ENTRIES.includes(file.name) && !isWellNamed(file.name))
    .map((file) => `${file.name}: misnamed`);

/** Where packages come from, and where somebody's disk keeps them, is nobody else's business. */
export const hostsAndMachinePaths: Check = (files) =>
  files.flatMap((file) => {
    const found = [
      ...file.text.matchAll(/\bregistry\.[a-z0-9-]+(?:\.[a-z0-9-]+)*/gi),
      ...file.text.matchAll(/"resolved": "https?:[^"]*/g),
      ...file.text.matchAll(/(?<![\w.~})-])\/(?:work|root|home|Users)\/[\w.-]+/g),
      ...file.text.matchAll(/\b[A-Z]:\\Users\\\w+/g),
    ];
    return found.map((match) => `${file.name}: ${match[0]}`);
  });

/** A test that does not run, or keeps others from running. */
export const sleepingTests: Check = (files) =>
  codeOf(files, "test/").flatMap((file) => {
    const found: string[] = [];
    walk(programOf(file), (node) => {
      if (node.type !== "MemberExpression" || !isNode(node.property)) return;
      const asleep = ["skip", "only", "todo", "fails"].some((name) => isNamed(node.property, name));
      if (asleep && ["it", "test", "describe"].some((name) => isNamed(node.object, name))) {
        found.push(`${file.name}: .${String(node.property.name)}`);
      }
    });
    return found;
  });

/** `Math.max(...list)`, `list.push(...more)`: what is spread lies on the stack, and a long list does not fit there. */
export const spreadCalls: Check = (files) =>
  codeOf(files, "src/").flatMap((file) => {
    const found: string[] = [];
    walk(programOf(file), (node) => {
      if (node.type !== "CallExpression" || !isNode(node.callee)) return;
      const spreads = (node.arguments as SyntaxNode[]).some(
        (one) =>
          one.type === "SpreadElement" && (one.argument as SyntaxNode).type !== "ArrayExpression",
      );
      const name = String((node.callee.property as SyntaxNode | undefined)?.name);
      if (spreads && TAKES_MANY.has(name)) found.push(`${file.name}: ${name}(...)`);
    });
    return found;
  });

export const extraTopLevel: Check = (files) => {
  const names = new Set(files.map((file) => file.name.split("/")[0] ?? ""));
  return [...names].filter((name) => !name.startsWith(".") && !TOP_LEVEL.includes(name));
};

/** A folder of src in which the checks above would see nothing. */
export const emptyLayers: Check = (files) => {
  const folders = new Set(files.map((file) => layerOf(file.name)).filter((name) => name !== ""));
  const seen = new Set(codeOf(files, "src/").map((file) => layerOf(file.name)));
  return [...folders].filter((name) => !seen.has(name)).map((name) => `src/${name}: no code seen`);
};

/** The first folder below src, or "" for what lies elsewhere or directly in src. */
export function layerOf(name: string): string {
  const [top, layer, ...rest] = name.split("/");
  return top === "src" && layer !== undefined && rest.length > 0 ? layer : "";
}

export function codeOf(files: readonly SourceFile[], folder = ""): SourceFile[] {
  return files.filter((file) => file.name.startsWith(folder) && /\.(tsx?|mjs)$/.test(file.name));
}

function upwardImportsOf(file: SourceFile): string[] {
  if (ENTRIES.includes(file.name)) return [];
  const from = layerOf(file.name);
  const layer = LAYERS[from];
  if (layer === undefined) return [`${file.name}: "${from}" is not a layer`];
  return specifiersOf(file)
    .filter((specifier) => {
      if (!specifier.startsWith(".")) {
        return !layer.packages.some(
          (name) =>
            specifier === name || specifier.startsWith(name.endsWith(":") ? name : `${name}/`),
        );
      }
      const target = posix.join(posix.dirname(file.name), specifier);
      return layerOf(target) !== from && !layer.imports.includes(layerOf(target));
    })
    .map((specifier) => `${file.name} -> ${specifier}`);
}

function nondeterminismOf(file: SourceFile): string[] {
  const found: string[] = [];
  walk(programOf(file), (node, parent) => {
    if (node.type === "MemberExpression" && isNode(node.property)) {
      const name = String(node.property.name ?? node.property.value);
      const random = isNamed(node.object, "Math") && (name === "random" || node.computed === true);
      if (random || UNREPEATABLE_METHODS.has(name)) found.push(`${file.name}: ${name}`);
    }
    if (node.type !== "Identifier" || !UNREPEATABLE.has(String(node.name))) return;
    if (!isLabel(node, parent)) found.push(`${file.name}: ${String(node.name)}`);
  });
  return found;
}

/** True of the `Date` in `value.Date` and `{ Date: 1 }`, which name a field and no global. */
function isLabel(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent === undefined || parent.computed === true) return false;
  if (parent.type === "MemberExpression") return parent.property === node;
  return "key" in parent && parent.key === node && parent.shorthand !== true;
}

function topLevelOf(file: SourceFile): SyntaxNode[] {
  return programOf(file).body as SyntaxNode[];
}

function isWellNamed(name: string): boolean {
  const folders = name.split("/");
  const base = folders.pop() ?? "";
  const [stem = "", ...ends] = base.split(".");
  const isTest = ends[0] === "test";
  const pascal = /^[A-Z][A-Za-z0-9]*$/.test(stem);
  const snake = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(stem);
  const isStemRight = base.endsWith(".tsx") ? pascal || (isTest && snake) : snake;
  return isStemRight && folders.every((folder) => /^[a-z][a-z0-9_]*$/.test(folder));
}
