/**
 * Table-level locks of engines without record locks. A statement takes the locks of all its tables before it begins, in one
 * order, and gives them back when it ends.
 *
 *                    held:  read   concurrent insert   write
 *     read                   +            +              -        an INSERT into a file without holes appends behind
 *     concurrent insert      +            -              -        what readers see
 *     write                  -            -              -
 *
 * Who waits for a write lock goes before readers, and is served first.
 *
 * MySQL: mysys/thr_lock.cc; sql/lock.cc: mysql_lock_tables; ha_myisam::store_lock.
 */
import type { TableId } from "../../trace/ids.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Session } from "../session/session.ts";

export type ThrLockType = "read" | "concurrentInsert" | "write";

const COMPATIBLE = `
                     | read  concurrentInsert  write
    read             |  +          +             -
    concurrentInsert |  +          -             -
    write            |  -          -             -
`;

interface Request {
  readonly session: Session;
  readonly table: TableId;
  readonly type: ThrLockType;
}

export class ThrLocks {
  readonly #held: Request[] = [];
  readonly #waiting: Request[] = [];
  readonly #onWake: (session: Session) => void;

  constructor(onWake: (session: Session) => void) {
    this.#onWake = onWake;
  }

  /** Throws 1205 and 1317; what was taken for the statement stays until `releaseAll`. */
  *acquire(session: Session, table: TableId, name: string, type: ThrLockType): Exec<void> {
    const request: Request = { session, table, type };
    if (this.#isFree(request)) {
      this.#held.push(request);
      return;
    }
    this.#waiting.push(request);
    session.setProcessState("Waiting for table level lock");
    const resumption = yield { kind: "thrLock", table: name };
    if (resumption === "granted") return;
    this.#forget(request);
    throw mysqlError(resumption === "timeout" ? "ER_LOCK_WAIT_TIMEOUT" : "ER_QUERY_INTERRUPTED");
  }

  releaseAll(session: Session): void {
    if (this.#held.length === 0) return;
    const tables = this.#held.filter((request) => request.session === session);
    if (tables.length === 0) return;
    for (const request of tables) this.#held.splice(this.#held.indexOf(request), 1);
    this.#serve();
  }

  holds(session: Session, table: TableId): boolean {
    return this.#held.some((request) => request.session === session && request.table === table);
  }

  /** The sessions whose locks, held or asked for earlier, keep this one waiting. */
  blockersOf(session: Session): readonly Session[] {
    const request = this.#waiting.find((candidate) => candidate.session === session);
    return request === undefined ? [] : [...new Set(this.#inTheWay(request))];
  }

  #serve(): void {
    const writers = this.#waiting.filter((request) => request.type !== "read");
    const readers = this.#waiting.filter((request) => request.type === "read");
    for (const request of [...writers, ...readers]) {
      if (!this.#isFree(request)) continue;
      this.#waiting.splice(this.#waiting.indexOf(request), 1);
      this.#held.push(request);
      this.#onWake(request.session);
    }
  }

  #forget(request: Request): void {
    const place = this.#waiting.indexOf(request);
    if (place >= 0) this.#waiting.splice(place, 1);
    const held = this.#held.indexOf(request);
    if (held >= 0) this.#held.splice(held, 1);
    this.#serve();
  }

  #isFree(request: Request): boolean {
    return this.#inTheWay(request).length === 0;
  }

  #inTheWay({ session, table, type }: Request): Session[] {
    const others = (list: readonly Request[]) =>
      list.filter((other) => other.table === table && other.session !== session);
    const place = this.#waiting.findIndex((other) => other.session === session);
    const ahead = others(place < 0 ? this.#waiting : this.#waiting.slice(0, place));
    return [
      ...others(this.#held).filter((other) => !areCompatible(type, other.type)),
      ...ahead.filter((other) => other.type === "write" && !areCompatible(type, other.type)),
    ].map((other) => other.session);
  }
}

const MATRIX = new Map(
  COMPATIBLE.trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [name = "", marks = ""] = line.split("|");
      return [name.trim(), marks.trim().split(/\s+/)] as const;
    }),
);
const TYPES: readonly ThrLockType[] = ["read", "concurrentInsert", "write"];

function areCompatible(asked: ThrLockType, held: ThrLockType): boolean {
  return MATRIX.get(asked)?.[TYPES.indexOf(held)] === "+";
}
