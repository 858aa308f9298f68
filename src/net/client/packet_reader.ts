/**
 * How the client's process takes packets from the socket: through a buffer of its own, so that a row of 20 bytes does not
 * cost two calls of recv().
 *
 *     libmysqlclient   fewer than 2048 bytes wanted: read up to 16384 into the buffer; else straight to where they belong
 *     PyMySQL          a BufferedReader of 8192: whole multiples go straight, the rest through the buffer
 *
 * MySQL: my_net_read (sql-common/net_serv.cc), vio_read_buff (vio/viosocket.cc).
 * PyMySQL: Connection._read_bytes over socket.makefile("rb") (CPython: _bufferedreader_read_generic).
 */
import { framesOf, HEADER_BYTES } from "../protocol/framing.ts";
import type { Packet } from "../protocol/packets.ts";
import type { ClientExec } from "./exec.ts";

export interface ByteSource {
  /** recv(): 0 when there is nothing now. */
  readonly recv: (bytes: number) => number;
  /** The stream has ended and everything in it was read. */
  readonly isAtEnd: () => boolean;
  /** The packet that begins here. */
  readonly nextPacket: () => Packet;
  /** A packet was read to its end. */
  readonly packetRead: () => void;
}

/** How a library reads from its socket: through a buffer, or straight into the packet's place. */
export interface ReadingHabit {
  readonly bufferBytes: number;
  /** How many of `wanted` bytes are read past the buffer; 0: none. */
  readonly straight: (wanted: number) => number;
}

const VIO_UNBUFFERED_READ_MIN = 2048;
const PYTHON_BUFFER = 8192;

/** MySQL: vio_read_buff: a buffer of 16 KB, and past it what is large. */
export const LIBMYSQLCLIENT_READS: ReadingHabit = {
  bufferBytes: 16_384,
  straight: (wanted) => (wanted < VIO_UNBUFFERED_READ_MIN ? 0 : wanted),
};

/** CPython: io.BufferedReader, as PyMySQL makes one of its socket. */
export const PYMYSQL_READS: ReadingHabit = {
  bufferBytes: PYTHON_BUFFER,
  straight: (wanted) => wanted - (wanted % PYTHON_BUFFER),
};

export class PacketReader {
  /** Bytes in the buffer, read ahead. */
  buffered = 0;
  /** Bytes of the packet in progress that have been taken. */
  partial = 0;
  readonly #source: ByteSource;
  readonly #habit: ReadingHabit;

  constructor(source: ByteSource, habit: ReadingHabit) {
    this.#source = source;
    this.#habit = habit;
  }

  /** The next packet, or null when the connection ended before it was complete. */
  *read(): ClientExec<Packet | null> {
    if (!(yield* this.#take(HEADER_BYTES))) return null;
    const packet = this.#source.nextPacket();
    const [first = 0, ...others] = framesOf(packet.length);
    if (!(yield* this.#take(first))) return null;
    for (const frame of others) {
      if (!(yield* this.#take(HEADER_BYTES))) return null;
      if (!(yield* this.#take(frame))) return null;
    }
    this.partial = 0;
    this.#source.packetRead();
    return packet;
  }

  /** The socket is closed, and the buffer with it. */
  discard(): void {
    this.buffered = 0;
    this.partial = 0;
  }

  *#take(bytes: number): ClientExec<boolean> {
    let rest = bytes;
    while (rest > 0) {
      if (this.buffered > 0) {
        const taken = Math.min(rest, this.buffered);
        this.buffered -= taken;
        this.partial += taken;
        rest -= taken;
        continue;
      }
      const straight = this.#habit.straight(rest);
      const got = this.#source.recv(straight > 0 ? straight : this.#habit.bufferBytes);
      if (got > 0) {
        if (straight > 0) {
          this.partial += got;
          rest -= got;
        } else this.buffered = got;
      } else if (this.#source.isAtEnd()) return false;
      else yield { kind: "bytes" };
    }
    return true;
  }
}
