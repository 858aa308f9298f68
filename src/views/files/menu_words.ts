/** The few words that the page has from the beginning; those of the sheets come with the sheets. */
import type { Language } from "../../store/preferences.ts";

const en = {
  button: "File",
  hint: "Open, save, export, take a picture",
  open: "Open a file…",
  paste: "Paste a script…",
  save: "Save",
  saveHint: "As a file that opens here again: tables, steps, editors and the place in time",
  export: "Export as SQL, Markdown, one HTML file…",
  picture: "Picture or animation…",
  embed: "Embed in your own page…",
  embedHint: "A few lines of HTML for a blog, a wiki, slides; or Markdown",
  drop: "Drop a scenario, a script or a test here",
  loading: "Loading…",
};

export type FilesWords = typeof en;

const zh: FilesWords = {
  button: "文件",
  hint: "打开、保存、导出、截图",
  open: "打开文件…",
  paste: "粘贴脚本…",
  save: "保存",
  saveHint: "存成可以再在这里打开的文件：表、步骤、编辑器内容和时间位置",
  export: "导出为 SQL、Markdown、一个 HTML 文件…",
  picture: "截图与动画…",
  embed: "嵌入自己的网页…",
  embedHint: "几行 HTML，放进博客、维基或幻灯片；也有 Markdown",
  drop: "把场景、脚本或测试文件拖到这里",
  loading: "正在加载…",
};

export function filesWords(language: Language): FilesWords {
  return language === "zh" ? zh : en;
}
