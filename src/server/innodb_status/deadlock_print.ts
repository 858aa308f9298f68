/**
 * LATEST DETECTED DEADLOCK. It is written when the deadlock is found, because the records it shows change afterwards.
 *
 * InnoDB: lock0lock.cc: Deadlock_notifier::notify, start_print.
 */
import { intMapGet } from "../../base/int_map.ts";
import type { EventBody } from "../../trace/events.ts";
import type { DeadlockMember } from "../../trace/state.ts";
import { nowText } from "../clock_text.ts";
import type { Server } from "../server.ts";
import { lockText } from "./lock_print.ts";
import { trxText } from "./trx_print.ts";

type Deadlock = Extract<EventBody, { type: "deadlock.found" }>["deadlock"];

export function deadlockText(server: Server, deadlock: Deadlock): string {
  const dump = server.engine.dump();
  const { cycle } = deadlock;
  const members = cycle.map((member, at) => {
    const number = at + 1;
    const holds = lockHeldBy(cycle, at);
    const trx = intMapGet(dump.trxs, member.trx);
    return [
      `*** (${number}) TRANSACTION:`,
      trx === undefined ? `TRANSACTION ${member.trxId}` : trxText(server, dump, trx),
      "",
      `*** (${number}) HOLDS THE LOCK(S):`,
      holds === null ? "" : lockText(dump, holds, member.trxId),
      "",
      `*** (${number}) WAITING FOR THIS LOCK TO BE GRANTED:`,
      lockText(dump, member.waitsFor, member.trxId),
    ].join("\n");
  });
  const victim = cycle.findIndex((member) => member.trx === deadlock.victim) + 1;
  const thread = `${nowText(server.log.nowMs)} ${140_000_000_000_000}`;
  return `${[thread, members.join("\n\n")].join("\n")}\n*** WE ROLL BACK TRANSACTION (${victim})`;
}

/** The lock of a member that the one before it in the cycle waits for. */
function lockHeldBy(cycle: readonly DeadlockMember[], at: number): DeadlockMember["heldBy"] | null {
  const before = cycle[(at + cycle.length - 1) % cycle.length];
  return before?.heldBy ?? null;
}
