/** What the picture of a result on its way says, in both languages. */

import type { FlowLine } from "../../diagrams/flow.ts";
import type { StageName } from "../../diagrams/pipeline.ts";
import type { Language } from "../../store/preferences.ts";
import type { ServerNumber } from "../../store/server_numbers.ts";
import type {
  ClientCall,
  ClientSettings,
  NetClientState,
  NetServerState,
  RowTurn,
} from "../../trace/state_net.ts";
import type { CodeTab } from "./client_code.ts";
import type { PresetName } from "./client_presets.ts";
import type { Loss } from "./loss.ts";
import { streamEnglish } from "./words_en.ts";
import { streamChinese } from "./words_zh.ts";

export type NumberSetting =
  | "rowMs"
  | "sendBufferBytes"
  | "receiveBufferBytes"
  | "bandwidthBytesPerS"
  | "latencyMs"
  | "segmentBytes"
  | "memoryLimitBytes"
  | "fetchSize"
  | "pauseAtRow"
  | "pauseMs"
  | "turnAtRow";

/** Numbers that may be left empty. */
type OpenNumber = "bandwidthBytesPerS" | "memoryLimitBytes" | "pauseAtRow" | "turnAtRow";

export interface StreamWords {
  readonly title: string;
  readonly empty: string;
  readonly notYet: string;
  readonly simulate: (session: string) => string;
  readonly session: string;
  readonly packetBack: string;
  readonly packetOn: string;
  readonly packetHint: string;
  // the picture
  readonly stages: Readonly<Record<StageName, string>>;
  readonly stageHints: Readonly<Record<StageName, string>>;
  readonly engineNote: string;
  /** What has become of so many rows, before and behind their number. */
  readonly rowsAt: Readonly<Record<StageName, readonly [before: string, behind: string]>>;
  readonly sides: Readonly<Record<"server" | "line" | "client", string>>;
  readonly of: (bytes: string, capacity: string) => string;
  readonly most: (bytes: string) => string;
  /** Of a buffer in which nothing ever stayed. */
  readonly passed: string;
  readonly boxIs: (rows: number) => string;
  // states
  readonly server: Readonly<Record<NetServerState["phase"], string>>;
  readonly sendsUntil: (left: string) => string;
  readonly app: Readonly<Record<NetClientState["app"], string>>;
  /** Of a program that is done, and has not read all of its result. */
  readonly leftRows: string;
  /** Between two sentences. */
  readonly gap: string;
  readonly goesOnIn: (left: string) => string;
  readonly drained: (rows: number) => string;
  readonly library: Readonly<Record<NetClientState["status"], string>>;
  /** pymysql's answer to another command while rows are still to be read. */
  readonly throwsAway: string;
  /** What programs in other languages do as this call does, by whether it stores the rows. */
  readonly elsewhere: Readonly<Record<"stores" | "leaves", string>>;
  readonly bufferSizes: string;
  /** A command was sent and nothing of the answer is there. */
  readonly asking: string;
  /** What to know about an error, by its number. */
  readonly why: Readonly<Record<number, string>>;
  /** What ended a lost connection, and what would have kept it. */
  readonly lost: Readonly<Record<Loss, string>>;
  /** A pause that costs no connection, and what to do to lose one. */
  readonly stored: (api: string) => string;
  readonly fits: (bytes: string, room: string) => string;
  readonly takeInstead: (api: string) => string;
  readonly holds: string;
  readonly held: {
    readonly processlist: (state: string) => string;
    readonly readView: (low: number, high: number) => string;
    readonly purge: (transactions: number) => string;
    readonly mdl: (mode: string, table: string) => string;
    readonly recLocks: (count: number) => string;
    readonly waits: (session: string) => string;
    readonly nothing: string;
  };
  // the chart
  readonly chart: string;
  readonly chartLines: Readonly<Record<FlowLine, string>>;
  readonly chartEmpty: string;
  readonly asRun: string;
  readonly otherWay: string;
  readonly inMemory: string;
  readonly onTheWay: string;
  readonly peak: (bytes: string) => string;
  readonly movements: (count: number) => string;
  readonly stillAfter: (time: string) => string;
  readonly times: (count: number) => string;
  readonly rowsDone: (count: number) => string;
  /** Of a connection that the server closed when the program had done with so many. */
  readonly cutOffAfter: (count: number) => string;
  readonly costs: Readonly<
    Record<"head" | "memory" | "held" | "netBuffer" | "waits" | "program" | "end", string>
  >;
  // settings
  readonly settings: string;
  readonly goneHint: string;
  readonly presets: string;
  readonly preset: Readonly<Record<PresetName, { readonly name: string; readonly hint: string }>>;
  readonly library_: string;
  readonly program: string;
  readonly network: string;
  readonly api: string;
  readonly fetch: string;
  readonly fetches: Readonly<Record<ClientSettings["fetch"], string>>;
  readonly libraries: Readonly<Record<ClientSettings["library"], string>>;
  readonly numbers: Readonly<Record<NumberSetting, string>>;
  readonly noLimit: Readonly<Record<OpenNumber, string>> & Readonly<Record<string, string>>;
  readonly turn: (row: number) => string;
  readonly turns: Readonly<Record<RowTurn, string>>;
  readonly query: string;
  readonly storeFirst: string;
  readonly calls: string;
  readonly call: Readonly<Record<ClientCall, string>>;
  readonly rowsNone: string;
  readonly rowsOf: (table: string) => string;
  readonly makeTable: string;
  readonly rowCount: string;
  readonly rowsChoice: (count: number) => string;
  readonly rowBytes: string;
  readonly serverNumbers: string;
  readonly serverNumber: Readonly<Record<ServerNumber, string>>;
  readonly toldAgain: string;
  // code
  readonly code: string;
  readonly codeTabs: Readonly<Record<CodeTab, string>>;
  readonly modelled: string;
  readonly sameWay: string;
}

export function streamWords(language: Language): StreamWords {
  return language === "zh" ? streamChinese : streamEnglish;
}
