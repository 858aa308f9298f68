/** A semi-join's values that are materialized. MySQL: MaterializeIterator of a semi-join nest. */
import { settled } from "../../../base/answer.ts";
import type { Datum } from "../../../innodb/api.ts";
import type { Exec } from "../../context.ts";
import { evalItem, type Item } from "../../expr/item.ts";
import { rowKey } from "../aggregates.ts";
import { holds } from "../row_tests.ts";
import type { Body, Run } from "./join_run.ts";
import type { JoinStep } from "./join_types.ts";

/** A semi-join's values, made once without duplicates; then scanned, or looked up. */
export function* madeRows(run: Run, step: JoinStep, body: Body): Exec<boolean> {
  const { made } = step;
  if (made === null) return true;
  const { inner, key } = made;
  const keyOf = rowKey(inner.map(({ type }) => type));
  let known = run.readers[step.table.scope.position]?.values ?? null;
  if (known === null) {
    const values = new Map<string, readonly Datum[]>();
    yield* settled(
      run.produce(run, made.tree, function* () {
        const row: Datum[] = [];
        for (const item of inner) row.push(yield* evalItem(item));
        const text = keyOf(row);
        if (!row.includes(null) && !values.has(text)) values.set(text, row);
        return true;
      }),
    );
    known = values;
    run.readers[step.table.scope.position] = { next: () => null, unlock: () => {}, values };
  }
  let wanted: Iterable<readonly Datum[]> = known.values();
  if (key !== null) {
    const sought: Datum[] = [];
    for (const item of key) sought.push(yield* evalItem(item));
    const found = known.get(keyOf(sought));
    wanted = found === undefined ? [] : [found];
  }
  for (const values of wanted) {
    placeValues(inner, values);
    if ((yield* settled(holds(step.conditions))) && !(yield* settled(body()))) return false;
  }
  return true;
}

/** The values stand in for the rows that they came from. */
function placeValues(inner: readonly Item[], values: readonly Datum[]): void {
  for (const [at, { shape }] of inner.entries()) {
    if (shape.kind !== "column") continue;
    const row = [...shape.slot.row];
    row[shape.column] = values[at] ?? null;
    shape.slot.row = row;
  }
}
