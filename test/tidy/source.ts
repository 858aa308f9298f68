/**
 * What the checks know of a source file. The parser reads it, not regular expressions: neither a
 * comment nor a string that holds SQL can look like an import or a call.
 */
import { parseSync } from "rolldown/utils";

export type SourceFile = {
  /** Path from the top of the repository, with slashes: `src/innodb/lock_queue.ts`. */
  readonly name: string;
  readonly text: string;
};

export type SyntaxNode = { readonly type: string; readonly [key: string]: unknown };

/** `parent` is undefined for the program itself. */
export type Visit = (node: SyntaxNode, parent: SyntaxNode | undefined) => void;

const programs = new WeakMap<SourceFile, SyntaxNode>();

/** Throws where the file does not parse: an unreadable file must not pass as a tidy one. */
export function programOf(file: SourceFile): SyntaxNode {
  const known = programs.get(file);
  if (known !== undefined) return known;
  const { program, errors } = parseSync(file.name, file.text);
  if (errors.length > 0) throw new Error(`${file.name}: ${errors[0]?.message}`);
  programs.set(file, program as unknown as SyntaxNode);
  return program as unknown as SyntaxNode;
}

export function walk(node: SyntaxNode, visit: Visit, parent?: SyntaxNode): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, node);
    }
  }
}

/** Everything the file takes from elsewhere: imports of all kinds, re-exports, `new URL(...)`. */
export function specifiersOf(file: SourceFile): string[] {
  const found: string[] = [];
  walk(programOf(file), (node) => {
    const source = isNode(node.source) ? textOf(node.source) : undefined;
    if (source !== undefined) found.push(source);
    else if (node.type === "ImportExpression") found.push("(an import that is computed)");
    if (node.type === "NewExpression" && isNamed(node.callee, "URL")) {
      const [path, base] = node.arguments as SyntaxNode[];
      if (path && base && JSON.stringify(base).includes("MetaProperty")) {
        found.push(textOf(path) ?? "(a URL that is computed)");
      }
    }
  });
  return found;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

export function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === "Identifier" && node.name === name;
}

function textOf(node: SyntaxNode): string | undefined {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}
