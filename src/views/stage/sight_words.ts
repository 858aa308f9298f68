/** What each session would see under an index's line, in both languages: embeds, which never show it, do without. */
import type { SightTexts } from "../../diagrams/sight_rows.ts";
import type { Language } from "../../store/preferences.ts";

export interface SightWords extends SightTexts {
  readonly newcomer: string;
}

const LEVELS: SightTexts["levels"] = {
  "READ UNCOMMITTED": "RU",
  "READ COMMITTED": "RC",
  "REPEATABLE READ": "RR",
  SERIALIZABLE: "SER",
};

const en: SightWords = {
  heading: (columns) => `A plain SELECT now would see (${columns}):`,
  newcomer: "new",
  levels: LEVELS,
  how: { view: "view", newView: "new", newest: "none", locks: "lock" },
  noRow: "no row",
  waits: (writer) => `⧗ ${writer}`,
};

const zh: SightWords = {
  heading: (columns) => `现在执行普通 SELECT 会看到（${columns}）：`,
  newcomer: "新会话",
  levels: LEVELS,
  how: { view: "视图", newView: "新视图", newest: "无视图", locks: "加锁" },
  noRow: "无此行",
  waits: en.waits,
};

export function sightWords(language: Language): SightWords {
  return language === "zh" ? zh : en;
}
