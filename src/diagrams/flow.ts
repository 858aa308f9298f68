/**
 * How full the stages have been over time, for one session's last result, and what it came to: for the result as it went
 * and for its twin that was taken the other way.
 */
import { maxOf, minOf } from "../base/lists.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { NetState } from "../trace/state_net.ts";
import { sendBufferOf } from "./pipeline.ts";

export const FLOW_LINES = [
  "netBuffer",
  "sendBuffer",
  "wire",
  "receiveBuffer",
  "readBuffer",
  "memory",
] as const;
/** All but the client's memory. */
export const WAY_LINES = FLOW_LINES.filter((line) => line !== "memory");
export type FlowLine = (typeof FLOW_LINES)[number];

export interface FlowPoint {
  readonly ms: number;
  /** Movements since the result began. */
  readonly moves: number;
  readonly bytes: Readonly<Record<FlowLine, number>>;
}

/** What one result cost, as far as it has come. */
export interface FlowSummary {
  /** The step that asked for it. */
  readonly command: number;
  readonly startMs: number;
  /** The most bytes that the client's process held. */
  readonly memoryPeak: number;
  readonly netBufferPeak: number;
  /** When the server was done with the statement, and had let go of all it held; null: not yet. */
  readonly serverDoneMs: number | null;
  /** When the program had all its rows done with, or had failed; null: not yet. */
  readonly programDoneMs: number | null;
  /** How often send() had to wait. */
  readonly waits: number;
  readonly rowsProcessed: number;
  /** How many rows the program had done with when the server closed the connection amid the result; null: it did not. */
  readonly cutOffAfter: number | null;
  /** Of the call that failed. */
  readonly error: { readonly errno: number; readonly message: string } | null;
}

export interface Flow {
  readonly points: readonly FlowPoint[];
  readonly summary: FlowSummary | null;
}

export interface FlowChoice {
  /** Up to this moment of virtual time. */
  readonly untilMs?: number;
  /** The result of this step; else the last one. */
  readonly command?: number;
}

export function flowOf(
  events: Iterable<TraceEvent>,
  session: SessionName,
  { untilMs = Number.POSITIVE_INFINITY, command }: FlowChoice = {},
): Flow {
  let points: FlowPoint[] = [];
  let summary: FlowSummary | null = null;
  let moves = 0;
  for (const event of events) {
    if (event.ms > untilMs) break;
    if (!("now" in event) || event.name !== session) continue;
    // A second query of the program in the same step is part of the story.
    if (event.type === "net.resultStarted" && event.command !== summary?.command) {
      if (summary !== null && summary.command === command) break;
      points = [];
      moves = 0;
      summary = begun(event);
    }
    if (summary === null) continue;
    moves += event.type === "net.flowed" ? event.moves : 0;
    const before = summary.memoryPeak;
    summary = summed(summary, event);
    const bytes = bytesOf(event.now.gauges);
    // What was allocated and freed again since the event before.
    const spike = summary.memoryPeak > Math.max(before, bytes.memory);
    if (spike)
      points.push({ ms: event.ms, moves, bytes: { ...bytes, memory: summary.memoryPeak } });
    points.push({ ms: event.ms, moves, bytes });
  }
  return command === undefined || summary?.command === command
    ? { points, summary }
    : { points: [], summary: null };
}

type NetTraceEvent = Extract<TraceEvent, { readonly now: unknown }>;

function begun({ ms, command }: NetTraceEvent): FlowSummary {
  return {
    command,
    startMs: ms,
    memoryPeak: 0,
    netBufferPeak: 0,
    serverDoneMs: null,
    programDoneMs: null,
    waits: 0,
    rowsProcessed: 0,
    cutOffAfter: null,
    error: null,
  };
}

function summed(summary: FlowSummary, event: NetTraceEvent): FlowSummary {
  const { gauges, peaks, server, totals, client } = event.now;
  const isEnd =
    client.app === "crashed" || (event.type === "client.ended" && client.app === "done");
  const isCutOff =
    event.type === "net.shutDown" && event.why !== "clientGone" && summary.serverDoneMs === null;
  // A connection that the server gives up takes its statement along, whatever is on the way.
  const isOver = server.statement === null || event.type === "net.shutDown";
  const { errno, message } = event.type === "client.failed" ? event : { errno: 0, message: "" };
  return {
    command: summary.command,
    startMs: summary.startMs,
    memoryPeak: Math.max(
      summary.memoryPeak,
      gauges.clientMemory + gauges.appMemory,
      peaks.clientMemory,
      peaks.appMemory,
    ),
    netBufferPeak: Math.max(summary.netBufferPeak, peaks.netBuffer, gauges.netBuffer),
    serverDoneMs: summary.serverDoneMs ?? (isOver ? event.ms : null),
    programDoneMs: summary.programDoneMs ?? (isEnd ? event.ms : null),
    waits: Math.max(summary.waits, totals.sendWaits),
    rowsProcessed: Math.max(summary.rowsProcessed, totals.rowsProcessed),
    cutOffAfter: summary.cutOffAfter ?? (isCutOff ? totals.rowsProcessed : null),
    error: summary.error ?? (errno === 0 ? null : { errno, message }),
  };
}

function bytesOf(gauges: NetState["gauges"]): FlowPoint["bytes"] {
  return {
    netBuffer: gauges.netBuffer,
    sendBuffer: sendBufferOf(gauges),
    wire: gauges.wire,
    receiveBuffer: gauges.receiveBuffer,
    readBuffer: gauges.readBuffer,
    memory: gauges.clientMemory + gauges.appMemory,
  };
}

// ---------------------------------------------------------------- the chart

/** What both charts of a pair share, so that they can be compared. */
export interface FlowScale {
  /** Where nothing took any time the movements are counted instead. */
  readonly axis: "ms" | "moves";
  readonly from: number;
  readonly to: number;
  /** Bytes at the upper edge: as many as were there at most, and at least one. */
  readonly top: number;
}

/** For charts of these lines. */
export function flowScale(flows: readonly Flow[], lines: readonly FlowLine[]): FlowScale {
  const points = flows.flatMap((flow) => flow.points);
  const starts = flows.flatMap(({ summary }) => summary?.startMs ?? []);
  const from = minOf(starts);
  const to = maxOf(
    points.map(({ ms }) => ms),
    from,
  );
  const top = maxOf(
    flows.map((flow) => flowPeak(flow, lines)),
    1,
  );
  if (to > from) return { axis: "ms", from, to, top };
  return {
    axis: "moves",
    from: 0,
    to: maxOf(
      points.map(({ moves }) => moves),
      1,
    ),
    top,
  };
}

/** The most bytes that any of these lines came to. */
export function flowPeak({ points }: Flow, lines: readonly FlowLine[]): number {
  return maxOf(
    points.flatMap(({ bytes }) => lines.map((line) => bytes[line])),
    0,
  );
}

/** SVG path of one line in a box of this size; steps, because bytes stay until they move. */
export function flowPath(
  points: readonly FlowPoint[],
  line: FlowLine,
  box: { readonly width: number; readonly height: number },
  { axis, from, to, top }: FlowScale,
): string {
  const x = (point: FlowPoint): string =>
    (((point[axis] - from) / (to - from)) * box.width).toFixed(1);
  const y = (bytes: number): string => (box.height * (1 - bytes / top)).toFixed(1);
  let path = "";
  let before = "";
  for (const point of points) {
    const at = x(point);
    const height = y(point.bytes[line]);
    if (path === "") path = `M${at},${height}`;
    else if (`${at} ${height}` !== before) path += `H${at}V${height}`;
    before = `${at} ${height}`;
  }
  return path;
}
