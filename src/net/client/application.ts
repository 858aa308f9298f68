/**
 * The program that wants the rows: a loop over a cursor, with as much time for each row as it takes.
 *
 *     execute ─▶ fetch ─▶ work ─▶ fetch ─▶ work ─▶ ... ─▶ close          one by one
 *     execute ─▶ fetch, fetch, fetch ... ─▶ close ─▶ work, work, work    stored first, then worked through
 *
 * It may pause at a row, and leave the loop at a row: with the cursor open, by closing it, by running another query or a
 * ping on the same connection, or by dying.
 */
import { unreachable } from "../../base/assert.ts";
import type { Outcome, ResultSet } from "../../trace/state.ts";
import type { ClientCall, ClientSettings, NetClientState } from "../../trace/state_net.ts";
import { API_TRAITS } from "../settings.ts";
import { C_CALLS, type CallTexts, PYTHON_CALLS } from "./call_texts.ts";
import { Cursor, newDriver } from "./cursor.ts";
import type { ClientRow, DriverHost } from "./driver.ts";
import { type ClientExec, ClientFailure } from "./exec.ts";
import { MysqlLibrary } from "./mysql_library.ts";

/** What the program needs of the world around it, and whom it tells; times in whole microseconds. */
export interface ApplicationHost extends DriverHost {
  readonly settings: () => ClientSettings;
  readonly nowUs: () => number;
  readonly called: (call: string) => void;
  readonly failed: (call: string, errno: number, message: string) => void;
  readonly rowFetched: () => void;
  readonly rowProcessed: () => void;
}

const US_PER_MS = 1000;
const HY000 = "HY000";

export class Application {
  readonly driver: ReturnType<typeof newDriver>;
  phase: NetClientState["app"] = "idle";
  call: string | null = null;
  untilUs: number | null = null;
  error: NetClientState["error"] = null;
  /** Bytes of rows that the program keeps itself. */
  kept = 0;
  fetched = 0;
  processed = 0;
  readonly #host: ApplicationHost;
  #cursor: Cursor | null = null;
  #rows: (readonly (string | null)[])[] = [];
  #columns: readonly string[] = [];
  /** Result sets of the same CALL that were read before. */
  #sets: ResultSet[] = [];

  constructor(host: ApplicationHost) {
    this.#host = host;
    this.driver = newDriver(() => host.settings(), host);
  }

