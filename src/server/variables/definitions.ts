/**
 * What is known about each system variable: where it lives, what it may hold, what it starts with.
 *
 * MySQL: sql/set_var.h, sql/sys_vars.h (Sys_var_bool, Sys_var_integer, Sys_var_enum, ...).
 */
import { COMMON_VARIABLES } from "./data_common.ts";
import { INNODB_VARIABLES } from "./data_innodb.ts";
import { SERVER_VARIABLES } from "./data_server.ts";

export type VariableScope = "both" | "global" | "session";

export type VariableType =
  /** Shown as ON and OFF, selected as 1 and 0. */
  | { readonly kind: "bool" }
  /** A multiple of `block`. */
  | { readonly kind: "int"; readonly min: bigint; readonly max: bigint; readonly block: bigint }
  /** Seconds with a fraction: long_query_time, timestamp. */
  | { readonly kind: "decimal" }
  /** One of the words, in any case, or its position. */
  | { readonly kind: "enum"; readonly words: readonly string[] }
  /** sql_mode: words joined by commas. */
  | { readonly kind: "set" }
  /** optimizer_switch: flags that are on or off, each with its name. */
  | { readonly kind: "switch" }
  | { readonly kind: "string" };

export interface VariableDefinition {
  readonly name: string;
  readonly scope: VariableScope;
  readonly type: VariableType;
  /** "never": error 1238; "globalOnly": the session's copy cannot be set (1621). */
  readonly settable: "always" | "globalOnly" | "never";
  /** As SHOW VARIABLES prints it. */
  readonly default: string;
}

type Definitions = ReadonlyMap<string, VariableDefinition>;

const COMMON = definitionsIn(COMMON_VARIABLES);
let rare: Definitions | null = null;

/** Read when one of them is asked for: in the built site they are loaded then. */
function rareDefinitions(): Definitions {
  rare ??= definitionsIn(`${SERVER_VARIABLES}${INNODB_VARIABLES}`);
  return rare;
}

/** Case does not matter. */
export function variableDefinition(name: string): VariableDefinition | null {
  const key = name.toLowerCase();
  return COMMON.get(key) ?? rareDefinitions().get(key) ?? null;
}

/** In the order of their names, as SHOW VARIABLES lists them. */
export function allVariableDefinitions(): readonly VariableDefinition[] {
  return [...COMMON.values(), ...rareDefinitions().values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

function definitionsIn(table: string): Definitions {
  return new Map(
    table
      .split("\n")
      .filter((line) => line !== "")
      .map(parseLine)
      .map((definition) => [definition.name, definition]),
  );
}

function parseLine(line: string): VariableDefinition {
  const [name = "", scopeText = "", typeText = "", ...rest] = line.split(" | ");
  const [scope = "both", flag = ""] = scopeText.split(" ");
  return {
    name,
    scope: scope as VariableScope,
    type: parseType(typeText),
    settable: flag === "readonly" ? "never" : flag === "sessionReadonly" ? "globalOnly" : "always",
    default: rest.join(" | "),
  };
}

function parseType(text: string): VariableType {
  const [kind = "", detail = ""] = text.split(" ");
  switch (kind) {
    case "int": {
      const [min = "0", max = "0", block = "1"] = detail.split(/\.\.|\//);
      return { kind: "int", min: BigInt(min), max: BigInt(max), block: BigInt(block) };
    }
    case "enum":
      return { kind: "enum", words: detail.split(",") };
    case "bool":
    case "decimal":
    case "set":
    case "string":
    case "switch":
      return { kind };
    default:
      throw new Error(`unknown type of system variable: ${text}`);
  }
}
