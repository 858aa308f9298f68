/** Everything the page can be asked to do, by name in both languages; the palette lists what makes sense now. */
import { LESSONS } from "../../lessons/lessons.ts";
import { playground } from "../../lessons/playground.ts";
import { type PageState, pageStore } from "../../store/page_store.ts";
import type { Language } from "../../store/preferences.ts";
import { goingFirst, LEVELS, levelStatement } from "../../store/variants.ts";
import { storyStart } from "../../trace/timeline.ts";
import { openFile, saveFile, setTask } from "../files/desk.ts";
import { type Move, moveCursor, togglePlaying } from "../header/moves.ts";
import { LESSONS as MAP, WRITE } from "../lesson/lesson_route.ts";
import { panelsOf } from "../panels/arrangements.ts";
import { bringPanel, focusPanel } from "../panels/use_panels.ts";
import { panelWords } from "../panels/words.ts";
import { editHere, moveStep, reorder } from "../schedule/move_step.ts";
import { focusEditor } from "../shell/input_places.ts";
import { EMBED, FIDELITY } from "../shell/use_route.ts";
import { type JumpKind, jump } from "../timeline/jumps.ts";
import { copyCommands } from "./copy_commands.ts";
import { EXAMPLE_WORDS } from "./example_words.ts";

export interface PaletteCommand {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly keys?: string;
  /** Other words that somebody may look for it by, in both languages. */
  readonly also?: string;
  readonly act: () => void;
}

export function paletteCommands(page: PageState): readonly PaletteCommand[] {
  return [
    ...timeCommands(page),
    ...runCommands(page),
    ...levelCommands(page),
    ...scheduleCommands(page),
    ...copyCommands(page),
    ...deadlockCommands(page),
    ...panelCommands(page),
    ...fileCommands(),
    ...siteCommands(),
    ...pageCommands(page),
    ...exampleCommands(page),
  ];
}

/**
 * Every word of the query is in the name, in either language, or in what else it is called; those come first in which
 * more of them begin a word: COMM means COMMITTED rather than UNCOMMITTED.
 */
export function fitting(
  commands: readonly PaletteCommand[],
  query: string,
): readonly PaletteCommand[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const begun = commands.flatMap((command) => {
    const { en, zh, also = "" } = command;
    const name = ` ${en} ${zh} ${also}`.toLowerCase();
    if (!words.every((word) => name.includes(word))) return [];
    return { command, count: words.filter((word) => name.includes(` ${word}`)).length };
  });
  return begun.toSorted((a, b) => b.count - a.count).map(({ command }) => command);
}

export function nameOf(command: PaletteCommand, language: Language): string {
  return command[language];
}

function timeCommands({ timeline, position }: PageState): readonly PaletteCommand[] {
  const move = (id: Move, en: string, zh: string, keys: string): PaletteCommand => ({
    id,
    en,
    zh,
    keys,
    act: () => moveCursor(id),
  });
  const jumpTo = (kind: JumpKind, en: string, zh: string, key: string) =>
    ([1, -1] as const).map(
      (direction): PaletteCommand => ({
        id: `${kind} ${direction}`,
        en: direction > 0 ? `Next ${en}` : `Previous ${en}`,
        zh: direction > 0 ? `下一个${zh}` : `上一个${zh}`,
        keys: direction > 0 ? key : `Shift+${key}`,
        act: () => jump(kind, direction),
      }),
    );
  const isAtStart = position <= storyStart(timeline);
  const isAtEnd = position >= timeline.length;
  return [
    ...(isAtEnd
      ? []
      : [
          move("into", "Forward by an event (step into)", "前进一个事件（步入）", "→"),
          move("over", "Forward by a statement (step over)", "前进一条语句（步过）", "Shift+→"),
          move("toEnd", "To now", "到现在", "End"),
        ]),
    ...(isAtStart
      ? []
      : [
          move("back", "Back by an event", "后退一个事件", "←"),
          move("overBack", "Back by a statement", "后退一条语句", "Shift+←"),
          move("toStart", "To the start", "到开头", "Home"),
        ]),
    { id: "play", en: "Play or pause", zh: "播放或暂停", keys: "Space", act: togglePlaying },
    ...jumpTo("wait", "wait", "等待", "W"),
    ...jumpTo("error", "error", "错误", "E"),
    ...jumpTo("deadlock", "deadlock", "死锁", "D"),
    ...jumpTo("bookmark", "bookmark", "书签", "N"),
    {
      id: "bookmark",
      en: "Set a bookmark here, or take it away",
      zh: "在此处加书签或去掉书签",
      keys: "B",
      act: () => pageStore.getState().toggleBookmark(),
    },
  ];
}

