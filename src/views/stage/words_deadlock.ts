/** What announces a deadlock, in both languages. */
import type { Language } from "../../store/preferences.ts";

export interface DeadlockWords {
  /** `freed`: who waited for the victim; `others`: who waits on, each for one of these. */
  readonly announced: (
    nth: number,
    victim: string,
    freed: string,
    others: readonly string[],
  ) => string;
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
  /** Of the log that was pasted. */
  readonly givenTitle: string;
  readonly givenHint: string;
  readonly givenWithout: string;
  readonly toDeadlock: string;
  readonly copy: string;
  readonly close: string;
  readonly nobodyWaits: string;
  /** Somebody waits, and for no session. */
  readonly waitsAlone: (names: readonly string[]) => string;
  readonly toWait: string;
}

const en: DeadlockWords = {
  announced: (nth, victim, freed, others) =>
    `Deadlock at event ${nth}: ${victim} was rolled back so that ${freed} could go on${others.length === 0 ? "" : `, and ${others.join(", ")} after it`}.`,
  gap: " ",
  watch: "Watch it close",
  watchHint:
    "Plays the step that closed the cycle: the requests, the cycle, the choice, the victim's rollback, the grant",
  dismiss: "Dismiss",
  advice: "What to do about it",
  manual: "Manual:",
  log: "InnoDB's log",
  logTitle: "LATEST DETECTED DEADLOCK",
  logHint: (sql) => `As ${sql} prints it at this moment. Nothing was run for it.`,
  noLog: "The server has no deadlock to report.",
  givenTitle: "The deadlock log that was opened",
  givenHint:
    "The log you opened. (1) is session A, (2) is B. Point at a line to see its lock or session in the pictures; choose it to go to the moment when the cycle closed.",
  givenWithout: "The log you opened. The schedule as it stands now comes to no deadlock.",
  toDeadlock: "Go to the deadlock",
  copy: "Copy the log",
  close: "Close",
  nobodyWaits: "Nobody waits at this moment.",
  waitsAlone: (names) =>
    `${names.join(" and ")} ${names.length === 1 ? "waits" : "wait"}, but for no other session.`,
  toWait: "Go to a wait",
};

const zh: DeadlockWords = {
  announced: (nth, victim, freed, others) =>
    `事件 ${nth} 处发生死锁：${victim} 被回滚，${freed} 得以继续${others.length === 0 ? "" : `，${others.join("、")} 要等它结束后再继续`}。`,
  gap: "",
  watch: "看它怎样形成",
  watchHint: "播放使环闭合的那一步：请求、环、选择、牺牲者的回滚、锁的授予",
  dismiss: "关闭",
  advice: "怎样避免",
  manual: "手册（英文）：",
  log: "InnoDB 的日志",
  logTitle: "LATEST DETECTED DEADLOCK",
  logHint: (sql) => `此刻 ${sql} 打印的内容。查看它不会执行任何语句。`,
  noLog: "服务器没有死锁可报告。",
  givenTitle: "打开的死锁日志",
  givenHint:
    "你打开的日志。(1) 是会话 A，(2) 是会话 B。指向一行，图里就会标出对应的锁或会话；选中一行，就转到环闭合的时刻。",
  givenWithout: "你打开的日志。现在这个执行顺序不会发生死锁。",
  toDeadlock: "转到死锁时刻",
  copy: "复制日志",
  close: "关闭",
  nobodyWaits: "此刻没有会话在等待。",
  waitsAlone: (names) => `${names.join("、")} 在等待，但等的不是别的会话。`,
  toWait: "跳到发生等待的时刻",
};

export function deadlockWords(language: Language): DeadlockWords {
  return language === "zh" ? zh : en;
}
