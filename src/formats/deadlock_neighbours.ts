/**
 * The rows that stood behind those of a deadlock log. A lock on the last row of an index reaches to the supremum, and the log
 * prints that; where no lock of an index has it, there was another row, and gaps end before it:
 *
 *     lock_mode X of alice, bob     gap locks before bob, before the next one      a row zoe that the log does not show
 */
import { type DeadlockLog, locksOf } from "./deadlock_log.ts";
import type { Rows } from "./deadlock_rows.ts";
import { afterAll, newRow } from "./lock_statements.ts";
import { type FieldValue, text } from "./record_fields.ts";

/** Behind the rows that statements of the log may add. */
const NTH = 30;

export function addNeighbours(log: DeadlockLog, rows: Rows): void {
  const { columns, indexes, name } = rows.shape;
  const locks = locksOf(log).filter((lock) => lock.table === name);
  const reachesEnd = (index: string): boolean =>
    locks.some((lock) => lock.index === index && lock.records.some((rec) => rec.isSupremum));
  const clustered = indexes.find((one) => one.isClustered);
  if (clustered === undefined || clustered.columns.length === 0 || reachesEnd(clustered.name))
    return;
  const open = indexes.filter(
    (one) =>
      !one.isClustered &&
      !reachesEnd(one.name) &&
      locks.some((lock) => lock.index === one.name && lock.shape !== "recNotGap"),
  );
  if (open.length === 0) return;
  const values = new Map<number, FieldValue>();
  for (const { columns: parts } of [...open, clustered]) {
    const [first = -1] = parts;
    const type = columns[first]?.type.name ?? "";
    if (type === "enum") {
      const last = text(columns[first]?.type.values.at(-1) ?? "");
      if (rows.valuesOf(first, [], null).some(({ literal }) => literal === last.literal)) return;
      values.set(first, last);
      continue;
    }
    if (!/int$|char$|text$/.test(type) || rows.valuesOf(first, [], null).length === 0) return;
    const length = columns[first]?.type.length ?? null;
    const literal = afterAll(rows, first, NTH);
    if (/char$/.test(type) && length !== null && literal.length > length + 2) return;
    values.set(first, { literal, sort: null });
  }
  rows.addNeighbour(newRow(values));
}
