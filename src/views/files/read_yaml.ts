/** YAML by the library, as plain data with the lines of its parts. Loaded only when a file turns out to be YAML. */
import { isNode, LineCounter, parseDocument } from "yaml";
import type { ReadYaml } from "../../formats/import_text.ts";

export const readYaml: ReadYaml = (text) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    return { line: lines.linePos(error.pos[0]).line, message: error.message.split("\n")[0] ?? "" };
  }
  return {
    text,
    // Aliases may make a small text large: the library stops at a hundred.
    root: document.toJS({ maxAliasCount: 100 }),
    lineOf(path) {
      const node = document.getIn(path, true);
      const start = isNode(node) ? node.range?.[0] : undefined;
      return start === undefined ? 1 : lines.linePos(start).line;
    },
  };
};
