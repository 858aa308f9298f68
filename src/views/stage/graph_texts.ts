/** The texts of the wait-for graph in a language. */
import type { GraphTexts } from "../../diagrams/wait_graph.ts";
import { isTie } from "../../trace/explain/text.ts";
import type { DeadlockMember, DeadlockState } from "../../trace/state.ts";
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

/** The weights, and which of them was chosen. */
export function whyChosen(
  deadlock: DeadlockState,
  victim: DeadlockMember,
  waits: StageWords["waits"],
): string {
  const others = deadlock.cycle.filter((member) => member !== victim);
  if (isTie(deadlock)) {
    const equals = others.filter((member) => member.weight === victim.weight);
    const names = equals.map((member) => member.session);
    return waits.chosenTie(victim.session, victim.weight, names);
  }
  const heavier = others.map((member) => waits.weighs(member.session, member.weight));
  return waits.chosenLightest(victim.session, victim.weight, heavier);
}
