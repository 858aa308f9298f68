/** What the page says when it, or one of its pictures, could not be drawn. */
import type { Language } from "../../store/preferences.ts";

const en = {
  title: "The page could not be drawn",
  what: "This is a fault of the page, not of your SQL. What you typed and ran is still there; the same fault would come back with it, so choose how to go on:",
  undo: "Undo the last run",
  undoHint: "Everything but the last thing that was run is run again.",
  restart: "Start over with the same tables",
  restartHint: "The tables of the beginning, nothing run. Undo in the page brings the rest back.",
  first: "Leave it and open the first example",
  firstHint: "What you leave is kept: Undo in the page brings it back.",
  again: "Try again",
  copy: "Copy my SQL",
  copied: "Copied",
  text: "Your SQL",
  panel: "This picture could not be drawn.",
  panelHint: "The rest of the page works. It is tried again when the cursor moves.",
};

const zh: typeof en = {
  title: "页面无法显示",
  what: "这是页面的问题，与您的 SQL 无关。您输入和运行过的内容都还在；但照原样恢复会再次出错，请选择如何继续：",
  undo: "撤销上一次运行",
  undoHint: "除最后一次运行的内容之外，其余全部重新运行。",
  restart: "用同样的表重新开始",
  restartHint: "恢复到最初的表，什么都不运行。在页面中点“撤销”可以找回其余内容。",
  first: "离开这里，打开第一个示例",
  firstHint: "离开的内容会保留：在页面中点“撤销”即可找回。",
  again: "重试",
  copy: "复制我的 SQL",
  copied: "已复制",
  text: "您的 SQL",
  panel: "这张图无法显示。",
  panelHint: "页面的其余部分照常工作。移动光标时会再试一次。",
};

export function crashWords(language: Language): typeof en {
  return language === "zh" ? zh : en;
}
