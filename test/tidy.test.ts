import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  barrels,
  type Check,
  codeOf,
  defaultExports,
  emptyLayers,
  enums,
  extraTopLevel,
  hostsAndMachinePaths,
  layerOf,
  longFiles,
  misnamedFiles,
  nondeterminism,
  sleepingTests,
  spreadCalls,
  upwardImports,
} from "./tidy/checks.ts";
import { circlesAcrossFolders } from "./tidy/circles.ts";
import { LAYERS } from "./tidy/layers.ts";
import type { SourceFile } from "./tidy/source.ts";

const ROOT = resolve(import.meta.dirname, "..");
const NOT_OURS = new Set([".git", "node_modules", "dist", "coverage", ".cache"]);
const PICTURES = /\.(png|jpe?g|gif|ico|woff2?|ttf|webm|mp4)$/;

const files = filesIn("");

/** A claim about the whole repository, and files of which each alone breaks it. */
type Rule = {
  readonly claim: string;
  readonly check: Check;
  readonly planted: readonly SourceFile[];
};

const RULES: readonly Rule[] = [
  {
    claim: "layers import downwards only",
    check: upwardImports,
    planted: [
      file("src/innodb/lock.ts", 'import { parse } from "../sql/parser.ts";'),
      file("src/innodb/lock.ts", 'import type { Ast } from "../sql/ast.ts";'),
      file("src/trace/apply.ts", 'export { lock } from "../innodb/lock.ts";'),
      file("src/sql/ast.ts", 'type Id = import("../trace/ids.ts").Id;'),
      file("src/server/run.ts", 'const views = await import("../views/App.tsx");'),
      file("src/store/run.ts", "const name = `x`;\nawait import(name);"),
      file("src/store/run.ts", 'new URL("../worker/main.ts", import.meta.url);'),
      file("src/diagrams/axis.ts", 'import { useMemo } from "react";'),
      file("src/views/Line.tsx", 'import { scaleLinear } from "d3";'),
      file("src/views/Code.tsx", 'import "monaco-editor/editor";'),
      file("src/server/clock.ts", 'import { hrtime } from "node:process";'),
      file("src/base/helper.ts", 'import { plant } from "../../test/plant.ts";'),
      file("src/trace/entry.ts", 'import "../main.ts";'),
      file("src/utils/text.ts", "export const text = 1;"),
      file("src/helper.ts", "export const helper = 1;"),
    ],
  },
  {
    claim: "no circle of imports goes from folder to folder",
    check: circlesAcrossFolders,
    planted: [
      file("src/base/assert.ts", 'import { kinds } from "../innodb/read_view.ts";'),
      file("src/base/assert.ts", 'export { kinds } from "../innodb/read_view.ts";'),
    ],
  },
  {
    claim: "the deterministic layers ask no clock and no chance, and print nothing",
    check: nondeterminism,
    planted: [
      file("src/innodb/trx.ts", "const started = new Date();"),
      file("src/innodb/trx.ts", "type Started = Date;"),
      file("src/base/pick.ts", "const pick = Math.random();"),
      file("src/base/pick.ts", 'const pick = Math["random"]();'),
      file("src/server/wait.ts", "setTimeout(() => 1, 50);"),
      file("src/server/wait.ts", "const { now } = performance;"),
      file("src/net/link.ts", "const id = crypto.randomUUID();"),
      file("src/explore/search.ts", 'console.log("here");'),
      file("src/sql/lexer.ts", "const all = globalThis;"),
      file("src/status/read.ts", 'const order = "a".localeCompare("b");'),
    ],
  },
  {
    claim: "every file can be read in one sitting",
    check: longFiles,
    planted: [
      file("src/views/app.css", "\n".repeat(401)),
      file("test/a.test.ts", "1;\n".repeat(401)),
    ],
  },
  {
    claim: "nothing but a tool's configuration has a default export",
    check: defaultExports,
    planted: [
      file("src/base/one.ts", "export default 1;"),
      file("src/base/one.ts", "const one = 1;\nexport { one as default };"),
    ],
  },
  {
    claim: "unions take the place of enums",
    check: enums,
    planted: [
      file("src/base/mode.ts", "export enum Mode { S, X }"),
      file("src/base/mode.ts", "declare const enum Mode { S, X }"),
    ],
  },
  {
    claim: "there are no barrel files",
    check: barrels,
    planted: [
      file("src/sql/index.ts", 'export * from "./parser.ts";\nexport const one = 1;'),
      file("src/sql/index.ts", 'export { parse } from "./parser.ts";'),
      file("src/sql/index.ts", 'import { parse } from "./parser.ts";\nexport { parse };'),
    ],
  },
  {
    claim: "a file's name says whether it is React",
    check: misnamedFiles,
    planted: [
      file("src/sql/Parser.ts", ""),
      file("src/sql/lock-queue.ts", ""),
      file("src/views/index_line.tsx", ""),
      file("src/Views/App.tsx", ""),
    ],
  },
  {
    claim: "nothing names a package registry or a path of somebody's machine",
    check: hostsAndMachinePaths,
    planted: [
      file("package-lock.json", `https://${["registry", "example", "org"].join(".")}/d3`),
      file("package-lock.json", `"resolved": ${'"https:'}//packages.example/d3.tgz"`),
      file("README.md", `see ${["", "home", "ann", "notes"].join("/")}`),
      file("test/a.test.ts", `"${["", "work", "main"].join("/")}"`),
    ],
  },
  {
    claim: "no list is spread into a call that takes lists of any length",
    check: spreadCalls,
    planted: [
      file("src/diagrams/cells.ts", "const widest = Math.max(0, ...widths);"),
      file("src/sql/parse.ts", "found.items.push(...items);"),
      file("src/base/text.ts", "const text = String.fromCharCode(...codes);"),
    ],
  },
  {
    claim: "every test runs",
    check: sleepingTests,
    planted: [
      file("test/a.test.ts", 'it.skip("is slow", () => {});'),
      file("test/a.test.ts", 'describe.only("one", () => {});'),
      file("test/a.test.ts", 'test.todo("later");'),
    ],
  },
  {
    claim: "the top level holds what DESIGN.md names and nothing else",
    check: extraTopLevel,
    planted: [file("scripts/run.sh", ""), file("notes.md", "")],
  },
  {
    claim: "the checks see code in every folder of src",
    check: emptyLayers,
    planted: [file("src/net/README.md", "")],
  },
];

