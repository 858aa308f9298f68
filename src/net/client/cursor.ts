/**
 * What a program holds in its hand: the C functions, or a Python cursor over one of the two drivers.
 *
 *     C                     mysql_real_query, then mysql_store_result or mysql_use_result
 *     MySQLdb.Cursor        stores the result in C, makes a Python object of every row, and frees the C rows
 *     MySQLdb.SSCursor      mysql_use_result; a row is a tuple (SSDictCursor: a dict) as soon as it is fetched
 *     pymysql.Cursor        reads every row into a list of tuples
 *     pymysql.SSCursor      one packet, one tuple
 *
 * MySQLdb: MySQLdb/cursors.py (CursorStoreResultMixIn, CursorUseResultMixIn, BaseCursor.close), _mysql.c; PyMySQL:
 * pymysql/cursors.py (Cursor, SSCursor).
 */
import type { ClientSettings } from "../../trace/state_net.ts";
import { API_TRAITS, type ApiTraits } from "../settings.ts";
import type { ClientRow, DriverHost } from "./driver.ts";
import { CLIENT_ERROR, type ClientExec, ClientFailure } from "./exec.ts";
import { MysqlLibrary } from "./mysql_library.ts";
import { PymysqlConnection } from "./pymysql.ts";
import { pythonRowBytes } from "./row_memory.ts";

const MEMORY_ERROR = CLIENT_ERROR.memoryError[1];

export class Cursor {
  readonly traits: ApiTraits;
  readonly driver: MysqlLibrary | PymysqlConnection;
  /** A result whose rows the library or the cursor has in memory; null: they come one by one, or there is none. */
  #stored: readonly ClientRow[] | null = null;
  #storedBytes = 0;
  #next = 0;

  constructor(driver: MysqlLibrary | PymysqlConnection, traits: ApiTraits) {
    this.driver = driver;
    this.traits = traits;
  }

  /** Sends the query and takes the result the way this cursor does. True when it has columns. */
  *execute(sql: string): ClientExec<boolean> {
    return yield* this.#take(sql);
  }

  /** mysql_next_result, cursor.nextset(): the next result set of a CALL. */
  *next(): ClientExec<boolean> {
    return yield* this.#take(null);
  }

  *#take(sql: string | null): ClientExec<boolean> {
    this.#forget();
    const { driver } = this;
    const takesAll = this.traits.takes === "everything";
    if (driver instanceof PymysqlConnection) {
      const hasRows = yield* sql === null
        ? driver.nextResult(!takesAll)
        : driver.query(sql, !takesAll);
      if (hasRows && takesAll) yield* this.#readAll(driver);
      return hasRows;
    }
    if (!(yield* sql === null ? driver.nextResult() : driver.query(sql))) return false;
    if (takesAll) yield* this.#store(driver);
    else driver.takeRowByRow();
    return true;
  }

  /** The next row, or null at the end. The bytes are what it takes as the program's own. */
  *fetch(): ClientExec<ClientRow | null> {
    if (this.#stored !== null) {
      const row = this.#stored[this.#next] ?? null;
      if (row !== null) this.#next += 1;
      return row;
    }
    return this.driver instanceof PymysqlConnection
      ? yield* this.driver.rowUnbuffered()
      : yield* this.driver.fetchRow();
  }

  /** mysql_free_result, cursor.close(), which goes on to the last result set; a good C program does so, too. */
  *close(): ClientExec<void> {
    do {
      this.#forget();
      if (this.driver instanceof PymysqlConnection) yield* this.driver.finishUnbuffered();
      else yield* this.driver.freeResult();
    } while (this.driver.hasMore && (yield* this.next()));
  }

  /** The process has ended, or the connection was closed under it. */
  abandon(): void {
    this.#forget();
  }

  /** What a row takes that the program keeps. */
  rowBytes(row: ClientRow): number {
    const { family, asDictionary } = this.traits;
    if (family === "C") return row.packetBytes;
    return pythonRowBytes(row.values, this.driver.result?.kinds ?? [], asDictionary);
  }

  *#store(driver: MysqlLibrary): ClientExec<void> {
    const { rows, bytes } = yield* driver.storeResult();
    this.#stored = rows;
    this.#storedBytes = bytes;
    if (this.traits.family === "C") return;
    let objects = 0;
    for (const row of rows) {
      const size = this.rowBytes(row);
      driver.allocate(size, "python");
      objects += size;
      this.#storedBytes += size;
    }
    driver.free(bytes);
    this.#storedBytes = objects;
  }

  /** A MemoryError half way leaves packets unread, and the connection of no use: the driver gives it up. */
  *#readAll(driver: PymysqlConnection): ClientExec<void> {
    const rows: ClientRow[] = [];
    try {
      for (
        let row = yield* driver.readRow("kept");
        row !== null;
        row = yield* driver.readRow("kept")
      ) {
        const size = this.rowBytes(row);
        driver.allocate(size, "python");
        this.#storedBytes += size;
        rows.push(row);
      }
    } catch (error) {
      if (error instanceof ClientFailure && error.message === MEMORY_ERROR) driver.loseConnection();
      throw error;
    }
    this.#stored = rows;
  }

  #forget(): void {
    this.#stored = null;
    this.#next = 0;
    if (this.#storedBytes > 0) this.driver.free(this.#storedBytes);
    this.#storedBytes = 0;
  }
}

/** The library that the settings' API is built on. */
export function newDriver(
  settings: () => ClientSettings,
  host: DriverHost,
): MysqlLibrary | PymysqlConnection {
  const { family } = API_TRAITS[settings().api];
  return family === "PyMySQL"
    ? new PymysqlConnection(host)
    : new MysqlLibrary(host, () => settings().library);
}
