/**
 * What comes after a block's rows: the select list, DISTINCT, ORDER BY.
 *
 * MySQL: StreamingIterator, RemoveDuplicatesIterator, SortingIterator.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { Answer, Exec } from "../context.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { rowKey } from "./aggregates.ts";
import { type Block, isGrouped } from "./block.ts";
import { isSame } from "./join/multiple_equality.ts";
import type { ResultRow, RowSink } from "./query_types.ts";
import type { SelectedItem } from "./select_list.ts";
import { filesortKeyed } from "./sort_rows.ts";

export interface Output {
  /** Takes the row that stands in the slots. */
  readonly add: () => Answer<boolean>;
  /** Null where nothing is left to do. */
  readonly finish: (() => Exec<void>) | null;
}

/** Of items none of which can wait. A column's value is looked at in its row, without its closure. */
function valuesOf(selected: readonly SelectedItem[]): ResultRow {
  return selected.map(({ item }) => {
    const { shape } = item;
    const isPlain = shape.kind === "column" && shape.read === item.eval;
    return (isPlain ? shape.slot.row[shape.column] : item.eval?.()) ?? null;
  });
}

/** The places of the selected columns in a row of the block's only table; null where more than such columns is selected. */
export function plainColumns({ selected, isDistinct, scope }: Block): readonly number[] | null {
  const [table] = scope.tables;
  if (isDistinct || table === undefined) return null;
  const columns = selected.map(({ item: { shape, eval: read } }) =>
    shape.kind === "column" && shape.read === read && shape.slot === table.slot ? shape.column : -1,
  );
  return columns.includes(-1) ? null : columns;
}

function* selectedValues(selected: readonly SelectedItem[]): Exec<ResultRow> {
  const values: Datum[] = [];
  for (const { item } of selected) {
    values.push(item.eval === null ? yield* evalItem(item) : item.eval());
  }
  return values;
}

function distinctTest(block: Block): (row: ResultRow) => boolean {
  if (!block.isDistinct) return () => true;
  const keyOf = rowKey(block.selected.map(({ item }) => item.type));
  const seen = new Set<string>();
  return (row) => {
    const { size } = seen;
    seen.add(keyOf(row));
    return seen.size > size;
  };
}

export function directOutput(block: Block, sink: RowSink): Output {
  const { selected } = block;
  const mayWait = selected.some(({ item }) => item.eval === null);
  if (!mayWait && !block.isDistinct) {
    return { add: () => sink(valuesOf(selected)), finish: null };
  }
  const isNew = distinctTest(block);
  const offer = (row: ResultRow): Answer<boolean> => (isNew(row) ? sink(row) : true);
  return {
    add: () => (mayWait ? addLater(selected, offer) : offer(valuesOf(selected))),
    finish: null,
  };
}

/**
 * DISTINCT read as GROUP BY, equal rows one after the other: a row is known to be whole when another kind begins.
 *
 * MySQL: AggregateIterator.
 */
export function gatheredOutput(block: Block, sink: RowSink): Output {
  const keyOf = rowKey(block.selected.map(({ item }) => item.type));
  let pending: { readonly row: ResultRow; readonly key: string } | null = null;
  return {
    *add() {
      const row = yield* selectedValues(block.selected);
      const key = keyOf(row);
      if (pending?.key === key) return true;
      const before = pending;
      pending = { row, key };
      if (before === null) return true;
      const wantsMore = sink(before.row);
      const goesOn = typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore;
      if (!goesOn) pending = null;
      return goesOn;
    },
    *finish() {
      if (pending === null) return;
      const wantsMore = sink(pending.row);
      if (typeof wantsMore !== "boolean") yield* wantsMore;
    },
  };
}

function* addLater(selected: readonly SelectedItem[], offer: RowSink): Exec<boolean> {
  const wantsMore = offer(yield* selectedValues(selected));
  return typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore;
}

interface Entry {
  readonly keys: readonly Datum[];
  /** The select list's values, or the rows to compute them from after sorting. */
  readonly values: ResultRow | null;
  readonly rows: readonly Row[];
}

/** MySQL: filesort. The select list of rows that LIMIT cuts off is not computed, where that can be told apart. */
export function sortedOutput(block: Block, expectedRows: number, sink: RowSink): Output {
  const { selected, limit } = block;
  const order = fullOrder(block);
  const wanted = block.countsAll ? Number.POSITIVE_INFINITY : limit.offset + limit.count;
  const isNew = distinctTest(block);
  const slots = block.scope.tables.map((table) => table.slot);
  const isEager =
    isGrouped(block) ||
    block.windows.length > 0 ||
    block.isDistinct ||
    order.some(({ item }) => isSelected(item, selected));
  const entries: Entry[] = [];
  return {
    *add() {
      const values = isEager ? yield* selectedValues(selected) : null;
      if (values !== null && !isNew(values)) return true;
      const keys: Datum[] = [];
      for (const { item } of order) {
        const at = values === null ? -1 : selected.findIndex((one) => one.item === item);
        keys.push(at >= 0 ? (values?.[at] ?? null) : yield* evalItem(item));
      }
      entries.push({ keys, values, rows: values === null ? slots.map((slot) => slot.row) : [] });
      return true;
    },
    *finish() {
      const sorted = filesortKeyed(entries, order, wanted, expectedRows);
      for (const { values, rows } of sorted) {
        if (values === null) for (const [i, slot] of slots.entries()) slot.row = rows[i] as Row;
        const row = values ?? (yield* selectedValues(selected));
        const wantsMore = sink(row);
        if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return;
      }
    },
  };
}

/**
 * DISTINCT of one table is sorted by all that it selects, what ORDER BY names first.
 *
 * MySQL: create_order_from_distinct.
 */
export function fullOrder(block: Block): Block["order"] {
  const { order, selected, isDistinct, from } = block;
  if (!isDistinct || isGrouped(block) || from?.kind !== "table") return order;
  const rest = selected.filter(
    ({ item }) => !order.some((key) => key.item === item || isSame(key.item, item)),
  );
  return [...order, ...rest.map(({ item }) => ({ item, desc: false }))];
}

/** A sort key that is a computed select item: both have to see the same value. */
function isSelected(item: Item, selected: readonly SelectedItem[]): boolean {
  return item.shape.kind !== "column" && selected.some((one) => one.item === item);
}
