/**
 * What a picture says about one record beyond its own fields: who wrote it and has not committed, how many older
 * versions hang behind it, and which record of the other index is its partner.
 */
import { intMapGet, intMapToArray } from "../base/int_map.ts";
import type { RecId, RollPtr, SessionName, TableId, TrxId } from "../trace/ids.ts";
import type {
  IndexState,
  RecState,
  RecVersion,
  State,
  TrxState,
  UndoRecState,
} from "../trace/state.ts";
import type { Value } from "../trace/values.ts";

/** A version of a clustered record with the undo record that led to it; the newest has none. */
export interface ChainLink {
  readonly version: RecVersion;
  readonly via: UndoRecState | null;
}

const CHAIN_LENGTH_MAX = 10_000;

/** From the record on the page back along the roll pointers, newest first. */
export function versionChain(state: State, rec: RecState): readonly ChainLink[] {
  const links: ChainLink[] = [{ version: rec, via: null }];
  let rollPtr: RollPtr = rec.rollPtr;
  while (rollPtr !== 0 && links.length < CHAIN_LENGTH_MAX) {
    const undo = intMapGet(state.undo, rollPtr);
    if (undo === undefined || undo.before === null) break;
    links.push({ version: undo.before, via: undo });
    rollPtr = undo.before.rollPtr;
  }
  return links;
}

const trxsById = new WeakMap<State["trxs"], ReadonlyMap<TrxId, TrxState>>();

/** The active transaction with this id; asked for every record, so looked up. */
export function activeTrx(state: State, id: TrxId): TrxState | null {
  if (id === 0) return null;
  let byId = trxsById.get(state.trxs);
  if (byId === undefined) {
    byId = new Map(intMapToArray(state.trxs).map((trx) => [trx.id, trx]));
    trxsById.set(state.trxs, byId);
  }
  return byId.get(id) ?? null;
}

/** Looks up the partners of one table's records; made once for the same records and indexes. */
export interface Partners {
  /** The clustered record of a secondary one. */
  readonly clusteredOf: (secondary: RecState) => RecState | null;
  readonly secondariesOf: (clustered: RecId) => readonly RecId[];
}

interface KnownPartners {
  readonly indexes: State["indexes"];
  readonly byTable: Map<TableId, Partners>;
}

const partnersByRecords = new WeakMap<State["recs"], KnownPartners>();

/** Pairs by the primary key's values, or by the row id of a table that has none. */
export function partnersOf(state: State, table: TableId): Partners {
  const { recs, indexes } = state;
  const before = partnersByRecords.get(recs);
  const known = before?.indexes === indexes ? before : { indexes, byTable: new Map() };
  partnersByRecords.set(recs, known);
  const partners = known.byTable.get(table) ?? findPartners(state, table);
  known.byTable.set(table, partners);
  return partners;
}

const keyTexts = new WeakMap<RecState, string>();

/** The clustered key that a record has in it, at these places; a record that did not change is not read again. */
function keyTextOf(rec: RecState, places: readonly number[]): string {
  const known = keyTexts.get(rec);
  if (known !== undefined) return known;
  const text = keyText(places.map((at) => rec.values[at] ?? rec.rowId));
  keyTexts.set(rec, text);
  return text;
}

function findPartners(state: State, table: TableId): Partners {
  const indexes = indexesOf(state, table);
  const clustered = indexes.find((index) => index.clustered);
  const byKey = new Map<string, RecState>();
  const bySecondary = new Map<RecId, RecState>();
  const byClustered = new Map<RecId, RecId[]>();
  const keyFields = clustered?.fields ?? [];
  if (clustered !== undefined && indexes.length > 1) {
    for (const rec of recsOf(state, clustered)) {
      byKey.set(keyTextOf(rec, keyFields), rec);
    }
    for (const index of indexes.filter((each) => !each.clustered)) {
      const places = keyFields.map((field) => index.fields.indexOf(field));
      for (const rec of recsOf(state, index)) {
        const found = byKey.get(keyTextOf(rec, places));
        if (found === undefined) continue;
        bySecondary.set(rec.id, found);
        byClustered.set(found.id, [...(byClustered.get(found.id) ?? []), rec.id]);
      }
    }
  }
  return {
    clusteredOf: (secondary) => bySecondary.get(secondary.id) ?? null,
    secondariesOf: (id) => byClustered.get(id) ?? [],
  };
}

/**
 * The session whose uncommitted change made the record what it is. A secondary record carries no transaction id:
 * its clustered record's active writer made it when the last committed version would not have it so.
 */
export function uncommittedWriter(
  state: State,
  index: IndexState,
  rec: RecState,
  partners: Partners,
): SessionName | null {
  if (index.clustered) return activeTrx(state, rec.trxId)?.session ?? null;
  const clustered = partners.clusteredOf(rec);
  if (clustered === null) return null;
  const writer = activeTrx(state, clustered.trxId);
  if (writer === null) return null;
  const committed = versionChain(state, clustered).find(
    (link) => activeTrx(state, link.version.trxId) === null,
  );
  const wasThere =
    committed !== undefined &&
    !committed.version.deleted &&
    index.fields.every((field, at) => committed.version.values[field] === rec.values[at]);
  return wasThere === !rec.deleted ? null : writer.session;
}

export function indexesOf(state: State, table: TableId): readonly IndexState[] {
  const ids = intMapGet(state.tables, table)?.indexes ?? [];
  return ids.flatMap((id) => intMapGet(state.indexes, id) ?? []);
}

/** The records of an index in key order. */
function* recsOf(state: State, index: IndexState): Generator<RecState, void> {
  for (const no of index.leaves) {
    for (const id of intMapGet(index.pages, no)?.recs ?? []) {
      const rec = intMapGet(state.recs, id);
      if (rec !== undefined) yield rec;
    }
  }
}

function keyText(values: readonly Value[]): string {
  return values.length === 1 ? `${typeof values[0]} ${values[0]}` : JSON.stringify(values);
}
