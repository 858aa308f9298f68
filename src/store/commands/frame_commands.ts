/**
 * What also a frame in somebody's post asks of the server: opening, running statements, letting time pass, forks, undo. Commands
 * are carried out one after the other (`command_turns.ts`); a server that fails is started again and what was there before is
 * replayed (`script_run.ts`).
 */

import type { EngineClient } from "../engine_client.ts";
import { type PageCommands, sleepingCommands } from "../page_commands.ts";
import type { PageStore } from "../page_store.ts";
import { CommandTurns } from "./command_turns.ts";
import { openingCommands } from "./script_commands.ts";
import { ScriptRun } from "./script_run.ts";
import { sessionCommands } from "./session_commands.ts";

/** The others sleep: a frame has no schedule, branches or questions, and need not load what they take. */
export function createFrameCommands(store: PageStore, client: EngineClient): PageCommands {
  const turns = new CommandTurns(store);
  return frameCommandsOf(store, client, turns, new ScriptRun(store, client, turns));
}

export function frameCommandsOf(
  store: PageStore,
  client: EngineClient,
  turns: CommandTurns,
  run: ScriptRun,
): PageCommands {
  return {
    ...sleepingCommands,
    ...openingCommands(store, turns, run),
    ...sessionCommands(store, turns, run),
    stop: () => {
      if (store.getState().phase !== "working") return;
      turns.halt();
      client.stop("stopped");
    },
  };
}
