/**
 * The Content-Security-Policy of every page of the site: nothing but itself. It stands in the page, because a static
 * host may not let one set headers; it is the first element after the character set, so that it holds for all others.
 */
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/**
 * Styles are the one thing that may stand in the page: Monaco writes its colours into style elements. Pictures and
 * workers may come from `blob:`, which only the page's own scripts can make; in a sandboxed frame a worker has to.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
].join("; ");

/** With the scripts that stand in the page itself, by their hashes: no other may. */
export function policyTag(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => {
    return ` 'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  });
  const policy = POLICY.replace("script-src 'self'", `$&${hashes.join("")}`);
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
}

/** Puts the policy into the built page; Vite's development server needs scripts of its own and has none. */
export function contentSecurity(): Plugin {
  return {
    name: "content-security",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) => withPolicy(html),
    },
  };
}

function withPolicy(html: string): string {
  const charset = '<meta charset="utf-8" />';
  if (!html.includes(charset)) throw new Error(`a page without ${charset}`);
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = ""]) => script);
  return html.replace(charset, `${charset}\n    ${policyTag(scripts)}`);
}
