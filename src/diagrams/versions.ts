/**
 * The facts of the version picture: which record, its chain, and what every open read view makes of it.
 *
 * "What would each open view see now" uses the rule of `trace/visibility.ts`; what a read did see comes from the
 * `readView.checked` event at the cursor.
 */
import { intMapGet, intMapToArray, intMapValues } from "../base/int_map.ts";
import { placeOfRec } from "../trace/gap_bounds.ts";
import type { RecId, RollPtr, SessionName, TrxId } from "../trace/ids.ts";
import { valueText } from "../trace/printing.ts";
import type { Ref } from "../trace/ref.ts";
import type { ReadViewState, RecState, State, UndoType } from "../trace/state.ts";
import type { Value } from "../trace/values.ts";
import { checkVisibility, type Visibility } from "../trace/visibility.ts";
import { activeTrx, type ChainLink, partnersOf, versionChain } from "./record_facts.ts";

export interface Version {
  /** Its own roll pointer: the same while it moves down the chain. */
  readonly id: RollPtr;
  /** 0 is on the page, n is n roll pointers behind it. */
  readonly depth: number;
  readonly trxId: TrxId;
  readonly rollPtr: RollPtr;
  /** How the pointer to it is called in a `Ref`: the undo record that holds it, 0 on the page. */
  readonly undo: RollPtr;
  readonly undoType: UndoType | null;
  readonly deleted: boolean;
  /** The session that wrote it and has not committed. */
  readonly writer: SessionName | null;
  readonly values: readonly Value[];
  /** Columns in which it differs from the next older one. */
  readonly changed: readonly number[];
}

export interface ViewVerdicts {
  readonly view: ReadViewState;
  /** One per version looked at, newest first; the walk ends at the first visible one. */
  readonly verdicts: readonly Visibility[];
  /** The version it sees; null when none is visible. */
  readonly sees: Version | null;
}

export function versionsOf(state: State, rec: RecState): readonly Version[] {
  const links = versionChain(state, rec);
  return links.map((link, depth) => {
    const { version, via } = link;
    const older: ChainLink | undefined = links[depth + 1];
    return {
      id: version.rollPtr,
      depth,
      trxId: version.trxId,
      rollPtr: version.rollPtr,
      undo: via?.rollPtr ?? (0 as RollPtr),
      undoType: via?.type ?? null,
      deleted: version.deleted,
      writer: activeTrx(state, version.trxId)?.session ?? null,
      values: version.values,
      changed: version.values.flatMap((value, column) =>
        older !== undefined && older.version.values[column] !== value ? [column] : [],
      ),
    };
  });
}

/** Open views in the order in which they were opened. */
export function verdictsOf(state: State, versions: readonly Version[]): readonly ViewVerdicts[] {
  return intMapToArray(state.readViews).map((view) => {
    const verdicts: Visibility[] = [];
    for (const version of versions) {
      const verdict = checkVisibility(view, version.trxId);
      verdicts.push(verdict);
      if (verdict.visible) return { view, verdicts, sees: version };
    }
    return { view, verdicts, sees: null };
  });
}

/** Infimum and supremum are places of a page like records, and have neither values nor versions. */
export function isEndOfPage(state: State, selection: Ref | null): boolean {
  if (selection?.kind !== "rec" || intMapGet(state.recs, selection.id) !== undefined) return false;
  const place = placeOfRec(state, selection.id, null);
  return place !== null && (place.isInfimum || place.isSupremum);
}

/**
 * The record to show: the one that is selected, by itself or by a lock, a version or a secondary record of it; else
 * the one with most versions, and of those the one whose chain is by the latest transactions: the older versions decide
 * where one transaction wrote last on several. Null where an end of a page is selected.
 */
export function recordOfInterest(state: State, selection: Ref | null): RecState | null {
  if (isEndOfPage(state, selection)) return null;
  const selected = selectedRecord(state, selection);
  if (selected !== null) return selected;
  let best: RecState | null = null;
  let bestChain: readonly ChainLink[] = [];
  for (const rec of intMapValues(state.recs)) {
    if (intMapGet(state.indexes, rec.index)?.clustered !== true) continue;
    const chain = versionChain(state, rec);
    const isLonger = chain.length > bestChain.length;
    if (!isLonger && (chain.length < bestChain.length || !isLater(chain, bestChain))) continue;
    best = rec;
    bestChain = chain;
  }
  return best;
}

/** Of two chains as long, by the first version at which their writers differ. */
function isLater(chain: readonly ChainLink[], other: readonly ChainLink[]): boolean {
  for (const [depth, { version }] of chain.entries()) {
    const trxId = other[depth]?.version.trxId ?? version.trxId;
    if (version.trxId !== trxId) return version.trxId > trxId;
  }
  return false;
}

function selectedRecord(state: State, selection: Ref | null): RecState | null {
  let id: RecId | null = null;
  if (selection?.kind === "rec") id = selection.id;
  else if (selection?.kind === "version") id = selection.rec;
  else if (selection?.kind === "lock") id = intMapGet(state.recLocks, selection.id)?.rec ?? null;
  const rec = id === null ? undefined : intMapGet(state.recs, id);
  const index = rec === undefined ? undefined : intMapGet(state.indexes, rec.index);
  if (rec === undefined || index === undefined) return null;
  return index.clustered ? rec : partnersOf(state, index.table).clusteredOf(rec);
}

/** "v=20": the columns that tell the versions apart; all but the key when none does. */
export function valuesText(
  state: State,
  rec: RecState,
  versions: readonly Version[],
  version: Version,
): string {
  const index = intMapGet(state.indexes, rec.index);
  const columns = index === undefined ? [] : (intMapGet(state.tables, index.table)?.columns ?? []);
  const told = new Set(versions.flatMap((each) => each.changed));
  return columns
    .flatMap((column, at) => {
      const isTold = told.size > 0 ? told.has(at) : index?.fields.includes(at) === false;
      return isTold ? [`${column.name}=${valueText(version.values[at] ?? null, column.type)}`] : [];
    })
    .join(", ");
}
