/** What a statement can ask about its session and the server. MySQL: sql/item_func.cc, item_strfunc.cc. */
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { threadId } from "../schema_tables/thread_id.ts";
import { doubleOf, textOf } from "../types/convert.ts";
import { BIGINT, BIGINT_UNSIGNED, BOOLEAN, varchar, whole } from "../types/sql_type.ts";
import { deprecated } from "./deprecated.ts";
import { type Call, type FunctionDef, type FunctionTable, integerArg } from "./function_table.ts";
import { evalItem, type Item, literalItem, makeItem } from "./item.ts";

const FOUND_ROWS_DEPRECATED = deprecated(
  "FOUND_ROWS() is deprecated and will be removed in a future release. Consider using COUNT(*) instead.",
);
const SERVER_VERSION = "9.7.4";

export const SESSION_FUNCTIONS: FunctionTable = {
  version: fixed(() => SERVER_VERSION, varchar(60)),
  connection_id: fixed(({ env }) => env.ctx.connectionId, BIGINT_UNSIGNED),
  ps_current_thread_id: fixed(({ env }) => threadId(env.ctx), BIGINT_UNSIGNED),
  database: fixed(({ env }) => (env.ctx.database === "" ? null : env.ctx.database), varchar(64)),
  schema: fixed(({ env }) => (env.ctx.database === "" ? null : env.ctx.database), varchar(64)),
  user: fixed(() => "root@localhost", varchar(288)),
  current_user: fixed(() => "root@localhost", varchar(288)),
  session_user: fixed(() => "root@localhost", varchar(288)),
  system_user: fixed(() => "root@localhost", varchar(288)),
  row_count: fixed(({ env }) => env.ctx.previousRowCount, BIGINT),
  found_rows: fixed(({ env }) => {
    env.ctx.warn(FOUND_ROWS_DEPRECATED);
    return env.ctx.foundRows.value;
  }, BIGINT),
  last_insert_id: { min: 0, max: 1, make: lastInsertId },
  sleep: suspending(1, (call) => {
    const seconds = call.args[0] as Item;
    const read = doubleOf(seconds.type, call.env);
    return function* () {
      const value = yield* evalItem(seconds);
      if (value === null || read(value) < 0) throw mysqlError("ER_WRONG_ARGUMENTS", "sleep.");
      const wanted = read(value);
      return wanted === 0 ? 0 : yield* call.env.ctx.sleep(wanted);
    };
  }),
  get_lock: userLockFunction(2, (call) => {
    const [name, timeout] = call.args as [Item, Item];
    const read = doubleOf(timeout.type, call.env);
    return function* () {
      const lockName = yield* lockNameOf(name);
      const seconds = yield* evalItem(timeout);
      return yield* call.env.ctx.userLock("get", lockName, seconds === null ? 0 : read(seconds));
    };
  }),
  release_lock: userLockFunction(1, (call) => userLock(call, "release")),
  is_free_lock: userLockFunction(1, (call) => userLock(call, "isFree")),
  is_used_lock: userLockFunction(1, (call) => userLock(call, "isUsed"), {
    type: BIGINT_UNSIGNED,
  }),
  release_all_locks: userLockFunction(
    0,
    ({ env }) =>
      () =>
        env.ctx.userLock("releaseAll", "", 0),
    { type: BIGINT_UNSIGNED, nullable: false },
  ),
  uuid: volatile(varchar(36), ({ env }) => uuid(env.ctx.random)),
  uuid_short: volatile(BIGINT_UNSIGNED, ({ env }) => Math.floor(env.ctx.random() * 2 ** 52)),
  benchmark: { min: 2, max: 2, make: benchmark },
  charset: { min: 1, max: 1, make: (call) => named(call, charsetOf) },
  collation: { min: 1, max: 1, make: (call) => named(call, collationName) },
  coercibility: { min: 1, max: 1, make: (call) => literalItem(4, whole(10), call.text()) },
};

function fixed(value: (call: Call) => Datum, type: ColumnType): FunctionDef {
  return { min: 0, max: 0, make: (call) => literalItem(value(call), type, call.text()) };
}

const RANDOM = { kind: "other", args: [], isRandom: true } as const;

