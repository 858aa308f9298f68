/** What the engine did instead, as verdicts say it, for a Chinese message. Claims themselves are the same in both languages. */

const CHINESE: Readonly<Record<string, string>> = {
  nothing: "什么也没有",
  nobody: "没有",
  "waits for nobody": "等待，但不等任何会话",
  "no lock": "没有锁",
  "no metadata lock": "没有元数据锁",
  "no result": "没有结果",
  "no plan": "没有执行计划",
  "no transaction": "没有事务",
  "no id": "没有事务 ID",
  id: "有事务 ID",
  "a read view": "有读视图",
  "no read view": "没有读视图",
  "not connected": "未连接",
  true: "在事务里",
  false: "不在事务里",
};

export function inChinese(found: string): string {
  return CHINESE[found] ?? found;
}
