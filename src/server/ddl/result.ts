/** What DDL answers. */
import type { ExecResult } from "../context.ts";

export function done(affected = 0, info = ""): ExecResult {
  return { kind: "ok", affected, info, insertId: 0 };
}
