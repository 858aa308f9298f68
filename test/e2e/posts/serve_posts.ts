/** A blog on one host with playgrounds from another: a plain post, one made from Markdown, one made by React. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { micromark } from "micromark";
import { build } from "vite";
import { type StaticServer, serveFolders } from "../../tools/static_server.ts";

export interface Blog {
  readonly site: StaticServer;
  /** Where the site's files are, with a slash at the end. */
  readonly siteUrl: string;
  readonly posts: StaticServer;
  close(): Promise<void>;
}

export async function serveBlog(siteFolder: string): Promise<Blog> {
  const folder = mkdtempSync(join(tmpdir(), "interleave-posts-"));
  const site = await serveFolders({ "/some/where/": siteFolder });
  const siteUrl = `${site.url}some/where/`;
  const here = import.meta.dirname;
  const put = (name: string, text: string): void =>
    writeFileSync(join(folder, name), text.replaceAll("SITE/", siteUrl));
  for (const name of ["plain.html", "react.html", "messages.html", "faults.html"]) {
    put(name, readFileSync(join(here, name), "utf8"));
  }
  cpSync(join(here, "scenario.json"), join(folder, "scenario.json"));
  const body = micromark(readFileSync(join(here, "markdown.md"), "utf8"));
  put(
    "markdown.html",
    `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>Markdown</title><script async src="SITE/interleave.js"></script></head><body>${body}</body></html>`,
  );
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: join(here, "ReactPost.tsx"),
        output: { entryFileNames: "post.js" },
      },
    },
  });
  const posts = await serveFolders({ "/blog/": folder });
  return {
    site,
    siteUrl,
    posts,
    async close() {
      await site.close();
      await posts.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
