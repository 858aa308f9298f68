/** The built site on a port of its own, for the browser tests and the screenshot. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { preview } from "vite";

const ROOT = resolve(fileURLToPath(new URL("../..", import.meta.url)));

/**
 * Builds into a folder that no other run shares, and serves it.
 * @returns {Promise<{ url: string, folder: string, close(): Promise<void> }>}
 */
export async function serveSite() {
  const folder = join(ROOT, "node_modules/.cache/interleave", `site-${process.pid}`);
  buildInto(folder);
  const server = await preview({
    root: ROOT,
    logLevel: "error",
    build: { outDir: folder },
    preview: { host: "127.0.0.1", port: 0 },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("the preview server has no address");
  return {
    url,
    folder,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * In a child process: inside Vitest the build would take NODE_ENV=test and React's slow half.
 * @param {string} folder
 */
function buildInto(folder) {
  const { VITEST: _, ...env } = process.env;
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", "--logLevel", "warn", "--outDir", folder, "--emptyOutDir"];
  execFileSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
