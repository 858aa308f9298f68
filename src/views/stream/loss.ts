/** Why a connection was lost, and why one that a program leaves waiting is not lost. */
import type { TraceEvent } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { ClientApi, ClientSettings, NetState } from "../../trace/state_net.ts";
import { eventAt, storyStart, type Timeline } from "../../trace/timeline.ts";

export type Loss = Extract<TraceEvent, { type: "net.shutDown" }>["why"];

/** Of the session's last connection that was given up before `position`. */
export function lossBefore(
  timeline: Timeline,
  position: number,
  session: SessionName,
): Loss | null {
  const start = storyStart(timeline);
  for (let at = position - 1; at >= start; at -= 1) {
    const event = eventAt(timeline, at);
    if (event?.type === "net.shutDown" && event.name === session) return event.why;
  }
  return null;
}

/** The call of the same library that leaves the rows on the line. */
const STREAMED: { readonly [Api in ClientApi]?: ClientApi } = {
  mysql_store_result: "mysql_use_result",
  "MySQLdb.Cursor": "MySQLdb.SSCursor",
  "pymysql.Cursor": "pymysql.SSCursor",
};

/** What keeps the server from waiting for a program that pauses: all rows are with it, or fit into the buffers. */
export type Unharmed =
  | { readonly kind: "stored"; readonly instead: Partial<ClientSettings> }
  | { readonly kind: "fits"; readonly bytes: number; readonly room: number };

/** Null while the program does not pause, or the server waits for it. */
export function unharmedPause({ client, server, settings, totals }: NetState): Unharmed | null {
  if (client.app !== "paused" || client.error !== null || server.phase !== "idle") return null;
  const streamed = STREAMED[settings.api];
  if (streamed !== undefined || settings.storeFirst || settings.fetch === "all") {
    const api = streamed ?? settings.api;
    return { kind: "stored", instead: { api, fetch: "one", storeFirst: false } };
  }
  const room = settings.sendBufferBytes + settings.receiveBufferBytes;
  return { kind: "fits", bytes: totals.bytesWritten, room };
}
