/** What the guide of a lesson says. */
import type { Language } from "../../store/preferences.ts";

/** A key of several columns as one thing: (10, 10). */
function keyText(key: string): string {
  return key.replaceAll(/'[^']*'/g, "").includes(",") ? `(${key})` : key;
}

const en = {
  guide: "Lesson",
  map: "All lessons",
  free: "Explore freely",
  freeHint:
    "Closes the guide; what stands on the page stays. The lesson waits for you in the menu.",
  part: (at: number, of: number) => `Part ${at} of ${of}`,
  next: "Next",
  previous: "Back",
  run: "Run it",
  predict: "Run it and see",
  skip: "Just show me",
  question: "Your prediction",
  many: "Choose all that apply, here or in the picture.",
  one: "Choose one.",
  oneInPicture: "Choose one, here or in the picture.",
  right: "As you said.",
  wrong: "Not quite.",
  shown: "What happened: ",
  yours: "You said: ",
  why: "Why, in the server's own events:",
  goToEvent: "Go to this event in time",
  points: "In the picture",
  look: "See the picture",
  toRun: "Runs now",
  hasRun: "Was run",
  passes: (seconds: number) => `${seconds} s pass`,
  clientStep: (session: string) => `${session}'s client is changed`,
  astray: (own: number) =>
    own === 0
      ? "Something was taken back, so the lesson cannot go on from here."
      : `You are on a way of your own: ${own === 1 ? "one step" : `${own} steps`} beside the lesson. Look around as long as you like.`,
  comeBack: "Back to the lesson",
  comeBackHint: "Restores the page as the lesson has it. What you did is one undo away.",
  again: "Start the lesson over",
  finished: "You have finished this lesson.",
  nextLesson: "Next lesson",
  loading: "The lesson is being opened…",
  missing: (id: string) => `There is no lesson ${id}.`,
  unreadable: "This lesson cannot be opened: it has no part that can be read.",
  waits: "It waits",
  waitsNamed: (name: string, others: string) => `${name} waits for ${others}`,
  ok: "It goes through at once",
  error: (errno: string) => `It fails: error ${errno}`,
  rows: (rows: string) => (rows === "(none)" ? "No row" : rows),
  affected: (n: string) => (n === "1" ? "It changes 1 row" : `It changes ${n} rows`),
  rec: (key: string) => `record ${keyText(key)}`,
  gap: (key: string) => (key === "supremum" ? "gap at the end" : `gap before ${keyText(key)}`),
  session: (name: string) => `Session ${name}`,
  nobody: "Nobody",
  nothing: "Nothing",
  version: (depth: number, values: string) =>
    depth === 0 ? `the newest: ${values}` : `${depth} back: ${values}`,
  versionHint: (trxId: number) => `written by trx ${trxId}`,
  hide: "Hide the guide",
  show: "Show the guide",
  notRead: "There is no lesson here that can be read.",

  matrixTitle: "What happens at which level?",
  matrixLead: "Mark what you expect in each cell, then let the server decide.",
  expect: { null: "?", true: "happens", false: "prevented" } as Readonly<Record<string, string>>,
  expectLabel: (row: string, level: string, expected: string) =>
    `${row}, ${level}: you expect ${expected}`,
  runMatrix: "Run all of them",
  happens: "happens",
  prevented: "prevented",
  preventedByWait: (name: string) => `prevented: ${name} waits`,
  openCell: "Open this in the playground",
  score: (right: number, of: number) => `${right} of ${of} as you expected.`,
  reads: (first: string, second: string) => `${first}, then ${second}`,
};

export type LessonWords = typeof en;

const zh: LessonWords = {
  guide: "课程",
  map: "全部课程",
  free: "自由探索",
  freeHint: "收起引导，页面上的内容保留。课程在菜单里等你回来。",
  part: (at, of) => `第 ${at} 节，共 ${of} 节`,
  next: "下一节",
  previous: "上一节",
  run: "执行这一节",
  predict: "执行，看结果",
  skip: "直接看结果",
  question: "先猜一猜",
  many: "选出所有符合的，可以在这里选，也可以在图里点。",
  one: "选一个。",
  oneInPicture: "选一个，可以在这里选，也可以在图里点。",
  right: "猜对了。",
  wrong: "不太对。",
  shown: "实际结果：",
  yours: "你的答案：",
  why: "原因，看服务器自己的事件：",
  goToEvent: "跳到这个事件",
  points: "看图",
  look: "看图",
  toRun: "接下来执行",
  hasRun: "已经执行",
  passes: (seconds) => `过 ${seconds} 秒`,
  clientStep: (session) => `更改 ${session} 的客户端`,
  astray: (own) =>
    own === 0
      ? "有些步骤被撤销了，课程无法从这里继续。"
      : `你走上了自己的路：在课程之外多走了 ${own} 步。想看多久都可以。`,
  comeBack: "回到课程",
  comeBackHint: "把页面恢复成课程的样子。你做过的，撤销一次就能找回。",
  again: "从头再学",
  finished: "这一课学完了。",
  nextLesson: "下一课",
  loading: "正在打开课程…",
  missing: (id) => `没有课程 ${id}。`,
  unreadable: "这个课程打不开：没有一节能读懂。",
  waits: "等待",
  waitsNamed: (name, others) => `${name} 等待 ${others}`,
  ok: "立刻执行成功",
  error: (errno) => `出错：错误 ${errno}`,
  rows: (rows) => (rows === "(none)" ? "没有行" : rows),
  affected: (n) => `修改 ${n} 行`,
  rec: (key) => `记录 ${keyText(key)}`,
  gap: (key) => (key === "supremum" ? "末尾的间隙" : `${keyText(key)} 之前的间隙`),
  session: (name) => `会话 ${name}`,
  nobody: "没有",
  nothing: "什么也没有",
  version: (depth, values) =>
    depth === 0
      ? `最新版本（${values}）`
      : `${depth === 1 ? "上一个版本" : `往回第 ${depth} 个版本`}（${values}）`,
  versionHint: (trxId) => `由事务 ${trxId} 写入`,
  hide: "收起引导",
  show: "展开引导",
  notRead: "这里没有能读取的课程。",

  matrixTitle: "哪个级别会发生什么？",
  matrixLead: "先在每一格里标出你的判断，再让服务器来决定。",
  expect: { null: "?", true: "会发生", false: "不会" },
  expectLabel: (row, level, expected) => `${row}，${level}：你的判断是${expected}`,
  runMatrix: "全部执行",
  happens: "会发生",
  prevented: "不会",
  preventedByWait: (name) => `不会：${name} 等待`,
  openCell: "在演练场打开",
  score: (right, of) => `${of} 格中猜对 ${right} 格。`,
  reads: (first, second) => `先 ${first}，后 ${second}`,
};

export function lessonWords(language: Language): LessonWords {
  return language === "zh" ? zh : en;
}
