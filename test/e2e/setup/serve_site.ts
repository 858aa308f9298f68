/** Vitest's global setup of the project `e2e`: builds the site once and serves it to every file. */
import type { TestProject } from "vitest/node";
import { serveSite } from "../../tools/site.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built site is served, with a slash at the end. */
    readonly siteUrl: string;
    /** The folder of the built files. */
    readonly siteFolder: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const site = await serveSite();
  project.provide("siteUrl", site.url);
  project.provide("siteFolder", site.folder);
  return site.close;
}
