/** Builds the page with the editors alone, and serves it: one build for the test file that uses it. */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, preview } from "vite";
import { leanMonaco } from "../../tools/build/lean_monaco.ts";
import { monacoWords } from "../../tools/build/monaco_words.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

export type EditorPage = {
  readonly url: string;
  readonly close: () => Promise<void>;
};

export async function serveEditorPage(): Promise<EditorPage> {
  const folder = join(ROOT, "node_modules/.cache/interleave", `editor-page-${process.pid}`);
  const config: InlineConfig = {
    root: import.meta.dirname,
    configFile: false,
    logLevel: "error",
    base: "./",
    plugins: [react(), leanMonaco(), monacoWords()],
    build: { outDir: folder, emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 3500 },
    preview: { host: "127.0.0.1", port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("the preview server has no address");
  return {
    url,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
