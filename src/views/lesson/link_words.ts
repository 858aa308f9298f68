/** The few words about lessons that the page has before a lesson is opened. */
import type { Language } from "../../store/preferences.ts";

const WORDS = {
  en: {
    width: "Width of the guide",
    map: "All lessons",
    goOn: (title: string) => `Go on: ${title}`,
  },
  zh: { width: "引导栏宽度", map: "全部课程", goOn: (title: string) => `继续：${title}` },
};

export function lessonLinkWords(language: Language) {
  return WORDS[language];
}
