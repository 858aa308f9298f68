/**
 * What a piece of a function needs to become a function of its own: the local names that it reads, and whether it can be one.
 * It cannot if it writes to a name from outside, leaves a loop around it, or would see another value than it did in its place.
 */
import { analyze, type Reference, type Scope, type Variable } from "eslint-scope";
import { childrenOf, type Node } from "../syntax.ts";

export interface Piece {
  /** Names that it is handed. */
  readonly given: readonly string[];
  readonly readsThis: boolean;
  readonly yields: boolean;
  readonly returns: boolean;
}

/** The functions around and inside a piece, by the names they have. */
export class Names {
  readonly #references: readonly { readonly start: number; readonly reference: Reference }[];
  readonly #top: Scope | undefined;

  constructor(program: Node) {
    const scopes = analyze(program as unknown as Parameters<typeof analyze>[0], {
      ecmaVersion: 2022,
      sourceType: "module",
    });
    this.#top = scopes.globalScope?.childScopes[0];
    this.#references = scopes.scopes
      .flatMap((scope) => scope.references)
      .map((reference) => ({ start: startOf(reference.identifier), reference }))
      .sort((a, b) => a.start - b.start);
  }

  /** Null when one of the lists of nodes has to stay. In each they follow one another. */
  pieceOf(lists: readonly (readonly Node[])[]): Piece | null {
    const found = new Contents();
    for (const node of lists.flat()) found.look(node, 0, []);
    if (found.isBound) return null;
    const given = new Set<string>();
    for (const nodes of lists) {
      const from = nodes[0]?.start ?? 0;
      const names = this.#given(from, nodes.at(-1)?.end ?? from, found.yields);
      if (names === null) return null;
      for (const name of names) given.add(name);
    }
    return { given: [...given].sort(), ...found.told() };
  }

  #given(from: number, to: number, yields: boolean): readonly string[] | null {
    const given = new Set<string>();
    const isInside = (position: number): boolean => position >= from && position < to;
    for (const { reference } of this.#between(from, to)) {
      const variable = reference.resolved;
      if (variable === null || variable.scope === this.#top || variable.scope.type === "global") {
        continue;
      }
      if (variable.name === "arguments") return null;
      const declared = variable.identifiers.map(startOf);
      if (declared.some(isInside)) {
        const isOwn =
          declared.every(isInside) &&
          variable.references.every(({ identifier }) => isInside(startOf(identifier)));
        if (!isOwn) return null;
        continue;
      }
      if (!keepsItsValue(variable, reference, from, isInside, yields)) return null;
      given.add(variable.name);
    }
    return [...given];
  }

  #between(from: number, to: number) {
    let low = 0;
    let high = this.#references.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#references[middle]?.start ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while ((this.#references[end]?.start ?? to) < to) end += 1;
    return this.#references.slice(low, end);
  }
}

/** While the piece runs nobody gives the name another value; it has one when the piece begins. */
function keepsItsValue(
  variable: Variable,
  reference: Reference,
  from: number,
  isInside: (position: number) => boolean,
  yields: boolean,
): boolean {
  const isLet = variable.defs.some(
    ({ type, parent }) =>
      type === "Variable" && (parent as unknown as { kind: string } | null)?.kind !== "var",
  );
  if (isLet && variable.identifiers.some((identifier) => startOf(identifier) > from)) return false;
  const writes = variable.references.filter((one) => one.isWrite() && one.init !== true);
  if (writes.length === 0) return true;
  const home = variable.scope.variableScope;
  return (
    !yields &&
    reference.from.variableScope === home &&
    writes.every(
      ({ from: scope, identifier }) =>
        scope.variableScope === home && !isInside(startOf(identifier)),
    )
  );
}

function startOf(identifier: object): number {
  return (identifier as unknown as Node).start;
}

/** What is written in a piece, without the functions inside it. */
class Contents {
  yields = false;
  #readsThis = false;
  #returns = false;
  /** It may not leave its place. */
  isBound = false;

  told() {
    return { readsThis: this.#readsThis, yields: this.yields, returns: this.#returns };
  }

  /** @param functions how many functions deep: 0 for the piece's own, 1 for arrows, whose `this` is the piece's */
  look(node: Node, functions: 0 | 1 | 2, around: readonly string[]): void {
    const { type } = node;
    if (/^(Super|MetaProperty|PrivateIdentifier|AwaitExpression|Class\w+)$/.test(type)) {
      this.isBound = true;
      return;
    }
    if (type === "ThisExpression" && functions < 2) this.#readsThis = true;
    if (type === "YieldExpression" && functions === 0) this.yields = true;
    if (type === "ReturnStatement" && functions === 0) this.#returns = true;
    if (/^(Break|Continue)Statement$/.test(type) && functions === 0 && !isHeld(node, around)) {
      this.isBound = true;
    }
    const isFunction = /^Function(Expression|Declaration)$/.test(type);
    const inside = isFunction
      ? 2
      : type === "ArrowFunctionExpression" && functions < 2
        ? 1
        : functions;
    const within = inside > functions ? [] : [...around, ...heldBy(node)];
    for (const child of childrenOf(node)) this.look(child, inside, within);
  }
}

/** What a `break` or `continue` inside the node may mean. */
function heldBy({ type, label }: Node): readonly string[] {
  if (/^(For|While|DoWhile)\w*Statement$/.test(type)) return ["break", "continue"];
  if (type === "SwitchStatement") return ["break"];
  return type === "LabeledStatement" ? [`:${String((label as Node).name)}`] : [];
}

function isHeld({ type, label }: Node, around: readonly string[]): boolean {
  if (label !== null) return around.includes(`:${String((label as Node).name)}`);
  return around.includes(type === "BreakStatement" ? "break" : "continue");
}
