/**
 * What a statement has changed of its session that the client is told of in the OK packet: the default database, some
 * variables, and where an explicit transaction began or ended.
 *
 * MySQL: sql/session_tracker.cc (Session_sysvars_tracker, Current_schema_tracker, Transaction_state_tracker) with the
 * defaults of session_track_schema and session_track_system_variables.
 * Departure: session_track_state_change, _gtids and _transaction_info stay as they are by default, off.
 */
import { append } from "../../base/lists.ts";
import { lengthBytes, stringBytes } from "../../net/protocol/bytes.ts";

const TRACKED = [
  "time_zone",
  "autocommit",
  "character_set_client",
  "character_set_connection",
  "character_set_results",
] as const;

/** MySQL: enum_session_state_type. */
const STATE_TYPE = { variable: 0, schema: 1, transaction: 5 } as const;

/** One letter for each kind of work; with the information off only the beginning and a snapshot are told. */
const NO_TRANSACTION = "________";
const BEGUN = "T_______";
const BEGUN_WITH_SNAPSHOT = "T_R_____";

export class SessionChanges {
  readonly #variables = new Map<string, string>();
  #schema: string | null = null;
  #transaction = NO_TRANSACTION;
  #toldTransaction = NO_TRANSACTION;
  #hasTouched = false;

  variable(name: string, value: string): void {
    if ((TRACKED as readonly string[]).includes(name)) this.#variables.set(name, value);
  }

  schema(name: string): void {
    this.#schema = name;
  }

  begun(withSnapshot: boolean): void {
    this.#transaction = withSnapshot ? BEGUN_WITH_SNAPSHOT : BEGUN;
    this.#hasTouched = true;
  }

  ended(): void {
    this.#transaction = NO_TRANSACTION;
    this.#hasTouched = true;
  }

  /** The changes since the last time, as the OK packet has them; null: there were none. */
  take(): readonly number[] | null {
    if (!this.#hasTouched && this.#schema === null && this.#variables.size === 0) return null;
    const parts: number[] = [];
    for (const name of TRACKED) {
      const value = this.#variables.get(name);
      if (value === undefined) continue;
      append(parts, part(STATE_TYPE.variable, [...stringBytes(name), ...stringBytes(value)]));
    }
    if (this.#schema !== null) append(parts, part(STATE_TYPE.schema, stringBytes(this.#schema)));
    if (this.#transaction !== this.#toldTransaction) {
      append(parts, part(STATE_TYPE.transaction, stringBytes(this.#transaction)));
    }
    this.forget();
    return parts;
  }

  /** Nobody is told of what was changed so far. */
  forget(): void {
    this.#variables.clear();
    this.#schema = null;
    this.#toldTransaction = this.#transaction;
    this.#hasTouched = false;
  }
}

function part(type: number, data: readonly number[]): readonly number[] {
  return [type, ...lengthBytes(data.length), ...data];
}
