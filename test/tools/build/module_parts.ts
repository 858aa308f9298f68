/** The statements at the top of a module: what each declares, uses, imports and exports. */
import { parseAst } from "rolldown/parseAst";
import { childrenOf, type Node } from "./syntax.ts";

export interface Statement {
  readonly start: number;
  readonly end: number;
  readonly declares: readonly string[];
  /** Every name that stands in it, as a variable or not. */
  readonly uses: readonly string[];
  readonly exports: readonly string[];
  /** Of an import, each with the comma behind it. */
  readonly specifiers: readonly Specifier[];
}

interface Specifier {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export function statementsOf(code: string): readonly Statement[] {
  const program = parseAst(code) as unknown as { readonly body: readonly Node[] };
  return program.body.map((node) => statementOf(node, code));
}

function statementOf(node: Node, code: string): Statement {
  const { start, end } = node;
  const isImport = node.type === "ImportDeclaration";
  const isExport = node.type === "ExportNamedDeclaration";
  const declared = isExport ? (node.declaration as Node | null) : node;
  const named = (node.specifiers ?? []) as readonly Node[];
  const specifiers = isImport ? named.map((one) => specifierOf(one, code)) : [];
  const declares = declared === null ? [] : namesOf(declared);
  return {
    start,
    end,
    declares: [...declares, ...specifiers.map(({ name }) => name)],
    uses: isImport || declared === null ? [] : identifiersIn(declared),
    exports: isExport ? [...declares, ...named.map(({ exported }) => nameOf(exported))] : [],
    specifiers,
  };
}

function specifierOf(node: Node, code: string): Specifier {
  const comma = /^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0;
  return { name: nameOf(node.local), start: node.start, end: node.end + comma };
}

function namesOf(declaration: Node): readonly string[] {
  if (declaration.type === "ExpressionStatement") return filled(declaration.expression as Node);
  const variables = declaration.declarations as readonly { readonly id: Node }[] | undefined;
  const named = variables?.map(({ id }) => id) ?? (declaration.id ? [declaration.id] : []);
  return named.map(nameOf);
}

/** The enumeration whose members a call writes down, as TypeScript has it: `(function (E) { ... })(E || (E = {}))`. */
function filled(expression: Node): readonly string[] {
  const [given] = (expression.arguments ?? []) as readonly Node[];
  return given?.type === "LogicalExpression" ? [nameOf(given.left)] : [];
}

function identifiersIn(node: Node): readonly string[] {
  const found = new Set<string>();
  const look = (one: Node): void => {
    if (one.type === "Identifier") found.add(nameOf(one));
    for (const child of childrenOf(one)) look(child);
  };
  look(node);
  return [...found];
}

function nameOf(node: unknown): string {
  return String((node as { readonly name: string }).name);
}

/** The text but for some parts of it. */
export function without(code: string, parts: readonly (readonly [number, number])[]): string {
  let done = code;
  for (const [start, end] of parts.toSorted(([one], [other]) => other - one)) {
    done = done.slice(0, start) + done.slice(end);
  }
  return done;
}
