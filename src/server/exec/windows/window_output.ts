/**
 * Rows on their way through the windows of a block: all are gathered, sorted for one window after the other, and go on in the
 * order of the last one.
 *
 *     rows ─▶ sort by PARTITION BY, ORDER BY ─▶ partitions ─▶ values of its functions ─▶ next window ─▶ select list
 *
 * MySQL: WindowIterator, BufferingWindowIterator.
 */
import type { Datum, Row } from "../../../innodb/api.ts";
import { compareDatum } from "../../../innodb/datum.ts";
import type { Exec } from "../../context.ts";
import { evalItem } from "../../expr/item.ts";
import type { Block } from "../block.ts";
import type { Output } from "../block_output.ts";
import { filesortRows, type SortKey } from "../sort_rows.ts";
import type { Bound, Partition, Range, WindowPlan } from "./window.ts";
import { frameOf } from "./window_frame.ts";

/** A row with all that expressions over it read. */
interface Kept {
  readonly rows: readonly Row[];
  /** Aggregates and keys of its group. */
  readonly cells: readonly Datum[];
  /** Of window functions, by the cell. */
  readonly values: Map<{ value: Datum }, Datum>;
}

/** `order`: what the rows are sorted by before the first window sees them; nothing where it is empty. */
export function windowOutput(block: Block, order: readonly SortKey[], output: Output): Output {
  const slots = block.scope.tables.map(({ slot }) => slot);
  const cells = [
    ...block.uses.map(({ cell }) => cell),
    ...block.keyCells.flatMap((cell) => [cell, cell.isSummed]),
  ];
  const kept: Kept[] = [];
  const place = ({ rows, cells: of, values }: Kept): void => {
    for (const [at, slot] of slots.entries()) slot.row = rows[at] as Row;
    for (const [at, cell] of cells.entries()) cell.value = of[at] ?? null;
    for (const [cell, value] of values) cell.value = value;
  };
  return {
    add: () => {
      const rows = slots.map(({ row }) => row);
      kept.push({ rows, cells: cells.map(({ value }) => value), values: new Map() });
      return true;
    },
    *finish() {
      let rows: readonly Kept[] =
        order.length === 0 ? kept : yield* filesortRows(kept, order, null, place);
      for (const plan of block.windows) rows = yield* through(plan, rows, place);
      for (const row of rows) {
        place(row);
        const wantsMore = output.add();
        if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) break;
      }
      if (output.finish !== null) yield* output.finish();
    },
  };
}

/** The rows in the window's order, with the values of its functions. */
function* through(
  { partition, order, uses, frame, sorts }: WindowPlan,
  given: readonly Kept[],
  place: (row: Kept) => void,
): Exec<readonly Kept[]> {
  const keys = [...partition, ...order];
  const rows = sorts ? yield* filesortRows(given, keys, null, place) : given;
  const read: Read[] = [];
  for (const row of rows) {
    place(row);
    const args: (readonly Datum[])[] = [];
    for (const use of uses) {
      const values: Datum[] = [];
      for (const arg of use.args) values.push(yield* evalItem(arg));
      args.push(values);
    }
    const values: Datum[] = [];
    for (const { item } of keys) values.push(yield* evalItem(item));
    const [from, to] = [yield* limitOf(frame.from), yield* limitOf(frame.to)];
    read.push({ keys: values, args, from, to });
  }
  for (const { from, to } of rangesOf(read, partition, 0, 0, read.length)) {
    const own = read.slice(from, to);
    const groups = rangesOf(own, order, partition.length, 0, own.length);
    const groupOf = own.map(() => 0);
    for (const [at, group] of groups.entries()) groupOf.fill(at, group.from, group.to);
    const peers = (row: number): Range => groups[groupOf[row] ?? 0] as Range;
    const values = {
      size: own.length,
      peers,
      key: (row: number) => own[row]?.keys[partition.length] ?? null,
      from: (row: number) => own[row]?.from ?? null,
      to: (row: number) => own[row]?.to ?? null,
    };
    for (const [at, use] of uses.entries()) {
      const shown: Partition = {
        size: own.length,
        peers,
        args: (row) => own[row]?.args[at] ?? [],
        frame: (row) => frameOf(frame, values, row),
      };
      const results = yield* use.compute(shown);
      for (const [row, value] of results.entries()) rows[from + row]?.values.set(use.cell, value);
    }
  }
  return rows;
}

/** What is looked at in a row. */
interface Read {
  readonly keys: readonly Datum[];
  /** By function. */
  readonly args: readonly (readonly Datum[])[];
  /** Ends of its frame, where they are values. */
  readonly from: Datum;
  readonly to: Datum;
}

function* limitOf(bound: Bound): Exec<Datum> {
  return bound.at === "value" ? yield* evalItem(bound.item) : null;
}

/** Rows that are equal in these keys, one range behind the other. */
function rangesOf(
  rows: readonly Read[],
  keys: readonly SortKey[],
  firstKey: number,
  start: number,
  end: number,
): readonly Range[] {
  const ranges: Range[] = [];
  let from = start;
  const isSame = (a: Read, b: Read): boolean =>
    keys.every(({ item: { type } }, at) => {
      const [one = null, other = null] = [a.keys[firstKey + at], b.keys[firstKey + at]];
      if (one === null || other === null || type.kind === "null") return one === other;
      return compareDatum(type, one, other) === 0;
    });
  for (let at = start + 1; at <= end; at += 1) {
    const isNext = at < end && isSame(rows[from] as Read, rows[at] as Read);
    if (isNext || from === end) continue;
    ranges.push({ from, to: at });
    from = at;
  }
  return ranges;
}
