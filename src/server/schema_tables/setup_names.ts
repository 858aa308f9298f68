/**
 * Instruments and consumers of performance_schema, as a 9.7.4 server has them when it starts.
 *
 * Departure: of the instruments those of locks and transactions.
 */

export const INSTRUMENTS: readonly string[] = [
  "wait/lock/table/sql/handler",
  "idle",
  "wait/lock/metadata/sql/mdl",
  "transaction",
];

/** With whether they are on: 1 is YES, 2 is NO. */
export const CONSUMERS: readonly (readonly [string, 1 | 2])[] = [
  ["events_stages_current", 2],
  ["events_stages_history", 2],
  ["events_stages_history_long", 2],
  ["events_statements_cpu", 2],
  ["events_statements_current", 1],
  ["events_statements_history", 1],
  ["events_statements_history_long", 2],
  ["events_transactions_current", 1],
  ["events_transactions_history", 1],
  ["events_transactions_history_long", 2],
  ["events_waits_current", 2],
  ["events_waits_history", 2],
  ["events_waits_history_long", 2],
  ["global_instrumentation", 1],
  ["thread_instrumentation", 1],
  ["statements_digest", 1],
];