function volatile(type: ColumnType, value: (call: Call) => Datum): FunctionDef {
  return {
    min: 0,
    max: 0,
    make: (call) =>
      makeItem(
        [],
        { eval: () => value(call), steps: null },
        { type, text: call.text, isConst: false, nullable: false, shape: RANDOM },
      ),
  };
}

/** May wait, so it has the generator form only; never constant. */
function suspending(args: number, steps: (call: Call) => () => Exec<Datum>): FunctionDef {
  return {
    min: args,
    max: args,
    make: (call) =>
      makeItem(
        call.args,
        { eval: null, steps: steps(call) },
        {
          type: BOOLEAN,
          text: call.text,
          isConst: false,
          nullable: true,
          shape: { kind: "other", args: call.args, isRandom: true },
        },
      ),
  };
}

/** MySQL: Item_func_get_lock, which is a constant for the optimizer when its arguments are. */
function userLockFunction(
  args: number,
  steps: (call: Call) => () => Exec<Datum>,
  answer: Partial<Pick<Item, "type" | "nullable">> = {},
): FunctionDef {
  const { make, ...places } = suspending(args, steps);
  return {
    ...places,
    make: (call) => ({
      ...make(call),
      ...answer,
      shape: { kind: "other", args: call.args, isUserLock: true },
    }),
  };
}

function userLock(call: Call, op: "release" | "isFree" | "isUsed"): () => Exec<Datum> {
  return function* () {
    const name = yield* lockNameOf(call.args[0] as Item);
    return yield* call.env.ctx.userLock(op, name, 0);
  };
}

const LOCK_NAME_LENGTH_MAX = 64;

function* lockNameOf(item: Item): Exec<string> {
  const value = yield* evalItem(item);
  const name = value === null ? null : textOf(item.type)(value);
  if (name === null || name === "") throw mysqlError("ER_USER_LOCK_WRONG_NAME", name ?? "NULL");
  if (name.length > LOCK_NAME_LENGTH_MAX)
    throw mysqlError("ER_USER_LOCK_OVERLONG_NAME", name, LOCK_NAME_LENGTH_MAX);
  return name;
}

function lastInsertId(call: Call): Item {
  const { lastInsertId: cell } = call.env.ctx;
  if (call.args.length === 0) return literalItem(cell.value, BIGINT_UNSIGNED, call.text());
  const arg = call.args[0] as Item;
  const read = integerArg(call, 0);
  const store = (value: Datum): Datum => {
    if (value === null) {
      cell.value = 0;
      return null;
    }
    const given = read([value]);
    // The client and the next statement see it without a sign.
    cell.value = given < 0 ? BigInt.asUintN(64, BigInt(given)) : given;
    return cell.value;
  };
  const compute = arg.eval;
  const own = { type: BIGINT_UNSIGNED, text: call.text, isConst: false };
  if (compute !== null) return makeItem([arg], { eval: () => store(compute()), steps: null }, own);
  return makeItem(
    [arg],
    {
      eval: null,
      steps: function* () {
        return store(yield* evalItem(arg));
      },
    },
    own,
  );
}

/** The expression is computed once: the simulated clock would not move anyway. */
function benchmark(call: Call): Item {
  const expression = call.args[1] as Item;
  return makeItem(
    call.args,
    {
      eval: null,
      steps: function* () {
        yield* evalItem(expression);
        return 0;
      },
    },
    { type: BOOLEAN, text: call.text, isConst: false, nullable: true },
  );
}

function named(call: Call, name: (arg: Item) => string): Item {
  return literalItem(name(call.args[0] as Item), varchar(64), call.text());
}

function charsetOf(arg: Item): string {
  return "collation" in arg.type && arg.type.collation !== "binary" ? "utf8mb4" : "binary";
}

function collationName(arg: Item): string {
  return "collation" in arg.type ? arg.type.collation : "binary";
}

/** Version 1, out of the simulation's own random numbers. */
function uuid(random: () => number): string {
  const digits = (count: number): string => {
    let text = "";
    for (let at = 0; at < count; at += 1) text += Math.floor(random() * 16).toString(16);
    return text;
  };
  return `${digits(8)}-${digits(4)}-11f1-${digits(4)}-${digits(12)}`;
}
