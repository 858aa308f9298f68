/**
 * Names in the page's head what every address needs besides the first script: the browser asks for all of it at once, and not
 * for what composes the page when it has read what begins it.
 */
import type { Plugin, Rolldown } from "vite";

const COMPOSES = /src\/page\.tsx$/;

export function earlyChunks(): Plugin {
  return {
    name: "early-chunks",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === "chunk");
        const page = chunks.find(({ facadeModuleId }) => COMPOSES.test(facadeModuleId ?? ""));
        if (page === undefined) throw new Error("nothing composes the page");
        const names = withImports(page, chunks).filter((name) => !html.includes(name));
        const links = names.map((name) => {
          return `<link rel="modulepreload" crossorigin href="./${name}" />`;
        });
        return html.replace("</head>", `  ${links.join("\n    ")}\n  </head>`);
      },
    },
  };
}

/** The files of a chunk and of all that it imports. */
function withImports(
  chunk: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
): readonly string[] {
  const names = new Set<string>();
  const add = ({ fileName, imports }: Rolldown.OutputChunk): void => {
    if (names.has(fileName)) return;
    names.add(fileName);
    for (const one of chunks) if (imports.includes(one.fileName)) add(one);
  };
  add(chunk);
  return [...names];
}
