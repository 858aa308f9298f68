/**
 * A gap between entries of a secondary index begins and ends inside a value: entries with one value stand in the order of
 * their primary keys.
 *
 *     (20, 9) … (30, 12)   c = 20 with id > 9, all between, c = 30 with id < 12
 */
import { intMapGet, intMapToArray } from "../base/int_map.ts";
import type { RecPlaceInIndex } from "./gap_bounds.ts";
import type { RecId } from "./ids.ts";
import { valueText } from "./printing.ts";
import type { ColumnState, IndexState, State } from "./state.ts";
import type { Value } from "./values.ts";

/** An edge is null where the index begins or ends. */
export interface GapEdges {
  readonly primary: string;
  readonly low: GapEdge | null;
  readonly high: GapEdge | null;
}

export interface GapEdge {
  /** "cat = 20", "cat IS NULL". */
  readonly value: string;
  readonly primary: string;
}

/** Null: not an index of one column that may repeat, behind which stands a primary key of one; or one that descends. */
export function gapEdges(state: State, place: RecPlaceInIndex): GapEdges | null {
  const { index, lowRec, highRec } = place;
  if (index.clustered || index.unique || index.declaredFields !== 1 || index.fields.length !== 2)
    return null;
  const columns = intMapGet(state.tables, index.table)?.columns ?? [];
  const [column, primary] = index.fields.map((at) => columns[at]);
  if (column === undefined || primary === undefined) return null;
  const [low, high] = [valuesOf(state, lowRec), valuesOf(state, highRec)];
  if ((low === null && high === null) || isDescending(low?.[0], high?.[0])) return null;
  if (isClusteredDescending(state, index)) return null;
  const edge = (values: readonly Value[] | null): GapEdge | null =>
    values === null
      ? null
      : {
          value: condition(column, values[0] ?? null),
          primary: literal(primary, values[1] ?? null),
        };
  return { primary: primary.name, low: edge(low), high: edge(high) };
}

function condition(column: ColumnState, value: Value): string {
  return `${column.name} ${value === null ? "IS NULL" : `= ${literal(column, value)}`}`;
}

function literal({ type }: ColumnState, value: Value): string {
  const text = valueText(value, type);
  return typeof value === "string" && text === value ? `'${value}'` : text;
}

function valuesOf(state: State, rec: RecId | null): readonly Value[] | null {
  return rec === null ? null : (intMapGet(state.recs, rec)?.values ?? null);
}

/** As far as two values that stand one behind the other tell it. */
function isDescending(first: Value | undefined, second: Value | undefined): boolean {
  return typeof first === "number" && typeof second === "number" && first > second;
}

function isClusteredDescending(state: State, { table }: IndexState): boolean {
  const clustered = intMapToArray(state.indexes).find(
    (one) => one.table === table && one.clustered,
  );
  const leaf =
    clustered === undefined ? undefined : intMapGet(clustered.pages, clustered.leaves[0] ?? 0);
  const [first, second] = (leaf?.recs ?? []).map(
    (rec) => valuesOf(state, rec)?.[clustered?.fields[0] ?? 0],
  );
  return isDescending(first, second);
}
