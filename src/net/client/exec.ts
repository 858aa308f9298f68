/**
 * The client's program as a coroutine: it runs until it needs bytes that are not there, time that has not passed, or a call
 * that nobody has made yet.
 */
export type ClientWait =
  /** recv() blocks: bytes, or the end of the stream. */
  { readonly kind: "bytes" } | { readonly kind: "time"; readonly untilUs: number };

/** A call of the client's program: it stops where it waits for bytes, time or memory. */
export type ClientExec<T> = Generator<ClientWait, T, void>;

/** A call of the library that went wrong; thrown, and caught by the program. */
export class ClientFailure extends Error {
  readonly errno: number;
  constructor(errno: number, message: string) {
    super(message);
    this.errno = errno;
  }
}

/** The errors that the client's side raises itself (MySQL: include/errmsg.h, libmysql/errmsg.cc). */
export const CLIENT_ERROR = {
  serverGone: [2006, "MySQL server has gone away"],
  outOfMemory: [2008, "MySQL client ran out of memory"],
  serverLost: [2013, "Lost connection to MySQL server during query"],
  outOfSync: [2014, "Commands out of sync; you can't run this command now"],
  /** Python's own. */
  memoryError: [0, "MemoryError"],
  /** PyMySQL: Error('Already closed'), of ping. */
  alreadyClosed: [0, "Already closed"],
  /** PyMySQL: InterfaceError(0, ''). */
  noSocket: [0, ""],
} as const;

/** One of the client library's own errors (CR_*), with its text. */
export function clientFailure(name: keyof typeof CLIENT_ERROR): ClientFailure {
  const [errno, message] = CLIENT_ERROR[name];
  return new ClientFailure(errno, message);
}
