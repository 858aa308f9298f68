/** What the picture of a result on its way says, in both languages. */
import type { FlowLine, StageName } from "../../diagrams/pipeline.ts";
import type { Language } from "../../store/preferences.ts";
import type { ClientCall, NetClientState, NetServerState } from "../../trace/state_net.ts";

export interface StreamWords {
  readonly title: string;
  readonly empty: string;
  readonly simulate: (session: string) => string;
  readonly session: string;
  readonly stages: Readonly<Record<StageName, string>>;
  readonly stageHints: Readonly<Record<StageName, string>>;
  readonly sides: Readonly<Record<"server" | "line" | "client", string>>;
  readonly of: (bytes: string, capacity: string) => string;
  readonly most: (bytes: string) => string;
  readonly rows: (count: string) => string;
  readonly server: Readonly<Record<NetServerState["phase"], string>>;
  readonly sendsUntil: (left: string) => string;
  readonly app: Readonly<Record<NetClientState["app"], string>>;
  readonly library: Readonly<Record<NetClientState["status"], string>>;
  readonly chart: string;
  readonly chartLines: Readonly<Record<FlowLine, string>>;
  readonly chartEmpty: string;
  readonly settings: string;
  readonly api: string;
  readonly fetch: string;
  readonly fetches: Readonly<Record<"one" | "many" | "all" | "manual", string>>;
  readonly numbers: Readonly<Record<NumberSetting, string>>;
  readonly noLimit: string;
  readonly storeFirst: string;
  readonly calls: string;
  readonly call: Readonly<Record<ClientCall, string>>;
  readonly code: string;
}

export type NumberSetting =
  | "rowMs"
  | "sendBufferBytes"
  | "receiveBufferBytes"
  | "bandwidthBytesPerS"
  | "latencyMs"
  | "memoryLimitBytes"
  | "pauseAtRow"
  | "pauseMs";

const en: StreamWords = {
  title: "Result stream",
  empty:
    "Results go to the client at once here, until a session's client is simulated: then every byte of them takes its way through net_buffer, the socket and the client's program.",
  simulate: (session) => `Simulate the client of ${session}`,
  session: "Session",
  stages: {
    netBuffer: "net_buffer",
    sendBuffer: "send buffer",
    wire: "wire",
    receiveBuffer: "receive buffer",
    readBuffer: "read buffer",
    library: "client library",
    program: "program",
  },
  stageHints: {
    netBuffer:
      "The server copies each row in here, and calls send() when it is full or the statement ends.",
    sendBuffer: "The server's kernel keeps bytes here until the client's has acknowledged them.",
    wire: "Bytes on their way.",
    receiveBuffer:
      "The client's kernel keeps bytes here until the program reads them. When it is full, nothing more is sent.",
    readBuffer: "What the driver has read from the socket ahead of the row it was asked for.",
    library:
      "Rows the library holds: all of them with mysql_store_result, one with mysql_use_result.",
    program: "Rows the program has put aside for itself.",
  },
  sides: { server: "server", line: "line", client: "client" },
  of: (bytes, capacity) => `${bytes} of ${capacity}`,
  most: (bytes) => `most ${bytes}`,
  rows: (count) => `${count} rows`,
  server: {
    idle: "The server is done with the result.",
    writing:
      "The server reads rows and writes them into net_buffer: processlist says “executing” (5.7: “Sending data”).",
    waiting:
      "The server waits in send() for room: processlist says “Sending to client”. Its read view and locks stay.",
    broken: "The connection is broken.",
  },
  sendsUntil: (left) => `net_write_timeout in ${left}`,
  app: {
    idle: "The program does nothing.",
    reading: "The program waits for the library.",
    processing: "The program works on a row.",
    paused: "The program pauses.",
    crashed: "The program has crashed.",
    done: "The program is done with the result.",
  },
  library: {
    ready: "ready for a command",
    getResult: "a result is to be fetched",
    useResult: "rows are still to be read: another command fails with 2014",
    gone: "no connection: every call fails",
  },
  chart: "Bytes over time",
  chartLines: {
    netBuffer: "net_buffer",
    sendBuffer: "send buffer",
    receiveBuffer: "receive buffer",
    library: "client memory",
  },
  chartEmpty: "Run a SELECT in the session.",
  settings: "The client",
  api: "call",
  fetch: "the program fetches",
  fetches: { one: "row by row", many: "many at once", all: "all at once", manual: "when told" },
  numbers: {
    rowMs: "ms of work a row",
    sendBufferBytes: "send buffer, bytes",
    receiveBufferBytes: "receive buffer, bytes",
    bandwidthBytesPerS: "bandwidth, bytes/s",
    latencyMs: "latency, ms",
    memoryLimitBytes: "memory limit, bytes",
    pauseAtRow: "pause at row",
    pauseMs: "pause, ms",
  },
  noLimit: "none",
  storeFirst: "stores all rows first, then works",
  calls: "Tell the program to",
  call: {
    fetchone: "fetchone()",
    fetchmany: "fetchmany()",
    fetchall: "fetchall()",
    close: "close()",
    ping: "ping()",
    crash: "crash",
  },
  code: "The program",
};

