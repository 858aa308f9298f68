/** Names of tables, columns, keys and constraints. */
import type { Session } from "../session/session.ts";

const SHADOW_PREFIX = "#sql-";

/** Names differ in case alone: the same column, key or constraint. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The order of names is that of their letters' codes. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The name under which a session's ALTER TABLE builds the new table. MySQL has its process id where the 1 is. */
export function shadowName(session: Session): string {
  return `${SHADOW_PREFIX}1_${session.connectionId.toString(16)}`;
}

export function isShadowName(name: string): boolean {
  return name.startsWith(SHADOW_PREFIX);
}
