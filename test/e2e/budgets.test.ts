/** What the built site weighs, in kilobytes after gzip: no more than was promised. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";
import { BY_LIBRARY, LATE, precached } from "../tools/build/offline_build.ts";

const KB = 1000;

describe("the built site", () => {
  const folder = inject("siteFolder");
  const files = readdirSync(join(folder, "assets")).map((name) => `assets/${name}`);
  const size = (name: string): number =>
    gzipSync(readFileSync(join(folder, name)), { level: 9 }).length / KB;
  const sum = (names: readonly string[]): number =>
    names.reduce((total, name) => total + size(name), 0);
  const matching = (pattern: RegExp): readonly string[] => {
    const found = files.filter((name) => pattern.test(name));
    expect(found.length, String(pattern)).toBeGreaterThan(0);
    return found;
  };
  /** What a page names in its head: it is there before anything is drawn. */
  const loadedAtOnce = (page: string): readonly string[] =>
    [
      ...readFileSync(join(folder, page), "utf8").matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g),
    ].map((found) => found[1] ?? "");

  /** With what they import before they run. */
  const withImports = (names: readonly string[]): readonly string[] => {
    const found = new Set(names);
    for (const name of found) {
      const code = readFileSync(join(folder, name), "utf8");
      for (const [, file] of code.matchAll(
        /\bimport(?:[^"'`()]*?from)?\s*["']\.\/([\w.-]+\.js)["']/g,
      )) {
        found.add(`assets/${file}`);
      }
    }
    return [...found];
  };

  it("has no file that a host might leave out for the underscore it begins with", () => {
    expect(files.filter((name) => name.startsWith("assets/_"))).toEqual([]);
  });

  it("draws its page from less than it may", () => {
    const atOnce = loadedAtOnce("index.html").filter((name) => name.endsWith(".js"));
    expect(atOnce.length).toBeGreaterThan(0);
    // Readers of the map and of texts need no more, and what draws their page.
    expect(sum(atOnce)).toBeLessThan(60);
    const playground = withImports(matching(/\/playground-.*\.js$/));
    expect(sum([...new Set([...atOnce, ...playground])])).toBeLessThan(110);
    // A lesson's text and its first question stand there before the playground does.
    const guide = withImports(matching(/\/guide-.*\.js$/));
    expect(sum([...new Set([...atOnce, ...guide])])).toBeLessThan(90);
  });

  it("has a simulated server that is loaded beside the page, in a worker", () => {
    expect(sum(matching(/engine\.worker/))).toBeLessThan(100);
    expect(loadedAtOnce("index.html").join()).not.toContain("engine");
  });

  it("loads the editor late, and no more of it than it may", () => {
    expect(sum(matching(/MonacoPane-.*\.js$/))).toBeLessThan(620);
    expect(loadedAtOnce("index.html").join()).not.toContain("Monaco");
  });

  it("gives other people's pages a small script and a light frame", () => {
    expect(size("interleave.js")).toBeLessThan(10);
    const frame = loadedAtOnce("embed.html");
    expect(frame.length).toBeGreaterThan(0);
    expect(sum(frame)).toBeLessThan(120);
    expect(readFileSync(join(folder, frame[0] ?? ""), "utf8")).not.toMatch(/\bimport\s*\(/);
  });

  it("keeps for offline what fits", () => {
    const kept = precached(folder).map(({ url }) => url);
    expect(kept).toEqual(expect.arrayContaining(["index.html", "manifest.webmanifest"]));
    expect(kept.some((name) => name.includes("MonacoPane"))).toBe(true);
    // The lessons, 68 KB, among them.
    expect(sum(kept)).toBeLessThan(1500);
  });

  it("keeps for offline whatever a script that it keeps asks for, but for what comes from its first use on", () => {
    const kept = new Set(precached(folder).map(({ url }) => url));
    const missing = [...kept]
      .filter((name) => /^assets\/.*\.js$/.test(name))
      .flatMap((name) => {
        const text = readFileSync(join(folder, name), "utf8");
        return [...text.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)].map(
          ([, file]) => `assets/${file}`,
        );
      })
      .filter(
        (name) =>
          files.includes(name) &&
          !kept.has(name) &&
          !LATE.test(`/${name}`) &&
          !BY_LIBRARY.test(name),
      );
    expect([...new Set(missing)]).toEqual([]);
  });
});
