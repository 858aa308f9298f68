/** Which functions of the bundled engine run for some scenarios. V8 counts them itself. */
import { Session } from "node:inspector";
import { createContext, Script } from "node:vm";
import { PROTOCOL_VERSION, type Reply, type Request } from "../../../../src/protocol/messages.ts";
import type { Scenario } from "../../../../src/trace/scenario.ts";

const FILE = "engine-that-is-watched.js";

/** Where in the code the functions begin that ran for each group of scenarios; what runs at the start is the first's, which may be empty. */
export function functionsUsed(
  code: string,
  groups: readonly (readonly Scenario[])[],
): readonly ReadonlySet<number>[] {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  const engine = engineOf(code);
  const used = groups.map((scenarios) => {
    for (const scenario of scenarios) {
      engine.handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
      const last = engine.replies.splice(0).at(-1);
      if (last?.kind !== "done") throw new Error(`${scenario.id}: ${JSON.stringify(last)}`);
    }
    return starts(session);
  });
  session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  return used;
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

/** The inspector of one's own process answers before `post` returns. Asking sets the counts to zero. */
function starts(session: Session): ReadonlySet<number> {
  const found = new Set<number>();
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) throw error;
    for (const { url, functions } of result) {
      if (!url.endsWith(FILE)) continue;
      for (const { ranges } of functions) {
        const [whole] = ranges;
        if (whole !== undefined && whole.count > 0) found.add(whole.startOffset - PROLOGUE.length);
      }
    }
  });
  if (found.size === 0) throw new Error("nothing ran");
  return found;
}
