/**
 * What would each session see now? One reader per row, one record per column: the version that a plain SELECT would get.
 *
 *                          1      2      3
 *     A  its read view     10     20     no row
 *     B  a new view        30     20     5
 *     READ UNCOMMITTED     31     20     5
 *
 * A session with an open read view at REPEATABLE READ looks through that; others open a new one, which shows everything
 * that has been committed by now and their own changes. The rule is `trace/visibility.ts`.
 */
import { intMapGet, intMapValues } from "../base/int_map.ts";
import type { ReadViewId, RecId, SessionName, TableId, TrxId } from "../trace/ids.ts";
import type { IndexState, IsolationLevel, RecState, SessionState, State } from "../trace/state.ts";
import type { Value } from "../trace/values.ts";
import { checkVisibility, type ViewLimits } from "../trace/visibility.ts";
import { activeTrx, indexesOf, versionChain } from "./record_facts.ts";

export interface Sight {
  readonly records: readonly SightRecord[];
  readonly readers: readonly Reader[];
  /** Names of the columns that the values are of: those that make no key. */
  readonly columns: readonly string[];
}

export interface SightRecord {
  readonly rec: RecId;
  /** With the names of its columns: "id=1", "(a, b)=(1, 2)". */
  readonly name: string;
}

export interface Reader {
  /** Null: somebody who connects now. */
  readonly session: SessionName | null;
  readonly level: IsolationLevel;
  /** Its open read view; null: a new one would be opened, or none is needed. */
  readonly view: ReadViewId | null;
  readonly seen: readonly Seen[];
}

export type Seen =
  | {
      readonly kind: "row";
      readonly values: readonly Value[];
      /** How far down the chain; 0 is what stands on the page. */
      readonly depth: number;
    }
  /** Not there for it, or deleted. */
  | { readonly kind: "none"; readonly depth: number | null }
  /** SERIALIZABLE reads with a lock: it would wait for this writer. */
  | { readonly kind: "waits"; readonly writer: SessionName };

/** Of a larger table only the records that somebody could see differently. */
const RECORDS_MAX = 60;

/** `most`: of a table with more records those are told that not everybody sees alike. */
export function sightOf(state: State, table: TableId, most = RECORDS_MAX): Sight | null {
  const index = indexesOf(state, table).find((each) => each.clustered);
  const columns = intMapGet(state.tables, table)?.columns;
  if (index === undefined || columns === undefined) return null;
  const told = columns.flatMap((_, at) => (index.fields.includes(at) ? [] : [at]));
  const names = index.fields.map((at) => columns[at]?.name ?? "DB_ROW_ID");
  const key = names.length === 1 ? names.join() : `(${names.join(", ")})`;
  const recs = shownRecords(state, index, most);
  const sessions = state.sessions
    .filter((each) => each.status !== "gone" && each.name !== "setup")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const readers = [
    ...sessions.map((session) => readerOf(state, session, recs, told)),
    newcomer(state, "REPEATABLE READ", recs, told),
    newcomer(state, "READ UNCOMMITTED", recs, told),
  ];
  return {
    records: recs.map((rec) => ({ rec: rec.id, name: `${key}=${rec.key}` })),
    readers,
    columns: told.map((at) => columns[at]?.name ?? "?"),
  };
}

function shownRecords(state: State, index: IndexState, most: number): readonly RecState[] {
  const recs = index.leaves.flatMap((no) =>
    (intMapGet(index.pages, no)?.recs ?? []).flatMap((id) => intMapGet(state.recs, id) ?? []),
  );
  if (recs.length <= most) return recs;
  const differs = recs.filter(
    (rec) =>
      rec.deleted || activeTrx(state, rec.trxId) !== null || versionChain(state, rec).length > 1,
  );
  return differs.slice(0, most);
}

function readerOf(
  state: State,
  session: SessionState,
  recs: readonly RecState[],
  told: readonly number[],
): Reader {
  const level = session.nextIsolation ?? session.isolation;
  const trx = session.trx === null ? undefined : intMapGet(state.trxs, session.trx);
  const own = trx?.id ?? (0 as TrxId);
  const keeps = (trx?.isolation ?? level) === "REPEATABLE READ";
  const open =
    trx?.readView === null || !keeps ? undefined : intMapGet(state.readViews, trx?.readView ?? 0);
  const isLocking =
    (trx?.isolation ?? level) === "SERIALIZABLE" && (session.inTransaction || !session.autocommit);
  const view = open ?? newView(state, own);
  const seen = recs.map((rec): Seen => {
    const writer = activeTrx(state, rec.trxId);
    if (isLocking) {
      if (writer !== null && writer.session !== session.name) {
        return { kind: "waits", writer: writer.session };
      }
      return newest(rec, told);
    }
    return (trx?.isolation ?? level) === "READ UNCOMMITTED"
      ? newest(rec, told)
      : through(state, view, rec, told);
  });
  return { session: session.name, level: trx?.isolation ?? level, view: open?.id ?? null, seen };
}

function newcomer(
  state: State,
  level: IsolationLevel,
  recs: readonly RecState[],
  told: readonly number[],
): Reader {
  const view = newView(state, 0 as TrxId);
  const seen = recs.map((rec) =>
    level === "READ UNCOMMITTED" ? newest(rec, told) : through(state, view, rec, told),
  );
  return { session: null, level, view: null, seen };
}

/** What ReadView::prepare would make now. */
function newView(state: State, creatorTrxId: TrxId): ViewLimits {
  const ids: TrxId[] = [];
  for (const trx of intMapValues(state.trxs)) {
    if (trx.id !== 0 && trx.id !== creatorTrxId) ids.push(trx.id);
  }
  ids.sort((a, b) => a - b);
  return {
    creatorTrxId,
    upLimitId: ids[0] ?? state.nextTrxId,
    lowLimitId: state.nextTrxId,
    ids,
  };
}

function newest(rec: RecState, told: readonly number[]): Seen {
  if (rec.deleted) return { kind: "none", depth: 0 };
  return { kind: "row", values: told.map((at) => rec.values[at] ?? null), depth: 0 };
}

function through(state: State, view: ViewLimits, rec: RecState, told: readonly number[]): Seen {
  for (const [depth, { version }] of versionChain(state, rec).entries()) {
    if (!checkVisibility(view, version.trxId).visible) continue;
    if (version.deleted) return { kind: "none", depth };
    return { kind: "row", values: told.map((at) => version.values[at] ?? null), depth };
  }
  return { kind: "none", depth: null };
}
