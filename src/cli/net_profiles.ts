/**
 * Result sets as the recorder of `transcripts/net/sends.json` cuts them: for each profile a table is filled, a statement is
 * run, and the packets and the send() calls of its answer are written down.
 */

import { framesOf } from "../net/protocol/framing.ts";
import type { Packet } from "../net/protocol/packets.ts";
import { Simulation } from "../server/simulation.ts";
import type { SessionName } from "../trace/ids.ts";

/** What the recorder was asked; its answers are ignored. */
export interface NetProfile {
  readonly id: string;
  readonly netBufferLength: number;
  /** Row i (from 1) has id i and a pad of bytes[(i-1) mod length] characters, or NULL. */
  readonly rows?: { readonly count: number; readonly bytes: SizeOrNull | readonly SizeOrNull[] };
  /** Statements that make the profile's own tables. */
  readonly setup?: readonly string[];
  /** Statements on the client's connection, before the one that is recorded. */
  readonly before?: readonly string[];
  readonly sql: string;
}

type SizeOrNull = number | null;

/** [size, how many in a row]. */
export type Runs = [size: number, times: number][];

export interface NetRecord {
  readonly sends: Runs;
  readonly packets: Runs;
  /** The first bytes of the stream in hexadecimal. */
  readonly bytes: string;
}

const CLIENT = "A" as SessionName;
/** utf8mb4_unicode_ci, with which the recorder connects. */
const CLIENT_CHARSET = 224;
/** Sockets that take whatever they are given. */
const ROOMY = 2 ** 30;
const DATABASE = "net";
const TABLE =
  "CREATE TABLE r (id INT NOT NULL PRIMARY KEY, pad MEDIUMTEXT CHARACTER SET latin1) ENGINE=InnoDB";
const SHOWN_BYTES = 600;
/** Bytes of larger packets are not made. */
const LONGEST_SHOWN = 1_000_000;
const ROWS_EXAMINED_MAX = 100_000_000;

/** `table`: the statement that makes table r, if the file has one. Throws when a statement before the recorded one fails. */
export function playNetProfile(profile: NetProfile, table: string = TABLE): NetRecord {
  const simulation = new Simulation({ emit: () => {}, rowsExaminedMax: ROWS_EXAMINED_MAX });
  const failure = simulation.setup([
    `CREATE DATABASE ${DATABASE}`,
    `USE ${DATABASE}`,
    `SET GLOBAL net_buffer_length = ${profile.netBufferLength}`,
    ...(profile.rows === undefined ? [] : [table, ...inserts(profile.rows)]),
    ...(profile.setup ?? []),
  ]);
  if (failure !== null)
    throw new Error(`${profile.id}: ${failure.sql}: ${JSON.stringify(failure.outcome)}`);
  for (const sql of [`USE ${DATABASE}`, ...(profile.before ?? [])]) {
    simulation.step({ session: CLIENT, sql });
  }
  const packets: Packet[] = [];
  const sends: number[] = [];
  simulation.listen(
    CLIENT,
    { api: "pymysql.Cursor", sendBufferBytes: ROOMY, receiveBufferBytes: ROOMY },
    {
      charset: CLIENT_CHARSET,
      sessionTrack: true,
      foundRows: true,
      tap: { packet: (packet) => packets.push(packet), send: (bytes) => sends.push(bytes) },
    },
  );
  simulation.step({ session: CLIENT, sql: profile.sql });
  return {
    sends: runsOf(sends),
    packets: runsOf(packets.flatMap(({ length }) => framesOf(length))),
    bytes: firstBytes(packets),
  };
}

function inserts({ count, bytes }: NonNullable<NetProfile["rows"]>): string[] {
  const sizes = [bytes].flat();
  return Array.from({ length: count }, (_, at) => {
    const size = sizes[at % sizes.length] ?? null;
    return `INSERT INTO r VALUES (${at + 1}, ${size === null ? "NULL" : `REPEAT('x', ${size})`})`;
  });
}

function runsOf(sizes: readonly number[]): Runs {
  const runs: Runs = [];
  for (const size of sizes) {
    const last = runs.at(-1);
    if (last?.[0] === size) last[1] += 1;
    else runs.push([size, 1]);
  }
  return runs;
}

/** As much of the stream as the recorder shows; the sequence numbers start at 1, behind the client's request. */
function firstBytes(packets: readonly Packet[]): string {
  const bytes: number[] = [];
  let sequence = 1;
  for (const packet of packets) {
    if (bytes.length >= SHOWN_BYTES) break;
    const [first = 0] = framesOf(packet.length);
    bytes.push(first & 255, (first >> 8) & 255, (first >> 16) & 255, sequence & 255);
    sequence += framesOf(packet.length).length;
    if (packet.length > LONGEST_SHOWN) break;
    for (const byte of packet.payload()) bytes.push(byte);
  }
  return bytes
    .slice(0, SHOWN_BYTES)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
