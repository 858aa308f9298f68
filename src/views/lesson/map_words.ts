/** What the map of lessons and the lesson editor say. */
import type { Language } from "../../store/preferences.ts";

const en = {
  mapTitle: "Lessons",
  mapLead:
    "A simulated MySQL 9.7 that you can look inside. Each lesson runs real statements in two or three sessions, asks you what will happen, and shows it. After the first visit it works without a network, too.",
  mapNotes:
    "The lessons follow, section by section, a set of widely read Chinese study notes on MySQL and an article about SSCursor: “the notes” and “the article” in the texts, and the numbers on the cards, are theirs. Where they differ from MySQL 9.7, a lesson says so.",
  startHere: "Begin with the first lesson",
  goOn: (title: string) => `Go on: ${title}`,
  /** With one that was not opened yet. */
  goOnWith: (title: string) => `Next lesson: ${title}`,
  playground: "Free playground",
  playgroundHint: "Type SQL into several sessions and watch InnoDB work",
  ownSql: "Your own SQL",
  beginAnew: "Begin anew: an empty playground",
  ownSqlHint: "The playground with an empty database",
  ownLog: "Open a script or a deadlock log",
  ownLogHint:
    "Paste what you have: SQL of several sessions, a test, InnoDB's LATEST DETECTED DEADLOCK",
  search: "Find a lesson or an example",
  searchHint: "Find a lesson: gap lock, 1213, FOR UPDATE, undo …",
  examples: "Examples in the playground",
  examplesSay: "Tables and statements to step through and to change, without questions.",
  noneFits:
    "No lesson fits. Try another word, or try it out yourself: above, in an empty playground.",
  nearest: "No lesson has all of these words. These have most of them:",
  parts: (n: number) => (n === 1 ? "1 part" : `${n} parts`),
  questions: (n: number) => (n === 1 ? "1 question" : `${n} questions`),
  doneMark: "done",
  begun: (at: number, of: number) => `${at} of ${of}`,
  sum: (done: number, of: number) => `${done} of ${of} lessons done`,
  predictions: (right: number, all: number) => `${right} of ${all} predictions came true`,
  exportProgress: "Export progress",
  importProgress: "Import progress",
  resetProgress: "Reset progress",
  resetSure: "Forget all progress on this device?",
  notProgress: "This file holds no progress of lessons.",
  openFile: "Open a lesson file",
  write: "Write a lesson",
  own: "Your own lesson",
  notLessonFile: "This file holds no lesson: a lesson is a text file (.md) with parts (## …).",

  editorTitle: "Write a lesson",
  editorLead:
    "A lesson is one text file. It is checked as you type: every claim is run on the server.",
  editorText: "Text of the lesson",
  editorFormat: "What may be written: blocks, steps, claims, questions, references",
  manual: "Lessons in your own page: the author's manual",
  template: "A template",
  fromPage: "From the playground",
  fromPageHint: "Puts the tables and statements that the playground holds now into a new lesson",
  tryIt: "Try this lesson",
  download: "Download the file",
  copyLink: "Copy a link",
  copied: "Copied",
  checking: "Checking…",
  allHolds: (parts: number, claims: number) =>
    `Everything holds: ${parts} parts, ${claims} claims.`,
  problems: (n: number) => (n === 1 ? "1 problem" : `${n} problems`),
  line: (n: number) => `Line ${n}`,
};

export type MapWords = typeof en;

const zh: MapWords = {
  mapTitle: "课程",
  mapLead:
    "一个看得见内部的模拟 MySQL 9.7。每一课都在两三个会话里执行真实的语句，先请你猜会发生什么，再让你亲眼看到。打开过一次，断网也能用。",
  mapNotes:
    "课程按一份流传较广的 MySQL 学习笔记和一篇讲 SSCursor 的文章逐节编排：课文里的“笔记”“文章”指的就是它们，卡片上的编号也来自它们。与 MySQL 9.7 不一致的地方，课里会说明。",
  startHere: "从第一课开始",
  goOn: (title) => `继续：${title}`,
  goOnWith: (title) => `下一课：${title}`,
  playground: "演练场",
  playgroundHint: "在几个会话里输入 SQL，看 InnoDB 怎样工作",
  ownSql: "空白演练场",
  beginAnew: "重新开始：空白演练场",
  ownSqlHint: "数据库是空的，自己写 SQL",
  ownLog: "打开脚本或死锁日志",
  ownLogHint: "粘贴手头的文本：几个会话的 SQL、测试脚本、InnoDB 的 LATEST DETECTED DEADLOCK",
  search: "查找课程或示例",
  searchHint: "查找课程：间隙锁、1213、FOR UPDATE、undo……",
  examples: "演练场里的示例",
  examplesSay: "现成的表和语句，可以逐步查看，也可以随意改动，不提问。",
  noneFits: "没有符合的课程。换个词试试，或者用上面的按钮，在空白演练场里自己动手。",
  nearest: "没有哪一课包含所有这些词。下面几课包含得最多：",
  parts: (n) => `${n} 节`,
  questions: (n) => `${n} 个提问`,
  doneMark: "已学完",
  begun: (at, of) => `${at} / ${of}`,
  sum: (done, of) => `学完 ${done} 课，共 ${of} 课`,
  predictions: (right, all) => `${all} 次猜测，猜对 ${right} 次`,
  exportProgress: "导出进度",
  importProgress: "导入进度",
  resetProgress: "清除进度",
  resetSure: "清除这台设备上的全部进度？",
  notProgress: "这个文件里没有课程进度。",
  openFile: "打开课程文件",
  write: "编写课程",
  own: "自己的课程",
  notLessonFile: "这个文件里没有课程：课程是分节（## …）的文本文件（.md）。",

  editorTitle: "编写课程",
  editorLead: "一课就是一个文本文件。边写边检查：每个断言都在服务器上执行验证。",
  editorText: "课程文本",
  editorFormat: "可以写什么：代码块、步骤、断言、提问、引用",
  manual: "把课程放进自己的网页：作者手册",
  template: "模板",
  fromPage: "取自演练场",
  fromPageHint: "把演练场现在的表和语句放进一个新课程",
  tryIt: "试讲这一课",
  download: "下载文件",
  copyLink: "复制链接",
  copied: "已复制",
  checking: "正在检查…",
  allHolds: (parts, claims) => `全部成立：${parts} 节，${claims} 个断言。`,
  problems: (n) => `${n} 个问题`,
  line: (n) => `第 ${n} 行`,
};

export function mapWords(language: Language): MapWords {
  return language === "zh" ? zh : en;
}
