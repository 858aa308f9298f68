/** How the readers of a lesson's text say what is wrong, and how they read what stands in both languages. */
import type { InTwoLanguages } from "../lesson.ts";
import { formsLike } from "./forms.ts";
import type { Problem } from "./lesson_text.ts";

export type Report = (line: number, en: string, zh: string) => void;

export function problem(line: number, en: string, zh: string): Problem {
  return { line, message: { en, zh } };
}

/** What is said about a line that should be a claim: with the forms that begin like it, or all. */
export function notAClaim(text: string): readonly [en: string, zh: string] {
  const forms = formsLike(text, "claims", "locks");
  return [
    `not a claim: ${text}. Claims are written: ${forms}`,
    `不是断言：${text}。断言可以写成：${forms}`,
  ];
}

export function notAThing(text: string): readonly [en: string, zh: string] {
  const forms = formsLike(text, "things");
  return [
    `unknown reference: ${text}. References are written: ${forms}`,
    `未知引用：${text}。引用可以写成：${forms}`,
  ];
}

/** "English | 中文"; `field` says of what, in both languages. */
export function inTwo(
  text: string,
  line: number,
  field: InTwoLanguages,
  report: Report,
): InTwoLanguages {
  const [en = "", zh = ""] = text.split(" | ").map((side) => side.trim());
  if (en === "" || zh === "") {
    report(
      line,
      `missing translation of ${field.en}, which is written: English | 中文`,
      `${field.zh}缺少翻译，写法：English | 中文`,
    );
  }
  return { en: en || zh, zh: zh || en };
}
