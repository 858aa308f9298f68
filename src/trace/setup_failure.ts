/** How the worker says that a statement of the set-up failed, and how that is read again where it is shown. */

/** `reason`: `ERROR 1064: You have an error ...`. */
export interface SetupFailure {
  readonly sql: string;
  readonly reason: string;
}

export function setupFailureText({ sql, reason }: SetupFailure): string {
  return `The set-up failed at: ${sql}\n${reason}`;
}

/** Null where the text says something else. */
export function readSetupFailure(text: string): SetupFailure | null {
  const [, sql = "", reason = ""] = /^The set-up failed at: ([\s\S]*)\n(.*)$/.exec(text) ?? [];
  return sql === "" ? null : { sql, reason };
}
