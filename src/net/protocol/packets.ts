/**
 * The packets of a result set over the text protocol, and those that end a statement without one.
 *
 *     column count ─ column definition × n ─ [EOF] ─ row × m ─ EOF, or OK with the header of EOF
 *
 * The bracketed EOF is there for clients without CLIENT_DEPRECATE_EOF. A packet knows its payload's length at once and
 * makes the bytes only when somebody wants to see them.
 *
 * MySQL: Protocol_classic::start_result_metadata, send_field_metadata, end_result_metadata, net_send_ok, net_send_eof,
 * net_send_error_packet (sql/protocol_classic.cc).
 * Departure: no compression, no TLS, no result set metadata switched off.
 */
import { utf8Bytes, utf8Length } from "../../base/utf8.ts";
import {
  binaryBytes,
  binarySize,
  lengthBytes,
  lengthSize,
  littleEndian,
  stringBytes,
  stringSize,
} from "./bytes.ts";
import type { ColumnDefinition } from "./column_definition.ts";

export type PacketKind = "columnCount" | "columnDefinition" | "eof" | "row" | "ok" | "error";

/** One packet of the server's answer. */
export interface Packet {
  readonly kind: PacketKind;
  /** Bytes of the payload; headers come on top, one for every 16 MB. */
  readonly length: number;
  readonly payload: () => number[];
  /** What a client reads out of it. */
  readonly content: PacketContent;
}

/** What a packet says to a client's library. */
export type PacketContent =
  | { readonly kind: "count"; readonly columns: number }
  | { readonly kind: "column"; readonly column: ColumnDefinition }
  | { readonly kind: "row"; readonly values: readonly (string | null)[] }
  | { readonly kind: "error"; readonly errno: number; readonly message: string }
  /** `more`: another result set follows. */
  | { readonly kind: "status"; readonly more?: true };

/** What the client said it can do, as far as results look different for it. */
export interface Capabilities {
  /** CLIENT_DEPRECATE_EOF: no EOF packets; the result ends with an OK packet. */
  readonly deprecateEof: boolean;
}

/** What the packet at the end says of the connection. */
export interface ServerStatus {
  /** SERVER_STATUS_IN_TRANS, SERVER_STATUS_AUTOCOMMIT and the like, as bits. */
  readonly flags: number;
  readonly warnings: number;
  /** What the statement changed of its session, for a client that wants to know (CLIENT_SESSION_TRACK); null: nothing. */
  readonly changes?: readonly number[] | null;
}

export const SERVER_STATUS_IN_TRANS = 1;
export const SERVER_STATUS_AUTOCOMMIT = 2;
export const SERVER_MORE_RESULTS_EXISTS = 8;
export const SERVER_QUERY_NO_INDEX_USED = 32;
export const SERVER_STATUS_IN_TRANS_READONLY = 0x2000;
const SERVER_SESSION_STATE_CHANGED = 0x4000;

const WARNINGS_MAX = 65_535;
const NULL_VALUE = 0xfb;
const EOF_HEADER = 0xfe;
const ERROR_HEADER = 0xff;
/** After the names: the length of the fixed fields, then charset, length, type, flags, decimals and two spare bytes. */
const FIXED_FIELDS = 12;

export function columnCountPacket(count: number): Packet {
  return {
    kind: "columnCount",
    length: lengthSize(count),
    payload: () => lengthBytes(count),
    content: { kind: "count", columns: count },
  };
}

export function columnDefinitionPacket(column: ColumnDefinition): Packet {
  const names = ["def", column.schema, column.table, column.orgTable, column.name, column.orgName];
  const length = names.reduce((sum, name) => sum + stringSize(name), 1 + FIXED_FIELDS);
  return {
    kind: "columnDefinition",
    length,
    content: { kind: "column", column },
    payload: () => [
      ...names.flatMap(stringBytes),
      FIXED_FIELDS,
      ...littleEndian(column.charset, 2),
      ...littleEndian(column.length, 4),
      column.typeCode,
      ...littleEndian(column.flags, 2),
      column.decimals,
      0,
      0,
    ],
  };
}

/** Which columns of a row hold bytes instead of text; null when none does. */
export type BinaryColumns = readonly boolean[] | null;

/** A row: every value as a length-encoded string, NULL as one byte. */
export function rowPacket(
  values: readonly (string | null)[],
  binary: BinaryColumns = null,
): Packet {
  let length = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? null;
    if (value === null) length += 1;
    else length += binary?.[at] === true ? binarySize(value) : stringSize(value);
  }
  return {
    kind: "row",
    length,
    content: { kind: "row", values },
    payload: () =>
      values.flatMap((value, at) => {
        if (value === null) return [NULL_VALUE];
        return binary?.[at] === true ? binaryBytes(value) : stringBytes(value);
      }),
  };
}

/** After the column definitions; with CLIENT_DEPRECATE_EOF there is none. */
export function metadataEnd(status: ServerStatus, client: Capabilities): readonly Packet[] {
  return client.deprecateEof ? [] : [eofPacket(status)];
}

/** After the last row. */
export function resultEnd(status: ServerStatus, client: Capabilities): Packet {
  return client.deprecateEof
    ? { ...okPacket(status, { affected: 0, insertId: 0, info: "" }, EOF_HEADER), kind: "eof" }
    : eofPacket(status);
}

/** `header` 0xfe is the OK that takes the place of the last EOF. */
export function okPacket(
  status: ServerStatus,
  result: { readonly affected: number; readonly insertId: number; readonly info: string },
  header = 0,
): Packet {
  const { affected, insertId, info } = result;
  const changes = status.changes ?? null;
  const tail = [
    ...(info === "" && changes === null ? [] : stringBytes(info)),
    ...(changes === null ? [] : [...lengthBytes(changes.length), ...changes]),
  ];
  return {
    kind: "ok",
    content: { kind: "status" },
    length: 1 + lengthSize(affected) + lengthSize(insertId) + 4 + tail.length,
    payload: () => [
      header,
      ...lengthBytes(affected),
      ...lengthBytes(insertId),
      ...statusBytes(status),
      ...tail,
    ],
  };
}

export function errorPacket(error: {
  readonly errno: number;
  readonly sqlState: string;
  readonly message: string;
}): Packet {
  const { errno, sqlState, message } = error;
  return {
    kind: "error",
    content: { kind: "error", errno, message },
    length: 1 + 2 + 1 + sqlState.length + utf8Length(message),
    payload: () => [
      ERROR_HEADER,
      ...littleEndian(errno, 2),
      ...utf8Bytes(`#${sqlState}${message}`),
    ],
  };
}

function eofPacket({ flags, warnings }: ServerStatus): Packet {
  return {
    kind: "eof",
    content: { kind: "status" },
    length: 5,
    payload: () => [
      EOF_HEADER,
      ...littleEndian(Math.min(warnings, WARNINGS_MAX), 2),
      ...littleEndian(flags, 2),
    ],
  };
}

function statusBytes({ flags, warnings, changes = null }: ServerStatus): number[] {
  const told = changes === null ? flags : flags | SERVER_SESSION_STATE_CHANGED;
  return [...littleEndian(told, 2), ...littleEndian(Math.min(warnings, WARNINGS_MAX), 2)];
}
