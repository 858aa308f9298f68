/** What DDL answers. */
import type { ExecResult } from "../context.ts";

const DONE: ExecResult = { kind: "ok", affected: 0, info: "", insertId: 0 };

export function done(affected = 0, info = ""): ExecResult {
  if (affected === 0 && info === "") return DONE;
  return { kind: "ok", affected, info, insertId: 0 };
}
