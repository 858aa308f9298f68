/** The storage engines that CREATE TABLE knows. */
import type { BaseTable } from "../context.ts";
import { mysqlError } from "../errors.ts";

export type EngineName = BaseTable["engine"];

const ENGINES: readonly EngineName[] = ["InnoDB", "MyISAM", "MEMORY"];

/** The engine as SHOW prints it; "heap" is MEMORY. Throws 1286. */
export function engineName(written: string): EngineName {
  const wanted = written.toLowerCase() === "heap" ? "memory" : written.toLowerCase();
  const engine = ENGINES.find((known) => known.toLowerCase() === wanted);
  if (engine === undefined) throw mysqlError("ER_UNKNOWN_STORAGE_ENGINE", written);
  return engine;
}

/** No rollback, table-level locks. */
export function isNonTransactional(engine: EngineName): boolean {
  return engine !== "InnoDB";
}
