import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { byPreact } from "./test/tools/build/by_preact.ts";
import { contentSecurity } from "./test/tools/build/content_security.ts";
import { earlyChunks } from "./test/tools/build/early_chunks.ts";
import { embedBuild } from "./test/tools/build/embed_build.ts";
import { engineBuild } from "./test/tools/build/engine/engine_build.ts";
import { lessonProfile } from "./test/tools/build/engine/engine_parts.ts";
import { lateWords, PAGE_WORDS } from "./test/tools/build/late_words.ts";
import { leanIcons } from "./test/tools/build/lean_icons.ts";
import { leanMonaco } from "./test/tools/build/lean_monaco.ts";
import { lessonList } from "./test/tools/build/lesson_list.ts";
import { lessonPages } from "./test/tools/build/lesson_pages.ts";
import { monacoWords } from "./test/tools/build/monaco_words.ts";
import { offlineBuild } from "./test/tools/build/offline_build.ts";
import { oneFileBuild } from "./test/tools/build/one_file_build.ts";
import { pageChunks } from "./test/tools/build/page_chunks.ts";
import { playedExamples } from "./test/tools/build/played_examples.ts";
import { shortMonaco } from "./test/tools/build/short_monaco.ts";
import { CountReporter } from "./test/tools/count_reporter.ts";

// A full run, `vitest run` and nothing else, must execute tests of every project.
const narrowed = process.argv.slice(2).join(" ") !== "run";
const ALONE = "test/**/*.alone.test.ts";
const chunkOf = pageChunks(import.meta.dirname);
/** What is not kept for offline is told by its file's name. */
function fileKind(id: string): string {
  if (/[?&]one\b/.test(id)) return "lesson_text-";
  return id.startsWith("virtual:played/") ? "played_example-" : "";
}

const reporter = new CountReporter(narrowed ? [] : ["unit", "alone", "conformance", "e2e"]);

export default defineConfig({
  // Relative URLs: the built folder works from any path of any static host.
  base: "./",
  plugins: [
    react(),
    byPreact("quick"),
    lateWords(PAGE_WORDS),
    lessonList(),
    playedExamples(),
    engineBuild(lessonProfile),
    oneFileBuild(),
    leanMonaco(),
    monacoWords(),
    leanIcons(),
    shortMonaco(),
    earlyChunks(),
    contentSecurity(),
    embedBuild(),
    lessonPages(),
    offlineBuild(),
  ],
  // A classic worker runs in a sandboxed iframe too, where module workers fail silently.
  worker: { format: "iife" },
  // Monaco is one lazy chunk of 3.2 MB.
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 3500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              debugName: "page",
              name: (id, context) => chunkOf(id, (one) => context.getModuleInfo(one)),
            },
          ],
        },
        chunkFileNames: ({ facadeModuleId }) =>
          `assets/${fileKind(facadeModuleId ?? "")}[name]-[hash].js`,
      },
    },
  },
  test: {
    reporters: ["default", reporter],
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/conformance/**", "test/e2e/**", ALONE],
          // Loading the modules again for each file would take as long as the tests.
          isolate: false,
          // A busy machine takes its time; what is right in the end is right.
          testTimeout: 240_000,
        },
      },
      {
        test: {
          // They put something else in the place of a module.
          name: "alone",
          environment: "node",
          include: [ALONE],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          name: "conformance",
          environment: "node",
          include: ["test/conformance/**/*.test.ts"],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "./test/e2e/setup/serve_site.ts",
          // A browser waits more than it works; the other projects, which only work, are through by then.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // A busy machine takes its time; what is right in the end is right.
          expect: { poll: { timeout: 40_000 } },
        },
      },
    ],
  },
});
