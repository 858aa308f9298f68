/** A metadata lock that was not granted, as MySQL's error. */
import { unreachable } from "../../base/assert.ts";
import { mysqlError } from "../errors.ts";
import type { MdlOutcome } from "../mdl/context.ts";

/** Throws 1213, 1205, 1317. */
export function failMdl(outcome: Exclude<MdlOutcome, "granted">): never {
  switch (outcome) {
    case "deadlockVictim":
      throw mysqlError("ER_LOCK_DEADLOCK");
    case "timeout":
      throw mysqlError("ER_LOCK_WAIT_TIMEOUT");
    case "killed":
      throw mysqlError("ER_QUERY_INTERRUPTED");
    default:
      return unreachable(outcome);
  }
}
