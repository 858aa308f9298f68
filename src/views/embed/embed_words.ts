/** What an embedded playground says besides its pictures, in both languages. */
import { useLanguage } from "../../store/hooks.ts";

const en = {
  schedule: "The statements in the order of time",
  waits: "waits",
  why: "Why?",
  passes: (seconds: number) => `${seconds} s pass`,
  toStart: "To the start",
  overBack: "Back by a statement",
  back: "Back by an event",
  play: "Play",
  pause: "Pause",
  into: "Forward by an event",
  over: "Forward by a statement",
  toEnd: "To the end",
  controls: "Time",
  open: "Open in Interleave",
  openHint: "Opens this scenario in the full playground, in a new tab",
  edit: "Run something of your own",
  editHint: "SQL to run; Ctrl+Enter runs it",
  run: (name: string) => `Run in ${name}`,
  cannotRun: (name: string) => `${name} is waiting, and a session does one thing at a time.`,
  forked: (steps: number) =>
    `This ran in the past, so what came after it is gone (${steps} ${steps === 1 ? "step" : "steps"}); Undo brings it back.`,
  undo: "Undo",
  session: "Session",
  newSession: (name: string) => `${name}, a new session`,
  start: "The tables have been set up; nothing has been run yet.",
  starting: "Starting the simulated server…",
  partMissing: "A part of the simulator could not be loaded: is there a network?",
  retry: "Try again",
  failed: (message: string) => `That could not be opened: ${message}`,
  nothing: "Nothing to show: the embed names no lesson and no scenario.",
  place: (at: number, of: number, passed: number) =>
    `${passed > 0 ? `${at - passed}–` : ""}${at} / ${of}`,
  placeHint: "Events up to the cursor, of all",
};

export type EmbedWords = typeof en;

const zh: EmbedWords = {
  schedule: "按时间顺序排列的语句",
  waits: "等待中",
  why: "为什么？",
  passes: (seconds: number) => `过去 ${seconds} 秒`,
  toStart: "回到开头",
  overBack: "后退一条语句",
  back: "后退一个事件",
  play: "播放",
  pause: "暂停",
  into: "前进一个事件",
  over: "前进一条语句",
  toEnd: "到末尾",
  controls: "时间",
  open: "在 Interleave 中打开",
  openHint: "在新标签页的完整演练场里打开这个场景",
  edit: "运行自己的语句",
  editHint: "要运行的 SQL；按 Ctrl+Enter 运行",
  run: (name: string) => `在 ${name} 中运行`,
  cannotRun: (name: string) => `${name} 正在等待，一个会话同一时间只能做一件事。`,
  forked: (steps: number) => `这是在过去执行的，原来后面的 ${steps} 步已不在；点“撤销”可恢复。`,
  undo: "撤销",
  session: "会话",
  newSession: (name: string) => `${name}（新会话）`,
  start: "表已建好，还没有运行任何语句。",
  starting: "正在启动模拟服务器…",
  partMissing: "模拟器有一部分没能加载，网络通吗？",
  retry: "重试",
  failed: (message: string) => `无法打开：${message}`,
  nothing: "没有可显示的内容：嵌入处没有指定课程或场景。",
  place: en.place,
  placeHint: "到光标为止的事件数 / 总数",
};

export function useEmbedWords(): EmbedWords {
  return useLanguage() === "zh" ? zh : en;
}
