/**
 * What is said about the thing pointed at: a sentence for the tooltip, the same one for a screen reader. Facts
 * come from the state; this only finds them and hands them to the dictionary.
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import { lockKind } from "../../diagrams/lock_shapes.ts";
import { partnersOf, uncommittedWriter, versionChain } from "../../diagrams/record_facts.ts";
import type { RecId } from "../../trace/ids.ts";
import type { Ref } from "../../trace/ref.ts";
import type { IndexState, PageState, RecLockState, State } from "../../trace/state.ts";
import type { GapText, LockText, StageWords } from "./words.ts";

/** The first is the name of the thing; empty when the state does not know it any more. */
export type Sentences = readonly string[];

export function describe(state: State, ref: Ref, words: StageWords): Sentences {
  switch (ref.kind) {
    case "lock":
      return describeLock(state, ref.id, words);
    case "rec":
      return describeRecord(state, ref.id, words);
    case "gap":
      return describeGap(state, ref.id, words);
    case "mdl": {
      const mdl = intMapGet(state.mdls, ref.id);
      if (mdl === undefined) return [];
      const name = mdl.name ?? (mdl.namespace === "SCHEMA" ? mdl.schema : null);
      const on = name === null ? mdl.namespace : `${mdl.namespace} ${name}`;
      const duration = words.mdlDuration[mdl.duration];
      const isPending = mdl.status === "PENDING";
      const blockers = mdl.blockers.map((blocker) => blocker.session);
      return kept([
        words.mdlSentence(mdl.session, mdl.mode, on, duration, isPending),
        words.mdlEffect[mdl.mode],
        isPending ? words.inTheWay(blockers) : "",
      ]);
    }
    case "version": {
      const rec = intMapGet(state.recs, ref.rec);
      if (rec === undefined) return [];
      const link = versionChain(state, rec).find((each) => (each.via?.rollPtr ?? 0) === ref.id);
      return link === undefined ? [] : [`DB_TRX_ID ${link.version.trxId}`];
    }
    default:
      return [];
  }
}

/** An index with the place of a record or supremum in it. */
interface Found {
  readonly index: IndexState;
  readonly on: string;
  readonly isSupremum: boolean;
  readonly isInfimum: boolean;
  readonly gap: GapText;
}

function describeLock(state: State, id: number, words: StageWords): Sentences {
  const recLock = intMapGet(state.recLocks, id);
  if (recLock !== undefined) {
    const lock = lockText(state, recLock);
    if (recLock.status === "granted") return [words.lockSentence(lock), words.lockEffect(lock)];
    return kept([words.waitSentence(lock), words.inTheWay(lock.blockers)]);
  }
  const tableLock = intMapGet(state.tableLocks, id);
  if (tableLock === undefined) return [];
  const { session, mode, tableName, status } = tableLock;
  const blockers = tableLock.blockers.map((blocker) => blocker.session);
  return kept([
    words.tableLockSentence(session, mode, tableName, status === "waiting"),
    words.tableLockEffect[mode],
    status === "waiting" ? words.inTheWay(blockers) : "",
  ]);
}

function lockText(state: State, lock: RecLockState): LockText {
  const found = find(state, lock.rec, lock.index);
  return {
    session: lock.session,
    kind: lockKind(lock),
    mode: lock.mode,
    modeText: lock.modeText,
    on: `${lock.tableName}.${lock.indexName}`,
    data: lock.data,
    isSupremum: found?.isSupremum ?? false,
    gap: lock.shape === "recNotGap" ? null : (found?.gap ?? null),
    blockers: [...new Set(lock.blockers.map((blocker) => blocker.session))].sort(),
  };
}

function describeRecord(state: State, id: RecId, words: StageWords): Sentences {
  const rec = intMapGet(state.recs, id);
  const found = find(state, id, rec?.index ?? null);
  if (found === null) return [];
  if (found.isInfimum) return [words.infimumSentence(found.on)];
  const covers = (lock: RecLockState): boolean =>
    !lock.insertIntention && (rec === undefined || lock.shape !== "gap");
  const names = sessionsOf(state, id, (lock) => covers(lock) && lock.status === "granted");
  const locked = names.length === 0 ? words.recFree : words.recLocked(names);
  const waiters = sessionsOf(state, id, (lock) => covers(lock) && lock.status === "waiting");
  const waited = waiters.length === 0 ? "" : words.recWaited(waiters);
  if (rec === undefined) return kept([words.supremumSentence(found.on), locked, waited]);
  const columns = intMapGet(state.tables, found.index.table)?.columns ?? [];
  const values = found.index.clustered
    ? rec.values.map((value, at) => `${columns[at]?.name} = ${value ?? "NULL"}`).join(", ")
    : "";
  const writer = uncommittedWriter(state, found.index, rec, partnersOf(state, found.index.table));
  const older = found.index.clustered ? versionChain(state, rec).length - 1 : 0;
  return kept([
    words.recSentence(rec.key, found.on),
    values,
    rec.deleted ? words.recDeleted : "",
    writer === null ? "" : words.recWriter(writer),
    older === 0 ? "" : words.recOlder(older),
    locked,
    waited,
  ]);
}

function describeGap(state: State, before: RecId, words: StageWords): Sentences {
  const found = find(state, before, intMapGet(state.recs, before)?.index ?? null);
  if (found === null) return [];
  const names = sessionsOf(
    state,
    before,
    (lock) => lock.shape !== "recNotGap" && !lock.insertIntention && lock.status === "granted",
  );
  const [first, ...others] = names;
  let held = words.gapFree;
  if (first !== undefined) {
    held = others.length === 0 ? words.gapHeldByOne(first) : words.gapHeldByMany(names);
  }
  return [words.gapSentence(found.gap, found.on), held];
}

function sessionsOf(
  state: State,
  rec: RecId,
  covers: (lock: RecLockState) => boolean,
): readonly string[] {
  const names = new Set<string>();
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.rec === rec && covers(lock)) names.add(lock.session);
  }
  return [...names].sort();
}

/** Looks in one index when it is known, else (a supremum or infimum) in all. */
function find(state: State, rec: RecId, indexId: number | null): Found | null {
  const only = indexId === null ? undefined : intMapGet(state.indexes, indexId);
  const indexes = only === undefined ? intMapValues(state.indexes) : [only];
  for (const index of indexes) {
    const leaves = index.leaves.flatMap((no) => intMapGet(index.pages, no) ?? []);
    for (const [at, page] of leaves.entries()) {
      const place = [...page.recs, page.supremum].indexOf(rec);
      if (place < 0 && page.infimum !== rec) continue;
      return {
        index,
        on: `${index.tableName}.${index.name}`,
        isSupremum: page.supremum === rec,
        isInfimum: page.infimum === rec,
        gap: gapAround(state, leaves, at, place),
      };
    }
  }
  return null;
}

function gapAround(state: State, leaves: readonly PageState[], at: number, place: number): GapText {
  const page = leaves[at] as PageState;
  const key = (id: RecId | undefined): string | null =>
    id === undefined ? null : (intMapGet(state.recs, id)?.key ?? null);
  return {
    low: key(page.recs[place - 1] ?? leaves[at - 1]?.recs.at(-1)),
    high: key(page.recs[place] ?? leaves[at + 1]?.recs[0]),
  };
}

function kept(sentences: readonly string[]): Sentences {
  return sentences.filter((sentence) => sentence !== "");
}
