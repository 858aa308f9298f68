/** performance_schema's number of a session's thread. */
import type { Session } from "../session/session.ts";

/** Threads of the server itself come first. */
export const FIRST_THREAD = 40;

export function threadId(session: Pick<Session, "connectionId">): number {
  return FIRST_THREAD + session.connectionId;
}
