/**
 * Calls of functions by name, built-in and stored ones: argument counts (1582, 1318), unknown names (1305), and helpers for
 * the tables of functions in `functions_*.ts`.
 *
 * MySQL: Create_func_* and the function hash of sql/item_create.cc.
 */
import type { Datum } from "../../innodb/api.ts";
import type { FunctionCall } from "../../sql/ast_expression.ts";
import type { Exec, StoredFunction } from "../context.ts";
import { mysqlError, notSimulated } from "../errors.ts";
import { noSuchRoutine } from "../no_such_table.ts";
import type { SqlType } from "../types/sql_type.ts";
import type { Binder } from "./binder.ts";
import type { FunctionDef, FunctionTable } from "./function_table.ts";
import { CODING_FUNCTIONS } from "./functions_coding.ts";
import { CONTROL_FUNCTIONS } from "./functions_control.ts";
import { DATE_FUNCTIONS } from "./functions_date.ts";
import { DATE_PART_FUNCTIONS } from "./functions_date_parts.ts";
import { jsonFunctions } from "./functions_json.ts";
import { missingFunction } from "./functions_missing.ts";
import { NUMBER_FUNCTIONS } from "./functions_number.ts";
import { PFS_FUNCTIONS } from "./functions_pfs.ts";
import { REGEXP_FUNCTIONS } from "./functions_regexp.ts";
import { SESSION_FUNCTIONS } from "./functions_session.ts";
import { STRING_FUNCTIONS } from "./functions_string.ts";
import { STRING_SEARCH_FUNCTIONS } from "./functions_string_search.ts";
import { TIME_FUNCTIONS } from "./functions_time.ts";
import { evalItem, type Item, makeItem } from "./item.ts";

const TABLES: readonly FunctionTable[] = [
  CONTROL_FUNCTIONS,
  NUMBER_FUNCTIONS,
  STRING_FUNCTIONS,
  STRING_SEARCH_FUNCTIONS,
  DATE_FUNCTIONS,
  DATE_PART_FUNCTIONS,
  TIME_FUNCTIONS,
  REGEXP_FUNCTIONS,
  CODING_FUNCTIONS,
  SESSION_FUNCTIONS,
  PFS_FUNCTIONS,
];

const FUNCTIONS: FunctionTable = Object.assign(Object.create(null), ...TABLES);

export function isBuiltInFunction(name: string): boolean {
  return builtIn(name) !== undefined;
}

function builtIn(name: string): FunctionDef | undefined {
  return FUNCTIONS[name] ?? (name.startsWith("json_") ? jsonFunctions()[name] : undefined);
}

/** Its arguments are bound when it is known itself: of calls within calls the outer one is told to be missing. */
export function functionItem(
  node: FunctionCall,
  argumentsOf: () => readonly Item[],
  binder: Binder,
): Item {
  const { database } = binder.env.ctx;
  const written = nameAsWritten(node, binder.env.ctx.sql);
  const known = node.schema === null ? builtIn(node.name) : undefined;
  if (known === undefined) {
    if (node.schema === null && node.name === "grouping") {
      if (binder.grouping === null) throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
      return binder.grouping(node, binder);
    }
    const missing = node.schema === null ? missingFunction(node.name) : null;
    if (missing !== null) {
      // MySQL has it: what is wrong in its arguments comes first.
      argumentsOf();
      throw notSimulated(missing);
    }
    const stored = binder.env.ctx.storedFunction(node.schema?.text ?? null, node.name);
    if (stored !== null) return storedItem(stored, node, argumentsOf(), binder);
    const schema = node.schema?.text ?? database;
    if (schema === "") throw mysqlError("ER_NO_DB_ERROR");
    throw noSuchRoutine("FUNCTION", { schema, name: written });
  }
  const { length } = node.args;
  if (length < known.min || length > known.max) {
    throw mysqlError("ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT", written);
  }
  const args = argumentsOf();
  const text = (): string => `${node.name}(${args.map((arg) => arg.text()).join(",")})`;
  return known.make({ args, env: binder.env, text, name: node.name });
}

/** Throws 1318. */
function storedItem(
  stored: StoredFunction,
  node: FunctionCall,
  args: readonly Item[],
  { env: { ctx } }: Binder,
): Item {
  const written = nameAsWritten(node, ctx.sql);
  const place = `${node.schema?.text ?? ctx.database}.${written}`;
  const { parameters, type, deterministic, run } = stored;
  if (args.length !== parameters) {
    throw mysqlError("ER_SP_WRONG_NO_OF_ARGS", "FUNCTION", place, parameters, args.length);
  }
  const call = ctx.sql.slice(node.span.start, node.span.end);
  const steps = function* (): Exec<Datum> {
    const values: { readonly value: Datum; readonly type: SqlType }[] = [];
    for (const arg of args) values.push({ value: yield* evalItem(arg), type: arg.type });
    return yield* run(values, call);
  };
  const isConst = deterministic && args.every((arg) => arg.isConst);
  const text = (): string => `${written}(${args.map((arg) => arg.text()).join(",")})`;
  const plain = { kind: "other", args, isStored: true } as const;
  const shape = deterministic ? plain : ({ ...plain, isRandom: true } as const);
  return makeItem(args, { eval: null, steps }, { type, nullable: true, isConst, shape, text });
}

/** Not a stored function. */
export function isBuiltIn(node: FunctionCall): boolean {
  return node.schema === null && builtIn(node.name) !== undefined;
}

/** The function's name in the letters of the statement. */
export function nameAsWritten(node: FunctionCall, sql: string): string {
  const start = node.span.start + (node.schema === null ? 0 : node.schema.text.length + 1);
  const text = sql.slice(start, start + node.name.length);
  return text.toLowerCase() === node.name ? text : node.name;
}
