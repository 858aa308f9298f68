/** What the statement that was asked about would do; while it is there, the pictures show the server as it would be. */
import { type ReactNode, useMemo } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { lockKind } from "../../diagrams/lock_shapes.ts";
import type { PeekPicture } from "../../diagrams/peek_picture.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Peek } from "../../store/peek.ts";
import { keyText } from "../../trace/explain/text.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { MdlState, PlanState, RecLockState } from "../../trace/state.ts";
import { type LockLine, lockLines } from "../../trace/why/lock_lines.ts";
import { resultNote } from "../session/result_notes.ts";
import { SessionChip } from "../stage/Marks.tsx";
import "./peek.css";
import { usePeekPicture } from "./use_peek.ts";
import { type NoHelp, type PeekWords, peekWords } from "./words.ts";

/** Keys named before the rest is counted. */
const NAMED_MAX = 12;
/** Of more kinds of locks no reasons are told. */
const REASONS_MAX = 12;

export function PeekBar(): ReactNode {
  const words = peekWords(useLanguage());
  const peek = usePage((page) => page.peek);
  const picture = usePeekPicture();
  const dismiss = usePage((page) => page.dismissPeek);
  const run = usePage((page) => page.commands.run);
  if (peek === null || picture === null) return null;
  const begins = beginning(peek, picture);
  return (
    <section className="peek" aria-label={words.region} data-session={peek.session}>
      <header className="peek-head">
        <SessionChip session={peek.session} />
        <strong>{words.title(peek.session)}</strong>
        <span className="peek-not-run">{words.notRun}</span>
        <code className="peek-sql">{peek.sql.replace(/\s+/g, " ")}</code>
        <span className="peek-buttons">
          <button
            type="button"
            className="stage-button"
            onClick={() => void run(peek.session, [peek.sql])}
          >
            {words.run}
          </button>
          <button type="button" className="stage-button" onClick={dismiss}>
            {words.close}
          </button>
        </span>
      </header>
      <p role="status" className="peek-verdict">
        {words.paragraph([
          ...(peek.amid === null ? [] : [words.amid(peek.amid)]),
          ...(begins === null ? verdict(picture, words) : [words.begins(begins.hasView)]),
        ])}
      </p>
      <Note peek={peek} picture={picture} />
      {begins === null && <Taken {...{ picture, words, peek }} />}
      {picture.held.length > 0 && (
        <RecordLocks locks={picture.held} title={words.held} words={words} />
      )}
      <Freed picture={picture} words={words} />
      <p className="peek-more">{others(picture, peek.session, words)}</p>
    </section>
  );
}

/** What is said under the result of a statement that was run, full-width signs for one. */
function Note(props: { readonly peek: Peek; readonly picture: PeekPicture }): ReactNode {
  const note = resultNote(props.picture.outcome, props.peek.sql, useLanguage());
  return note === null ? null : <p className="peek-more">{note.text}</p>;
}

/** What only begins a transaction; null when it does anything else. */
function beginning(
  { before, session }: Peek,
  picture: PeekPicture,
): { readonly hasView: boolean } | null {
  const { state, isNew, mdls, plans, outcome } = picture;
  const [was, is] = [before, state].map(({ sessions }) =>
    sessions.find((one) => one.name === session),
  );
  const begins = is?.inTransaction === true && was?.inTransaction !== true;
  if (!begins || outcome?.kind !== "ok" || isNew.size + mdls.length + plans.length > 0) return null;
  const trx = is.trx === null ? undefined : intMapGet(state.trxs, is.trx);
  return { hasView: (trx?.readView ?? null) !== null };
}

function verdict(picture: PeekPicture, words: PeekWords): readonly string[] {
  const { wait, pause, blockers, victim, outcome, woken } = picture;
  const said: string[] = [];
  if (wait !== null) said.push(words.waits(blockers, wait));
  if (pause !== null) said.push(words.pauses(pause));
  if (victim !== null) said.push(words.deadlock(victim));
  if (outcome?.kind === "rows") said.push(words.rows(outcome.rows.length));
  if (outcome?.kind === "ok" && !endsOnly(picture)) said.push(words.affected(outcome.affected));
  if (outcome?.kind === "error") said.push(words.fails(outcome.errno, outcome.message));
  const goOn = woken.filter((one) => one.outcome?.kind !== "error");
  if (goOn.length > 0) said.push(words.goesOn(goOn.map(({ session }) => session)));
  for (const one of woken) {
    if (one.outcome?.kind === "error" && one.session !== victim) {
      said.push(words.wouldFail(one.session, one.outcome.errno));
    }
  }
  return said;
}

/** It asks for nothing: a COMMIT, a ROLLBACK, UNLOCK TABLES. */
function endsOnly({ isNew, freed, mdls, plans }: PeekPicture): boolean {
  const gives = freed.recLocks.length + freed.tableLocks.length + freed.mdls.length > 0;
  return gives && isNew.size === 0 && mdls.length === 0 && plans.length === 0;
}

