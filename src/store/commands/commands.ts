/** All that the page can ask of the server, but for comparing, which has servers of its own (`comparing.ts`). */
import type { SessionName } from "../../trace/ids.ts";
import { beside } from "../beside.ts";
import type { EngineClient } from "../engine_client.ts";
import type { PageCommands } from "../page_commands.ts";
import type { PageStore } from "../page_store.ts";
import { CommandTurns } from "./command_turns.ts";
import { frameCommandsOf } from "./frame_commands.ts";
import { branchCommands, retellingCommands } from "./script_commands.ts";
import { ScriptRun } from "./script_run.ts";
import { isRefused, sessionStatus } from "./session_commands.ts";

/** `others` is an end of a wire to another worker, for scenarios that have nothing to do with the page's. */
export function createCommands(
  store: PageStore,
  client: EngineClient,
  others: EngineClient = client,
): PageCommands {
  const turns = new CommandTurns(store);
  const run = new ScriptRun(store, client, turns);
  return {
    ...frameCommandsOf(store, client, turns, run),
    ...retellingCommands(store, turns, run),
    ...branchCommands(store, turns, run),
    ask: (session, sql) => turns.untilStopped(() => askBeside(store, client, session, sql)),
    play: async (scenario) => (await beside()).playedApart(others, scenario),
    look: async (sql) => (await beside()).outcomeAt(store.getState(), client, sql),
  };
}

/** What the statement would do at the cursor, as the page's `peek`. */
async function askBeside(
  store: PageStore,
  client: EngineClient,
  session: SessionName,
  sql: string,
): Promise<void> {
  const { getState: page, setState: set } = store;
  if (isRefused(store, session)) return;
  if (sessionStatus(page(), session) === "gone") {
    return set({ notice: { kind: "cannotRun", session, why: "gone" } });
  }
  const peek = await (await beside()).peekAt(page(), client, { session, sql });
  set(peek.failure === null ? { peek } : { notice: { kind: "notOpened", message: peek.failure } });
}
