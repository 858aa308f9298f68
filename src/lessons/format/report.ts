/** How the readers of a lesson's text say what is wrong, and how they read what stands in both languages. */
import type { InTwoLanguages } from "../lesson.ts";
import type { Problem } from "./lesson_text.ts";

export type Report = (line: number, en: string, zh: string) => void;

export function problem(line: number, en: string, zh: string): Problem {
  return { line, message: { en, zh } };
}

/** "English | 中文" */
export function inTwo(text: string, line: number, report: Report): InTwoLanguages {
  const [en = "", zh = ""] = text.split(" | ").map((side) => side.trim());
  if (en === "" || zh === "") {
    report(line, "missing translation: English | 中文", "缺少翻译：English | 中文");
  }
  return { en: en || zh, zh: zh || en };
}
