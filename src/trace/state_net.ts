/**
 * The way of a result from the server to the application, as plain JSON: one `NetState` for every session whose client is
 * simulated. A session without one has a client that takes everything at once.
 *
 *     rows ─▶ net_buffer ─▶ send buffer ─▶ wire ─▶ receive buffer ─▶ read buffer ─▶ client library ─▶ application
 *             └ server ───────────────┘           └ client's kernel ┘└ client's process ────────────────────────┘
 */
import type { SessionName, StatementId } from "./ids.ts";
import type { Outcome } from "./state.ts";

/** A call that a program which waits for calls is told to make. */
export type ClientCall = (typeof CLIENT_CALLS)[number];

export const CLIENT_CALLS = [
  "fetchone",
  "fetchmany",
  "fetchall",
  "close",
  "ping",
  "crash",
] as const;

/** The call that a client's program makes, by its name in the library's manual. */
export type ClientApi =
  | "mysql_store_result"
  | "mysql_use_result"
  | "MySQLdb.Cursor"
  | "MySQLdb.SSCursor"
  | "MySQLdb.SSDictCursor"
  | "pymysql.Cursor"
  | "pymysql.SSCursor"
  | "pymysql.SSDictCursor";

/**
 * The call that takes the same result the other way: all rows into the client's memory (`stores`), or row by row.
 * SSDictCursor's twin is the plain Cursor, which stores.
 */
export const OTHER_WAY: Readonly<
  Record<ClientApi, { readonly stores: boolean; readonly twin: ClientApi }>
> = {
  mysql_store_result: { stores: true, twin: "mysql_use_result" },
  mysql_use_result: { stores: false, twin: "mysql_store_result" },
  "MySQLdb.Cursor": { stores: true, twin: "MySQLdb.SSCursor" },
  "MySQLdb.SSCursor": { stores: false, twin: "MySQLdb.Cursor" },
  "MySQLdb.SSDictCursor": { stores: false, twin: "MySQLdb.Cursor" },
  "pymysql.Cursor": { stores: true, twin: "pymysql.SSCursor" },
  "pymysql.SSCursor": { stores: false, twin: "pymysql.Cursor" },
  "pymysql.SSDictCursor": { stores: false, twin: "pymysql.Cursor" },
};

/** What the application does when it has come to `turnAtRow`. */
export type RowTurn =
  /** Leaves the loop; the cursor stays open. */
  | "break"
  /** mysql_free_result, cursor.close(): reads what is left and drops it. */
  | "close"
  /** Runs `query` on the same connection. */
  | "query"
  | "ping"
  /** The process dies; its kernel closes the socket. */
  | "crash";

/** Everything that can be chosen, and changed while it runs. */
export interface ClientSettings {
  readonly api: ClientApi;
  /** Bytes that the server's kernel keeps for the connection until they are acknowledged (SO_SNDBUF). */
  readonly sendBufferBytes: number;
  /** Bytes that the client's kernel keeps until the client reads them (SO_RCVBUF). */
  readonly receiveBufferBytes: number;
  /** Of the link, in one direction; null: no limit. */
  readonly bandwidthBytesPerS: number | null;
  /** One way. */
  readonly latencyMs: number;
  /** Bytes that travel as one piece on a link with a limit or a latency. */
  readonly segmentBytes: number;
  /** Of libmysqlclient; they differ in what a lost connection answers to the calls after (2013; 2006 up to 8.0.23). */
  readonly library: "9.7" | "8.0.23";
  /** Memory that the client may allocate for results; null: no limit. */
  readonly memoryLimitBytes: number | null;
  /** "manual": the application waits for calls (steps of the schedule). */
  readonly fetch: "one" | "many" | "all" | "manual";
  /** Rows of one fetchmany. */
  readonly fetchSize: number;
  /** What the application does with a row takes so long. */
  readonly rowMs: number;
  readonly pauseAtRow: number | null;
  readonly pauseMs: number;
  /** Fetches all rows into memory of its own first, and works on them afterwards. */
  readonly storeFirst: boolean;
  readonly turnAtRow: number | null;
  readonly turn: RowTurn;
  readonly query: string;
}

