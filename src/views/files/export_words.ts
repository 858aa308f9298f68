/** The words of the sheet that exports. */
import { DEADLOCK, ENGLISH_SCHEDULE, type ScheduleWords } from "../../formats/export_sql.ts";
import type { Language } from "../../store/preferences.ts";
import type { ExportId } from "./exported_files.ts";

const en = {
  title: "Export the scenario",
  close: "Close",
  part: "File",
  titleField: "Title",
  copy: "Copy",
  save: (name: string) => `Save ${name}`,
  saved: (name: string) => `Saved as ${name}`,
  saveAll: (count: number) => `Save all ${count} files`,
  savedAll: (count: number) => `${count} files saved`,
  kinds: {
    schedule: "SQL, one file",
    sessions: "SQL for each session",
    mysqltest: "mysqltest",
    python: "Python check",
    golden: "Text with answers",
    markdown: "Markdown",
    frame: "Embed: iframe",
    element: "Embed: script",
    own: "Interleave file",
    page: "One HTML file",
  } as Readonly<Record<ExportId, string>>,
  hints: {
    schedule:
      "All statements in their order with the session in a comment behind each; opens here again.",
    sessions:
      "A file to paste into each client, with a word where it has to wait for the others; the set-up and the whole schedule come as two more.",
    mysqltest:
      "For MySQL's own test program: what waited is sent and reaped, what failed is expected to.",
    python:
      "Plays the schedule on a real server with a thread for each session, and compares every step with what was seen here. Needs pymysql.",
    golden:
      "Each statement, what the server answered and the record locks that came with it, to read and to compare.",
    markdown:
      "For a post or an issue: the tables, and a row for each step with its session, its statement, what came of it and the record locks. Reads without scripts; opens here again.",
    frame:
      "The playground in your own page or post as a plain frame, for hosts that take no scripts: the scenario stands in the address, at the place in time where you are.",
    element:
      "The playground in your own page or post: it comes when a reader comes near it, is as high as it needs to be, and leaves the SQL and a picture for readers without scripts. Put the frame where scripts are not allowed.",
    own: "What this page shows: tables, steps, editors, the place in time, the other futures that were left by going back. Not in it: bookmarks.",
    page: "All in one file of 1.6 MB, for a class without a network: opened from a disk or a USB stick in Chrome, Edge or Firefox it shows the scenario, or the lesson with its text, steps through it and runs SQL that is typed. English and Chinese, light and dark.",
  } as Readonly<Record<ExportId, string>>,
  waits: "waits",
  manual: "Other panels, colours and languages, and how to drive it from your page: the manual",
  open: "Open in Interleave",
  tables: "Tables:",
  steps: "Step by step:",
  step: "step",
  happened: "what happened",
  ok: (affected: number) =>
    affected === 0 ? "OK" : `OK, ${affected} ${affected === 1 ? "row" : "rows"} affected`,
  rows: (count: number) => (count === 0 ? "no row" : `${count} ${count === 1 ? "row" : "rows"}`),
  goesOn: (name: string, step: number) => `${name} goes on (step ${step}):`,
  locks: (list: string) => `new locks: ${list}`,
  wants: (lock: string) => `waits for the lock ${lock}`,
  lost: "connection lost",
  more: (count: number) => `… ${count} more`,
  comma: ", ",
  semicolon: "; ",
  notMade:
    "The file could not be put together: a part of the site could not be loaded. Is there a network?",
  schedule: ENGLISH_SCHEDULE,
};

export type ExportWords = typeof en;

