/** English sentences about the way of a result from net_buffer to the application. */
import type { NetEvent } from "../../events_net.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { bytes, runsText, seconds, unstopped } from "../text.ts";
import { count } from "./words.ts";

const SHUT_DOWN: Readonly<Record<EventOf<"net.shutDown">["why"], string>> = {
  writeTimeout: "the socket took nothing for net_write_timeout",
  killed: "the connection was killed",
  clientGone: "the client's end is closed",
  released: "COMMIT or ROLLBACK ... RELEASE ends it",
};

export const englishNet: NarratorOf<NetEvent> = {
  "net.configured": ({ name, settings }) =>
    `${name}'s client takes results with ${settings.api}: send buffer ${bytes(settings.sendBufferBytes)}, receive buffer ${bytes(settings.receiveBufferBytes)}, ${line(settings)}, ${seconds(settings.rowMs)} a row.`,
  "net.resultStarted": ({ name, columns, now }) =>
    `${name}: the definitions of ${count(columns.length, "column")} stand in net_buffer, ${bytes(now.gauges.netBuffer)} of ${now.server.netBufferLength}.`,
  "net.flowed": flowed,
  "net.blocked": ({ name, bytes: wanting, timeoutMs, now }) =>
    `${name}: send() returns EAGAIN, the send buffer is full; ${bytes(wanting)} wait for room, at most ${seconds(timeoutMs)} (net_write_timeout). Row ${now.totals.rowsWritten} is the last one made.`,
  "net.writable": ({ name, waitedMs }) =>
    `${name}: the socket can be written again after ${seconds(waitedMs)}.`,
  "net.shutDown": ({ name, why, bytesLost, bytesOnTheWay }) =>
    `${name}: the server shuts the connection down, ${SHUT_DOWN[why]}; ${bytes(bytesLost)} are never sent, ${bytes(bytesOnTheWay)} are on their way.`,
  "client.called": ({ name, call }) => `${name}'s program calls ${call}.`,
  "client.failed": ({ name, call, errno, message }) =>
    `${name}'s program gets error ${errno} from ${call}: ${unstopped(message) || "(no text)"}.`,
  "client.turned": turned,
  "client.ended": ({ name, last }) => `${name}'s program has ${gotten(last)}.`,
};

function line(settings: EventOf<"net.configured">["settings"]): string {
  const { bandwidthBytesPerS, latencyMs } = settings;
  const rate = bandwidthBytesPerS === null ? "no limit" : `${bytes(bandwidthBytesPerS)} a second`;
  return latencyMs === 0 ? rate : `${rate} and ${latencyMs} ms latency`;
}

function flowed({ name, packets, sends, fetched, moves, now }: EventOf<"net.flowed">): string {
  const said: string[] = [];
  if (packets.length > 0) said.push(`packets of ${runsText(packets)} written`);
  if (sends.length > 0) said.push(`send() took ${runsText(sends)}`);
  if (fetched > 0) said.push(`${count(fetched, "row")} fetched`);
  const { gauges, totals } = now;
  const where = `net_buffer ${gauges.netBuffer}, send buffer ${gauges.sendQueue + gauges.wire + gauges.unacknowledged}, receive buffer ${gauges.receiveBuffer}, client ${gauges.clientMemory + gauges.appMemory}; row ${totals.rowsWritten} made, ${totals.rowsProcessed} done`;
  const what = said.length === 0 ? "bytes move on" : said.join("; ");
  return `${name}: ${what}${moves > 1 ? ` in ${moves} movements` : ""} (${where}).`;
}

function turned({ name, to, rows, now }: EventOf<"client.turned">): string {
  const who = `${name}'s program`;
  switch (to) {
    case "paused":
      return `${who} pauses before row ${rows + 1}${now.client.untilMs === null ? "" : ` until ${seconds(now.client.untilMs)}`}, and reads nothing.`;
    case "resumed":
      return `${who} goes on with row ${rows + 1}.`;
    case "stored":
      return `${who} has every row in memory of its own, ${bytes(now.gauges.appMemory)}, and begins to work on them; the server is free.`;
    case "processed":
      return `${who} is done with all of ${count(rows, "row")}.`;
    case "left":
      return `${who} leaves after ${count(rows, "row")}${now.client.status === "useResult" ? " and the result stays open" : ""}.`;
    case "crashed":
      return `${who} dies after ${count(rows, "row")}; its kernel closes the socket.`;
    case "closed":
      return rows === 0
        ? `${who} has closed the result.`
        : `${who} has closed the result; ${count(rows, "row")} had to be read and thrown away for that.`;
    case "drained":
      return `PyMySQL warns "Previous unbuffered result was left incomplete", reads ${count(rows, "row")} and throws them away, so that the next command can be sent.`;
  }
}

function gotten({ outcome, rows }: EventOf<"client.ended">["last"]): string {
  switch (outcome.kind) {
    case "rows":
      return `got ${count(rows, "row")}`;
    case "ok":
      return "got OK";
    case "error":
      return `got error ${outcome.errno}`;
    case "lost":
      return "lost its connection";
  }
}
