/**
 * The way of a result set as a row of stages, each with its bytes, its room and the rows that have got so far.
 *
 *     server: engine ─▶ net_buffer ─▶ send buffer ─▶ wire ─▶ client: receive buffer ─▶ read buffer ─▶ memory ─▶ program
 */
import { type NetGauges, type NetState, OTHER_WAY } from "../trace/state_net.ts";

export const STAGES = [
  "engine",
  "netBuffer",
  "sendBuffer",
  "wire",
  "receiveBuffer",
  "readBuffer",
  "library",
  "program",
] as const;

export type StageName = (typeof STAGES)[number];

export interface PipelineStage {
  readonly name: StageName;
  readonly side: "server" | "line" | "client";
  /** Bytes in it now, and the most there have been since the result began; the engine keeps none of a result. */
  readonly bytes: number;
  readonly peak: number;
  /** Bytes that fit; null: no limit. */
  readonly capacity: number | null;
  /** Whole rows that have got this far. */
  readonly rows: number;
  /** Rows that are here now, [first, last] in the result's order; null: none. */
  readonly here: RowRange | null;
}

export type RowRange = readonly [first: number, last: number];

export function pipelineStages(net: NetState): readonly PipelineStage[] {
  const { gauges, peaks, totals, settings, server } = net;
  const ranges = rowsHere(net);
  const stage = (
    name: StageName,
    side: PipelineStage["side"],
    bytes: (of: NetGauges) => number,
    capacity: number | null,
    rows: number,
  ): PipelineStage => ({
    name,
    side,
    bytes: bytes(gauges),
    peak: bytes(peaks),
    capacity,
    rows,
    here: ranges[name],
  });
  return [
    stage("engine", "server", () => 0, null, totals.rowsWritten),
    stage("netBuffer", "server", (of) => of.netBuffer, server.netBufferLength, totals.rowsWritten),
    stage("sendBuffer", "server", sendBufferOf, settings.sendBufferBytes, totals.rowsSent),
    stage("wire", "line", (of) => of.wire, null, totals.rowsTransmitted),
    stage(
      "receiveBuffer",
      "client",
      (of) => of.receiveBuffer,
      settings.receiveBufferBytes,
      totals.rowsArrived,
    ),
    stage("readBuffer", "client", (of) => of.readBuffer, null, totals.rowsReceived),
    stage("library", "client", (of) => of.clientMemory, settings.memoryLimitBytes, totals.rowsRead),
    stage("program", "client", (of) => of.appMemory, null, totals.rowsProcessed),
  ];
}

/** What the server's kernel keeps and is not on the line: also what it waits to have acknowledged. */
export function sendBufferOf(gauges: NetGauges): number {
  return gauges.sendQueue + gauges.unacknowledged;
}

/** Full parts of a gauge, 0 to 1; without a limit, of the most there has been. */
export function fillOf({ bytes, peak, capacity }: PipelineStage): number {
  const whole = capacity ?? Math.max(peak, 1);
  return Math.min(1, bytes / whole);
}

/** The library holds the whole result: it is freed at once, not row by row. */
function isStored({ settings, gauges }: NetState): boolean {
  return OTHER_WAY[settings.api].stores && gauges.clientMemory > 0;
}

/**
 * Which rows are where. A row is where its last byte is, so that a box stands for bytes that are all there; where a stage
 * has no bytes there are no rows, whatever the counts say: they were lost or thrown away.
 */
function rowsHere(net: NetState): Readonly<Record<StageName, RowRange | null>> {
  const { totals, gauges, client } = net;
  const worksOn = client.app === "processing" || client.app === "paused";
  const where = (isThere: boolean, behind: number, upTo: number): RowRange | null =>
    isThere && upTo > behind ? [behind + 1, upTo] : null;
  return {
    engine: null,
    netBuffer: where(gauges.netBuffer + gauges.rowPacket > 0, totals.rowsSent, totals.rowsWritten),
    sendBuffer: where(gauges.sendQueue > 0, totals.rowsTransmitted, totals.rowsSent),
    wire: where(gauges.wire > 0, totals.rowsArrived, totals.rowsTransmitted),
    receiveBuffer: where(gauges.receiveBuffer > 0, totals.rowsReceived, totals.rowsArrived),
    readBuffer: where(gauges.readBuffer > 0, totals.rowsRead, totals.rowsReceived),
    library: isStored(net)
      ? where(true, 0, totals.rowsRead)
      : where(gauges.clientMemory > 0, totals.rowsFetched, totals.rowsRead),
    program: where(
      worksOn || gauges.appMemory > 0,
      totals.rowsProcessed,
      // A stored row that is worked on is still the library's; only one at a time is in the program's hands.
      isStored(net) && gauges.appMemory === 0
        ? Math.min(totals.rowsFetched, totals.rowsProcessed + 1)
        : totals.rowsFetched,
    ),
  };
}
