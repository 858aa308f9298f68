/** The texts of the wait-for graph in a language. */
import type { GraphTexts } from "../../diagrams/wait_graph.ts";
import type { DeadlockState } from "../../trace/state.ts";
import type { StageWords } from "./words.ts";

export function graphTexts(words: StageWords, deadlock: DeadlockState | null): GraphTexts {
  const { waits } = words;
  return {
    lines: (session, member) => {
      if (member === null) return [waits.connection(session.connectionId)];
      const lines = [waits.trx(member.trxId), waits.weightShort(member.weight)];
      return member.trx === deadlock?.victim ? [waits.victimShort, ...lines] : lines;
    },
    wanted: waits.wanted,
    mdl: "MDL",
    userLock: waits.userLock,
  };
}
