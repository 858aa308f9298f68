/**
 * A static host with no rules at all: files of folders under paths, each with the type its ending has. It remembers what it
 * was asked for, can be switched to other folders, and can be killed.
 */
import { readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ttf": "font/ttf",
};

export interface StaticServer {
  /** With a slash at its end. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** By path, with slashes at both ends. Files are read anew each time. */
  setFolders(folders: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export async function serveFolders(
  folders: Readonly<Record<string, string>>,
  port = 0,
  form: "plain" | "compressed" = "plain",
): Promise<StaticServer> {
  let served = folders;
  const compressed = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    asked.push(path);
    const file = fileAt(served, path);
    if (file === null) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "no-cache" };
    if (form === "plain") {
      response.writeHead(200, headers).end(readFileSync(file));
      return;
    }
    const body = compressed.get(file) ?? gzipSync(readFileSync(file), { level: 9 });
    compressed.set(file, body);
    response.writeHead(200, { ...headers, "content-encoding": "gzip" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${given}/`,
    asked,
    setFolders(others) {
      served = others;
    },
    close: () => ended(server),
  };
}

function fileAt(folders: Readonly<Record<string, string>>, path: string): string | null {
  for (const [prefix, folder] of Object.entries(folders)) {
    if (!path.startsWith(prefix)) continue;
    const inside = normalize(path.slice(prefix.length) || "index.html");
    const file = join(folder, inside.endsWith("/") ? `${inside}index.html` : inside);
    if (!inside.startsWith("..") && statSync(file, { throwIfNoEntry: false })?.isFile())
      return file;
  }
  return null;
}

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
