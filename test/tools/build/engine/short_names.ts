/**
 * Gives the properties that only the engine knows names of a letter or two. A name is the engine's own when it stands behind
 * a dot somewhere, and
 *
 *     nowhere in the sources of what the engine is told and tells (`src/trace`, `src/protocol`, `src/worker`, `src/base`)
 *     in no string, so that nobody asks for it by its text
 *     not in a table at the top of the script, whose keys are words of SQL
 *     on none of the language's own objects
 *
 * The names with the most places get the shortest. A test plays recorded scenarios on what comes out.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { type Change, childrenOf, isNode, type Node } from "../syntax.ts";

const TOLD = ["src/trace", "src/protocol", "src/worker", "src/base"];
/** Lines of nothing else. */
const COMMENTS = /^ *(\/\*|\*|\/\/).*$/gm;
const WORD = /[A-Za-z_$][\w$]*/g;
/** Names of settings and of columns are asked for by their texts. */
const OWN = /^[a-z_][A-Za-z0-9_$]{2,}$/;

export function shortNames(code: string, root: string): readonly Change[] {
  return namesShortened(code, new Set([...builtIns(), ...wordsOfTold(root)]));
}

/** @param known names that others know, too */
export function namesShortened(code: string, known: ReadonlySet<string>): readonly Change[] {
  const seen = new Seen();
  seen.look(parseAst(code) as unknown as Node, false);
  const reserved = new Set([...known, ...seen.words]);
  const places = new Map<string, Place[]>();
  for (const place of seen.places) {
    const { name } = place;
    if (!OWN.test(name) || reserved.has(name) || !seen.dotted.has(name)) continue;
    places.set(name, [...(places.get(name) ?? []), place]);
  }
  const free = namesBut(new Set([...reserved, ...seen.places.map(({ name }) => name)]));
  return [...places.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((all) => {
      const text = free.next().value;
      return all.map(({ start, end, name, isShort }): Change => {
        return isShort ? { start, end, text: `${text}:${name}` } : { start, end, text };
      });
    });
}

interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `{ name }`: the variable keeps its name. */
  readonly isShort: boolean;
}

class Seen {
  readonly places: Place[] = [];
  readonly dotted = new Set<string>();
  /** What may not get another name. */
  readonly words = new Set<string>();

  look(node: Node, isInFunction: boolean): void {
    if (node.type === "Literal" && typeof node.value === "string") this.#reserve(node.value);
    if (node.type === "TemplateElement") {
      this.#reserve((node.value as { readonly raw: string }).raw);
    }
    if (node.computed !== true) this.#lookAtName(node, isInFunction);
    const isInside = isInFunction || /^(Function|Arrow|Method|PropertyDef)/.test(node.type);
    for (const child of childrenOf(node)) this.look(child, isInside);
  }

  #lookAtName(node: Node, isInFunction: boolean): void {
    const { type, key, property, shorthand } = node;
    if (type === "MemberExpression") {
      const { name, start, end } = property as Node & { readonly name: string };
      if ((property as Node).type !== "Identifier") return;
      this.dotted.add(name);
      this.places.push({ name, start, end, isShort: false });
    }
    if (!/^(Property|MethodDefinition|PropertyDefinition)$/.test(type) || !isNode(key)) return;
    if (key.type !== "Identifier") return;
    const name = String(key.name);
    if (type === "Property" && !isInFunction) this.words.add(name);
    this.places.push({ name, start: key.start, end: key.end, isShort: shorthand === true });
  }

  #reserve(text: string): void {
    for (const [word] of text.matchAll(WORD)) this.words.add(word);
  }
}

/** Names on the objects of the language. */
function builtIns(): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (from: unknown): void => {
    for (let at = from; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    }
  };
  add(globalThis);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = (globalThis as Record<string, unknown>)[name];
    add(value);
    if (typeof value === "function") add(value.prototype);
  }
  for (const made of [new Map().keys(), new Set().keys(), [].keys(), "".matchAll(/./g)]) add(made);
  add((function* () {})());
  for (const name of ["groups", "index", "input", "indices", "done", "value"]) names.add(name);
  return names;
}

/** Words of what the engine is told and tells. */
export function wordsOfTold(root: string): ReadonlySet<string> {
  const files = TOLD.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(root, folder, name), "utf8").replace(COMMENTS, "")),
  );
  return new Set(files.flatMap(wordsOf));
}

export function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The shorter first. */
function* namesBut(taken: ReadonlySet<string>): Generator<string, never> {
  for (let number = 0; ; number++) {
    let name = "";
    for (let rest = number; rest >= 0; rest = Math.floor(rest / LETTERS.length) - 1) {
      name = (LETTERS[rest % LETTERS.length] ?? "") + name;
    }
    if (!taken.has(name)) yield name;
  }
}
