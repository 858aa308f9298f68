/** What stands around the lock tables, in both languages; their columns have the names that performance_schema gives them. */
import type { Language } from "../../store/preferences.ts";

const en = {
  copy: "Copy as text",
  copied: "Copied",
  empty: "No rows.",
  tabs: {
    dataLocks: "data_locks",
    dataLockWaits: "data_lock_waits",
    metadataLocks: "metadata_locks",
    transactions: "innodb_trx",
    processlist: "processlist",
    rowLockStatus: "row lock counters",
  },
  /** What SHOW STATUS LIKE 'Innodb_row_lock%' counts. */
  counters: {
    Innodb_row_lock_current_waits: "requests that wait for a record lock now",
    Innodb_row_lock_time: "milliseconds that all waits took together, of those that have ended",
    Innodb_row_lock_time_avg: "milliseconds, on average",
    Innodb_row_lock_time_max: "milliseconds, the longest",
    Innodb_row_lock_waits: "how many times somebody had to wait",
  } as Readonly<Record<string, string>>,
};

export type TableWords = typeof en;

const zh: TableWords = {
  copy: "复制为文本",
  copied: "已复制",
  empty: "没有行。",
  tabs: {
    dataLocks: "data_locks",
    dataLockWaits: "data_lock_waits",
    metadataLocks: "metadata_locks",
    transactions: "innodb_trx",
    processlist: "processlist",
    rowLockStatus: "行锁计数器",
  },
  counters: {
    Innodb_row_lock_current_waits: "当前正在等待行锁的请求数",
    Innodb_row_lock_time: "所有已结束的等待合计的毫秒数",
    Innodb_row_lock_time_avg: "平均每次等待的毫秒数",
    Innodb_row_lock_time_max: "最长一次等待的毫秒数",
    Innodb_row_lock_waits: "发生过的等待次数",
  },
};

export function tableWords(language: Language): TableWords {
  return language === "zh" ? zh : en;
}
