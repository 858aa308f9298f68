/**
 * Builds the worker with the simulated server: a core with what the examples of the site run, and parts that the core loads
 * when a statement first needs them (`src/worker/part_loader.ts`). Nobody writes the list of what belongs where: the examples
 * are run on the engine while it is built, and what ran is the core. What is in which script changes nothing but when it is
 * loaded; a test plays every recorded scenario on the built engine and on the sources.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { minify_sync } from "terser";
import type { Plugin } from "vite";
import type { PartFile } from "../../../../src/worker/part_loader.ts";
import { type Change, changed } from "../syntax.ts";
import { FILLING, type Outlined, withoutColdMethods } from "./cold_methods.ts";
import { withoutColdPieces } from "./cold_pieces.ts";
import { PARTS, type Profile } from "./engine_parts.ts";
import { functionsUsed, unusedIn } from "./first_use.ts";
import { newNames } from "./new_names.ts";
import { shortNames } from "./short_names.ts";
import { type Split, split } from "./split.ts";
import { type Item, topLevel } from "./top_level.ts";

const ENTRY = "engine.worker.ts?worker&url";
const BUILT = "\0built-engine";

export interface Script {
  readonly fileName: string;
  readonly source: string;
}

export function engineBuild(profile: (root: string) => Profile): Plugin {
  let root = "";
  return {
    name: "engine-build",
    apply: "build",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
    },
    resolveId: (source) => (source.endsWith(ENTRY) ? BUILT : null),
    async load(id) {
      if (id !== BUILT) return null;
      const [core, ...parts] = await engineScripts(root, profile(root));
      if (core === undefined) throw new Error("the engine has no core");
      for (const { fileName, source } of [core, ...parts]) {
        this.emitFile({ type: "asset", fileName, source });
      }
      return `export default ${JSON.stringify(`./${core.fileName}`)};`;
    },
  };
}

/** The core first. */
export async function engineScripts(root: string, profile: Profile): Promise<readonly Script[]> {
  const bundle = await bundled(root, "src/worker/engine.worker.ts", null);
  const loader = await bundled(root, "src/worker/part_loader.ts", "engineLoader");
  const needed = functionsUsed(bundle.code, [[], ...Object.values(profile.first)]);
  const plain = withoutColdMethods(bundle.code, union(needed));
  const first = firstOf(cut(plain, bundle, root, profile));
  const isUnused = unusedIn(plain.code, Object.values(profile.first).flat());
  const lean = withoutColdPieces(plain, (start, end) => first(start) && isUnused(start, end));
  return written(lean.code, cut(lean, bundle, root, profile), {
    loader: loader.code,
    properties: shortNames(lean.code, root),
  });
}

/** Whether what stands there is loaded for some first view; but what says that a part cannot be had is always there. */
function firstOf({ core, parts }: Split): (position: number) => boolean {
  const early = parts.filter(({ isEarly }) => isEarly).flatMap(({ items }) => items);
  const spans = [...core, ...early]
    .filter(({ file }) => !file.startsWith("src/worker/"))
    .sort((a, b) => a.start - b.start);
  return (position) => {
    const span = spans.findLast(({ start }) => start <= position);
    return span !== undefined && position < span.end;
  };
}

function cut({ code, origins }: Outlined, bundle: Bundle, root: string, profile: Profile): Split {
  const items = topLevel(code, root, { ...bundle, origins });
  const names = Object.keys(profile.first);
  // What runs when the engine starts is in the core whatever it is told.
  const [start = NONE, ...used] = functionsUsed(code, [
    [],
    ...Object.values(profile.first),
    ...Object.values(profile.second),
    profile.later,
  ]);
  const groupsOf = (item: Item) => names.filter((_, at) => ran(item, used[at] ?? NONE));
  const early = [...names, ...profile.together];
  const earlyOf = (item: Item) => early.find((name) => name === groupsOf(item).join("-"));
  const seconds = Object.keys(profile.second);
  const secondOf = (item: Item) =>
    seconds.filter((_, at) => ran(item, used[names.length + at] ?? NONE)).join("-");
  const any = union(used);
  return split(
    items,
    (item) => ran(item, start) || (groupsOf(item).length > 1 && earlyOf(item) === undefined),
    (item) => earlyOf(item) ?? (secondOf(item) || partOf(item, any)),
    early,
  );
}

function partOf(item: Item, used: ReadonlySet<number>): string {
  const name = PARTS.find(({ files }) => files.test(item.file))?.name;
  if (name === undefined) throw new Error(`${item.file} belongs to no part`);
  return ran(item, used) ? name : `${name}-more`;
}

/** A class has run when one of its methods has. */
function ran(item: Item, starts: ReadonlySet<number>): boolean {
  if (item.kind === "function") return starts.has(item.start);
  for (const start of starts) if (start >= item.start && start < item.end) return true;
  return false;
}

const NONE: ReadonlySet<number> = new Set();

function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  return new Set(sets.flatMap((set) => [...set]));
}

interface Bundle {
  readonly code: string;
  readonly map: string;
}

async function bundled(root: string, entry: string, name: string | null): Promise<Bundle> {
  const build = await rolldown({ input: join(root, entry), cwd: root, logLevel: "silent" });
  const { output } = await build.generate({
    format: name === null ? "esm" : "iife",
    ...(name === null ? {} : { name }),
    minify: true,
    sourcemap: true,
  });
  await build.close();
  const [{ code, map }] = output;
  return { code: code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ""), map: String(map) };
}