function runCommands({ commands, script, undo, redo }: PageState): readonly PaletteCommand[] {
  return [
    ...script.sessions.map((name) => ({
      id: `focus ${name}`,
      en: `Session ${name}: type SQL`,
      zh: `会话 ${name}：输入 SQL`,
      also: `type in session ${name} editor focus 在会话 ${name} 中输入 编辑器 光标`,
      keys: "F2",
      act: () => focusEditor(name),
    })),
    {
      id: "add",
      en: "Add a session",
      zh: "添加会话",
      act: () => pageStore.getState().addSession(),
    },
    ...[1, 10, 50].map((seconds) => ({
      id: `advance ${seconds}`,
      en: `Let ${seconds} s pass`,
      zh: `让时间经过 ${seconds} 秒`,
      act: () => void commands.advance(seconds),
    })),
    ...(undo.length === 0
      ? []
      : [{ id: "undo", en: "Undo", zh: "撤销", keys: "Ctrl+Z", act: () => void commands.undo() }]),
    ...(redo.length === 0
      ? []
      : [
          {
            id: "redo",
            en: "Redo",
            zh: "重做",
            keys: "Shift+Ctrl+Z",
            act: () => void commands.redo(),
          },
        ]),
    ...[false, true].map((emptied) => ({
      id: emptied ? "restart empty" : "restart",
      en: emptied ? "Begin again with empty editors" : "Start over",
      zh: emptied ? "从头开始，并清空编辑器" : "从头开始",
      also: "reset clear 重新开始 清空",
      act: () => void commands.restart(emptied),
    })),
  ];
}

/** What the session's card has to choose from; who waits or is gone can take no statement. */
function levelCommands({ commands, script, stateAtCursor }: PageState): readonly PaletteCommand[] {
  const isStuck = (name: string): boolean =>
    stateAtCursor.sessions.some(
      (session) =>
        session.name === name && (session.status === "waiting" || session.status === "gone"),
    );
  return script.sessions
    .filter((name) => !isStuck(name))
    .flatMap((name) =>
      LEVELS.map((level) => ({
        id: `level ${name} ${level}`,
        en: `Session ${name}: ${level}`,
        zh: `会话 ${name}：${level}`,
        also: "set transaction isolation level 设置 修改 事务 隔离级别",
        act: () => void commands.run(name, [levelStatement(level)]),
      })),
    );
}

function panelCommands({ script }: PageState): readonly PaletteCommand[] {
  const [en, zh] = [panelWords("en"), panelWords("zh")];
  return panelsOf(script.log !== undefined).flatMap((panel) => [
    {
      id: `panel ${panel}`,
      en: `Show panel: ${en.titles[panel]}`,
      zh: `显示面板：${zh.titles[panel]}`,
      also: `tab picture focus ${panel} 标签 图 切换`,
      act: () => bringPanel(panel),
    },
    {
      id: `only ${panel}`,
      en: en.focus(en.titles[panel]),
      zh: zh.focus(zh.titles[panel]),
      also: `maximize whole ${panel} 放大 全屏`,
      act: () => focusPanel(panel),
    },
  ]);
}

function scheduleCommands({ script, openSheet }: PageState): readonly PaletteCommand[] {
  const { steps } = script.scenario;
  const compare = {
    id: "compare",
    en: "Compare two futures, orders or isolation levels",
    zh: "对比两个分支、顺序或隔离级别",
    act: () => openSheet("compare"),
  };
  if (steps.length === 0) return [];
  const speaking = script.sessions.filter((name) =>
    steps.some((step) => "session" in step && step.session === name),
  );
  return [
    compare,
    ...speaking.map((name) => ({
      id: `first ${name}`,
      en: `What if ${name} went first?`,
      zh: `如果 ${name} 先执行会怎样？`,
      act: () => void reorder(goingFirst(steps, name), null),
    })),
    {
      id: "edit",
      en: "Edit the statement at the cursor and run all again",
      zh: "修改光标处的语句并重新执行全部",
      also: "change rewrite 改写 编辑",
      act: () => editHere(),
    },
    {
      id: "earlier",
      en: "Move the statement at the cursor earlier",
      zh: "把光标处的语句提前",
      keys: "<",
      act: () => moveStep(-1),
    },
    {
      id: "later",
      en: "Move the statement at the cursor later",
      zh: "把光标处的语句推后",
      keys: ">",
      act: () => moveStep(1),
    },
  ];
}

