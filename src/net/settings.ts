/** What a client is like when nothing else is said of it, and what each of the calls it may make is. */
import type { ClientApi, ClientSettings } from "../trace/state_net.ts";

/** A fast program on the server's own machine. The buffers are those that Linux starts a connection with. */
export const DEFAULT_CLIENT: ClientSettings = {
  api: "mysql_store_result",
  sendBufferBytes: 16_384,
  receiveBufferBytes: 131_072,
  bandwidthBytesPerS: null,
  latencyMs: 0,
  segmentBytes: 1448,
  library: "9.7",
  memoryLimitBytes: null,
  fetch: "one",
  fetchSize: 100,
  rowMs: 0,
  pauseAtRow: null,
  pauseMs: 0,
  storeFirst: false,
  turnAtRow: null,
  turn: "break",
  query: "SELECT 1",
};

/** How a driver takes results, and what it said when it connected. */
export interface ApiTraits {
  /** Rows come one by one (mysql_use_result), or all are read into memory first (mysql_store_result). */
  readonly takes: "rowByRow" | "everything";
  readonly family: "C" | "MySQLdb" | "PyMySQL";
  readonly asDictionary: boolean;
  /** libmysqlclient says CLIENT_DEPRECATE_EOF, PyMySQL does not. */
  readonly deprecateEof: boolean;
  /** The collation it connects with: utf8mb4_0900_ai_ci, or utf8mb4_general_ci. */
  readonly charset: number;
}

const LIBMYSQLCLIENT = { deprecateEof: true, charset: 255 } as const;
const PYMYSQL = { family: "PyMySQL", deprecateEof: false, charset: 45 } as const;

/** How each API takes a result, and on which library it is built. */
export const API_TRAITS: Readonly<Record<ClientApi, ApiTraits>> = {
  mysql_store_result: { ...LIBMYSQLCLIENT, family: "C", takes: "everything", asDictionary: false },
  mysql_use_result: { ...LIBMYSQLCLIENT, family: "C", takes: "rowByRow", asDictionary: false },
  "MySQLdb.Cursor": {
    ...LIBMYSQLCLIENT,
    family: "MySQLdb",
    takes: "everything",
    asDictionary: false,
  },
  "MySQLdb.SSCursor": {
    ...LIBMYSQLCLIENT,
    family: "MySQLdb",
    takes: "rowByRow",
    asDictionary: false,
  },
  "MySQLdb.SSDictCursor": {
    ...LIBMYSQLCLIENT,
    family: "MySQLdb",
    takes: "rowByRow",
    asDictionary: true,
  },
  "pymysql.Cursor": { ...PYMYSQL, takes: "everything", asDictionary: false },
  "pymysql.SSCursor": { ...PYMYSQL, takes: "rowByRow", asDictionary: false },
  "pymysql.SSDictCursor": { ...PYMYSQL, takes: "rowByRow", asDictionary: true },
};

/** What is wrong with the settings, or null. Numbers have to be whole and in a range that a buffer can have. */
export function settingsProblem(settings: ClientSettings): string | null {
  if (API_TRAITS[settings.api] === undefined) return `no client API ${String(settings.api)}`;
  for (const key of WHOLE_NUMBERS) {
    const value = settings[key];
    if (value !== null && (!Number.isInteger(value) || value < 1)) {
      return `${key} is a whole number from 1 on`;
    }
  }
  for (const key of DURATIONS) {
    const value = settings[key];
    if (!(Number.isFinite(value) && value >= 0)) return `${key} is a number from 0 on`;
  }
  for (const [key, choices] of Object.entries(CHOICES)) {
    if (!choices.includes(settings[key as keyof typeof CHOICES] as never)) {
      return `${key} is one of ${choices.join(", ")}`;
    }
  }
  return typeof settings.query === "string" ? null : "query is a statement";
}

const CHOICES = {
  library: ["9.7", "8.0.23"],
  fetch: ["one", "many", "all", "manual"],
  storeFirst: [true, false],
  turn: ["break", "close", "query", "ping", "crash"],
} as const;

const WHOLE_NUMBERS = [
  "sendBufferBytes",
  "receiveBufferBytes",
  "bandwidthBytesPerS",
  "segmentBytes",
  "memoryLimitBytes",
  "fetchSize",
  "pauseAtRow",
  "turnAtRow",
] as const;

const DURATIONS = ["latencyMs", "rowMs", "pauseMs"] as const;
