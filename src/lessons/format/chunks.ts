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
  while (at < lines.length) {
    const text = lines[at] ?? "";
    const line = at + 1;
    at += 1;
    if (text.trim() === "") continue;
    if (text.startsWith("```")) {
      const inside: Line[] = [];
      while (at < lines.length && !lines[at]?.startsWith("```")) {
        const inner = lines[at] ?? "";
        at += 1;
        if (inner.trim() !== "") inside.push({ text: inner.trimEnd(), line: at });
      }
      if (at >= lines.length) report(line, "the block is not closed", "代码块没有结束");
      at += 1;
      chunks.push({ kind: "block", name: text.slice(3).trim(), lines: inside, line });
    } else if (text.startsWith("## ")) {
      chunks.push({ kind: "heading", text: text.slice(3), line });
    } else {
      const found = /^(en|zh):\s*(.*)$/.exec(text);
      if (found === null) {
        report(line, "a paragraph begins with en: or zh:", "段落以 en: 或 zh: 开头");
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
