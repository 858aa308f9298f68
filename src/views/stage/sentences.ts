/**
 * What is said about the thing pointed at: a sentence for the tooltip, the same one for a screen reader. Facts
 * come from the state; this only finds them and hands them to the dictionary.
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import { lockKind } from "../../diagrams/lock_shapes.ts";
import { partnersOf, uncommittedWriter, versionChain } from "../../diagrams/record_facts.ts";
import { keyText } from "../../trace/explain/text.ts";
import { placeOfRec, type RecPlaceInIndex } from "../../trace/gap_bounds.ts";
import { gapEdges } from "../../trace/gap_edges.ts";
import type { LockId, RecId } from "../../trace/ids.ts";
import {
  gapsLockedBeside,
  insertBlockers,
  insertMetadataBlockers,
  keyForGap,
} from "../../trace/insert_conflict.ts";
import { valueText } from "../../trace/printing.ts";
import type { Ref } from "../../trace/ref.ts";
import type { RecLockState, State } from "../../trace/state.ts";
import { endOfGrantedMdl, endsOfLockWait, endsOfMdlWait } from "../../trace/why/wait_ends.ts";
import { effectWords } from "./effect_words.ts";
import { type HeldText, type LockText, pointedWords } from "./pointed_words.ts";
import type { StageWords } from "./words.ts";

/** The first is the name of the thing; empty when the state does not know it any more. */
export type Sentences = readonly string[];

