/** Which functions of the bundled engine run for some scenarios. V8 counts them itself. */
import { Session } from "node:inspector";
import { createContext, Script } from "node:vm";
import { PROTOCOL_VERSION, type Reply, type Request } from "../../../../src/protocol/messages.ts";
import type { Scenario } from "../../../../src/trace/scenario.ts";

const FILE = "engine-that-is-watched.js";

/**
 * Where in the code the functions begin that ran for each group of scenarios, each with an engine of its own: what is made
 * once and kept belongs to every group that needs it. What runs at the start is in all of them.
 */
export function functionsUsed(
  code: string,
  groups: readonly (readonly Scenario[])[],
): readonly ReadonlySet<number>[] {
  return watched(code, false, (play, ranges, renew) =>
    groups.map((scenarios) => {
      renew();
      for (const scenario of scenarios) play(scenario);
      const whole = ranges().flatMap(([first]) => (first === undefined ? [] : [first]));
      return new Set(whole.filter(({ count }) => count > 0).map(({ start }) => start));
    }),
  );
}

/** Whether nothing between two positions runs for any of the scenarios. */
export function unusedIn(
  code: string,
  scenarios: readonly Scenario[],
): (start: number, end: number) => boolean {
  return watched(code, true, (play, ranges) => {
    for (const scenario of scenarios) play(scenario);
    const isUsed = new Uint8Array(code.length);
    // Of a range and one inside it the smaller has the word.
    const bySize = ranges()
      .flat()
      .sort((a, b) => b.end - b.start - (a.end - a.start));
    for (const { start, end, count } of bySize) isUsed.fill(count > 0 ? 1 : 0, start, end);
    return (start, end) => !isUsed.subarray(start, end).includes(1);
  });
}

interface Counted {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** @param withBlocks besides the functions what in them is run or not */
function watched<T>(
  code: string,
  withBlocks: boolean,
  watch: (
    play: (scenario: Scenario) => void,
    ranges: () => readonly (readonly Counted[])[],
    renew: () => void,
  ) => T,
): T {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: withBlocks });
  // What was compiled to count functions does not count blocks, and the same text is not compiled twice.
  const text = withBlocks ? `${code}\n// With blocks.` : code;
  let engine = engineOf(text);
  const renew = (): void => {
    engine = engineOf(text);
  };
  const play = (scenario: Scenario): void => {
    engine.handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
    const last = engine.replies.splice(0).at(-1);
    if (last?.kind !== "done") throw new Error(`${scenario.id}: ${JSON.stringify(last)}`);
  };
  const found = watch(play, () => counted(session), renew);
  session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  return found;
}

const PROLOGUE = '(()=>{"use strict";';

function engineOf(code: string) {
  const replies: Reply[] = [];
  const scope: Scope = { postMessage: (reply) => replies.push(reply) };
  const context = createContext(scope);
  new Script(`${PROLOGUE}${code}\n})()`, { filename: FILE }).runInContext(context);
  return {
    replies,
    handle: (data: Request) => scope.onmessage?.({ data }),
  };
}

/** As much of a worker's global scope as the engine asks for. */
interface Scope {
  readonly postMessage: (reply: Reply) => void;
  onmessage?: (message: { readonly data: Request }) => void;
}

/** For each function its own range and then those in it. The inspector answers before `post` returns; asking sets the counts to zero. */
function counted(session: Session): readonly (readonly Counted[])[] {
  const found: (readonly Counted[])[] = [];
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) throw error;
    for (const { url, functions } of result) {
      if (!url.endsWith(FILE)) continue;
      for (const { ranges } of functions) {
        found.push(
          ranges.map(({ startOffset, endOffset, count }) => ({
            start: Math.max(0, startOffset - PROLOGUE.length),
            end: endOffset - PROLOGUE.length,
            count,
          })),
        );
      }
    }
  });
  if (found.length === 0) throw new Error("nothing ran");
  return found;
}