function deadlockCommands({ stateAtCursor, openSheet }: PageState): readonly PaletteCommand[] {
  if (stateAtCursor.lastDeadlock === null) return [];
  return [
    {
      id: "deadlock log",
      en: "InnoDB's log of the last deadlock",
      zh: "InnoDB 的日志：最近一次死锁",
      also: "SHOW ENGINE INNODB STATUS text LATEST DETECTED",
      act: () => openSheet("deadlockLog"),
    },
  ];
}

function fileCommands(): readonly PaletteCommand[] {
  return [
    {
      id: "file open",
      en: "Open a file…",
      zh: "打开文件…",
      keys: "Ctrl+O",
      also: "import load 导入",
      act: () => void openFile(),
    },
    {
      id: "file paste",
      en: "Paste a script…",
      zh: "粘贴脚本…",
      also: "file import sql mysqltest hermitage isolation deadlock log 文件 导入 死锁 日志",
      act: () => setTask({ kind: "open", name: "", text: "" }),
    },
    {
      id: "file save",
      en: "Save as a file",
      zh: "保存为文件",
      keys: "Ctrl+S",
      act: () => void saveFile(),
    },
    {
      id: "file export",
      en: "Export as SQL, Markdown, one HTML file…",
      zh: "导出为 SQL、Markdown、一个 HTML 文件…",
      also: "file download 文件 下载",
      act: () => setTask({ kind: "export" }),
    },
    {
      id: "file picture",
      en: "Picture or animation…",
      zh: "截图与动画…",
      also: "file png svg gif mp4 webm export screenshot video 文件 图片 视频 导出",
      act: () => setTask({ kind: "picture" }),
    },
  ];
}

/** Other pages, and what takes the page out of itself. */
function siteCommands(): readonly PaletteCommand[] {
  const goTo = (hash: string) => () => {
    window.location.hash = hash;
  };
  return [
    {
      id: "copy link",
      en: "Copy a link to this",
      zh: "复制链接",
      also: "share url permalink 分享 转发 网址 地址",
      act: () => document.querySelector<HTMLButtonElement>(".link-place button")?.click(),
    },
    {
      id: "embed",
      en: "Embed in your own page…",
      zh: "嵌入自己的网页…",
      also: "blog post wiki slides iframe html share script 博客 文章 插入 幻灯片 分享",
      act: () => setTask({ kind: "export", form: "frame" }),
    },
    {
      id: "manual",
      en: "Manual for authors",
      zh: "作者手册",
      also: "embed guide docs help messages attributes 嵌入 帮助 文档 属性",
      act: goTo(EMBED),
    },
    {
      id: "lessons",
      en: "All lessons",
      zh: "全部课程",
      also: "course learn map tutorial 目录 教程 学习",
      act: goTo(MAP),
    },
    {
      id: "write",
      en: "Write a lesson",
      zh: "编写课程",
      also: "author teacher create own 老师 备课 自己 制作",
      act: goTo(WRITE),
    },
    {
      id: "fidelity",
      en: "How far this agrees with a real MySQL",
      zh: "与真实 MySQL 的一致程度",
      also: "fidelity accuracy conformance 保真 准确",
      act: goTo(FIDELITY),
    },
  ];
}

function pageCommands({ preferences, prefer, openSheet }: PageState): readonly PaletteCommand[] {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  return [
    {
      id: "theme",
      en: theme === "dark" ? "Dark colours" : "Light colours",
      zh: theme === "dark" ? "深色" : "浅色",
      act: () => prefer({ theme }),
    },
    {
      id: "language",
      en: "中文",
      zh: "English",
      also: "language 语言 英文 英语 中文 chinese",
      act: () => prefer({ language: preferences.language === "en" ? "zh" : "en" }),
    },
    {
      id: "tables",
      en: "Tables…",
      zh: "建表…",
      also: "create table setup schema rows isolation settings 表 数据 设置",
      act: () => openSheet("tables"),
    },
    {
      id: "title",
      en: "Give the scenario a title",
      zh: "给场景起标题",
      also: "rename name 重命名 改名",
      act: () => openSheet("title"),
    },
    { id: "help", en: "Help and keys", zh: "帮助与按键", keys: "?", act: () => openSheet("help") },
  ];
}

function exampleCommands({ commands }: PageState): readonly PaletteCommand[] {
  return [...LESSONS, playground].map((lesson) => ({
    id: `lesson ${lesson.id}`,
    en: `Open: ${lesson.title.en}`,
    zh: `打开：${lesson.title.zh}`,
    also: EXAMPLE_WORDS[lesson.id] ?? "",
    act: () => void commands.openLesson(lesson),
  }));
}
