/** What the client's library says of itself. */
import type { ClientApi, NetClientState } from "../../trace/state_net.ts";
import type { StreamWords } from "./words.ts";

type Client = Pick<NetClientState, "call" | "status">;

export function libraryState(client: Client, api: ClientApi, words: StreamWords): string {
  if (client.call !== null && client.status === "ready") return words.asking;
  const isPymysql = api.startsWith("pymysql");
  return isPymysql && client.status === "useResult"
    ? words.throwsAway
    : words.library[client.status];
}
