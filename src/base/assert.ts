/** Assertions that stay on: a wrong picture in a teaching tool is worse than a crash. */

/**
 * Throws when an invariant of ours is broken. Never used for a user's mistake. `subject` is whom it is about: a message
 * put together at every call would cost more than the check.
 */
export function assert(
  condition: unknown,
  message: string,
  subject?: string | number,
): asserts condition {
  if (condition) return;
  throw new Error(`assertion failed: ${message}${subject === undefined ? "" : `: ${subject}`}`);
}

/** The end of a `switch` over a union: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