  /** The program for one statement; what it comes to is what the step came to. */
  *run(sql: string): ClientExec<Outcome> {
    this.#begin();
    const isSecond = this.driver.status === "useResult" || this.driver.status === "getResult";
    return yield* this.#guarded(isSecond ? "query" : "execute", sql, () =>
      isSecond ? this.#secondQuery(sql) : this.#firstQuery(sql),
    );
  }

  /** What another command would be answered while this program has a result open; null where that says nothing. */
  outOfTurn(): ClientFailure | null {
    const { driver } = this;
    return driver instanceof MysqlLibrary ? driver.refusal() : null;
  }

  /** One call of a program that waits for calls. */
  *make(call: ClientCall, size: number): ClientExec<Outcome> {
    const before = this.#rows.length;
    const rows = (): Outcome => this.#outcome(before);
    return yield* this.#guarded(call, String(size), () => this.#one(call, size, rows));
  }

  /** Closes the connection in the middle of whatever it does: mysql_close, connection.close(). */
  quit(): void {
    this.#cursor?.abandon();
    this.#cursor = null;
    this.#release(this.kept);
    this.driver.close();
    this.phase = "done";
    this.call = null;
    this.untilUs = null;
  }

  /** The process is gone, with all it had. */
  die(): void {
    this.phase = "crashed";
    this.call = null;
    this.untilUs = null;
    this.#cursor?.abandon();
    this.#cursor = null;
    this.#release(this.kept);
    this.driver.free(this.driver.memory);
    this.driver.reader.discard();
    this.driver.status = "gone";
  }

  get #settings(): ClientSettings {
    return this.#host.settings();
  }

  #text(call: keyof CallTexts, argument: string): string {
    const { api } = this.#settings;
    if (API_TRAITS[api].family !== "C") return PYTHON_CALLS[call](argument);
    const said = C_CALLS[call](argument);
    return call === "execute" || call === "query" ? `${said}; ${api}()` : said;
  }

  #begin(): void {
    this.error = null;
    if (this.driver.status === "useResult") return;
    this.#rows = [];
    this.#sets = [];
    this.fetched = 0;
    this.processed = 0;
  }

  /** Errors of the library end the program, not the simulation. */
  *#guarded(
    call: keyof CallTexts,
    argument: string,
    work: () => ClientExec<Outcome>,
  ): ClientExec<Outcome> {
    this.call = this.#text(call, argument);
    this.#host.called(this.call);
    try {
      return yield* work();
    } catch (error) {
      if (!(error instanceof ClientFailure)) throw error;
      const { errno, message } = error;
      this.error = { errno, message };
      this.phase = "done";
      this.untilUs = null;
      this.#release(this.kept);
      if (this.driver.status !== "useResult") {
        this.#cursor?.abandon();
        this.#cursor = null;
      }
      this.#host.failed(this.call ?? "", errno, message);
      return { kind: "error", errno, sqlState: HY000, message };
    } finally {
      this.call = null;
    }
  }

  *#firstQuery(sql: string): ClientExec<Outcome> {
    const traits = API_TRAITS[this.#settings.api];
    const cursor = new Cursor(this.driver, traits);
    this.#cursor = cursor;
    this.phase = "reading";
    try {
      if (!(yield* cursor.execute(sql))) {
        this.phase = "done";
        return { kind: "ok", affected: 0, info: "", warnings: 0, insertId: 0 };
      }
    } catch (error) {
      cursor.abandon();
      throw error;
    }
    this.#columns = this.#names();
    if (this.#settings.fetch === "manual") {
      this.phase = "idle";
      return this.#outcome(0);
    }
    yield* this.#loop(cursor);
    return this.#outcome(0);
  }

  /** A command while a result is open: another cursor on the same connection. */
  *#secondQuery(sql: string): ClientExec<Outcome> {
    const other = new Cursor(this.driver, API_TRAITS[this.#settings.api]);
    if (!(yield* other.execute(sql))) {
      return { kind: "ok", affected: 0, info: "", warnings: 0, insertId: 0 };
    }
    const rows: (readonly (string | null)[])[] = [];
    const columns = this.#names();
    for (let row = yield* other.fetch(); row !== null; row = yield* other.fetch()) {
      rows.push(row.values);
    }
    yield* other.close();
    return { kind: "rows", columns, rows, warnings: 0 };
  }

  *#one(call: ClientCall, size: number, rows: () => Outcome): ClientExec<Outcome> {
    switch (call) {
      case "fetchone":
        yield* this.#fetch(1);
        return rows();
      case "fetchmany":
        yield* this.#fetch(size);
        return rows();
      case "fetchall":
        yield* this.#fetch(Number.POSITIVE_INFINITY);
        return rows();
      case "close":
        yield* this.#closeCursor();
        return DONE;
      case "ping":
        yield* this.driver.ping();
        return DONE;
      case "crash":
        this.#host.turned("crashed");
        return DONE;
      default:
        return unreachable(call);
    }
  }

  /** What a program that waits for calls gets from one; it keeps nothing. */
  *#fetch(most: number): ClientExec<void> {
    for (let got = 0; got < most && this.#cursor !== null; got += 1) {
      const row = yield* this.#nextRow(this.#cursor);
      if (row === null) return;
      this.processed += 1;
      this.#host.rowProcessed();
    }
  }

  *#loop(cursor: Cursor): ClientExec<void> {
    const aside: ClientRow[] = [];
    for (;;) {
      const settings = this.#settings;
      const { fetchSize, storeFirst } = settings;
      if (settings.fetch === "manual" && aside.length === 0) {
        // From now on it reads when it is told to; the result stays open.
        this.phase = "idle";
        this.call = null;
        return;
      }
      const how = FETCH_CALL[settings.fetch];
      const most =
        how === "fetchone" ? 1 : how === "fetchmany" ? fetchSize : Number.POSITIVE_INFINITY;
      const batch: ClientRow[] = [];
      let hasEnded = false;
      this.phase = "reading";
      while (batch.length < most && !hasEnded) {
        this.call = this.#text(how, String(fetchSize));
        const row = yield* this.#nextRow(cursor);
        if (row === null) hasEnded = true;
        else {
          batch.push(row);
          if (most > 1 || storeFirst) this.#keep(cursor.rowBytes(row));
        }
      }
      if (storeFirst) for (const row of batch) aside.push(row);
      else if (!(yield* this.#work(batch, most > 1 ? cursor : null))) return;
      if (hasEnded && !(yield* this.#nextSet(cursor))) break;
    }
    yield* this.#closeCursor();
    if (aside.length > 0) {
      this.#host.turned("stored");
      if (!(yield* this.#work(aside, cursor))) return;
    }
    this.phase = "done";
    this.call = null;
    this.#host.turned("processed");
  }

  /** Goes on to the next result set of a CALL, where there is one. */
  *#nextSet(cursor: Cursor): ClientExec<boolean> {
    if (!this.driver.hasMore) return false;
    this.call = this.#text("nextset", "");
    this.#host.called(this.call);
    if (!(yield* cursor.next())) return false;
    this.#sets.push({ columns: this.#columns, rows: this.#rows });
    this.#rows = [];
    this.#columns = this.#names();
    return true;
  }

  /** False when the program left the loop. `cursor`: the rows were kept, and are let go as they are done with. */
  *#work(rows: readonly ClientRow[], cursor: Cursor | null): ClientExec<boolean> {
    for (const row of rows) {
      const { pauseAtRow, pauseMs, rowMs } = this.#settings;
      if (pauseAtRow === this.processed + 1 && pauseMs > 0) {
        yield* this.#waitFor("paused", pauseMs);
        this.#host.turned("resumed");
      }
      if (rowMs > 0) yield* this.#waitFor("processing", rowMs);
      this.processed += 1;
      if (cursor !== null) this.#release(cursor.rowBytes(row));
      this.#host.rowProcessed();
      if (this.processed === this.#settings.turnAtRow && !(yield* this.#leave())) return false;
    }
    return true;
  }

  /** At `turnAtRow`. True when the loop goes on. */
  *#leave(): ClientExec<boolean> {
    const { turn, query } = this.#settings;
    switch (turn) {
      case "break":
        this.#release(this.kept);
        this.phase = "done";
        this.call = null;
        this.#host.turned("left");
        return false;
      case "close":
        this.#release(this.kept);
        yield* this.#closeCursor();
        this.phase = "done";
        return false;
      case "query":
        this.call = this.#text("query", query);
        this.#host.called(this.call);
        yield* this.#secondQuery(query);
        return true;
      case "ping":
        this.call = this.#text("ping", "");
        this.#host.called(this.call);
        yield* this.driver.ping();
        return true;
      case "crash":
        this.#host.turned("crashed");
        return false;
      default:
        return unreachable(turn);
    }
  }

  *#closeCursor(): ClientExec<void> {
    this.call = this.#text("close", "");
    const cursor = this.#cursor;
    this.#cursor = null;
    if (cursor !== null) yield* cursor.close();
    this.call = null;
    this.#host.turned("closed");
  }

  *#waitFor(phase: "paused" | "processing", ms: number): ClientExec<void> {
    this.phase = phase;
    this.call = null;
    this.untilUs = this.#host.nowUs() + Math.round(ms * US_PER_MS);
    if (phase === "paused") this.#host.turned("paused");
    yield { kind: "time", untilUs: this.untilUs };
    this.untilUs = null;
  }

  *#nextRow(cursor: Cursor): ClientExec<ClientRow | null> {
    const row = yield* cursor.fetch();
    if (row === null) return null;
    this.fetched += 1;
    this.#rows.push(row.values);
    this.#host.rowFetched();
    return row;
  }

  #keep(bytes: number): void {
    this.driver.allocate(bytes, "python");
    this.kept += bytes;
  }

  #release(bytes: number): void {
    const released = Math.min(bytes, this.kept);
    this.kept -= released;
    this.driver.free(released);
  }

  #outcome(from: number): Outcome {
    const last = { columns: this.#columns, rows: this.#rows.slice(from) };
    const [first, ...others] = [...this.#sets, last];
    if (first === last || first === undefined) return { kind: "rows", ...last, warnings: 0 };
    return { kind: "rows", ...first, warnings: 0, call: { more: others, affected: 0 } };
  }

  #names(): readonly string[] {
    return this.driver.result?.columns.map(({ name }) => name) ?? [];
  }
}

const DONE: Outcome = { kind: "ok", affected: 0, info: "", warnings: 0, insertId: 0 };

const FETCH_CALL = {
  one: "fetchone",
  many: "fetchmany",
  all: "fetchall",
  manual: "fetchone",
} as const;