/** Looks like a violation of nearly everything, and is none. */
const INNOCENT: readonly SourceFile[] = [
  file(
    "src/innodb/read_view.ts",
    [
      '/** Not a clock: new Date(), Math.random(); import { x } from "../sql/parser.ts". */',
      'import { assert } from "../base/assert.ts";',
      'import type { TrxId } from "../trace/ids.ts";',
      "const sql = 'SELECT c from \"../views/App.tsx\"';",
      "export const kinds = { Date: sql, console: assert };",
      "export const date = (value: { Date: TrxId }) => value.Date;",
      "const max = Math.max(1, 2);",
      "kinds.push(...[1, 2]);",
      "export { max };",
    ].join("\n"),
  ),
  file("src/editor/MonacoPane.tsx", 'import "monaco-editor/editor";\nimport "./pane.css";'),
  file("src/worker/engine.worker.ts", 'import type { Host } from "./host.ts";'),
  file("src/main.ts", 'import Worker from "./worker/engine.worker.ts?worker&inline";'),
  file("README.md", "It works from any path: /home, ../work/main, https://example.org/work/x"),
];

describe("the repository", () => {
  it.each(RULES)("$claim", ({ check }) => {
    expect(check(files)).toEqual([]);
  });

  it("was seen: sources, tests, and every layer that exists", () => {
    const layers = readdirSync(join(ROOT, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const seen = new Set(codeOf(files, "src/").map((file) => layerOf(file.name)));
    expect(codeOf(files, "src/").length).toBeGreaterThan(0);
    expect(codeOf(files, "test/").length).toBeGreaterThan(0);
    expect(layers.filter((layer) => !seen.has(layer))).toEqual([]);
  });

  it("compiles exactly the deterministic layers without DOM, timers and console", () => {
    const config = readFileSync(join(ROOT, "src/tsconfig.deterministic.json"), "utf8");
    const include = JSON.parse(/"include": (\[[^\]]*\])/.exec(config)?.[1] ?? "[]") as string[];
    const table = Object.entries(LAYERS).filter(([, layer]) => layer.deterministic);
    expect(include.sort()).toEqual(table.map(([name]) => name).sort());
  });

  it("has a table of layers without cycles", () => {
    const reaches = (from: string, to: string): boolean =>
      LAYERS[from]?.imports.some((next) => next === to || reaches(next, to)) ?? false;
    expect(Object.keys(LAYERS).filter((name) => reaches(name, name))).toEqual([]);
  });
});

describe("a planted violation is found", () => {
  const cases = RULES.flatMap(({ claim, check, planted }) =>
    planted.map((file) => ({ claim, check, file, gist: file.text.trim().slice(0, 60) })),
  );

  it.each(cases)("$claim: $file.name $gist", ({ check, file }) => {
    expect(check([...INNOCENT, file])).toHaveLength(1);
  });

  it.each(RULES)("and innocent files pass: $claim", ({ check }) => {
    expect(check(INNOCENT)).toEqual([]);
  });

  it("and a file that does not parse is not passed over", () => {
    expect(() => upwardImports([file("src/base/broken.ts", "import {")])).toThrow("broken.ts");
  });
});

function file(name: string, text: string): SourceFile {
  return { name, text };
}

/** Every text file of the repository below `folder`, with its path from the top. */
function filesIn(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    if (entry.isDirectory()) return filesIn(name);
    if (!entry.isFile() || PICTURES.test(name)) return [];
    return [file(name, readFileSync(join(ROOT, name), "utf8"))];
  });
}
