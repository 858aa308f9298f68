/** The names of panels and arrangements and what can be done with them, in both languages. */
import type { Arrangement } from "../../lessons/lesson.ts";
import type { Language } from "../../store/preferences.ts";
import type { PanelId } from "./arrangements.ts";

export interface PanelWords {
  readonly titles: Readonly<Record<PanelId, string>>;
  /** For the tabs of a phone. */
  readonly short: Readonly<Record<PanelId, string>>;
  readonly menu: string;
  readonly menuHint: string;
  readonly arrangement: string;
  readonly asExample: (name: string) => string;
  readonly arrangements: Readonly<Record<Arrangement, string>>;
  readonly arrangementHints: Readonly<Record<Arrangement, string>>;
  readonly shown: string;
  readonly restore: string;
  readonly sights: string;
  readonly sightsHint: string;
  readonly gallery: string;
  readonly focus: (title: string) => string;
  readonly unfocus: string;
  /** The same in a word, beside the icons. */
  readonly focusWord: string;
  readonly unfocusWord: string;
  readonly hide: (title: string) => string;
  readonly group: (titles: string) => string;
  readonly nothing: string;
  readonly rowBar: string;
  readonly cellBar: string;
}

const en: PanelWords = {
  titles: {
    index: "Indexes and locks",
    why: "Why?",
    versions: "Versions and read views",
    waits: "Who waits for whom",
    given: "The log you opened",
    log: "Event log",
    schedule: "Schedule",
    locks: "Lock tables",
    levels: "Lock levels",
    stream: "Result stream",
  },
  short: {
    index: "Indexes",
    why: "Why?",
    versions: "Versions",
    waits: "Waits",
    given: "Your log",
    log: "Log",
    schedule: "Schedule",
    locks: "Lock tables",
    levels: "Lock levels",
    stream: "Result stream",
  },
  menu: "Panels",
  menuHint: "Arrange the panels",
  arrangement: "Arrangement",
  asExample: (name) => `as the example would have it (${name})`,
  arrangements: {
    locks: "Locks",
    versions: "Versions",
    waits: "Deadlock",
    levels: "Lock levels",
    streaming: "Streaming",
  },
  arrangementHints: {
    locks: "index lines first, why and waits under them",
    versions: "version chains and read views first",
    waits: "the wait-for graph first",
    levels: "from the whole server down to the record",
    streaming: "a result on its way to the client",
  },
  shown: "Shown panels",
  restore: "Put everything back",
  sights: "what each would see",
  sightsHint:
    "Under each record the values that a plain SELECT would get now: for every session through its open read view or a new one, and for newcomers",
  gallery: "Gallery of the diagrams",
  focus: (title) => `Only this: ${title}`,
  unfocus: "Back to all panels (Esc)",
  focusWord: "Only this",
  unfocusWord: "All panels",
  hide: (title) => `Hide ${title}`,
  group: (titles) => `Panels: ${titles}`,
  nothing: "All panels are hidden.",
  rowBar: "Height of the panels",
  cellBar: "Width of the panels",
};

const zh: PanelWords = {
  titles: {
    index: "索引与锁",
    why: "为什么？",
    versions: "版本与读视图",
    waits: "谁在等谁",
    given: "打开的死锁日志",
    log: "事件日志",
    schedule: "执行顺序",
    locks: "锁列表",
    levels: "锁的层级",
    stream: "结果集传输",
  },
  short: {
    index: "索引",
    why: "为什么？",
    versions: "版本",
    waits: "等待",
    given: "死锁日志",
    log: "日志",
    schedule: "执行顺序",
    locks: "锁列表",
    levels: "锁的层级",
    stream: "结果集传输",
  },
  menu: "面板",
  menuHint: "安排面板",
  arrangement: "布局",
  asExample: (name) => `由示例决定（${name}）`,
  arrangements: {
    locks: "锁",
    versions: "版本",
    waits: "死锁",
    levels: "锁的层级",
    streaming: "结果集传输",
  },
  arrangementHints: {
    locks: "先看索引与锁，下面是原因和等待",
    versions: "先看版本链和读视图",
    waits: "先看谁在等谁",
    levels: "从整个服务器到一条记录",
    streaming: "结果在去客户端的路上",
  },
  shown: "显示的面板",
  restore: "全部恢复原样",
  sights: "各会话所见",
  sightsHint:
    "每条记录下面是现在执行普通 SELECT 会得到的值：每个会话（通过已打开的读视图或新视图）以及新来的会话",
  gallery: "图示陈列",
  focus: (title) => `只看“${title}”`,
  unfocus: "回到全部面板（Esc）",
  focusWord: "只看",
  unfocusWord: "全部面板",
  hide: (title) => `隐藏“${title}”`,
  group: (titles) => `面板：${titles}`,
  nothing: "所有面板都已隐藏。",
  rowBar: "面板的高度",
  cellBar: "面板的宽度",
};

export function panelWords(language: Language): PanelWords {
  return language === "zh" ? zh : en;
}