interface Written {
  /** Is there before the core. */
  readonly loader: string;
  /** Properties with names of their own. */
  readonly properties: readonly Change[];
}

function written(
  code: string,
  { core, shared, parts }: Split,
  { loader, properties }: Written,
): readonly Script[] {
  const places = new Map<Item, string>();
  for (const { name, items } of parts) for (const item of items) places.set(item, name);
  const standIns = new Set<Item>();
  for (const items of [core, shared, ...parts.map((part) => part.items)]) {
    for (const item of items) {
      for (const other of item.refersTo) {
        const place = places.get(other);
        if (place === undefined || place === places.get(item)) continue;
        if (other.kind !== "value") standIns.add(other);
      }
    }
  }
  const isLate = (item: Item) => item.kind === "function" && item.isValue && standIns.has(item);
  const kinds = parts.map(({ items }) => {
    const named = items.filter((item) => standIns.has(item));
    return {
      functions: named.filter((item) => item.kind === "function" && !isLate(item)),
      values: named.filter(isLate),
      classes: named.filter(({ kind }) => kind === "class"),
    };
  });
  const all = kinds.flatMap(({ functions, values, classes }) => [
    ...functions,
    ...values,
    ...classes,
  ]);
  const items = [...core, ...shared, ...parts.flatMap((part) => part.items)];
  const { prefix, names } = newNames(code, items, all);
  const textIn = renamed(code, names, properties);
  const isAtOnce = (item: Item) => item.kind === "function" && !isLate(item);
  // The functions first, which are there before all else runs: like beside like weighs less after gzip.
  const textOf = (items: readonly Item[]) =>
    STRICT +
    [...items.filter(isAtOnce), ...items.filter((item) => !isAtOnce(item))]
      .map((item) => declared(textIn(item), item, isLate(item) ? (names.get(item) ?? "") : null))
      .join("");
  const texts: Record<string, string> = {};
  if (shared.length > 0) texts[SHARED] = small(textOf(shared));
  for (const { name, items } of parts) texts[name] = small(textOf(items));
  // One for all: they have each other's numbers.
  const hash = hashOf(Object.values(texts).join(""));
  const list = parts.map(({ name, isEarly }, at): PartFile => {
    const { functions = [], values = [], classes = [] } = kinds[at] ?? {};
    const counts = [functions.length, values.length, classes.length] as const;
    return isEarly ? [name, ...counts, 1] : [name, ...counts];
  });
  if (shared.length > 0) list.push([SHARED, 0, 0, 0, 1]);
  const start = [
    `var engineUrl=(p,f="./engine-"+p+"-${hash}.js")=>globalThis.engineFiles?.[f]||new URL(f,globalThis.engineAt||location.href).href`,
    `engineParts=engineLoader.startParts(${[
      "globalThis",
      JSON.stringify(prefix),
      JSON.stringify(shared.length > 0 ? SHARED : null),
      JSON.stringify(list),
      "{load:p=>importScripts(engineUrl(p)),bring:p=>fetch(engineUrl(p),{cache:'force-cache'}).then(r=>r.text())}",
    ].join()});`,
  ].join();
  const source = small(STRICT + loader + start + textOf(core).slice(STRICT.length));
  return [
    { fileName: `assets/engine.worker-${hashOf(source)}.js`, source },
    ...Object.entries(texts).map(([name, text]) => ({
      fileName: `assets/engine-${name}-${hash}.js`,
      source: text,
    })),
  ];
}

/** The name of the part with values that several others name. */
const SHARED = "shared";

/** What stands in the script for an item, with the new names of some and of their properties. */
function renamed(
  code: string,
  names: ReadonlyMap<Item, string>,
  properties: readonly Change[],
): (item: Item) => string {
  const ofItems = [...names].flatMap(([{ name, mentions }, text]) =>
    mentions.map(({ start, isShort }): Change => {
      return { start, end: start + name.length, text: isShort ? `${name}:${text}` : text };
    }),
  );
  const changes = [...properties, ...ofItems].sort((a, b) => a.start - b.start);
  const twice = changes.find(({ start }, at) => changes[at + 1]?.start === start);
  if (twice !== undefined) throw new Error(`${twice.text} has two names`);
  return ({ start, end }) => {
    const inside = changes.filter((change) => change.start >= start && change.end <= end);
    return changed(code.slice(start, end), start, inside);
  };
}

const STRICT = '"use strict";';

/** For the bundler, which has done its work; behind a word the blank stays. */
const PURE = /(?<![\w$])\/\* @__PURE__ \*\/ |\/\* @__PURE__ \*\/(?= )/g;

/** One declaration in a script; `late`: the name that its stand-in keeps. */
function declared(code: string, item: Item, late: string | null): string {
  const text = code.replaceAll(FILLING, "").replace(PURE, "");
  if (late !== null) {
    const anonymous = text.replace(/^(function\*?)\s*[\w$]+/, "$1");
    return `engineParts.late.${late}=${anonymous};`;
  }
  if (item.kind === "function" || text.startsWith("class")) return text;
  return item.kind === "statement" ? text : `var ${text};`;
}

/**
 * What was one script is several, and pieces are functions: there is a little to take away again. `kind === "a"` stays as it is
 * written: with the words in front less is alike, and it weighs more after gzip.
 */
function small(source: string): string {
  const compress = { passes: 2, lhs_constants: false, keep_fargs: false };
  return minify_sync(source, { ecma: 2020, compress }).code ?? source;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8).replace(/^[-_]/, "0");
}