const zh: StreamWords = {
  title: "结果集传输",
  empty:
    "默认情况下结果会立即到达客户端。对某个会话的客户端进行模拟之后，结果的每个字节都会经过 net_buffer、套接字和客户端程序。",
  simulate: (session) => `模拟会话 ${session} 的客户端`,
  session: "会话",
  stages: {
    netBuffer: "net_buffer",
    sendBuffer: "发送缓冲区",
    wire: "网络",
    receiveBuffer: "接收缓冲区",
    readBuffer: "读缓冲区",
    library: "客户端库",
    program: "程序",
  },
  stageHints: {
    netBuffer: "服务器把每一行复制到这里，写满或语句结束时调用 send()。",
    sendBuffer: "服务器内核把字节保留在这里，直到客户端内核确认。",
    wire: "正在路上的字节。",
    receiveBuffer: "客户端内核把字节保留在这里，直到程序读取。满了就不再发送。",
    readBuffer: "驱动从套接字预读的内容。",
    library: "库中保存的行：mysql_store_result 保存全部，mysql_use_result 只有一行。",
    program: "程序自己存下来的行。",
  },
  sides: { server: "服务器", line: "线路", client: "客户端" },
  of: (bytes, capacity) => `${bytes} / ${capacity}`,
  most: (bytes) => `最多 ${bytes}`,
  rows: (count) => `${count} 行`,
  server: {
    idle: "服务器已处理完结果。",
    writing:
      "服务器读取行并写入 net_buffer：processlist 显示 “executing”（5.7 为 “Sending data”）。",
    waiting:
      "服务器在 send() 中等待空间：processlist 显示 “Sending to client”。读视图和锁都保留着。",
    broken: "连接已断开。",
  },
  sendsUntil: (left) => `net_write_timeout 还剩 ${left}`,
  app: {
    idle: "程序空闲。",
    reading: "程序在等待库返回。",
    processing: "程序正在处理一行。",
    paused: "程序暂停。",
    crashed: "程序已崩溃。",
    done: "程序已处理完结果。",
  },
  library: {
    ready: "可以发送命令",
    getResult: "有结果待取",
    useResult: "还有行未读：此时发送其他命令会得到 2014",
    gone: "没有连接：所有调用都会失败",
  },
  chart: "各处字节数随时间的变化",
  chartLines: {
    netBuffer: "net_buffer",
    sendBuffer: "发送缓冲区",
    receiveBuffer: "接收缓冲区",
    library: "客户端内存",
  },
  chartEmpty: "在该会话中执行一条 SELECT。",
  settings: "客户端",
  api: "调用",
  fetch: "程序取行方式",
  fetches: { one: "逐行", many: "一次多行", all: "一次全部", manual: "听从指令" },
  numbers: {
    rowMs: "每行处理毫秒数",
    sendBufferBytes: "发送缓冲区（字节）",
    receiveBufferBytes: "接收缓冲区（字节）",
    bandwidthBytesPerS: "带宽（字节/秒）",
    latencyMs: "延迟（毫秒）",
    memoryLimitBytes: "内存上限（字节）",
    pauseAtRow: "在第几行暂停",
    pauseMs: "暂停毫秒数",
  },
  noLimit: "不限",
  storeFirst: "先把所有行存到本地，再处理",
  calls: "让程序执行",
  call: {
    fetchone: "fetchone()",
    fetchmany: "fetchmany()",
    fetchall: "fetchall()",
    close: "close()",
    ping: "ping()",
    crash: "崩溃",
  },
  code: "程序代码",
};

export function streamWords(language: Language): StreamWords {
  return language === "zh" ? zh : en;
}
