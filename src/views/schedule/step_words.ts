/** What a step of the schedule says to a person, on one line; of a client's settings, what is set and to what. */
import type { Language } from "../../store/preferences.ts";
import { DISCONNECT, RECONNECT, type Step } from "../../trace/scenario.ts";
import type { ClientSettings } from "../../trace/state_net.ts";
import { stepText } from "./schedule_rows.ts";

interface Words {
  readonly en: string;
  readonly zh: string;
}

/** # is the value. */
const SETTINGS: Readonly<Record<string, Words>> = {
  api: { en: "client: #", zh: "客户端：#" },
  library: { en: "libmysqlclient #", zh: "libmysqlclient #" },
  rowMs: { en: "# of work per row", zh: "每行处理 #" },
  pauseAtRow: { en: "stops at row #", zh: "读到第 # 行停下" },
  pauseMs: { en: "for #", zh: "停 #" },
  sendBufferBytes: { en: "send buffer #", zh: "发送缓冲区 #" },
  receiveBufferBytes: { en: "receive buffer #", zh: "接收缓冲区 #" },
  bandwidthBytesPerS: { en: "#/s", zh: "带宽 #/s" },
  latencyMs: { en: "# one way", zh: "单程 #" },
  segmentBytes: { en: "segments of #", zh: "每段 #" },
  memoryLimitBytes: { en: "# of memory", zh: "内存 #" },
  turnAtRow: { en: "after row #", zh: "读完第 # 行后" },
  turn: { en: "#", zh: "#" },
  query: { en: "that query: #", zh: "那条查询：#" },
  fetch: { en: "fetches #", zh: "取行方式：#" },
  fetchSize: { en: "# rows at once", zh: "每次 # 行" },
  storeFirst: { en: "stores all rows first: #", zh: "先存下所有行：#" },
};

const VALUES: Readonly<Record<string, Words>> = {
  "turn break": { en: "leaves the loop", zh: "跳出循环" },
  "turn close": { en: "closes the result", zh: "关闭结果" },
  "turn query": { en: "sends another query", zh: "发另一条查询" },
  "turn ping": { en: "pings", zh: "发 ping" },
  "turn crash": { en: "crashes", zh: "崩溃" },
  "fetch one": { en: "row by row", zh: "逐行" },
  "fetch many": { en: "many rows at once", zh: "一次多行" },
  "fetch all": { en: "all at once", zh: "一次全部" },
  "fetch manual": { en: "when told", zh: "手动" },
  "storeFirst true": { en: "yes", zh: "是" },
  "storeFirst false": { en: "no", zh: "否" },
  null: { en: "none", zh: "无" },
};

export function clientSaid(settings: Partial<ClientSettings>, language: Language): string {
  const all = Object.entries(settings);
  if (all.length === 0) return NOTHING_SET[language];
  const told = all.filter(([name, value]) => tells(name, value, settings));
  return (told.length === 0 ? all : told)
    .map(([name, value]) => {
      const said = VALUES[`${name} ${value}`] ?? (value === null ? VALUES.null : undefined);
      const setting = SETTINGS[name]?.[language] ?? `${name} = #`;
      return setting.replace("#", () => said?.[language] ?? measured(name, value, language));
    })
    .join(language === "zh" ? "，" : ", ");
}

/** A client that is simulated with the settings that it has anyway. */
const NOTHING_SET: Words = { en: "its client is simulated", zh: "模拟它的客户端" };

/** What is switched off, or belongs to what is, says nothing beside what is set. */
function tells(name: string, value: unknown, settings: Partial<ClientSettings>): boolean {
  if (value === null || value === false) return false;
  if (name === "pauseMs") return settings.pauseAtRow !== null;
  if (name === "turn") return settings.turnAtRow !== null;
  if (name === "query") return settings.turnAtRow !== null && settings.turn === "query";
  return name !== "rowMs" || value !== 0;
}

/** With its unit, which the setting's name ends with: "120 s", "16 KB". */
function measured(name: string, value: unknown, language: Language): string {
  if (typeof value !== "number") return String(value);
  if (name.endsWith("Ms")) {
    const isWhole = value > 0 && value % 1000 === 0;
    const unit = isWhole ? { en: "s", zh: "秒" } : { en: "ms", zh: "毫秒" };
    return `${isWhole ? value / 1000 : value} ${unit[language]}`;
  }
  if (!/Bytes(?:PerS)?$/.test(name)) return String(value);
  return value > 0 && value % 1024 === 0 ? `${value / 1024} KB` : `${value} B`;
}

/** What is no SQL, though it stands where SQL does. */
const OF_CONNECTIONS: Readonly<Record<string, Words>> = {
  [DISCONNECT]: { en: "closes its connection", zh: "断开连接" },
  [RECONNECT]: { en: "connects again", zh: "重新连接" },
};

export function stepSaid(step: Step, language: Language): string {
  if ("client" in step) return clientSaid(step.client, language);
  const text = stepText(step);
  return OF_CONNECTIONS[text]?.[language] ?? text;
}
