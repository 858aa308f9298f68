/**
 * Empties the signs of Monaco's icon font that its features here never show: of 600 some 30 are left. The font stays the font
 * that it was, with its tables in the same places; an emptied sign has no outline, no character and no name. Of the list of
 * all icons that goes with it, those are left that Monaco itself names somewhere.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const MONACO = "node_modules/monaco-editor/esm/vs";
const LIBRARY = "base/common/codiconsLibrary.js";
const COLOURS = "editor/contrib/symbolIcons/browser/symbolIcons.css";
const DERIVED = "base/common/codicons.js";
/** Kinds of proposals, and what lists, menus, hovers and marks of problems are drawn with. */
const SHOWN =
  /^(symbol-(keyword|struct|structure|class|field|variable|property|module|text|snippet|misc)|chevron-(up|down|left|right)|arrow-(up|down)|triangle-(up|down|left|right)|close|check|error|warning|info|loading|menu|copy)$/;

export function leanIcons(): Plugin {
  let root = "";
  return {
    name: "lean-icons",
    apply: "build",
    configResolved(config) {
      root = join(config.root, MONACO);
    },
    load(id) {
      if (id.endsWith(`monaco-editor/esm/vs/${COLOURS}`)) return shownColours(root);
      return id.endsWith(`monaco-editor/esm/vs/${LIBRARY}`) ? namedIcons(root) : null;
    },
    generateBundle(_, bundle) {
      const library = readFileSync(join(root, LIBRARY), "utf8");
      const shown = [...library.matchAll(/register\('([\w-]+)', (\w+)\)/g)]
        .filter(([, name = ""]) => SHOWN.test(name))
        .map(([, , code]) => Number(code));
      if (shown.length < 20) throw new Error("Monaco names its icons in another way");
      for (const file of Object.values(bundle)) {
        if (file.type !== "asset" || !/codicon-.*\.ttf$/.test(file.fileName)) continue;
        file.source = withGlyphs(Buffer.from(file.source), new Set(shown));
      }
    },
  };
}

/** The colours of the kinds of proposals that there are here, in the editor alone: a workbench is not there. */
function shownColours(root: string): string {
  const rules = readFileSync(join(root, COLOURS), "utf8").matchAll(
    /(\.monaco-editor \.codicon\.codicon-(symbol-[\w-]+))[^{}]*(\{[^}]*\})/g,
  );
  const shown = [...rules].filter(([, , name = ""]) => SHOWN.test(name));
  if (shown.length < 8) throw new Error("Monaco colours its proposals in another way");
  return shown.map(([, selector, , body]) => `${selector}${body}`).join("\n");
}

/** The list of icons without those that no module names. */
function namedIcons(root: string): string {
  const named = new Set(
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".js"))
      .flatMap((name) => [...readFileSync(join(root, name), "utf8").matchAll(/\bCodicon\.(\w+)/g)])
      .map(([, name]) => name),
  );
  const derived = readFileSync(join(root, DERIVED), "utf8");
  const ids = new Set(
    [...derived.matchAll(/register\('[\w-]+', '([\w-]+)'\)/g)].map(([, id]) => id),
  );
  if (named.size < 50 || ids.size < 10) throw new Error("Monaco asks for its icons in another way");
  return readFileSync(join(root, LIBRARY), "utf8").replace(
    /^ *(\w+): register\('([\w-]+)', \w+\),\n/gm,
    (line, name, id) => (named.has(name) || ids.has(id) || SHOWN.test(id) ? line : ""),
  );
}

