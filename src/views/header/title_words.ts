/** What is said about giving a scenario a title, in both languages. */
import type { Language } from "../../store/preferences.ts";

const en = {
  rename: "Give it a title…",
  label: "Title of the scenario",
  hint: "Enter keeps it, Escape leaves it as it was; an empty one takes it away",
};

const zh: typeof en = {
  rename: "起个标题…",
  label: "场景的标题",
  hint: "按 Enter 保留，按 Esc 不改；留空则去掉标题",
};

export function titleWords(language: Language): typeof en {
  return language === "zh" ? zh : en;
}