function Taken(props: PictureProps & { readonly peek: Peek }): ReactNode {
  const { picture, words, peek } = props;
  const { wait, newRows, state } = picture;
  const language = useLanguage();
  // What it would wait for is said already.
  const recLocks = picture.recLocks.filter(({ id }) => wait === null || id !== wait.id);
  const isBefore = wait !== null;
  const { lines } = useMemo(
    () => lockLines(peek.events, peek.session, () => state, language, REASONS_MAX),
    [peek, state, language],
  );
  if (recLocks.length === 0 && newRows === 0) {
    return endsOnly(picture) ? null : <p>{words.noRecordLocks(isBefore)}</p>;
  }
  return (
    <>
      {recLocks.length > 0 && (
        <RecordLocks
          locks={recLocks}
          title={words.takes(recLocks.length, isBefore)}
          words={words}
          reasons={lines}
        />
      )}
      {newRows > 0 && <p>{words.implicit(newRows, recLocks.length)}</p>}
    </>
  );
}

/** What its session holds now and would not hold any more. */
function Freed({ picture, words }: PictureProps): ReactNode {
  const { recLocks, tableLocks, mdls } = picture.freed;
  const tables = namesOf(tableLocks.map((lock) => `${lock.tableName} ${lock.mode}`));
  const metadata = namesOf(mdls.map(mdlText));
  return (
    <>
      {recLocks.length > 0 && (
        <RecordLocks locks={recLocks} title={words.frees(recLocks.length)} words={words} />
      )}
      {tables.length + metadata.length > 0 && (
        <p className="peek-more">{words.freesOthers(tables, metadata)}</p>
      )}
    </>
  );
}

interface PictureProps {
  readonly picture: PeekPicture;
  readonly words: PeekWords;
}

/** The records; of a lock on the gap alone those that the gaps are before. */
function placesOf(locks: readonly RecLockState[], words: PeekWords): string {
  const keys = locks.map((lock) => keyText(lock.data.replace(" pseudo-record", ""))).join(", ");
  const [first] = locks;
  const isGap = first !== undefined && ["gap", "insertIntention"].includes(lockKind(first));
  return isGap ? words.before(keys) : keys;
}

/** With reasons by reason, "t.c next-key X (5, 10]: why"; else by index and mode, "t.PRIMARY next-key X 0, 5, 10". */
function RecordLocks(props: {
  readonly locks: readonly RecLockState[];
  readonly title: string;
  readonly words: PeekWords;
  readonly reasons?: readonly LockLine[];
}): ReactNode {
  const { locks, words, reasons = [] } = props;
  const told = reasons.filter((line) => line.locks.some((lock) => locks.includes(lock)));
  const groups = new Map<string, RecLockState[]>();
  for (const lock of locks.filter((one) => !told.some((line) => line.locks.includes(one)))) {
    const key = nameOf(lock, words);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [lock]);
    else group.push(lock);
  }
  return (
    <div className="peek-locks" data-told={told.length > 0}>
      {props.title}
      <ul>
        {told.map((line) => (
          <li key={line.seq}>
            <strong>{nameOf(line.locks[0] as RecLockState, words)}</strong> {line.places.join(", ")}
            {more(line.count - line.places.length)} <span className="peek-reason">{line.rule}</span>
          </li>
        ))}
        {[...groups].map(([name, group]) => (
          <li key={name}>
            <strong>{name}</strong> {placesOf(group.slice(0, NAMED_MAX), words)}
            {more(group.length - NAMED_MAX)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function more(count: number): string {
  return count > 0 ? ` … +${count}` : "";
}

function nameOf(lock: RecLockState, words: PeekWords): string {
  return `${lock.tableName}.${lock.indexName} ${words.kinds[lockKind(lock)]} ${lock.mode}`;
}

function others(picture: PeekPicture, session: SessionName, words: PeekWords): string {
  const tables = picture.tableLocks
    .filter(({ id }) => id !== picture.wait?.id)
    .map((lock) => `${lock.tableName} ${lock.mode}`);
  const mdls = picture.mdls.map(mdlText);
  return words.paragraph([
    ...(tables.length === 0 ? [] : [words.tableLocks(namesOf(tables).join(", "))]),
    ...(mdls.length === 0 ? [] : [words.metadataLocks(namesOf(mdls).join(", "))]),
    ...picture.plans.map((plan) => words.plan(plan, helpOf(plan, picture, session))),
  ]);
}

/** "t SHARED_READ", "GLOBAL SHARED", "USER LEVEL LOCK a EXCLUSIVE". */
function mdlText({ namespace, name, mode }: MdlState): string {
  return [
    ...(namespace === "TABLE" ? [] : [namespace]),
    ...(name === null ? [] : [name]),
    mode,
  ].join(" ");
}

/** Null: it has no WHERE, or an index was worth a look for it. */
function helpOf(
  { extra, considered, unindexed }: PlanState,
  { recLocks, held, state }: PeekPicture,
  session: SessionName,
): NoHelp | null {
  if (!extra.includes("Using where") || considered.some(({ key }) => key !== null)) return null;
  const level = state.sessions.find(({ name }) => name === session)?.isolation;
  const keepsAll = level === "REPEATABLE READ" || level === "SERIALIZABLE";
  return { columns: unindexed, locksAll: recLocks.length + held.length > 0 && keepsAll };
}

/** Each once. */
function namesOf(all: readonly string[]): readonly string[] {
  return [...new Set(all)];
}
