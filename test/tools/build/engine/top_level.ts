/**
 * What stands at the top of a bundled script, and who names whom: every function, class and value with the others that it
 * refers to. The names are those of the minified script; scopes are told apart, so that a local name means nothing here.
 */
import { SourceMap } from "node:module";
import { analyze } from "eslint-scope";
import { parseAst } from "rolldown/parseAst";
import { childrenOf, isNode, type Node } from "../syntax.ts";

/** One declaration, or one statement that is carried out when the script is loaded. */
export interface Item {
  /** Empty for a statement. */
  readonly name: string;
  readonly kind: "function" | "class" | "value" | "statement";
  readonly start: number;
  readonly end: number;
  /** The source file it came from, below the project. */
  readonly file: string;
  readonly refersTo: Set<Item>;
  /** Where its name stands in the script. */
  readonly mentions: Mention[];
  /** A function that is handed on or compared and not only called. */
  isValue: boolean;
  /** It may not leave its place: it is assigned to later, or reads `this` or `arguments`; a class that is not only made. */
  isFixed: boolean;
}

export interface Mention {
  readonly start: number;
  /** `{ name }`: the property keeps its name. */
  readonly isShort: boolean;
}

/** What a source map is of. */
export interface Mapped {
  readonly code: string;
  readonly map: string;
  /** Where a function stood in that code, for each that has moved. */
  readonly origins: ReadonlyMap<number, number>;
}

export function topLevel(code: string, root: string, mapped: Mapped): readonly Item[] {
  const program = parseAst(code) as unknown as Node & { readonly body: readonly Node[] };
  const parents = new Map<unknown, Node>();
  visit(program, (node, parent) => {
    (node as { range?: readonly [number, number] }).range = [node.start, node.end];
    if (parent !== null) parents.set(node, parent);
  });
  const before = sources(mapped.code, mapped.map, root);
  const fileAt = (position: number): string => before(mapped.origins.get(position) ?? position);
  const items = program.body.flatMap((node) => itemsOf(node, fileAt));
  const byName = new Map(items.filter(({ name }) => name !== "").map((item) => [item.name, item]));
  const scopes = analyze(program as unknown as Parameters<typeof analyze>[0], {
    ecmaVersion: 2022,
    sourceType: "module",
  });
  const top = scopes.globalScope?.childScopes[0];
  if (top === undefined) throw new Error("the bundle has no scope of its own");
  for (const variable of top.variables) {
    const to = byName.get(variable.name);
    if (to === undefined)
      throw new Error(`${variable.name} is declared in a way that is not known`);
    for (const identifier of variable.identifiers) {
      to.mentions.push({ start: (identifier as unknown as Node).start, isShort: false });
    }
    for (const reference of variable.references) {
      const node = reference.identifier as unknown as Node;
      const around = parents.get(node);
      if (reference.init !== true) {
        const isShort = around?.type === "Property" && around.shorthand === true;
        to.mentions.push({ start: node.start, isShort });
      }
      const from = itemAt(items, node.start);
      if (from !== to) from.refersTo.add(to);
      if (reference.isWrite() && reference.init !== true) to.isFixed = true;
      if (reference.init === true) continue;
      const isCalled = around?.type === "CallExpression" && around.callee === node;
      const isMade = around?.type === "NewExpression" && around.callee === node;
      const isAskedFor = around?.type === "BinaryExpression" && around.operator === "instanceof";
      if (to.kind === "function" && !isCalled) to.isValue = true;
      if (to.kind === "class" && !isMade && !isAskedFor) to.isFixed = true;
    }
  }
  for (const { type, variables } of scopes.scopes) {
    // Inside itself a class is known by a name of its own.
    for (const { identifiers, references } of type === "class" ? variables : []) {
      const declared = identifiers[0] as unknown as Node | undefined;
      const item = declared && items.find((one) => one.mentions[0]?.start === declared.start);
      for (const { identifier } of references) {
        item?.mentions.push({ start: (identifier as unknown as Node).start, isShort: false });
      }
    }
  }
  return items;
}

function itemsOf(node: Node, fileAt: (position: number) => string): readonly Item[] {
  const item = (part: Node, kind: Item["kind"], name: string, isFixed = false): Item => ({
    name,
    kind,
    start: part.start,
    end: part.end,
    file: fileAt(part.start),
    refersTo: new Set(),
    mentions: [],
    isValue: false,
    isFixed,
  });
  switch (node.type) {
    case "FunctionDeclaration":
      return [item(node, "function", nameOf(node.id), readsThis(node))];
    case "ClassDeclaration":
      return [item(node, "class", nameOf(node.id))];
    case "VariableDeclaration":
      return (node.declarations as readonly Node[]).map((part) =>
        item(
          part,
          isNode(part.init) && part.init.type === "ClassExpression" ? "class" : "value",
          nameOf(part.id),
        ),
      );
    default:
      if (node.type.endsWith("Statement")) return [item(node, "statement", "")];
      throw new Error(`a ${node.type} at the top of the bundle`);
  }
}

function nameOf(id: unknown): string {
  const { type, name } = id as Node & { readonly name: string };
  if (type !== "Identifier") throw new Error(`a ${type} is declared at the top of the bundle`);
  return name;
}

/** `this` and `arguments` of the function itself, not of one written inside it. */
function readsThis(declared: Node): boolean {
  let found = false;
  const look = (node: Node): void => {
    const isOwn = node === declared || node.type === "ArrowFunctionExpression";
    if (/Function(Expression|Declaration)|Class/.test(node.type) && !isOwn) return;
    if (
      node.type === "ThisExpression" ||
      (node.type === "Identifier" && node.name === "arguments")
    ) {
      found = true;
    }
    for (const child of childrenOf(node)) if (!isPropertyName(node, child)) look(child);
  };
  look(declared);
  return found;
}

/** `a.arguments`, `{ arguments: a }` */
function isPropertyName(around: Node, node: Node): boolean {
  if (around.computed === true || around.shorthand === true) return false;
  return node === around.property || (around.type === "Property" && node === around.key);
}

function visit(node: Node, look: (node: Node, parent: Node | null) => void): void {
  const walk = (at: Node, parent: Node | null): void => {
    look(at, parent);
    for (const child of childrenOf(at)) walk(child, at);
  };
  walk(node, null);
}

function itemAt(items: readonly Item[], position: number): Item {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((items[middle]?.start ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  const found = items[low];
  if (found === undefined || position >= found.end) throw new Error(`nothing at ${position}`);
  return found;
}

function sources(code: string, map: string, root: string): (position: number) => string {
  const read = new SourceMap(JSON.parse(map));
  const lines = [0];
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) lines.push(at + 1);
  return (position) => {
    let line = lines.length - 1;
    while ((lines[line] ?? 0) > position) line -= 1;
    const entry = read.findEntry(line, position - (lines[line] ?? 0));
    const source = "originalSource" in entry ? String(entry.originalSource) : "";
    const at = source.lastIndexOf("src/");
    return at < 0 ? source.replace(root, "") : source.slice(at);
  };
}