/** `ghosts`: locks that are not there, and would be. */
export function describe(
  state: State,
  ref: Ref,
  words: StageWords,
  ghosts: ReadonlySet<LockId> = NO_GHOSTS,
): Sentences {
  switch (ref.kind) {
    case "lock":
      return describeLock(state, ref.id, words, ghosts.has(ref.id));
    case "rec":
      return describeRecord(state, ref.id, words);
    case "gap":
      return describeGap(state, ref.id, words);
    case "mdl": {
      const mdl = intMapGet(state.mdls, ref.id);
      if (mdl === undefined) return [];
      const name = mdl.name ?? (mdl.namespace === "SCHEMA" ? mdl.schema : null);
      const on = name === null ? mdl.namespace : `${mdl.namespace} ${name}`;
      const end = endOfGrantedMdl(mdl, state);
      const isPending = mdl.status === "PENDING";
      const blockers = mdl.blockers.map((blocker) => blocker.session);
      return kept([
        words.mdlSentence(mdl.session, mdl.mode, on, end, isPending),
        effectWords(words.language).mdl[mdl.mode],
        isPending ? words.inTheWay([...new Set(blockers)], endsOfMdlWait(mdl.blockers, state)) : "",
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

const NO_GHOSTS: ReadonlySet<LockId> = new Set();

function describeLock(state: State, id: number, words: StageWords, isGhost: boolean): Sentences {
  const more = pointedWords(words);
  const recLock = intMapGet(state.recLocks, id);
  if (recLock !== undefined) {
    const lock = lockText(state, recLock);
    if (recLock.status === "granted")
      return [more.lockSentence(lock, isGhost), effectWords(words.language).lock(lock)];
    const ends = endsOfLockWait(recLock.blockers, state);
    return kept([more.waitSentence(lock, isGhost), words.inTheWay(lock.blockers, ends)]);
  }
  const tableLock = intMapGet(state.tableLocks, id);
  if (tableLock === undefined) return [];
  const { session, mode, tableName, status } = tableLock;
  const blockers = tableLock.blockers.map((blocker) => blocker.session);
  return kept([
    words.tableLockSentence(session, mode, tableName, status === "waiting"),
    effectWords(words.language).tableLock[mode],
    status === "waiting" ? words.inTheWay(blockers, endsOfLockWait(tableLock.blockers, state)) : "",
  ]);
}

function lockText(state: State, lock: RecLockState): LockText {
  const found = placeOfRec(state, lock.rec, lock.index);
  return {
    session: lock.session,
    kind: lockKind(lock),
    mode: lock.mode,
    modeText: lock.modeText,
    on: `${lock.tableName}.${lock.indexName}`,
    data: keyText(lock.data),
    isSupremum: found?.isSupremum ?? false,
    gap: lock.shape === "recNotGap" ? null : (found?.gap ?? null),
    blockers: [...new Set(lock.blockers.map((blocker) => blocker.session))].sort(),
  };
}

function describeRecord(state: State, id: RecId, words: StageWords): Sentences {
  const more = pointedWords(words);
  const rec = intMapGet(state.recs, id);
  const found = placeOfRec(state, id, rec?.index ?? null);
  if (found === null) return [];
  const on = nameOf(found);
  if (found.isInfimum) return [words.infimumSentence(on)];
  const covers = (lock: RecLockState): boolean =>
    !lock.insertIntention && (rec === undefined || lock.shape !== "gap");
  const names = sessionsOf(state, id, (lock) => covers(lock) && lock.status === "granted");
  const locked = names.length === 0 ? more.recFree : more.recLocked(names);
  const waiters = sessionsOf(state, id, (lock) => covers(lock) && lock.status === "waiting");
  const waited = waiters.length === 0 ? "" : more.recWaited(waiters);
  if (rec === undefined) return kept([words.supremumSentence(on), locked, waited]);
  const columns = intMapGet(state.tables, found.index.table)?.columns ?? [];
  const values = found.index.clustered
    ? rec.values
        .map((value, at) => `${columns[at]?.name} = ${valueText(value, columns[at]?.type)}`)
        .join(", ")
    : "";
  const writer = uncommittedWriter(state, found.index, rec, partnersOf(state, found.index.table));
  const older = found.index.clustered ? versionChain(state, rec).length - 1 : 0;
  return kept([
    words.recSentence(keyText(rec.key), on),
    values,
    rec.deleted ? more.recDeleted : "",
    writer === null ? "" : more.recWriter(writer),
    older === 0 ? "" : more.recOlder(older),
    locked,
    waited,
  ]);
}

/** Where it is, and what an INSERT there would do, session by session. */
function describeGap(state: State, before: RecId, words: StageWords): Sentences {
  const more = pointedWords(words);
  const found = placeOfRec(state, before, intMapGet(state.recs, before)?.index ?? null);
  if (found === null) return [];
  const key = keyForGap(state, before);
  const sessions = state.sessions.filter((each) => each.status !== "gone" && each.name !== "setup");
  const free: string[] = [];
  const waits: string[] = [];
  for (const { name } of sessions) {
    const [mdl] = insertMetadataBlockers(state, found.index.table, name);
    const blockers = insertBlockers(state, before, name);
    if (mdl !== undefined) waits.push(more.insertWaitsForMdl(key, name, mdl.session, mdl.mode));
    else if (blockers.length > 0) waits.push(more.insertWaits(key, name, held(blockers)));
    else free.push(name);
  }
  const locks = insertBlockers(state, before, null);
  const isFree = locks.length + waits.length === 0;
  const goesAhead = isFree ? more.gapFree(key) : more.insertGoesAhead(key, free);
  // Who has locked it alone is there: what it is for those who will come.
  const isHeld = locks.length > 0 && waits.length === 0 ? more.gapHeld(held(locks)) : "";
  const edges = locks.length === 0 ? null : gapEdges(state, found);
  const sentence = words.gapSentence(found.gap, nameOf(found));
  const atEdges = edges === null ? "" : more.gapEdges(edges);
  const beside = gapsLockedBeside(state, found.index);
  const isInTheWay = (name: string): boolean => beside.sessions.some((holder) => holder !== name);
  const isPromised = isFree ? beside.sessions.length > 0 : free.some(isInTheWay);
  const butBeside = isPromised ? more.gapsBeside(beside.indexes, beside.sessions) : "";
  return kept([sentence, atEdges, isHeld, ...waits, goesAhead, butBeside]);
}

/** One for each session and kind of lock. */
function held(blockers: readonly RecLockState[]): readonly HeldText[] {
  const texts = new Map<string, HeldText>();
  for (const lock of blockers) {
    const isSupremum = lock.data.startsWith("supremum");
    const kind = lockKind(lock);
    texts.set(`${lock.session} ${kind}`, {
      session: lock.session,
      kind,
      data: keyText(lock.data),
      isSupremum,
      isWaiting: lock.status === "waiting",
    });
  }
  return [...texts.values()];
}

function nameOf(found: RecPlaceInIndex): string {
  return `${found.index.tableName}.${found.index.name}`;
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

function kept(sentences: readonly string[]): Sentences {
  return sentences.filter((sentence) => sentence !== "");
}
