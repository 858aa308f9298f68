/** How long each session waits for a lock, as far as its SET statements say: for files that expect a timeout by name. */

const DEFAULT_S = 50;
const SET =
  /\bset\s+(?:(session|local|@@session\.|@@local\.|@@|global|@@global\.)\s*)?(innodb_)?lock_wait_timeout\s*:?=\s*(\d+)/i;

/** Follows SET innodb_lock_wait_timeout, so that a pause is long enough; seconds. */
export class LockWaitTimeouts {
  readonly #bySession = new Map<string, number>();
  #global = DEFAULT_S;

  see(session: string, sql: string): void {
    const found = SET.exec(sql);
    if (found === null) return;
    const seconds = Number(found[3]);
    if (/global/i.test(found[1] ?? "")) this.#global = seconds;
    else this.#bySession.set(session, seconds);
  }

  /** Seconds until a wait of the session has ended: one more than its timeout. */
  of(session: string): number {
    return (this.#bySession.get(session) ?? this.#global) + 1;
  }
}
