/** What the gallery says, in both languages. */
import type { Language } from "../../store/preferences.ts";
import type { DiagramName } from "./scenes.ts";

export interface GalleryWords {
  readonly title: string;
  readonly intro: string;
  readonly back: string;
  readonly playing: string;
  readonly missing: string;
  readonly diagrams: Readonly<Record<DiagramName, string>>;
}

const en: GalleryWords = {
  title: "Gallery of the diagrams",
  intro:
    "Every diagram in its states. The simulated server plays each scene as you look; everything can be pointed at, selected and reached by keyboard, as on the page itself.",
  back: "To the playground",
  playing: "The server is playing the scene …",
  missing:
    "The scenes could not be loaded; are you offline? They are kept from their first use on.",
  diagrams: {
    index: "Index lines with locks",
    versions: "Versions, read views, undo log",
    waits: "Wait-for graph",
    levels: "Lock levels",
    tables: "Lock tables",
    timeline: "Timeline",
    log: "Event log",
    stream: "Result stream",
  },
};

const zh: GalleryWords = {
  title: "图示陈列",
  intro:
    "每一种图的各个状态。每个场景都由模拟的服务器当场演出；和主页一样，一切都可以指、可以选，也可以用键盘到达。",
  back: "回到演练场",
  playing: "服务器正在演这个场景……",
  missing: "无法载入这些场景；是不是没有网络？打开过一次之后会保留下来。",
  diagrams: {
    index: "索引与锁",
    versions: "版本、读视图、undo 日志",
    waits: "谁在等谁",
    levels: "锁的层级",
    tables: "锁列表",
    timeline: "时间线",
    log: "事件日志",
    stream: "结果集传输",
  },
};

export function galleryWords(language: Language): GalleryWords {
  return language === "zh" ? zh : en;
}
