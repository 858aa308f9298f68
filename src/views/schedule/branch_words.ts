/** The words of the list of futures that were left, in both languages. */
import type { Language } from "../../store/preferences.ts";

const en = {
  title: "Other futures",
  steps: (n: number) => (n === 1 ? "1 step" : `${n} steps`),
  from: (place: number, said: string) => `Differs from step ${place} on: ${said}`,
  ends: (last: string) => `Without the later steps; the last: ${last}`,
  tables: "On other tables or settings",
  alike: (last: string) => `The same steps, the last: ${last}`,
  also: (place: number, said: string) => `; step ${place}: ${said}`,
  between: ": ",
};

const zh: typeof en = {
  title: "其他分支",
  steps: (n) => `${n} 步`,
  from: (place, said) => `第 ${place} 步起不同：${said}`,
  ends: (last) => `少了后面的步骤，最后一步：${last}`,
  tables: "在另外的表或设置上",
  alike: (last) => `步骤相同，最后一步：${last}`,
  also: (place, said) => `；第 ${place} 步：${said}`,
  between: "：",
};

export function branchWords(language: Language): typeof en {
  return language === "zh" ? zh : en;
}
