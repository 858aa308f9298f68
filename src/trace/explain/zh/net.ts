/** 中文：结果从 net_buffer 到应用程序的路。 */
import type { NetEvent } from "../../events_net.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { bytes, runsText, unstopped } from "../text.ts";
import { seconds } from "./words.ts";

const SHUT_DOWN: Readonly<Record<EventOf<"net.shutDown">["why"], string>> = {
  writeTimeout: "套接字在 net_write_timeout 之内一直写不进去",
  killed: "连接被 KILL",
  clientGone: "客户端一侧已经关闭",
  released: "COMMIT 或 ROLLBACK ... RELEASE 结束了连接",
};

export const chineseNet: NarratorOf<NetEvent> = {
  "net.configured": ({ name, settings }) =>
    `${name} 的客户端用 ${settings.api} 取结果：发送缓冲区 ${bytes(settings.sendBufferBytes)}，接收缓冲区 ${bytes(settings.receiveBufferBytes)}，${line(settings)}，每行处理 ${seconds(settings.rowMs)}。`,
  "net.resultStarted": ({ name, columns, now }) =>
    `${name}：${columns.length} 个列定义已写入 net_buffer，占 ${bytes(now.gauges.netBuffer)}（共 ${now.server.netBufferLength}）。`,
  "net.flowed": flowed,
  "net.blocked": ({ name, bytes: wanting, timeoutMs, now }) =>
    `${name}：send() 返回 EAGAIN，发送缓冲区已满；${bytes(wanting)} 等待写入，最多等 ${seconds(timeoutMs)}（net_write_timeout）。已产生到第 ${now.totals.rowsWritten} 行。`,
  "net.writable": ({ name, waitedMs }) => `${name}：等了 ${seconds(waitedMs)}，套接字又可以写了。`,
  "net.shutDown": ({ name, why, bytesLost, bytesOnTheWay }) =>
    `${name}：服务器断开连接，因为${SHUT_DOWN[why]}；${bytes(bytesLost)} 没有发出，${bytes(bytesOnTheWay)} 还在路上。`,
  "client.called": ({ name, call }) => `${name} 的程序调用 ${call}。`,
  "client.failed": ({ name, call, errno, message }) =>
    `${name} 的程序在 ${call} 得到错误 ${errno}：${unstopped(message) || "（没有文字）"}。`,
  "client.turned": turned,
  "client.ended": ({ name, last }) => `${name} 的程序${gotten(last)}。`,
};

function line(settings: EventOf<"net.configured">["settings"]): string {
  const { bandwidthBytesPerS, latencyMs } = settings;
  const rate = bandwidthBytesPerS === null ? "带宽不限" : `每秒 ${bytes(bandwidthBytesPerS)}`;
  return latencyMs === 0 ? rate : `${rate}，延迟 ${latencyMs} 毫秒`;
}

function flowed({ name, packets, sends, fetched, moves, now }: EventOf<"net.flowed">): string {
  const said: string[] = [];
  if (packets.length > 0) said.push(`写入 ${runsText(packets)} 字节的包`);
  if (sends.length > 0) said.push(`send() 收下 ${runsText(sends)}`);
  if (fetched > 0) said.push(`取走 ${fetched} 行`);
  const { gauges, totals } = now;
  const where = `net_buffer ${gauges.netBuffer}，发送缓冲区 ${gauges.sendQueue + gauges.wire + gauges.unacknowledged}，接收缓冲区 ${gauges.receiveBuffer}，客户端 ${gauges.clientMemory + gauges.appMemory}；已产生 ${totals.rowsWritten} 行，处理完 ${totals.rowsProcessed} 行`;
  const what = said.length === 0 ? "字节向前移动" : said.join("；");
  return `${name}：${what}${moves > 1 ? `，共 ${moves} 次移动` : ""}（${where}）。`;
}

function turned({ name, to, rows, now }: EventOf<"client.turned">): string {
  const who = `${name} 的程序`;
  switch (to) {
    case "paused":
      return `${who}在第 ${rows + 1} 行之前停下${now.client.untilMs === null ? "" : `，直到 ${seconds(now.client.untilMs)}`}，什么也不读。`;
    case "resumed":
      return `${who}从第 ${rows + 1} 行继续。`;
    case "stored":
      return `${who}已把所有行存到自己的内存（${bytes(now.gauges.appMemory)}），开始处理；服务器已经空闲。`;
    case "processed":
      return `${who}处理完全部 ${rows} 行。`;
    case "left":
      return `${who}在 ${rows} 行之后离开${now.client.status === "useResult" ? "，结果仍然打开" : ""}。`;
    case "crashed":
      return `${who}在 ${rows} 行之后崩溃；它的内核关闭套接字。`;
    case "closed":
      return rows === 0 ? `${who}关闭了结果。` : `${who}关闭了结果；为此要读掉并丢弃 ${rows} 行。`;
    case "drained":
      return `PyMySQL 警告 "Previous unbuffered result was left incomplete"，先读掉并丢弃 ${rows} 行，才能发送下一条命令。`;
  }
}

function gotten({ outcome, rows }: EventOf<"client.ended">["last"]): string {
  switch (outcome.kind) {
    case "rows":
      return `得到 ${rows} 行`;
    case "ok":
      return "得到 OK";
    case "error":
      return `得到错误 ${outcome.errno}`;
    case "lost":
      return "失去了连接";
  }
}
