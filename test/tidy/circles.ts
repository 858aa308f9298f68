/**
 * Circles of imports. Files of one folder may need one another, as a language's parser or the resolving of nested queries
 * does; from folder to folder a circle means that something stands in the wrong place, unless what the folders are about
 * is made of one another. Types alone make no circle.
 */
import { posix } from "node:path";
import { type Check, codeOf } from "./checks.ts";
import { isNode, programOf, type SourceFile, type SyntaxNode } from "./source.ts";

const RECURSIVE: readonly (readonly string[])[] = [
  // A statement calls a routine, whose body is made of statements.
  ["src/server/routines", "src/server/session"],
];

export const circlesAcrossFolders: Check = (files) => {
  const sources = codeOf(files, "src/");
  const names = new Set(sources.map(({ name }) => name));
  const imports = new Map(
    sources.map((file) => [file.name, valueImportsOf(file).filter((name) => names.has(name))]),
  );
  return circlesOf(imports)
    .filter((circle) => !isAtHome(new Set(circle.map((name) => posix.dirname(name)))))
    .map((circle) => `a circle: ${circle.sort().join(", ")}`);
};

function isAtHome(folders: ReadonlySet<string>): boolean {
  const all = [...folders];
  return (
    all.length === 1 ||
    RECURSIVE.some((together) => all.every((folder) => together.includes(folder)))
  );
}

/** The files whose values this one needs before it runs. */
function valueImportsOf(file: SourceFile): string[] {
  const body = programOf(file).body as readonly SyntaxNode[];
  return body.flatMap((node) => {
    const { source, importKind, exportKind } = node;
    if (!isNode(source) || typeof source.value !== "string" || !source.value.startsWith(".")) {
      return [];
    }
    const specifiers = (node.specifiers ?? []) as readonly SyntaxNode[];
    const isOfTypes =
      importKind === "type" ||
      exportKind === "type" ||
      (specifiers.length > 0 && specifiers.every((one) => one.importKind === "type"));
    return isOfTypes ? [] : [posix.join(posix.dirname(file.name), source.value)];
  });
}

/** Tarjan's strongly connected components of more than one file. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const open: string[] = [];
  const visit = (name: string): number => {
    const number = order.size;
    order.set(name, number);
    let low = number;
    open.push(name);
    for (const next of imports.get(name) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low === number) {
      const circle = open.splice(open.indexOf(name));
      if (circle.length > 1) found.push(circle);
    }
    return low;
  };
  for (const name of imports.keys()) if (!order.has(name)) visit(name);
  return found;
}
