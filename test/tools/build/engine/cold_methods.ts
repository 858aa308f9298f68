/**
 * Takes the methods that no first view runs out of their classes, so that they can wait in parts as functions do:
 *
 *     class Session { #a = 1; close(e) { this.#a = 0; ... } }
 *     →   class Session { $a = 1; close(...e) { return Session$close(this, ...e) } }
 *         function Session$close($this, e) { $this.$a = 0; ... }
 *
 * Private names become ordinary ones, which nobody outside the class knows. Of a class that extends another, or is extended,
 * nothing is taken. The functions are put behind the code and what they leave is filled with form feeds, so that every other
 * position stays what it was.
 */
import { parseAst } from "rolldown/parseAst";
import { type Change, changed, childrenOf, isNode, type Node } from "../syntax.ts";

export interface Outlined {
  readonly code: string;
  /** Where the function that begins here stood before. */
  readonly origins: ReadonlyMap<number, number>;
}

/** What stands where a method was; nothing to a parser, and nowhere else in the code. */
export const FILLING = "\f";

/** What `this` is called in a function that was none. */
export const SELF = "$this";
/** A shorter method is no longer than what it would leave. */
const LENGTH_MIN = 110;

/** @param starts where the functions begin that are needed at first */
export function withoutColdMethods(code: string, starts: ReadonlySet<number>): Outlined {
  for (const taken of [FILLING, SELF]) {
    if (code.includes(taken)) throw new Error(`${JSON.stringify(taken)} is in the code`);
  }
  const program = parseAst(code) as unknown as Node;
  const taken = all(program, ({ type, property }) => {
    return type === "MemberExpression" && String((property as Node).name).startsWith("$");
  });
  if (taken.length > 0) throw new Error("a field's name begins with a dollar sign");
  const classes = all(program, isClass);
  const parents = new Set(
    classes.flatMap(({ superClass }) => (isNode(superClass) ? [superClass.name] : [])),
  );
  const changes: Change[] = [];
  const added: { readonly text: string; readonly from: number }[] = [];
  for (const { name, node } of classesAtTop(program)) {
    if (node.superClass !== null || parents.has(name) || !isPlain(node)) continue;
    const methods = methodsOf(node).filter(
      (method) =>
        canMove(method) &&
        !says(method, node.type === "ClassExpression" ? node.id : null) &&
        isCold(method, starts),
    );
    const renamed = all(node, ({ type }) => type === "PrivateIdentifier").map(publicName);
    const inside = (change: Change): boolean =>
      methods.some(({ start, end }) => change.start >= start && change.end <= end);
    changes.push(...renamed.filter((change) => !inside(change)));
    for (const method of methods) {
      added.push({ text: functionOf(code, name, method, renamed), from: method.start });
      changes.push({ ...method, text: standInOf(name, method) });
    }
  }
  let text = changed(code, 0, changes);
  const origins = new Map<number, number>();
  for (const { text: declared, from } of added) {
    text += "\n";
    origins.set(text.length, from);
    text += declared;
  }
  return { code: text, origins };
}

function classesAtTop(program: Node): readonly { readonly name: string; readonly node: Node }[] {
  return (program.body as readonly Node[]).flatMap((node) => {
    if (node.type === "ClassDeclaration") return [{ name: nameOf(node.id), node }];
    if (node.type !== "VariableDeclaration") return [];
    return (node.declarations as readonly Node[]).flatMap(({ id, init }) =>
      isNode(init) && isClass(init) ? [{ name: nameOf(id), node: init }] : [],
    );
  });
}

function isClass({ type }: Node): boolean {
  return type === "ClassDeclaration" || type === "ClassExpression";
}

/** Its private names are its own, nobody asks whether an object has them, and none stands close behind a word (`get#a()`). */
function isPlain(node: Node): boolean {
  const isOdd = (one: Node): boolean =>
    (one !== node && isClass(one)) ||
    (isPrivateMember(one) && (/^[gs]et$/.test(String(one.kind)) || one.static === true)) ||
    (one.type === "BinaryExpression" && (one.left as Node).type === "PrivateIdentifier");
  return all(node, isOdd).length === 0;
}

function isPrivateMember({ type, key }: Node): boolean {
  return /^(Property|Method)Definition$/.test(type) && (key as Node).type === "PrivateIdentifier";
}

function methodsOf(node: Node): readonly Node[] {
  return ((node.body as Node).body as readonly Node[]).filter(
    ({ type }) => type === "MethodDefinition",
  );
}

function canMove(method: Node): boolean {
  const { kind, computed, key, value, start, end } = method;
  if (kind !== "method" || computed === true || method.static === true) return false;
  if (!/^(Private)?Identifier$/.test((key as Node).type) || end - start < LENGTH_MIN) return false;
  if ((value as Node).async === true) return false;
  const stays = ({ type, name }: Node): boolean =>
    /^(Super|MetaProperty|Function(Expression|Declaration))$/.test(type) || name === "arguments";
  return all(method, stays).filter((node) => node !== value).length === 0;
}

/** `var A = class e { copy() { return new e() } }`: only inside the class is it known as e. */
function says(method: Node, own: unknown): boolean {
  if (!isNode(own)) return false;
  return all(method, ({ type, name }) => type === "Identifier" && name === own.name).length > 0;
}

function isCold(method: Node, starts: ReadonlySet<number>): boolean {
  for (const start of starts) if (start >= method.start && start < method.end) return false;
  return true;
}

function functionName(owner: string, { key }: Node): string {
  const { type, name } = key as Node;
  return `${owner}$${type === "PrivateIdentifier" ? "$" : ""}${name}`;
}

function standInOf(owner: string, method: Node): string {
  const { type, name } = method.key as Node;
  const standIn = `${type === "PrivateIdentifier" ? "$" : ""}${name}(...e){return ${functionName(owner, method)}(this,...e)}`;
  return standIn + FILLING.repeat(method.end - method.start - standIn.length);
}

function functionOf(code: string, owner: string, method: Node, renamed: readonly Change[]): string {
  const value = method.value as Node;
  const params = value.params as readonly Node[];
  const body = value.body as Node;
  const selves = all(value, ({ type }) => type === "ThisExpression").map(
    ({ start, end }): Change => ({ start, end, text: SELF }),
  );
  const textOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    changed(
      code.slice(start, end),
      start,
      [...selves, ...renamed].filter((change) => change.start >= start && change.end <= end),
    );
  const given = [SELF, ...params.map(textOf)].join();
  return `function${value.generator === true ? "*" : ""} ${functionName(owner, method)}(${given})${textOf(body)}`;
}

function publicName({ start, end, name }: Node): Change {
  return { start, end, text: `$${name}` };
}

function nameOf(id: unknown): string {
  return String((id as Node).name);
}

function all(node: Node, test: (node: Node) => boolean): readonly Node[] {
  const found: Node[] = [];
  const look = (at: Node): void => {
    if (test(at)) found.push(at);
    for (const child of childrenOf(at)) look(child);
  };
  look(node);
  return found;
}
