/** Events of the way from net_buffer to the application. Each carries the session's new `NetState`, settings apart. */
import type { SessionName, StatementId } from "./ids.ts";
import type { ClientOutcome, ClientSettings, NetState, Runs } from "./state_net.ts";

/** A session's part of the pipeline as it is after the event. */
export type NetNow = Omit<NetState, "session" | "settings" | "last">;

export type ClientTurn =
  | "paused"
  | "resumed"
  /** Every row is in the program's own memory. */
  | "stored"
  | "processed"
  /** Out of the loop, with the cursor open. */
  | "left"
  | "crashed"
  | "closed"
  /** PyMySQL has read the rest of an unfinished result, to be able to send the next command. */
  | "drained";

/** A result on its way: packets, send() calls, the line, the client's library and its program. */
export type NetEvent =
  /** The session's client is simulated from here on, or its settings changed. */
  | {
      readonly type: "net.configured";
      readonly name: SessionName;
      readonly settings: ClientSettings;
      readonly now: NetNow;
    }
  /** The server has the definitions of the columns in net_buffer. */
  | {
      readonly type: "net.resultStarted";
      readonly name: SessionName;
      readonly id: StatementId;
      readonly columns: readonly string[];
      readonly now: NetNow;
    }
  /**
   * Bytes moved. One movement at first; later, many as one (`moves`): what was written and sent stands in `packets` and
   * `sends` without a gap, what filled up in between in `highest`.
   */
  | {
      readonly type: "net.flowed";
      readonly name: SessionName;
      readonly fromMs: number;
      readonly moves: number;
      /** Payload lengths of the packets written. */
      readonly packets: Runs;
      /** What send() returned. */
      readonly sends: Runs;
      /** Rows fetched by the application. */
      readonly fetched: number;
      readonly highest: NetState["gauges"];
      readonly now: NetNow;
    }
  /** send() returned EAGAIN: the send buffer is full. */
  | {
      readonly type: "net.blocked";
      readonly name: SessionName;
      readonly id: StatementId | null;
      /** Bytes that wait for room. */
      readonly bytes: number;
      readonly timeoutMs: number;
      readonly now: NetNow;
    }
  | {
      readonly type: "net.writable";
      readonly name: SessionName;
      readonly waitedMs: number;
      readonly now: NetNow;
    }
  /** The server gives the connection up, or learns that it is gone. */
  | {
      readonly type: "net.shutDown";
      readonly name: SessionName;
      readonly why: "writeTimeout" | "killed" | "clientGone" | "released";
      /** Never handed to the socket. */
      readonly bytesLost: number;
      /** In the socket: the client still gets them, unless it is gone itself. */
      readonly bytesOnTheWay: number;
      readonly now: NetNow;
    }
  /** A call of the client's program begins. */
  | {
      readonly type: "client.called";
      readonly name: SessionName;
      readonly call: string;
      readonly now: NetNow;
    }
  /** A call ended with an error, of the library or of the server. */
  | {
      readonly type: "client.failed";
      readonly name: SessionName;
      readonly call: string;
      readonly errno: number;
      readonly message: string;
      readonly now: NetNow;
    }
  /** The program is done with a step: with a statement's result, or with a call. */
  | {
      readonly type: "client.ended";
      readonly name: SessionName;
      readonly last: ClientOutcome;
      readonly now: NetNow;
    }
  /** The application pauses, works through what it has stored, crashes, is done. */
  | {
      readonly type: "client.turned";
      readonly name: SessionName;
      readonly to: ClientTurn;
      /** Rows done with; of "drained" and "closed" those that were read and thrown away. */
      readonly rows: number;
      readonly now: NetNow;
    };

/** An event without what all of them carry. */
export type NetFact = NetEvent extends infer E
  ? E extends NetEvent
    ? Omit<E, "name" | "now">
    : never
  : never;
