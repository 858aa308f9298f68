/**
 * Plays a scenario's steps as the recorder of the real server's transcripts does: before each statement it asks on another
 * connection for the access path.
 *
 *     A: INSERT INTO t SELECT ... WHERE k = 5      the recorder:  EXPLAIN INSERT INTO t SELECT ...     then A's statement
 *
 * EXPLAIN brings the tables' definitions into the server's cache, and rows that a change reads while it is planned are read
 * under its locks: these are gone when EXPLAIN ends, but an implicit lock in the way is explicit from then on, and where it has
 * to wait, a second passes until it gives up.
 */
import type { Simulation, StepResult } from "../server/simulation.ts";
import type { SessionName } from "../trace/ids.ts";
import { DISCONNECT, type Step } from "../trace/scenario.ts";

const RECORDER = "recorder" as SessionName;
const PATIENCE = "SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1";
const AT_THE_END =
  /\s+(for\s+(update|share)(\s+of\s+\w+)?|lock\s+in\s+share\s+mode)(\s+(nowait|skip\s+locked))?\s*;?\s*$/i;
const NOT_EXPLAINED = /\b(information_schema|performance_schema|sleep|get_lock)\b/i;
/** Something is read besides the rows that are changed, or read with locks inside of a query. */
const READS_WITH_LOCKS =
  /^\s*(insert|replace)\b.*\b(select|table)\b|^\s*(update|delete)\b.*(\bselect\b|\bjoin\b|,)|\bfor\s+(update|share)\b|\block\s+in\s+share\b/is;

export class Recorder {
  readonly #simulation: Simulation;
  readonly #explains: boolean;
  /** Of the simulation's steps, which ones they are of the scenario; null for the recorder's own. */
  readonly #numbers: (number | null)[] = [];
  readonly #busy = new Set<SessionName>();
  #count = 0;
  #isConnected = false;

  constructor(simulation: Simulation, explains: boolean) {
    this.#simulation = simulation;
    this.#explains = explains;
  }

  /** `isMdlPending`: EXPLAIN would queue behind it, so it is not asked. */
  play(step: Step, isMdlPending: boolean): StepResult {
    const early =
      this.#explains && "sql" in step && !isMdlPending && !this.#busy.has(step.session)
        ? this.#explained(step.session, step.sql)
        : [];
    const result = this.#step(step, this.#count);
    this.#count += 1;
    if ("sql" in step && (result.kind === "blocked" || step.sql === DISCONNECT)) {
      this.#busy.add(step.session);
    }
    for (const { session } of result.woken) this.#busy.delete(session);
    return early.length === 0 ? result : { ...result, woken: [...early, ...result.woken] };
  }

  /** What ended meanwhile. */
  #explained(session: SessionName, sql: string): StepResult["woken"] {
    this.#simulation.loadDefinitionsOf(session, sql);
    const plain = sql.replace(AT_THE_END, "");
    if (NOT_EXPLAINED.test(plain) || !READS_WITH_LOCKS.test(plain)) return [];
    if (!this.#isConnected) {
      this.#step({ session: RECORDER, sql: PATIENCE }, null);
      this.#isConnected = true;
    }
    const asked = this.#step(
      { session: RECORDER, sql: `EXPLAIN FORMAT=TRADITIONAL ${plain}` },
      null,
    );
    return asked.kind === "blocked" ? this.#step({ advance: 1 }, null).woken : asked.woken;
  }

  #step(step: Step, number: number | null): StepResult {
    this.#numbers.push(number);
    const result = this.#simulation.step(step);
    const woken = result.woken.flatMap((one) => {
      const at = this.#numbers[one.step] ?? null;
      return at === null ? [] : [{ ...one, step: at }];
    });
    return { ...result, woken };
  }
}
