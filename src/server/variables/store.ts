/**
 * The values of system variables: the server's, and each session's copy, made when it connects.
 *
 * MySQL: global_system_variables and THD::variables (struct System_variables).
 */
import type { ParseOptions } from "../../sql/cursor.ts";
import type { Value } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { type VariableDefinition, variableDefinition } from "./definitions.ts";
import { selectedValue } from "./values.ts";

export class GlobalVariables {
  /** Those that were changed or asked for; the others are as they were at the start. */
  readonly #values = new Map<string, string>();
  #version = 0;
  /** Every statement asks. */
  isSuperReadOnly = false;

  /** Another one after every change. */
  get version(): number {
    return this.#version;
  }

  /** As SHOW GLOBAL VARIABLES prints it. */
  text(name: string): string {
    return this.#values.get(name) ?? this.#first(name);
  }

  #first(name: string): string {
    const definition = variableDefinition(name);
    if (definition === null || definition.scope === "session") {
      throw new Error(`no global variable ${name}`);
    }
    this.#values.set(name, definition.default);
    return definition.default;
  }

  /** What a session that connects now has of its own. */
  copy(): Map<string, string> {
    return new Map(
      [...this.#values].filter(([name]) => variableDefinition(name)?.scope === "both"),
    );
  }

  isOn(name: string): boolean {
    return this.text(name) === "ON";
  }

  number(name: string): number {
    return Number(this.text(name));
  }

  set(name: string, text: string): void {
    this.#version += 1;
    this.#values.set(name, text);
    this.isSuperReadOnly = this.isOn("super_read_only");
  }
}

export class SessionVariables {
  readonly #globals: GlobalVariables;
  readonly #values: Map<string, string>;
  /** Variables that are not stored but looked up: warning_count, last_insert_id, timestamp, pseudo_thread_id. */
  readonly #computed: ReadonlyMap<string, () => string>;
  #version = 0;
  /** How sql_mode has texts read; another object after every change. */
  reading: ParseOptions;

  /** Another one after every change of a value that is stored. */
  get version(): number {
    return this.#version;
  }

  constructor(globals: GlobalVariables, computed: ReadonlyMap<string, () => string>) {
    this.#globals = globals;
    this.#computed = computed;
    this.#values = globals.copy();
    // The client asks for IGNORE_SPACE when it connects (CLIENT_IGNORE_SPACE), as mysql2 does.
    this.reading = { ...readingUnder(this.#values.get("sql_mode") ?? ""), ignoreSpace: true };
  }

  /** As SHOW VARIABLES prints it; a global variable shows its one value. */
  text(name: string): string {
    return this.#computed.get(name)?.() ?? this.#values.get(name) ?? this.#first(name);
  }

  /** Nobody had changed the session's copy when it was made. */
  #first(name: string): string {
    const definition = variableDefinition(name);
    if (definition === null || definition.scope === "global") return this.#globals.text(name);
    this.#values.set(name, definition.default);
    return definition.default;
  }

  /** Null if it is what it was at the server's start, for all that is known without its definition. */
  changedText(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  isOn(name: string): boolean {
    return this.text(name) === "ON";
  }

  number(name: string): number {
    return Number(this.text(name));
  }

  set(name: string, text: string): void {
    this.#version += 1;
    this.#values.set(name, text);
    if (name === "sql_mode") this.reading = readingUnder(text);
  }

  /** `@@name`, `@@session.name`, `@@global.name`: 1193 for an unknown one, 1238 for one that is not there. */
  selected(scope: "session" | "global" | null, name: string): Value {
    const definition = knownVariable(name);
    if (scope === "global" && definition.scope === "session") {
      throw mysqlError("ER_INCORRECT_GLOBAL_LOCAL_VAR", definition.name, "SESSION");
    }
    if (scope === "session" && definition.scope === "global") {
      throw mysqlError("ER_INCORRECT_GLOBAL_LOCAL_VAR", definition.name, "GLOBAL");
    }
    const text =
      scope === "global" ? this.#globals.text(definition.name) : this.text(definition.name);
    return selectedValue(definition, text);
  }
}

/** Throws 1193. */
export function knownVariable(name: string): VariableDefinition {
  const definition = variableDefinition(name);
  if (definition === null) throw mysqlError("ER_UNKNOWN_SYSTEM_VARIABLE", name);
  return definition;
}

/** Throws 1193 for a variable of several parts, unless it is one: of key caches, which MyISAM alone has. */
export function refuseStructured(base: string, name: string): void {
  if (/^key_(buffer_size|cache_\w+)$/i.test(name)) return;
  throw mysqlError("ER_UNKNOWN_SYSTEM_VARIABLE", `${base}.${name}`);
}

function readingUnder(sqlMode: string): ParseOptions {
  return {
    ignoreSpace: sqlMode.includes("IGNORE_SPACE"),
    ansiQuotes: sqlMode.includes("ANSI_QUOTES"),
    plainBackslash: sqlMode.includes("NO_BACKSLASH_ESCAPES"),
    pipesAsConcat: sqlMode.includes("PIPES_AS_CONCAT"),
    realAsFloat: sqlMode.includes("REAL_AS_FLOAT"),
    highNot: sqlMode.includes("HIGH_NOT_PRECEDENCE"),
  };
}
