/** The engine as the site has it, core and parts, with a worker's global scope made by Node. */
import { createContext, Script } from "node:vm";
import { PROTOCOL_VERSION, type Reply, type Request } from "../../src/protocol/messages.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import type { Script as Built } from "../tools/build/engine/engine_build.ts";

export interface BuiltEngine {
  /** What the engine answers to a scenario. */
  play(scenario: Scenario): readonly Reply[];
  /** Files that were loaded after the core. */
  readonly loaded: readonly string[];
  /** The network, which can be cut. */
  readonly network: { isThere: boolean };
}

interface Scope {
  onmessage?: (message: { readonly data: Request }) => void;
}

export function builtEngine(scripts: readonly Built[]): BuiltEngine {
  const compiled = new Map(
    scripts.map(({ fileName, source }) => [fileName, new Script(source, { filename: fileName })]),
  );
  const loaded: string[] = [];
  const network = { isThere: true };
  let replies: Reply[] = [];
  const scope = createContext({
    URL,
    location: { href: `https://site.example/${scripts[0]?.fileName}` },
    postMessage: (reply: Reply) => replies.push(reply),
    importScripts: (url: string) => {
      const script = compiled.get(new URL(url).pathname.slice(1));
      if (!network.isThere || script === undefined) throw new Error(`${url} cannot be had`);
      loaded.push(url);
      script.runInContext(scope);
    },
  });
  compiled.get(scripts[0]?.fileName ?? "")?.runInContext(scope);
  return {
    loaded,
    network,
    play: (scenario) => {
      replies = [];
      const data: Request = { v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario };
      (scope as Scope).onmessage?.({ data });
      return replies;
    },
  };
}