/** @param codes the characters whose glyphs keep their outlines */
function withGlyphs(font: Buffer, codes: ReadonlySet<number>): Buffer {
  const made = Buffer.from(font);
  const tables = tablesOf(made);
  const [glyf, loca, head, maxp] = ["glyf", "loca", "head", "maxp"].map((tag) => {
    const at = tables.get(tag);
    if (at === undefined) throw new Error(`the font has no table ${tag}`);
    return at;
  }) as [number, number, number, number];
  const isLong = made.readInt16BE(head + 50) === 1;
  const start = (glyph: number): number =>
    isLong ? made.readUInt32BE(loca + 4 * glyph) : 2 * made.readUInt16BE(loca + 2 * glyph);
  const setStart = (glyph: number, offset: number): void => {
    if (isLong) made.writeUInt32BE(offset, loca + 4 * glyph);
    else made.writeUInt16BE(offset / 2, loca + 2 * glyph);
  };
  const byCode = glyphsOf(made, tables.get("cmap") ?? 0, codes);
  const kept = new Set([0, ...byCode.values()]);
  // From the last: an emptied glyph begins where the next one does.
  for (let glyph = made.readUInt16BE(maxp + 4) - 1; glyph > 0; glyph -= 1) {
    const [from, to] = [start(glyph), start(glyph + 1)];
    const isComposite = from < to && made.readInt16BE(glyf + from) < 0;
    if (isComposite) throw new Error("a glyph is put together from others");
    if (kept.has(glyph)) continue;
    made.fill(0, glyf + from, glyf + to);
    setStart(glyph, to);
  }
  setTable(made, "cmap", mapOf(byCode));
  setTable(made, "post", withoutNames(made.subarray(tables.get("post") ?? 0)));
  return made;
}

/** In the place of the table that is there, which is longer. */
function setTable(font: Buffer, tag: string, table: Buffer): void {
  const count = font.readUInt16BE(4);
  for (let entry = 12; entry < 12 + 16 * count; entry += 16) {
    if (font.toString("latin1", entry, entry + 4) !== tag) continue;
    const [start, length] = [font.readUInt32BE(entry + 8), font.readUInt32BE(entry + 12)];
    if (table.length > length) throw new Error(`the font's table ${tag} has no room`);
    font.fill(0, start, start + length);
    table.copy(font, start);
    font.writeUInt32BE(table.length, entry + 12);
    return;
  }
}

/** A map of segments (format 4) with one for each character, and the one that ends it. */
function mapOf(byCode: ReadonlyMap<number, number>): Buffer {
  const all = [...byCode].sort(([a], [b]) => a - b);
  const segments = all.length + 1;
  const power = 2 ** Math.floor(Math.log2(segments));
  const words = [
    ...[0, 1, 3, 1, 0, 12],
    ...[4, 16 + 8 * segments, 0, 2 * segments, 2 * power, Math.log2(power)],
    2 * (segments - power),
    ...all.map(([code]) => code),
    ...[0xffff, 0],
    ...all.map(([code]) => code),
    0xffff,
    ...all.map(([code, glyph]) => (glyph - code) & 0xffff),
    ...[1, ...Array<number>(segments).fill(0)],
  ];
  const table = Buffer.alloc(2 * words.length);
  words.forEach((word, at) => {
    table.writeUInt16BE(word, 2 * at);
  });
  return table;
}

/** The head of the table of names, which says that there are none (format 3). */
function withoutNames(table: Buffer): Buffer {
  const head = Buffer.from(table.subarray(0, 32));
  head.writeUInt32BE(0x00030000, 0);
  return head;
}

function tablesOf(font: Buffer): ReadonlyMap<string, number> {
  const count = font.readUInt16BE(4);
  return new Map(
    Array.from({ length: count }, (_, at) => {
      const entry = 12 + 16 * at;
      return [font.toString("latin1", entry, entry + 4), font.readUInt32BE(entry + 8)];
    }),
  );
}

/** By the map of segments (format 4), which every font for a browser has. */
function glyphsOf(
  font: Buffer,
  cmap: number,
  codes: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const count = font.readUInt16BE(cmap + 2);
  const maps = Array.from(
    { length: count },
    (_, at) => cmap + font.readUInt32BE(cmap + 8 + 8 * at),
  );
  const map = maps.find((at) => font.readUInt16BE(at) === 4);
  if (map === undefined) throw new Error("the font's characters are mapped in another way");
  const segments = font.readUInt16BE(map + 6) / 2;
  const ends = map + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const ranges = deltas + 2 * segments;
  const found = new Map<number, number>();
  for (const code of codes) {
    for (let segment = 0; segment < segments; segment += 1) {
      const first = font.readUInt16BE(starts + 2 * segment);
      if (code > font.readUInt16BE(ends + 2 * segment) || code < first) continue;
      const delta = font.readUInt16BE(deltas + 2 * segment);
      const range = font.readUInt16BE(ranges + 2 * segment);
      const at = ranges + 2 * segment + range + 2 * (code - first);
      const glyph = range === 0 ? code : font.readUInt16BE(at);
      if (range === 0 || glyph !== 0) found.set(code, (glyph + delta) & 0xffff);
    }
  }
  return found;
}
