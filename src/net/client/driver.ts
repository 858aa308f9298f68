/**
 * What every driver has in common: reading packets, a place for what the client's process has allocated, and the way of a
 * request to the server. `mysql_library.ts` and `pymysql.ts` are the two that there are.
 */
import { assert } from "../../base/assert.ts";
import type { ClientTurn } from "../../trace/events_net.ts";
import type { LibraryStatus } from "../../trace/state_net.ts";
import type { ColumnDefinition } from "../protocol/column_definition.ts";
import type { Packet } from "../protocol/packets.ts";
import { type ClientExec, ClientFailure, clientFailure } from "./exec.ts";
import type { ByteSource, PacketReader } from "./packet_reader.ts";
import { type ValueKind, valueKindOf } from "./row_memory.ts";

export type Request =
  | { readonly kind: "query"; readonly sql: string }
  | { readonly kind: "ping" }
  /** COM_QUIT, and the socket is closed. */
  | { readonly kind: "quit" }
  /** The socket is closed without a word. */
  | { readonly kind: "close" };

/** A row as it came, and how long its packet was. */
export interface ClientRow {
  readonly values: readonly (string | null)[];
  readonly packetBytes: number;
}

/** The socket below a driver, and who hears of what it does. */
export interface DriverHost extends ByteSource {
  readonly turned: (to: ClientTurn) => void;
  readonly request: (request: Request) => void;
  /** Null: no limit. */
  readonly memoryLimit: () => number | null;
  /** What a driver holds has changed. */
  readonly changed: () => void;
  /** Rows that were read out of packets, and rows that were dropped unseen. */
  readonly rowRead: (fate: "kept" | "drained") => void;
}

/** The result that the driver knows the columns of. */
export interface ClientResult {
  readonly columns: readonly ColumnDefinition[];
  readonly kinds: readonly ValueKind[];
}

export class Driver {
  status: LibraryStatus = "ready";
  /** Bytes that rows take in the client's process. */
  memory = 0;
  result: ClientResult | null = null;
  /** SERVER_MORE_RESULTS_EXISTS stood at the end of the result. */
  hasMore = false;
  readonly host: DriverHost;
  readonly reader: PacketReader;
  readonly #deprecateEof: boolean;

  constructor(host: DriverHost, reader: PacketReader, deprecateEof: boolean) {
    this.host = host;
    this.reader = reader;
    this.#deprecateEof = deprecateEof;
  }

  /** Throws 2008, or Python's MemoryError. */
  allocate(bytes: number, by: "library" | "python" = "library"): void {
    const limit = this.host.memoryLimit();
    if (limit !== null && this.memory + bytes > limit) {
      throw clientFailure(by === "library" ? "outOfMemory" : "memoryError");
    }
    this.memory += bytes;
    this.host.changed();
  }

  free(bytes: number): void {
    this.memory -= bytes;
    assert(this.memory >= 0, "memory is freed once");
    this.host.changed();
  }

  /** Throws 2013 when the connection ends, and the server's error when it sends one. */
  *readPacket(): ClientExec<Packet> {
    const packet = yield* this.reader.read();
    if (packet === null) {
      this.loseConnection();
      throw clientFailure("serverLost");
    }
    const { content } = packet;
    if (content.kind !== "error") return packet;
    throw new ClientFailure(content.errno, content.message);
  }

  /** MySQL: end_server; PyMySQL: _force_close. */
  loseConnection(): void {
    if (this.status === "gone") return;
    this.status = "gone";
    this.reader.discard();
    this.host.request({ kind: "close" });
  }

  /** The first answer to a query: null for OK, else the columns. */
  *readHead(): ClientExec<ClientResult | null> {
    this.hasMore = false;
    const { content } = yield* this.readPacket();
    if (content.kind !== "count") return null;
    const columns: ColumnDefinition[] = [];
    for (let at = 0; at < content.columns; at += 1) {
      const definition = yield* this.readPacket();
      if (definition.content.kind === "column") columns.push(definition.content.column);
    }
    if (!this.#deprecateEof) yield* this.readPacket();
    return {
      columns,
      kinds: columns.map(({ typeCode, charset }) => valueKindOf(typeCode, charset)),
    };
  }

  /** The next row of the result, or null at its end. */
  *readRow(fate: "kept" | "drained"): ClientExec<ClientRow | null> {
    const packet = yield* this.readPacket();
    if (packet.content.kind !== "row") {
      this.hasMore = packet.content.kind === "status" && packet.content.more === true;
      return null;
    }
    this.host.rowRead(fate);
    return { values: packet.content.values, packetBytes: packet.length };
  }
}
