/**
 * The way of a result set as a row of stages, and how full they have been over time.
 *
 *     server: net_buffer ─▶ send buffer ─▶ wire ─▶ client: receive buffer ─▶ read buffer ─▶ library ─▶ program
 */
import type { SessionName } from "../trace/ids.ts";
import type { NetGauges, NetState } from "../trace/state_net.ts";
import { eventsBetween, type Timeline } from "../trace/timeline.ts";

export type StageName =
  | "netBuffer"
  | "sendBuffer"
  | "wire"
  | "receiveBuffer"
  | "readBuffer"
  | "library"
  | "program";

export interface PipelineStage {
  readonly name: StageName;
  readonly side: "server" | "line" | "client";
  /** Bytes in it now, and the most there have been since the result began. */
  readonly bytes: number;
  readonly peak: number;
  /** Bytes that fit; null: no limit. */
  readonly capacity: number | null;
  /** Rows that have got this far, whole ones. */
  readonly rows: number;
}

export function pipelineStages(net: NetState): readonly PipelineStage[] {
  const { gauges, peaks, totals, settings, server } = net;
  const stage = (
    name: StageName,
    side: PipelineStage["side"],
    bytes: (of: NetGauges) => number,
    capacity: number | null,
    rows: number,
  ): PipelineStage => ({ name, side, bytes: bytes(gauges), peak: bytes(peaks), capacity, rows });
  return [
    stage(
      "netBuffer",
      "server",
      (of) => of.netBuffer + of.rowPacket,
      server.netBufferLength,
      totals.rowsWritten,
    ),
    stage(
      "sendBuffer",
      "server",
      (of) => of.sendQueue + of.unacknowledged,
      settings.sendBufferBytes,
      totals.rowsSent,
    ),
    stage("wire", "line", (of) => of.wire, null, totals.rowsSent),
    stage(
      "receiveBuffer",
      "client",
      (of) => of.receiveBuffer,
      settings.receiveBufferBytes,
      totals.rowsArrived,
    ),
    stage("readBuffer", "client", (of) => of.readBuffer, null, totals.rowsRead),
    stage("library", "client", (of) => of.clientMemory, settings.memoryLimitBytes, totals.rowsRead),
    stage("program", "client", (of) => of.appMemory, null, totals.rowsProcessed),
  ];
}

/** Full parts of a gauge, 0 to 1; without a limit, of the most there has been. */
export function fillOf({ bytes, peak, capacity }: PipelineStage): number {
  const whole = capacity ?? Math.max(peak, 1);
  return Math.min(1, bytes / whole);
}

export const FLOW_LINES = ["netBuffer", "sendBuffer", "receiveBuffer", "library"] as const;
export type FlowLine = (typeof FLOW_LINES)[number];

export interface FlowPoint {
  readonly ms: number;
  readonly bytes: Readonly<Record<FlowLine, number>>;
}

/** Bytes in the stages after each movement of the session's last result up to a position. */
export function flowPoints(
  timeline: Timeline,
  position: number,
  session: SessionName,
): readonly FlowPoint[] {
  let points: FlowPoint[] = [];
  for (const event of eventsBetween(timeline, 0, position)) {
    if (!("now" in event) || event.name !== session) continue;
    if (event.type === "net.resultStarted") points = [];
    const { gauges } = event.now;
    const bytes = {
      netBuffer: gauges.netBuffer + gauges.rowPacket,
      sendBuffer: gauges.sendQueue + gauges.unacknowledged,
      receiveBuffer: gauges.receiveBuffer,
      library: gauges.clientMemory + gauges.appMemory,
    };
    const last = points.at(-1);
    if (last?.ms === event.ms) points[points.length - 1] = { ms: event.ms, bytes };
    else points.push({ ms: event.ms, bytes });
  }
  return points;
}

/** SVG path of one line in a box of this size; steps, because bytes stay until they move. */
export function flowPath(
  points: readonly FlowPoint[],
  line: FlowLine,
  box: { readonly width: number; readonly height: number },
  top: number,
): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  const span = Math.max(1, last.ms - first.ms);
  const x = (ms: number): string => (((ms - first.ms) / span) * box.width).toFixed(1);
  const y = (bytes: number): string => (box.height * (1 - bytes / Math.max(1, top))).toFixed(1);
  return points
    .map(({ ms, bytes }, at) =>
      at === 0 ? `M${x(ms)},${y(bytes[line])}` : `H${x(ms)}V${y(bytes[line])}`,
    )
    .join("");
}
