/** What announces a deadlock, in both languages. */
import type { Language } from "../../store/preferences.ts";

export interface DeadlockWords {
  readonly announced: (nth: number, victim: string, others: string) => string;
  /** Between two sentences. */
  readonly gap: string;
  readonly watch: string;
  readonly watchHint: string;
  readonly dismiss: string;
  readonly advice: string;
  readonly manual: string;
  readonly log: string;
  readonly logTitle: string;
  readonly logHint: (sql: string) => string;
  readonly noLog: string;
  readonly copy: string;
  readonly close: string;
  readonly nobodyWaits: string;
  readonly toWait: string;
}

const en: DeadlockWords = {
  announced: (nth, victim, others) =>
    `Deadlock at event ${nth}: ${victim} was rolled back so that ${others} could go on.`,
  gap: " ",
  watch: "Watch it close",
  watchHint:
    "Goes to the request that closed the cycle and plays on: the cycle, the choice, the victim's rollback, the grant",
  dismiss: "Dismiss",
  advice: "What to do about it",
  manual: "Manual:",
  log: "InnoDB's log",
  logTitle: "LATEST DETECTED DEADLOCK",
  logHint: (sql) => `As ${sql} prints it at this moment. Nothing was run for it.`,
  noLog: "The server has no deadlock to report.",
  copy: "Copy as text",
  close: "Close",
  nobodyWaits: "Nobody waits at this moment.",
  toWait: "Go to a wait",
};

const zh: DeadlockWords = {
  announced: (nth, victim, others) =>
    `事件 ${nth} 处发生死锁：${victim} 被回滚，${others} 得以继续。`,
  gap: "",
  watch: "看它怎样形成",
  watchHint: "转到使环闭合的那个请求并继续播放：环、选择、牺牲者的回滚、锁的授予",
  dismiss: "关闭",
  advice: "怎样避免",
  manual: "手册：",
  log: "InnoDB 的日志",
  logTitle: "LATEST DETECTED DEADLOCK",
  logHint: (sql) => `此刻 ${sql} 打印的内容。查看它不会执行任何语句。`,
  noLog: "服务器没有死锁可报告。",
  copy: "复制为文本",
  close: "关闭",
  nobodyWaits: "此刻没有会话在等待。",
  toWait: "跳到发生等待的时刻",
};

export function deadlockWords(language: Language): DeadlockWords {
  return language === "zh" ? zh : en;
}