const zh: ExportWords = {
  title: "导出场景",
  close: "关闭",
  part: "文件",
  titleField: "标题",
  copy: "复制",
  save: (name) => `保存 ${name}`,
  saved: (name) => `已保存为 ${name}`,
  saveAll: (count) => `全部保存（${count} 个文件）`,
  savedAll: (count) => `已保存 ${count} 个文件`,
  kinds: {
    schedule: "SQL，一个文件",
    sessions: "每个会话一份 SQL",
    mysqltest: "mysqltest",
    python: "Python 校验脚本",
    golden: "带结果的文本",
    markdown: "Markdown",
    frame: "嵌入：iframe",
    element: "嵌入：脚本",
    own: "Interleave 文件",
    page: "一个 HTML 文件",
  },
  hints: {
    schedule: "按顺序列出所有语句，后面的注释写明会话；可以再在这里打开。",
    sessions: "每个客户端一个文件，注明在哪里要等别的会话；另附建表语句和完整顺序两个文件。",
    mysqltest: "供 MySQL 自己的测试程序使用：等待过的语句用 send 和 reap，出错的语句预期会出错。",
    python: "在真实服务器上重放：每个会话一个线程，逐步与这里看到的结果比较。需要 pymysql。",
    golden: "每条语句、服务器的回答，以及随之加上的行锁，便于阅读和比较。",
    markdown:
      "放进文章或 issue：建表语句，再加一张表，每步一行，写明会话、语句、结果和行锁。不用脚本就能读；可以再在这里打开。",
    frame:
      "以普通 iframe 把演练场放进自己的网页或文章，适合不允许脚本的网站：场景就在地址里，停在你现在的时刻。",
    element:
      "把演练场放进自己的网页或文章：读者翻到附近才加载，高度随内容变化，没有脚本的读者看到 SQL 和一张图。不允许脚本的网站请用 iframe。",
    own: "本页显示的内容：表、步骤、编辑器内容、时间位置，以及回到过去后留下的其他分支。不包括书签。",
    page: "所有内容都在一个 1.6 MB 的文件里，供没有网络的课堂使用：从硬盘或 U 盘用 Chrome、Edge 或 Firefox 打开，就能看场景或课程正文，单步执行，并运行自己输入的 SQL。中英文、深浅色都有。",
  },
  waits: "等待",
  manual: "其他面板、颜色、语言，以及怎样从网页里控制它：见手册",
  open: "在 Interleave 中打开",
  tables: "建表：",
  steps: "逐步执行：",
  step: "步骤",
  happened: "结果",
  ok: (affected) => (affected === 0 ? "OK" : `OK，影响 ${affected} 行`),
  rows: (count) => (count === 0 ? "没有行" : `${count} 行`),
  goesOn: (name, step) => `${name} 继续执行（第 ${step} 步）：`,
  locks: (list) => `新加的锁：${list}`,
  wants: (lock) => `等待的锁：${lock}`,
  lost: "连接断开",
  more: (count) => `… 另外 ${count} 个`,
  comma: "、",
  semicolon: "；",
  notMade: "文件没能生成：网站有一部分没能加载，网络通吗？",
  schedule: chineseSchedule(),
};

function chineseSchedule(): ScheduleWords {
  const victim = (errno: number): string => (errno === DEADLOCK ? "，是死锁的牺牲者" : "");
  return {
    session: (name) => `会话 ${name}`,
    step: (at, note) => (note === "" ? `第 ${at} 步` : `第 ${at} 步：${note}`),
    pass: (seconds) => `过 ${seconds} 秒`,
    goOnWhen: (what) => `等 ${what.join("、")} 之后再继续`,
    hasRun: (name, step) => `${name} 执行完第 ${step} 步`,
    hasSent: (name, step) => `${name} 发出第 ${step} 步（它会等待）`,
    disconnect: "断开连接",
    connectAgain: "重新连接",
    disconnects: (name) => `${name} 断开连接`,
    connectsAgain: (name) => `${name} 重新连接`,
    clientChanges: (name) => `${name} 的模拟客户端改变设置`,
    waits: (blockers) => (blockers.length > 0 ? `等待 ${blockers.join("、")}` : "等待"),
    skipped: "无法执行：会话正在等待或已断开",
    getsError: (errno) => `在这里得到 ${errno}${victim(errno)}`,
    getsErrorLater: (errno, step) => `到第 ${step} 步得到 ${errno}${victim(errno)}`,
    goesOn: (name) => `${name} 继续执行`,
    otherGetsError: (name, errno) => `${name} 得到 ${errno}`,
  };
}

export function exportWords(language: Language): ExportWords {
  return language === "zh" ? zh : en;
}
