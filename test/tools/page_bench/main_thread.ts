/**
 * What of a latency the page's main thread worked, whatever else the machine was doing: the thread time of all its tasks from the
 * one that took the input to the frame with the picture, out of Chromium's own trace.
 */
import type { CDPSession } from "playwright-core";

interface TraceLine {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of the thread. */
  readonly tdur?: number;
}

const CATEGORIES = ["toplevel", "blink.user_timing"];

/** Milliseconds for each input of `work`, which `installProbe` marked. */
export async function mainThreadOf(
  session: CDPSession,
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const lines: TraceLine[] = [];
  const take = ({ value }: { readonly value: readonly object[] }): void => {
    for (const line of value) lines.push(line as TraceLine);
  };
  session.on("Tracing.dataCollected", take);
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ["*"] },
  });
  await work();
  const isOver = new Promise<void>((resolve) =>
    session.once("Tracing.tracingComplete", () => resolve()),
  );
  await session.send("Tracing.end");
  await isOver;
  session.off("Tracing.dataCollected", take);
  return workByInput(lines);
}

function workByInput(lines: readonly TraceLine[]): readonly number[] {
  const marks = lines.filter(isMark).toSorted((a, b) => a.ts - b.ts);
  const tasks = lines.filter(
    ({ name, ph, pid, tid }) =>
      name === "ThreadControllerImpl::RunTask" &&
      ph === "X" &&
      pid === marks[0]?.pid &&
      tid === marks[0].tid,
  );
  return marks.flatMap((mark, at) => {
    const picture = marks.slice(at + 1).find(({ name }) => name === "bench.pictured");
    if (mark.name !== "bench.input" || picture === undefined) return [];
    const within = tasks.filter(({ ts, dur = 0 }) => ts + dur > mark.ts && ts + dur <= picture.ts);
    return [within.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000];
  });
}

function isMark({ name }: TraceLine): boolean {
  return name === "bench.input" || name === "bench.pictured";
}
