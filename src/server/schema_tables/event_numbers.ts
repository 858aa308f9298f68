/** Numbers of events in performance_schema. */

/** In a millisecond. */
export const PICOSECONDS = 1e9;

/** EVENT_ID of a statement; the number behind it is that of the transaction that begins in it. */
export function statementEvent(statement: number): number {
  return statement * 2;
}
