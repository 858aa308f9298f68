/** Every sentence in Simplified Chinese. */
import type { Narrator } from "../narrator.ts";
import { chineseLocks } from "./locks.ts";
import { chineseNet } from "./net.ts";
import { chineseRecords } from "./records.ts";
import { chineseSessions } from "./sessions.ts";
import { chineseTransactions } from "./transactions.ts";

export const chinese: Narrator = {
  ...chineseSessions,
  ...chineseTransactions,
  ...chineseRecords,
  ...chineseLocks,
  ...chineseNet,
};
