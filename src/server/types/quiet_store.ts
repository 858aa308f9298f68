/** Storing a value to look for it: what does not fit is brought near, and nobody hears a warning. */
import type { Datum } from "../../innodb/api.ts";
import type { StatementContext } from "../context.ts";
import type { Present } from "./convert.ts";
import type { EvalEnv } from "./eval_env.ts";
import type { SqlType } from "./sql_type.ts";
import { type StoreTarget, storeInto } from "./store.ts";

export interface QuietStore {
  readonly store: (value: Present) => Datum;
  /** Numbers of the warnings of what was stored last. */
  readonly told: () => readonly number[];
  /** The statement without strict mode, as values are compared in then. */
  readonly env: EvalEnv;
}

export function quietStore(target: StoreTarget, from: SqlType, env: EvalEnv): QuietStore {
  let told: number[] = [];
  const silent: StatementContext = Object.create(env.ctx);
  const ctx = Object.assign(silent, {
    warn: ({ errno }: { errno: number }) => void told.push(errno),
  });
  const lenient: EvalEnv = { ...env, strict: false, ctx };
  const into = storeInto(target, from, lenient);
  const store = (value: Present): Datum => {
    if (told.length > 0) told = [];
    // Each value is told of, not each column.
    lenient.told = null;
    return into(value);
  };
  return { store, told: () => told, env: lenient };
}
