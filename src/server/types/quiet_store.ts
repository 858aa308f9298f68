/** Storing a value to look for it: what does not fit is brought near, and nobody hears a warning. */
import type { ColumnType } from "../../trace/values.ts";
import type { EvalEnv } from "./eval_env.ts";
import type { SqlType } from "./sql_type.ts";
import { type Store, type StoreTarget, storeInto } from "./store.ts";

export interface QuietStore {
  readonly store: Store;
  /** Numbers of the warnings since it was emptied last. */
  readonly told: number[];
  /** The statement without strict mode, as values are compared in then. */
  readonly env: EvalEnv;
}

export function quietStore(target: StoreTarget, from: SqlType, given: EvalEnv): QuietStore {
  const told: number[] = [];
  const env = quietEnv(given, told);
  return { store: storeInto({ ...target, type: sought(target.type) }, from, env), told, env };
}

/** A TIMESTAMP may be compared with a date that none can hold. */
function sought(type: ColumnType): ColumnType {
  return type.kind === "timestamp" ? { kind: "datetime", fsp: type.fsp } : type;
}

/** Nothing is an error, and warnings leave their numbers only. */
export function quietEnv(given: EvalEnv, told: number[]): EvalEnv {
  const warn = ({ errno }: { readonly errno: number }) => void told.push(errno);
  return { ...given, strict: false, ctx: Object.assign(Object.create(given.ctx), { warn }) };
}