/** Bytes in every stage at one moment. */
export interface NetGauges {
  /** In net_buffer, not yet handed to the socket. */
  readonly netBuffer: number;
  /** Of the packet being written that do not stand in net_buffer. */
  readonly rowPacket: number;
  /** In the send buffer, not yet on the wire. */
  readonly sendQueue: number;
  readonly wire: number;
  /** Arrived, but the server's kernel does not know yet: they still take room in the send buffer. */
  readonly unacknowledged: number;
  readonly receiveBuffer: number;
  /** Read from the socket ahead of what was asked for: libmysqlclient's 16 KB, Python's 8 KB. */
  readonly readBuffer: number;
  /** Rows that the library or the cursor holds. */
  readonly clientMemory: number;
  /** Rows that the application has put aside. */
  readonly appMemory: number;
}

/** Of the result in progress, or of the last one. */
export interface NetTotals {
  /** Packets with their headers, written by the server. */
  readonly bytesWritten: number;
  /** Taken by the socket: the sum of what send() returned. */
  readonly bytesSent: number;
  readonly bytesArrived: number;
  /** Read by the client's process. */
  readonly bytesRead: number;
  readonly rowsWritten: number;
  /** Whole rows that the socket has taken. */
  readonly rowsSent: number;
  /** Whole rows that are on the line or past it. */
  readonly rowsTransmitted: number;
  readonly rowsArrived: number;
  /** Whole rows that the client's process has read from its socket, into the read buffer or past it. */
  readonly rowsReceived: number;
  /** Read out of packets by the library. */
  readonly rowsRead: number;
  /** Handed to the application. */
  readonly rowsFetched: number;
  readonly rowsProcessed: number;
  /** Written for a connection that broke before they were read. */
  readonly bytesLost: number;
  /** How often send() found no room and waited. */
  readonly sendWaits: number;
  /** Rows that nobody wanted: read and dropped to reach the end of the result. */
  readonly rowsDrained: number;
}

/** The server's side of a connection. "waiting": in send(), the socket takes no more; "broken": given up. */
export interface NetServerState {
  readonly phase: "idle" | "writing" | "waiting" | "broken";
  readonly statement: StatementId | null;
  /** When net_write_timeout ends the wait; null while it does not wait. */
  readonly deadlineMs: number | null;
  readonly netBufferLength: number;
}

/** MySQL: mysql->status; `gone`: there is no connection any more, and the client knows. */
export type LibraryStatus = "ready" | "getResult" | "useResult" | "gone";

export interface NetClientState {
  readonly status: LibraryStatus;
  /** The call in progress, as the program has it: "cursor.fetchone()". */
  readonly call: string | null;
  /** What the application is busy with. */
  readonly app: "idle" | "reading" | "processing" | "paused" | "crashed" | "done";
  /** When it goes on by itself. */
  readonly untilMs: number | null;
  /** Of the last call that failed. */
  readonly error: { readonly errno: number; readonly message: string } | null;
}

/** A session whose client is simulated: both sides, and what is on the way between them. */
export interface NetState {
  readonly session: SessionName;
  readonly settings: ClientSettings;
  readonly server: NetServerState;
  readonly client: NetClientState;
  readonly gauges: NetGauges;
  /** The highest that every gauge has been since the result began. */
  readonly peaks: NetGauges;
  readonly totals: NetTotals;
  /** What the program's last statement or call came to. */
  readonly last: ClientOutcome | null;
}

export interface ClientOutcome {
  /** Index of the step that it belongs to. */
  readonly command: number;
  /** Of a result: its columns and the first rows that the program got. */
  readonly outcome: Outcome;
  /** How many rows the program got in all. */
  readonly rows: number;
}

/** Equal numbers in a row: [size, how many times]. */
export type Runs = readonly (readonly [size: number, times: number])[];
