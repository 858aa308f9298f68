/** What stands in a record's box: the key, and as many other columns as there is room for; measured once per record. */
import { maxOf } from "../base/lists.ts";
import { valueText } from "../trace/printing.ts";
import type { ColumnState, IndexState, RecState } from "../trace/state.ts";
import type { Value } from "../trace/values.ts";
import { ellipsized, textWidth } from "./measure.ts";

export const REC_WIDTH = { min: 52, max: 150 };
const NOTES_MAX = 3;

export type Columns = readonly ColumnState[];

/** What a record's box says below its key, and the width that the box would like. */
export interface RecordBody {
  readonly columns: Columns;
  readonly notes: readonly string[];
  readonly width: number;
}

/** Records are the same objects from state to state until they change. */
const bodies = new WeakMap<RecState, RecordBody>();

export function bodyOf(index: IndexState, rec: RecState, columns: Columns): RecordBody {
  const known = bodies.get(rec);
  if (known?.columns === columns) return known;
  const notes = index.clustered ? noteLines(index, rec.values, columns) : [];
  const width = maxOf(
    notes.map((note) => textWidth(note, "note") + 14),
    textWidth(rec.key, "key") + 20,
  );
  const body = { columns, notes, width };
  bodies.set(rec, body);
  return body;
}

function noteLines(
  index: IndexState,
  values: readonly Value[],
  columns: Columns,
): readonly string[] {
  const others = columns.flatMap(({ name, type }, at) =>
    index.fields.includes(at) ? [] : [`${name} ${valueText(values[at] ?? null, type)}`],
  );
  const kept = others.length > NOTES_MAX ? others.slice(0, NOTES_MAX - 1) : others;
  const rest = others.length - kept.length;
  const lines = kept.map((line) => ellipsized(line, "note", REC_WIDTH.max - 10));
  return rest === 0 ? lines : [...lines, `+${rest}`];
}
