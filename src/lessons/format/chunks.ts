/** A lesson's text cut into its front matter, headings, paragraphs and fenced blocks, each with its line. */
import type { Line } from "./lesson_text.ts";
import type { Report } from "./report.ts";

export type Chunk =
  | { readonly kind: "heading"; readonly text: string; readonly line: number }
  | {
      readonly kind: "prose";
      readonly language: "en" | "zh";
      readonly text: string;
      readonly line: number;
    }
  | {
      readonly kind: "block";
      readonly name: string;
      readonly lines: readonly Line[];
      readonly line: number;
    };

export interface Chunks {
  readonly front: ReadonlyMap<string, Line>;
  readonly chunks: readonly Chunk[];
}

const PROSE = /^(en|zh):\s*(.*)$/;

/** Its own end, or what cannot stand inside: the next block, a part's heading, a paragraph. */
function endsBlock(name: string, line: string): boolean {
  if (line.startsWith("```") || line.startsWith("## ")) return true;
  return !name.startsWith("ask") && PROSE.test(line);
}

export function chunksOf(text: string, report: Report): Chunks {
  const lines = text.split(/\r?\n/);
  const front = new Map<string, Line>();
  let at = 0;
  if (lines[0]?.trim() === "---") {
    for (at = 1; at < lines.length && lines[at]?.trim() !== "---"; at += 1) {
      const found = /^([a-z]+):\s*(.*)$/.exec(lines[at] ?? "");
      if (found?.[1] !== undefined) {
        front.set(found[1], { text: (found[2] ?? "").trim(), line: at + 1 });
      } else if (lines[at]?.trim() !== "") report(at + 1, "not a field: value", "不是“字段: 值”");
    }
    at += 1;
  } else report(1, "the front matter is missing (---)", "缺少开头的字段区（---）");

  const chunks: Chunk[] = [];
  let isAstray = false;
  while (at < lines.length) {
    const text = lines[at] ?? "";
    const line = at + 1;
    at += 1;
    if (text.trim() === "") continue;
    const isReadable = text.startsWith("```") || text.startsWith("## ") || PROSE.test(text);
    if (isReadable) isAstray = false;
    if (text.trim() === "```") {
      report(
        line,
        `a block without a name: \`\`\`setup, run, ask, point, claims or matrix. Or this ends a block that was never begun`,
        "没有名称的代码块：```setup、run、ask、point、claims 或 matrix。也可能是这里结束的代码块少了开头",
      );
    } else if (text.startsWith("```")) {
      const name = text.slice(3).trim();
      const inside: Line[] = [];
      while (at < lines.length && !endsBlock(name, lines[at] ?? "")) {
        const inner = lines[at] ?? "";
        at += 1;
        if (inner.trim() !== "") inside.push({ text: inner.trimEnd(), line: at });
      }
      if (lines[at]?.trim() === "```") at += 1;
      else {
        report(
          line,
          `the block ${name} is not closed: it ends with \`\`\``,
          `代码块 ${name} 没有结束：末尾要写 \`\`\``,
        );
      }
      chunks.push({ kind: "block", name, lines: inside, line });
    } else if (text.startsWith("## ")) {
      chunks.push({ kind: "heading", text: text.slice(3), line });
    } else {
      const found = PROSE.exec(text);
      if (found === null) {
        // Lines that follow one that cannot be read are not read either, without a word for each.
        if (!isAstray) {
          report(
            line,
            "a paragraph begins with en: or zh:, a block with ```run, ```claims …",
            "段落以 en: 或 zh: 开头，代码块以 ```run、```claims 等开头",
          );
        }
        isAstray = true;
        continue;
      }
      const words = [found[2] ?? ""];
      while (
        at < lines.length &&
        /^[^`#\s]/.test(lines[at] ?? "") &&
        !/^(en|zh):/.test(lines[at] ?? "")
      ) {
        words.push((lines[at] ?? "").trim());
        at += 1;
      }
      const language = found[1] === "zh" ? "zh" : "en";
      // Chinese lines are joined without a space.
      const joined = words.join(language === "zh" ? "" : " ");
      chunks.push({ kind: "prose", language, text: joined, line });
    }
  }
  return { front, chunks };
}
