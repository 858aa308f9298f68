/** What Undo takes back, by what led there, in both languages. */
import type { Language } from "../../store/preferences.ts";
import type { Deed } from "../../store/script.ts";

const en: Readonly<Record<Deed, string>> = {
  run: "Undo the last run",
  time: "Undo letting time pass",
  settings: "Undo the change of settings",
  disconnect: "Undo the disconnect",
  schedule: "Undo the change of the schedule",
  edit: "Undo the change of a statement",
  opening: "Undo opening this",
  tables: "Undo starting with other tables",
  branch: "Undo opening the other future",
  restart: "Undo starting over",
};

const zh: Readonly<Record<Deed, string>> = {
  run: "撤销上一次执行",
  time: "撤销时间的流逝",
  settings: "撤销设置的改动",
  disconnect: "撤销断开连接",
  schedule: "撤销执行顺序的改动",
  edit: "撤销语句的修改",
  opening: "撤销打开",
  tables: "撤销换用别的表",
  branch: "撤销打开另一个分支",
  restart: "撤销从头开始",
};

export function undoWords(language: Language): Readonly<Record<Deed, string>> {
  return language === "zh" ? zh : en;
}
