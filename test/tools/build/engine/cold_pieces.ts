/**
 * Takes the pieces of functions that no first view runs out of them, so that they can wait in parts as functions do:
 *
 *     function write(e) { if (e.isOdd) { ... } ... }
 *     →   function write(e) { if (e.isOdd) $0(e); ... }
 *         function $0(e) { ... }
 *
 * A piece is an expression, the body of a function, statements that follow one another, or the cases of a `switch` that nobody
 * has taken. As for methods, the functions are put behind the code and what they leave is filled, so that every other position
 * stays what it was.
 */
import { parseAst } from "rolldown/parseAst";
import { type Change, changed, childrenOf, type Node } from "../syntax.ts";
import { Names, type Piece } from "./captured.ts";
import { casesToTake, endsAbruptly, isPlain } from "./cold_cases.ts";
import { FILLING, type Outlined, SELF } from "./cold_methods.ts";

/** Letters that a piece has to be longer than the call in its place: that much is what a name in the list of parts costs. */
const GAIN_MIN = 6;

/** What a piece is in its place. */
type Kind = "value" | "body" | "tail" | "statements";

/** @param isCold whether nothing between two positions has run */
export function withoutColdPieces(
  { code, origins }: Outlined,
  isCold: (start: number, end: number) => boolean,
): Outlined {
  const program = parseAst(code) as unknown as Node;
  const all = withRanges(program);
  const taken = new Set(all.flatMap(({ name }) => (typeof name === "string" ? [name] : [])));
  const finder = new Finder(code, new Names(program), isCold, namesBut(taken));
  finder.lookInto(program);
  let text = changed(code, 0, finder.changes);
  const moved = new Map(origins);
  const starts = [...origins.keys()].sort((a, b) => a - b);
  for (const { declared, from } of finder.added) {
    const home = starts.findLast((start) => start <= from);
    text += "\n";
    moved.set(text.length, home === undefined ? from : (origins.get(home) ?? from));
    text += declared;
  }
  return { code: text, origins: moved };
}

class Finder {
  readonly changes: Change[] = [];
  readonly added: { readonly declared: string; readonly from: number }[] = [];
  readonly #code: string;
  readonly #names: Names;
  readonly #isCold: (start: number, end: number) => boolean;
  readonly #free: Generator<string, never>;

  constructor(
    code: string,
    names: Names,
    isCold: (start: number, end: number) => boolean,
    free: Generator<string, never>,
  ) {
    this.#code = code;
    this.#names = names;
    this.#isCold = isCold;
    this.#free = free;
  }

  lookInto(node: Node, parent: Node | null = null): void {
    const list = listIn(node);
    this.#lookIntoList(list, parent !== null && isFunction(parent));
    const taken = node.type === "SwitchStatement" ? this.#takeCases(node) : [];
    for (const child of childrenOf(node)) {
      if (list.includes(child) || taken.includes(child)) continue;
      const kind = isFunction(child) ? null : kindOf(node, child);
      const isTaken = kind !== null && this.#isColdNode(child) && this.#take([child], kind);
      if (!isTaken) this.lookInto(child, node);
    }
  }

  /** Statements one after the other; `isWhole`: behind the last one the function ends. */
  #lookIntoList(list: readonly Node[], isWhole: boolean): void {
    let at = 0;
    while (at < list.length) {
      let end = at;
      while (end < list.length && this.#isStatementToTake(list[end])) end += 1;
      const run = list.slice(at, end);
      const kind = isWhole && end === list.length ? "tail" : "statements";
      if (run.length === 0 || !this.#take(run, kind)) {
        const one = list[at];
        if (one !== undefined) this.#takeOrLookInto(one, isWhole && at === list.length - 1);
        end = at + 1;
      }
      at = end;
    }
  }

