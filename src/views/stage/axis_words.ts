/** What the marks of a read view mean, in both languages: the pictures of versions alone say it. */
import type { Language } from "../../store/preferences.ts";

const en = {
  lowMeans: "Low water mark: changes of transactions with a smaller id are visible.",
  highMeans:
    "High water mark: transactions with this id or a greater one began later; their changes are not visible.",
  activeMeans:
    "Between the marks, changes of the transactions that were active when the view was opened are not visible.",
};

const zh: typeof en = {
  lowMeans: "低水位：id 比它小的事务，其修改可见。",
  highMeans: "高水位：id 大于等于它的事务开始得更晚，其修改不可见。",
  activeMeans: "两个水位之间，打开视图时仍活跃的事务，其修改不可见。",
};

export function axisWords(language: Language): typeof en {
  return language === "zh" ? zh : en;
}
