/**
 * GROUP BY and aggregates: the rows of a join gathered into groups.
 *
 *   row ─▶ key of the group ─▶ accumulators of that group        at the end, for each group:
 *                                                                slots hold its first row, cells its aggregates
 *
 * MySQL: AggregateIterator, TemptableAggregateIterator (sql/iterators/composite_iterators.cc).
 * Departure: groups come in the order of their first row, as from a temporary table, unless the rows come in order.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { Answer, Exec } from "../context.ts";
import { evalItem, type Item, type Slot } from "../expr/item.ts";
import { type Accumulator, type AggregateUse, argumentValues, rowKey } from "./aggregates.ts";
import type { KeyCell } from "./rollup.ts";
import { filesortRows } from "./sort_rows.ts";

export interface Grouping {
  readonly keys: readonly Item[];
  readonly isRollup: boolean;
  /** ROLLUP: where the keys' values of the current group go; NULL in a sum over them. */
  readonly keyCells: readonly KeyCell[];
  readonly uses: readonly AggregateUse[];
  readonly slots: readonly Slot[];
}

interface Group {
  readonly rows: readonly Row[];
  readonly values: readonly Datum[];
  readonly accumulators: readonly Accumulator[];
}

export interface GroupCollector {
  /** Takes the row that stands in the slots. */
  readonly add: () => Exec<void>;
  /**
   * The same of rows that come group by group: a group is given to `body` when the row after it has come. False when no more
   * are wanted. MySQL: AggregateIterator.
   */
  readonly addInOrder: (body: () => Answer<boolean>) => Exec<boolean>;
  readonly finish: () => Exec<void>;
  /** Calls `body` with each group in slots and cells; false stops. */
  readonly forEach: (body: () => Answer<boolean>) => Exec<void>;
}

export function collectGroups(grouping: Grouping, emptyRows: readonly Row[]): GroupCollector {
  const levels = grouping.isRollup ? grouping.keys.length + 1 : 1;
  const groups: Map<string, Group>[] = Array.from({ length: levels }, () => new Map());
  const keyOf = rowKey(grouping.keys.map((key) => key.type));
  const open = (values: readonly Datum[]): Group => ({
    rows: grouping.slots.map((slot) => slot.row),
    values,
    accumulators: grouping.uses.map((use) => use.open()),
  });
  const give = function* (group: Group, body: () => Answer<boolean>): Exec<boolean> {
    yield* place(grouping, group);
    const wantsMore = body();
    return typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore;
  };
  const collector: GroupCollector = {
    *addInOrder(body) {
      const [known] = groups;
      const [before] = known?.values() ?? [];
      yield* collector.add();
      if (before === undefined || known === undefined || known.size === 1) return true;
      const [text] = known.keys();
      if (text !== undefined) known.delete(text);
      const rows = grouping.slots.map((slot) => slot.row);
      const wantsMore = yield* give(before, body);
      for (const [i, slot] of grouping.slots.entries()) slot.row = rows[i] as Row;
      if (!wantsMore) known.clear();
      return wantsMore;
    },
    *add() {
      const values: Datum[] = [];
      for (const key of grouping.keys) {
        values.push(key.eval === null ? yield* evalItem(key) : key.eval());
      }
      const args: (readonly Datum[])[] = [];
      for (const use of grouping.uses) args.push(yield* argumentValues(use));
      for (const [level, known] of groups.entries()) {
        const prefix = values.slice(0, values.length - level);
        const text = keyOf(prefix);
        let group = known.get(text);
        if (group === undefined) {
          group = open(prefix);
          known.set(text, group);
        }
        for (const [i, accumulator] of group.accumulators.entries()) {
          accumulator.add(args[i] as readonly Datum[]);
        }
      }
    },
    *finish() {},
    *forEach(body) {
      const found = grouping.isRollup
        ? rolledUp(groups, grouping.keys)
        : [...(groups[0]?.values() ?? [])];
      if (found.length === 0 && grouping.keys.length === 0) {
        for (const [i, slot] of grouping.slots.entries()) slot.row = emptyRows[i] as Row;
        found.push(open([]));
      }
      for (const group of found) if (!(yield* give(group, body))) return;
    },
  };
  return collector;
}

/** Sorts the rows by their group before they are taken in. MySQL: filesort below AggregateIterator. */
export function sortedIntake(
  slots: readonly Slot[],
  keys: readonly Item[],
  groups: GroupCollector,
): Pick<GroupCollector, "add" | "finish"> {
  const rows: (readonly Row[])[] = [];
  const place = (row: readonly Row[]): void => {
    for (const [i, slot] of slots.entries()) slot.row = row[i] as Row;
  };
  return {
    *add() {
      rows.push(slots.map((slot) => slot.row));
    },
    *finish() {
      const order = keys.map((item) => ({ item, desc: false }));
      for (const row of yield* filesortRows(rows, order, null, place)) {
        place(row);
        yield* groups.add();
      }
    },
  };
}

function* place(grouping: Grouping, group: Group): Exec<void> {
  for (const [i, slot] of grouping.slots.entries()) slot.row = group.rows[i] as Row;
  for (const [i, use] of grouping.uses.entries()) {
    use.cell.value = yield* (group.accumulators[i] as Accumulator).result();
  }
  for (const [i, cell] of grouping.keyCells.entries()) {
    cell.value = group.values[i] ?? null;
    cell.isSummed.value = i >= group.values.length ? 1 : 0;
  }
}

/**
 * Groups sorted by their keys, each followed by the sums over its last key once that changes: they stand beside the first row
 * of the group before them.
 */
function rolledUp(groups: readonly Map<string, Group>[], keys: readonly Item[]): Group[] {
  const compare = (a: Group, b: Group): number => {
    for (const [i, key] of keys.entries()) {
      const [x, y] = [i < a.values.length, i < b.values.length];
      if (!x || !y) return x === y ? 0 : x ? -1 : 1;
      if (key.type.kind === "null") continue;
      const order = compareDatum(key.type, a.values[i] ?? null, b.values[i] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  };
  let rows: readonly Row[] = [];
  return groups
    .flatMap((level) => [...level.values()])
    .sort(compare)
    .map((group) => {
      if (group.values.length === keys.length) rows = group.rows;
      return { ...group, rows };
    });
}
