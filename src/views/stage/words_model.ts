/** What the model of other systems' lock levels says, in both languages. */
import type { CoarseWait, Grain } from "../../diagrams/coarse_locks.ts";
import type { Language } from "../../store/preferences.ts";

export interface ModelWords {
  readonly title: string;
  readonly notMysql: string;
  readonly question: string;
  readonly grains: Readonly<Record<Grain, string>>;
  readonly limit: string;
  readonly waits: (wait: CoarseWait, grain: Grain) => string;
  readonly nobody: (grain: Grain) => string;
  readonly rowLocks: string;
  readonly escalates: string;
  readonly engines: string;
  readonly engine: string;
  readonly levels: Readonly<Record<"row" | "page" | "table", string>>;
  readonly yes: string;
  readonly no: string;
}

const en: ModelWords = {
  title: "Model: other systems' lock levels",
  notMysql: "A model on the rows and locks of this moment. MySQL does not do this.",
  question: "If the row locks of now lay on",
  grains: {
    row: "rows, as in InnoDB",
    page: "pages",
    extent: "extents (64 pages)",
    escalation: "rows, with escalation",
  },
  limit: "row locks before the table is locked",
  waits: ({ waiter, blocker, wanted, held, unit }, grain) => {
    const on = grain === "escalation" ? `table ${unit}` : `${grain} ${unit}`;
    return `${waiter} would wait for ${blocker}: ${blocker} has ${held} on ${on}, ${waiter} wants ${wanted}. With row locks both go on.`;
  },
  nobody: (grain) =>
    grain === "row"
      ? "This is what InnoDB does: who waits now is in the list above."
      : "Nobody else would wait at this moment.",
  rowLocks: "No session has locked a row. Lock different rows of one table in two sessions.",
  escalates:
    "InnoDB never turns row locks into a table lock: a lock on a record is one bit in a map for its page, so that there is nothing to save.",
  engines: "Which engine locks what",
  engine: "engine",
  levels: { row: "row", page: "page", table: "table" },
  yes: "yes",
  no: "no",
};

const zh: ModelWords = {
  title: "模型：其他系统的锁粒度",
  notMysql: "这是基于此刻的行和锁的模型，MySQL 并不这样做。",
  question: "如果此刻的行锁加在",
  grains: {
    row: "行上（InnoDB 的做法）",
    page: "页上",
    extent: "区上（64 页）",
    escalation: "行上，并会升级",
  },
  limit: "把行锁升级为表锁前允许的行锁数",
  waits: ({ waiter, blocker, wanted, held, unit }, grain) => {
    const on = { row: "行", page: "页", extent: "区", escalation: "表" }[grain];
    return `${waiter} 会等待 ${blocker}：${blocker} 在${on} ${unit} 上持有 ${held}，${waiter} 想要 ${wanted}。用行锁时两者都能继续。`;
  },
  nobody: (grain) =>
    grain === "row" ? "这正是 InnoDB 的做法：谁在等待见上面的列表。" : "此刻不会有别人等待。",
  rowLocks: "还没有会话锁住行。可以让两个会话锁住同一张表的不同行。",
  escalates: "InnoDB 从不把行锁升级为表锁：一条记录的锁只是所在页位图中的一位，升级省不下什么。",
  engines: "哪个引擎支持哪种粒度",
  engine: "引擎",
  levels: { row: "行锁", page: "页锁", table: "表锁" },
  yes: "支持",
  no: "不支持",
};

export function modelWords(language: Language): ModelWords {
  return language === "zh" ? zh : en;
}
