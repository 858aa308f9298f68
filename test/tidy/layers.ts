/** The architecture as a table: the folders of src, what each may import, and which are deterministic. */

export type Layer = {
  /** Other layers this one may import; itself it always may. */
  readonly imports: readonly string[];
  /** npm packages, with everything inside them. `node:` stands for Node's own modules. */
  readonly packages: readonly string[];
  /** The same script gives the same trace: no clock, no chance, no console. */
  readonly deterministic: boolean;
};

const SIMULATION = ["base", "trace", "sql", "innodb", "server", "net", "explore", "status"];

export const LAYERS: Readonly<Record<string, Layer>> = {
  base: pure([]),
  trace: pure(["base"]),
  sql: pure(["base"]),
  innodb: pure(["base", "trace"]),
  server: pure(["base", "trace", "sql", "innodb", "net"]),
  net: pure(["base", "trace"]),
  explore: pure(["base", "trace", "server"]),
  status: pure(["base", "trace"]),
  formats: pure(["base", "trace", "sql"]),
  protocol: impure(["base", "trace"]),
  worker: impure([...SIMULATION, "protocol"]),
  lessons: impure(["base", "trace"], ["virtual:lesson-list"]),
  store: impure(
    ["base", "trace", "protocol", "lessons"],
    ["fflate", "react", "workbox-window", "zustand", "virtual:played"],
  ),
  diagrams: impure(["base", "trace"], ["d3"]),
  editor: impure(["base", "trace", "sql", "store"], ["react", "react-dom", "monaco-editor"]),
  views: impure(
    ["base", "trace", "store", "diagrams", "editor", "lessons", "status", "formats"],

    [
      "react",
      "react-dom",
      "react-resizable-panels",
      "yaml",
      "gifenc",
      "mediabunny",
      "virtual:one-file",
      "virtual:words",
      "virtual:lesson-list",
    ],
  ),
  embed: impure(["base", "trace", "sql", "formats", "protocol", "lessons", "store"]),
  cli: impure([...SIMULATION, "worker"], ["node:", "sql.js", "@electric-sql/pglite", "alasql"]),
};

/** Files of src that belong to no layer; they compose and may import every layer. */
export const ENTRIES: readonly string[] = [
  "src/begin.ts",
  "src/main.ts",
  "src/page.tsx",
  "src/shown.ts",
  "src/embed_begin.ts",
  "src/embed_frame.tsx",
  "src/embed_guide.tsx",
  "src/embed_why.tsx",
  "src/service_worker.ts",
];

/** What the top level holds besides dot files. */
export const TOP_LEVEL: readonly string[] = [
  "LICENSE",
  "README.md",
  "biome.json",
  "index.html",
  "package-lock.json",
  "package.json",
  "public",
  "src",
  "test",
  "tsconfig.json",
  "vite.config.ts",
];

function pure(imports: readonly string[]): Layer {
  return { imports, packages: [], deterministic: true };
}

function impure(imports: readonly string[], packages: readonly string[] = []): Layer {
  return { imports, packages, deterministic: false };
}
