/** Every sentence in English. */
import type { Narrator } from "../narrator.ts";
import { englishLocks } from "./locks.ts";
import { englishNet } from "./net.ts";
import { englishRecords } from "./records.ts";
import { englishSessions } from "./sessions.ts";
import { englishTransactions } from "./transactions.ts";

export const english: Narrator = {
  ...englishSessions,
  ...englishTransactions,
  ...englishRecords,
  ...englishLocks,
  ...englishNet,
};
