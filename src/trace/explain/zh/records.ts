/** Chinese sentences about tables, indexes, pages and records. */
import { unreachable } from "../../../base/assert.ts";
import type { DictionaryEvent, RecordEvent, VisitVerdict } from "../../events.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { indexText, keyText, rowText, who } from "../text.ts";

const SCAN = "扫描";

const VISITED: Readonly<Record<VisitVerdict, string>> = {
  match: "这一行交给 server 层",
  noMatch: "不符合条件",
  deleteMarked: "带删除标记",
  outsideRange: "在范围之外，查找到此为止",
  icpNoMatch: "不满足下推的索引条件",
  skippedLocked: "被别人锁住，SKIP LOCKED 跳过它",
  notVisible: "没有可见的版本",
  supremum: "到了页尾",
  semiConsistentSkip: "最近提交的版本不符合条件，不加锁就跳过",
};

const DROPPED: Readonly<Record<EventOf<"table.dropped">["why"], string>> = {
  drop: "被删除",
  truncate: "被清空：TRUNCATE 删表再重建",
  rebuild: "被重建后的副本取代",
  instant: "换成新的定义：MySQL 只改数据字典，不动记录（INSTANT）；这里画成一份副本",
};

const REORGANIZED: Readonly<Record<EventOf<"page.reorganized">["what"], string>> = {
  split: "页满了，分裂成两页",
  merge: "两页合并",
  rootRaised: "根页满了，树长高一层",
  truncated: "所有页都已归还",
};

/** InnoDB 的查找方式（page_cur_mode_t）：按键查找时停在哪里。 */
const SEARCHED: Readonly<Record<string, string>> = {
  G: "大于",
  GE: "大于等于",
  L: "小于",
  LE: "小于等于",
};

/** 不带键的查找从一端开始：向上从第一条，向下从最后一条。 */
function searched(mode: string, key: string): string {
  if (key === "") return mode === "last" ? "最后一条记录" : "第一条记录";
  const end = mode.startsWith("L") ? "最后一条" : "第一条";
  return `${SEARCHED[mode] ?? mode} ${key} 的${end}记录`;
}

export const chineseRecords: NarratorOf<DictionaryEvent | RecordEvent> = {
  "table.created": ({ table }) =>
    `创建表 ${table.schema}.${table.name}（${table.engine}，${table.columns.length} 列）。`,
  "table.changed": ({ table }) => `表 ${table.schema}.${table.name} 有了新的定义。`,
  "table.dropped": ({ name, why }) => `表 ${name} ${DROPPED[why]}。`,
  "index.created": ({ index }) =>
    `创建索引 ${index.tableName}.${index.name}${index.clustered ? "：聚簇索引，叶子页里就是行" : ""}。`,
  "index.changed": ({ index }) => `索引 ${index.tableName}.${index.name} 有了新的定义。`,
  "index.dropped": ({ name }) => `删除索引 ${name}。`,

  "index.searched": ({ session, key, mode, path, constraint, ...at }) =>
    `${who(session, SCAN)} 在 ${indexText(at)} 上查找${searched(mode, keyText(key))}${path.length > 1 ? `，向下经过 ${path.length} 页` : ""}${constraint === undefined ? "" : `，为了检查外键 ${constraint}`}。`,
  "rec.visited": ({ session, key, verdict, ...at }) =>
    verdict === "supremum"
      ? `${who(session, SCAN)} 走到 ${indexText(at)} 的 supremum：结束。`
      : `${who(session, SCAN)} 查看 ${indexText(at)} ${keyText(key)}：${VISITED[verdict]}。`,
  "rec.streamed": ({ session, visited, fromKey, toKey, verdicts, rules, ...at }) => {
    const seen = Object.values(rules).reduce((sum, times) => sum + times, 0);
    const views = seen === 0 ? "" : `，其中 ${seen} 条直接可见（页上的版本）`;
    return `${who(session, SCAN)} 继续扫描 ${indexText(at)}，从 ${keyText(fromKey)} 到 ${keyText(toKey)}：${visited} 条记录，${verdicts.match ?? 0} 行交给 server 层${views}。`;
  },
  "rec.inserted": ({ session, rec, ...at }) =>
    `${who(session, SCAN)} 向 ${indexText(at)} 插入 ${rowText(rec.values)}${rec.trxId === 0 ? "" : `，DB_TRX_ID 为 ${rec.trxId}`}。`,
  "rec.changed": (event) => changeSentence(event),
  "rec.removed": ({ key, why, ...at }) =>
    why === "purge"
      ? `purge 从 ${indexText(at)} 移除带删除标记的记录 ${keyText(key)}：没有人能再看到它。`
      : `回滚从 ${indexText(at)} 移除 ${keyText(key)}。`,
  "page.reorganized": ({ what, leaves, ...at }) =>
    `${indexText(at)}：${REORGANIZED[what]}；现在有 ${leaves.length} 个叶子页。`,
};

function changeSentence(event: EventOf<"rec.changed">): string {
  const { rec, what } = event;
  const place = `${indexText(event)} ${keyText(rec.key)}`;
  const hidden = rec.trxId === 0 ? "" : `（DB_TRX_ID ${rec.trxId}）`;
  const subject = who(event.session, "purge");
  switch (what) {
    case "updated":
      return `${subject} 把 ${place} 改为 ${rowText(rec.values)}${hidden}。`;
    case "deleteMarked":
      return `${subject} 给 ${place} 打上删除标记${hidden}；记录留到 purge 时才移除。`;
    case "deleteUnmarked":
      return `${subject} 去掉 ${place} 的删除标记${hidden}。`;
    case "reinserted":
      return `${subject} 在 ${place} 带删除标记的位置上重新插入 ${rowText(rec.values)}${hidden}。`;
    case "undone":
      return `${subject} 恢复 ${place}：${rec.deleted ? "带删除标记" : rowText(rec.values)}${hidden}。`;
    default:
      return unreachable(what);
  }
}