  #isStatementToTake(node: Node | undefined): boolean {
    if (node === undefined || /^(Break|Function)/.test(node.type)) return false;
    return this.#isColdNode(node);
  }

  #takeOrLookInto(node: Node, isLast: boolean): void {
    const taken =
      this.#isStatementToTake(node) && this.#take([node], isLast ? "tail" : "statements");
    if (!taken) this.lookInto(node);
  }

  #take(nodes: readonly Node[], kind: Kind): boolean {
    const [first] = nodes;
    const last = nodes.at(-1);
    if (first === undefined || last === undefined) return false;
    // A name is as long as a call without one, nearly.
    if (last.end - first.start < GAIN_MIN) return false;
    const piece = this.#names.pieceOf([nodes]);
    if (piece === null) return false;
    if (kind === "statements" && piece.returns && !endsAbruptly(last)) return false;
    const name = this.#free.next().value;
    const call = callOf(name, piece, kind);
    const text = this.#code[last.end] === "}" ? call.replace(/;$/, "") : call;
    const before = this.#code[first.start - 1] ?? "";
    const standIn = /[\w$]/.test(before) ? ` ${text}` : text;
    const spare = last.end - first.start - standIn.length;
    if (spare < GAIN_MIN) return false;
    this.changes.push({
      start: first.start,
      end: last.end,
      text: standIn + FILLING.repeat(spare),
    });
    const own = this.#textOf(nodes);
    const isBlock = nodes.length === 1 && first.type === "BlockStatement";
    const body = kind === "value" ? `{return ${own}}` : isBlock ? own : `{${own}}`;
    this.added.push({ declared: declaration(name, piece, body), from: first.start });
    return true;
  }

  /** The cases that nobody has taken become a `switch` of their own. */
  #takeCases(node: Node): readonly Node[] {
    const subject = node.discriminant as Node;
    const runs = casesToTake(
      node.cases as readonly Node[],
      (cases) =>
        cases.every((one) => (one.consequent as readonly Node[]).every(this.#isColdNode)) &&
        this.#names.pieceOf([cases]) !== null,
    );
    const cases = runs.flat();
    const piece = isPlain(subject) ? this.#names.pieceOf([[subject], ...runs]) : null;
    const [first] = cases;
    if (piece === null || first === undefined) return [];
    const name = this.#free.next().value;
    const labels = cases.some(({ test }) => test === null)
      ? "default:"
      : cases.map((one) => `case${this.#textOf([one.test as Node])}:`).join("");
    const call = labels + callOf(name, { ...piece, returns: true }, "statements");
    const spans = runs.map(spanOf);
    const whole = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    const [place] = spans;
    if (place === undefined || whole - call.length < GAIN_MIN) return [];
    if (place.end - place.start < call.length) return [];
    for (const span of spans) {
      const text = span === place ? call : "";
      const spare = span.end - span.start - text.length;
      this.changes.push({ ...span, text: text + FILLING.repeat(spare) });
    }
    const body = `{switch(${this.#textOf([subject])}){${runs.map((run) => this.#textOf(run)).join("")}}}`;
    this.added.push({ declared: declaration(name, piece, body), from: first.start });
    return cases;
  }

  #isColdNode = (node: Node): boolean => this.#isCold(node.start, node.end);

  /** As it is in a function that is handed what `this` is here. */
  #textOf(nodes: readonly Node[]): string {
    const { start, end } = spanOf(nodes);
    const selves = nodes.flatMap(ownThis).map((one): Change => ({ ...one, text: SELF }));
    return changed(this.#code.slice(start, end), start, selves);
  }
}

function spanOf(nodes: readonly Node[]): { readonly start: number; readonly end: number } {
  return { start: nodes[0]?.start ?? 0, end: nodes.at(-1)?.end ?? 0 };
}

function declaration(name: string, { given, readsThis, yields }: Piece, body: string): string {
  const params = [...(readsThis ? [SELF] : []), ...given].join();
  return `function${yields ? "*" : ""} ${name}(${params})${body}`;
}

function callOf(name: string, { given, readsThis, yields, returns }: Piece, kind: Kind): string {
  const call = `${name}(${[...(readsThis ? ["this"] : []), ...given].join()})`;
  const answer = yields ? `yield*${call}` : call;
  if (kind === "value") return yields ? `(${answer})` : call;
  if (kind === "body") return `{return ${answer}}`;
  return returns ? `return ${answer};` : `${answer};`;
}

/** The statements of which some may be taken together. */
function listIn(node: Node): readonly Node[] {
  if (node.type === "BlockStatement") return node.body as readonly Node[];
  return node.type === "SwitchCase" ? (node.consequent as readonly Node[]) : [];
}

/** As what something might be taken; null: it has to stay, and what is in it need not. */
function kindOf(node: Node, child: Node): Kind | null {
  switch (node.type) {
    case "ConditionalExpression":
    case "LogicalExpression":
      return "value";
    case "ArrowFunctionExpression":
      if (child !== node.body) return null;
      return child.type === "BlockStatement" ? "body" : "value";
    case "FunctionExpression":
    case "FunctionDeclaration":
      return child === node.body ? "body" : null;
    case "IfStatement":
      return child === node.test ? null : "statements";
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement":
      return child === node.body ? "statements" : null;
    case "ReturnStatement":
    case "SequenceExpression":
    case "ArrayExpression":
      return child.type === "SpreadElement" ? null : "value";
    case "CallExpression":
    case "NewExpression":
      return child === node.callee || child.type === "SpreadElement" ? null : "value";
    case "VariableDeclarator":
      return child === node.init ? "value" : null;
    default:
      return null;
  }
}

function isFunction({ type }: Node): boolean {
  return /^(Function|Arrow)/.test(type);
}

/** `this` of the function around, not of one written inside. */
function ownThis(node: Node): readonly Node[] {
  if (node.type === "ThisExpression") return [node];
  if (/^Function(Expression|Declaration)$/.test(node.type)) return [];
  return childrenOf(node).flatMap(ownThis);
}

/** Every node, with the range that is asked for by what finds the names. */
function withRanges(node: Node): readonly Node[] {
  (node as { range?: readonly [number, number] }).range = [node.start, node.end];
  return [node, ...childrenOf(node).flatMap(withRanges)];
}

/** Names that nobody has. */
function* namesBut(taken: ReadonlySet<string>): Generator<string, never> {
  for (let at = 0; ; at++) {
    const name = `$${at.toString(36)}`;
    if (!taken.has(name)) yield name;
  }
}
