/**
 * Two runs beside each other, statement by statement: the n-th time a session says something on the left belongs to the n-th
 * time it says it on the right, wherever in the order it stands. The first pair that comes out differently is the first
 * difference; while both have gone the same way so far, the locks they leave are compared too.
 */
import { intMapValues } from "../../base/int_map.ts";
import { rowTable } from "../../diagrams/lock_rows.ts";
import type { ComparedRun } from "../../store/comparing.ts";
import { setsLevel } from "../../store/variants.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Outcome, RecLockState, State, TableLockState } from "../../trace/state.ts";
import { seek, type Timeline } from "../../trace/timeline.ts";
import { type ScheduleRow, scheduleRows, stepText } from "../schedule/schedule_rows.ts";

export type Difference = "result" | "wait" | "order" | "locks";

export interface ComparedRow {
  readonly left: ScheduleRow | null;
  readonly right: ScheduleRow | null;
  readonly difference: Difference | null;
}

export interface ComparedRuns {
  /** In the order of the left side; what only the right says stands beside what only the left says there, or by itself. */
  readonly rows: readonly ComparedRow[];
  /** Index in `rows`; null when nothing differs. */
  readonly first: number | null;
  /** The same in the order of the right side; another row where the two ran their statements in other orders. */
  readonly firstOnRight: number | null;
  /** Index of an earlier row, a step that is the same on both sides: it only ends differently, because of the step at `first`. */
  readonly endsDifferently: number | null;
}

/** A look at the locks costs a seek on both sides; nobody reads a list of more. */
const LOCKS_COMPARED_MAX = 200;

export function comparedRuns(left: ComparedRun, right: ComparedRun): ComparedRuns {
  const [ours, theirs] = [left, right].map(({ timeline, script }) =>
    scheduleRows(timeline, script.scenario.steps),
  ) as [readonly ScheduleRow[], readonly ScheduleRow[]];
  const pairs = paired(ours, theirs);
  let isSameWay = true;
  // Of a run that begins at another level the statements that would choose one were left out: that is what is compared.
  const setups = [left, right].map(({ script }) => script.scenario.setup.join("\n"));
  let leftOut = 0;
  const rows = pairs.map((pair, at): ComparedRow => {
    if (setups[0] !== setups[1] && isLevelAlone(pair)) {
      leftOut += pair.right === null ? 1 : -1;
      return { ...pair, difference: null };
    }
    let difference = differenceOf(pair);
    const [mine = 0, other = 0] = [pair.left?.command, pair.right?.command];
    isSameWay &&= difference !== "order" && mine === other + leftOut;
    if (difference === null && isSameWay && at < LOCKS_COMPARED_MAX && pair.left && pair.right) {
      if (lockChanges(left, pair.left) !== lockChanges(right, pair.right)) difference = "locks";
    }
    return { ...pair, difference };
  });
  const first = rows.findIndex((row) => row.difference !== null);
  const begun = setups[0] === setups[1] ? sameSteps(left, right) : 0;
  const parting = rows.findIndex((row, at) => at >= begun && row.difference !== null);
  if (first >= 0 && first < begun && partsAt(rows[parting], begun)) {
    const onRight = firstOnRight(rows, begun);
    return { rows, first: parting, firstOnRight: onRight, endsDifferently: first };
  }
  const found = first < 0 ? null : first;
  return { rows, first: found, firstOnRight: firstOnRight(rows, 0), endsDifferently: null };
}

/**
 * How many steps the two begin with that are the same. Each stands in one row with itself, and what is run is determined by the
 * steps: when one of them ends differently, a later step is why.
 */
function sameSteps(left: ComparedRun, right: ComparedRun): number {
  const [ours, theirs] = [left, right].map(({ script }) => script.scenario.steps);
  const at = ours?.findIndex((step, nth) => JSON.stringify(step) !== JSON.stringify(theirs?.[nth]));
  return at === undefined || at < 0 ? (ours?.length ?? 0) : at;
}

/** The row is the step at which the two go apart, and says so. */
function partsAt(row: ComparedRow | undefined, command: number): boolean {
  if (row?.difference !== "order") return false;
  return [row.left, row.right].every((one) => one === null || one.command === command);
}

/** Among the rows from `begun` on. */
function firstOnRight(rows: readonly ComparedRow[], begun: number): number | null {
  let found: number | null = null;
  for (const [at, { right, difference }] of rows.entries()) {
    if (at < begun || right === null || difference === null) continue;
    const known = found === null ? null : (rows[found]?.right ?? null);
    if (known === null || right.command < known.command) found = at;
  }
  return found;
}

/** How two statements of one row differ besides being others: what waits, what comes out, what is locked. */
export function alsoDiffers(
  { left, right }: ComparedRow,
  deeds: { readonly left: Deed | null; readonly right: Deed | null },
): readonly (Exclude<Difference, "order"> | "otherWait")[] {
  if (left === null || right === null) return [];
  const outcome = outcomeOf({ left, right });
  const [mine, other] = [deeds.left, deeds.right]
    .map((deed) =>
      deed?.waits.map(({ lock, of }) => `${typeof lock === "string" ? lock : lockKey(lock)} ${of}`),
    )
    .map(String);
  const [took, otherTook] = [deeds.left, deeds.right].map((deed) =>
    String(deed?.took.map(lockKey)),
  );
  const isLocks = took !== otherTook;
  return [
    ...(outcome === null ? [] : [outcome]),
    ...(outcome !== "wait" && mine !== other ? (["otherWait"] as const) : []),
    ...(isLocks ? (["locks"] as const) : []),
  ];
}

/** What one statement did about locks. */
export interface Deed {
  /** Each request that it stands at, and whose lock is in the way; of a metadata lock its name. */
  readonly waits: readonly { readonly lock: HeldLock | string; readonly of: string }[];
  /** The record locks that its session has since. */
  readonly took: readonly RecLockState[];
}

export function deedOf(run: ComparedRun, row: ScheduleRow): Deed {
  const { session, end } = row;
  const after = seek(run.timeline, end);
  const own = ownRecordLocks(seek(run.timeline, startOf(run, row)), session).map(lockKey);
  const asked = locksAt(run.timeline, end).find(
    (lock) => lock.session === session && lock.status === "waiting",
  );
  const locks = rowTable(after, "dataLockWaits").rows.filter((row) => row.session === session);
  const mdls = rowTable(after, "metadataLocks").rows.filter(
    (row) => row.session === session && row.isWaiting,
  );
  const waits = [
    ...locks.map(({ cells }) => ({ lock: asked ?? cells[2] ?? "", of: cells[4] ?? "" })),
    ...mdls.map(({ cells }) => ({ lock: `${cells[2]} ${cells[3]}`, of: cells[7] ?? "" })),
  ];
  return {
    waits: waits.filter(
      (wait, at) => waits.findIndex((one) => one.lock === wait.lock && one.of === wait.of) === at,
    ),
    took: ownRecordLocks(after, session).filter((lock) => !own.includes(lockKey(lock))),
  };
}

function ownRecordLocks(state: State, session: SessionName | null): readonly RecLockState[] {
  return [...intMapValues(state.recLocks)].filter(
    (lock) => lock.session === session && lock.status === "granted",
  );
}

export type HeldLock = TableLockState | RecLockState;

/** Asked for or held, those of a session together. */
export function locksAt(timeline: Timeline, position: number): readonly HeldLock[] {
  const state = seek(timeline, position);
  const locks = [...intMapValues(state.tableLocks), ...intMapValues(state.recLocks)];
  return locks.toSorted((a, b) => (a.session < b.session ? -1 : Number(a.session > b.session)));
}

/** What a lock is, without what differs by chance: `A t.PRIMARY X,GAP granted 15`. */
export function lockKey(lock: HeldLock): string {
  const { session, tableName, status } = lock;
  if (!("modeText" in lock)) return `${session} ${tableName} ${lock.mode} ${status}`;
  return `${session} ${tableName}.${lock.indexName} ${lock.modeText} ${status} ${lock.data}`;
}

/** Which locks came and which went in a step: what differs since an earlier one is not told of each again. */
function lockChanges(run: ComparedRun, row: ScheduleRow): string {
  const keys = (position: number): readonly string[] =>
    locksAt(run.timeline, position).map(lockKey).toSorted();
  const [before, after] = [keys(startOf(run, row)), keys(row.end)];
  const came = after.filter((key) => !before.includes(key)).map((key) => `+ ${key}`);
  const went = before.filter((key) => !after.includes(key)).map((key) => `- ${key}`);
  return [...came, ...went].join("\n");
}

function startOf({ timeline }: ComparedRun, { command, end }: ScheduleRow): number {
  return timeline.commandStarts.find((one) => one.command === command)?.position ?? end;
}

/** Which step it is on each side, from 1. */
export function placesOf({ left, right }: Pair): readonly [number | null, number | null] {
  return [left === null ? null : left.command + 1, right === null ? null : right.command + 1];
}

/** The two are not the same step of their sides. */
export function isElsewhere({ left, right }: Pair): boolean {
  return left !== null && right !== null && left.command !== right.command;
}

type Pair = Pick<ComparedRow, "left" | "right">;

function paired(ours: readonly ScheduleRow[], theirs: readonly ScheduleRow[]): readonly Pair[] {
  const byName = new Map(namesOf(theirs).map((name, at) => [name, at]));
  const partners = namesOf(ours).map((name) => byName.get(name) ?? null);
  const taken = new Set(partners);
  const pairs: Pair[] = [];
  let next = 0;
  /** What is on the right alone and comes before `end` there. */
  const rightAlone = (end: number): void => {
    for (; next < end; next += 1) {
      const right = theirs[next];
      if (right !== undefined && !taken.has(next)) pairs.push({ left: null, right });
    }
  };
  for (const [at, left] of ours.entries()) {
    const partner = partners[at] ?? null;
    if (partner !== null) rightAlone(partner);
    pairs.push({ left, right: partner === null ? null : (theirs[partner] ?? null) });
  }
  rightAlone(theirs.length);
  return sideBySide(pairs);
}

/**
 * Where each side says something that the other does not, the two stand in one row when they are the same step of their sides:
 * here the two go apart. Others have nothing to do with each other and stand alone.
 */
function sideBySide(pairs: readonly Pair[]): readonly Pair[] {
  const found: Pair[] = [];
  for (let at = 0; at < pairs.length; ) {
    const end = pairs.findIndex(
      ({ left, right }, nth) => nth >= at && left !== null && right !== null,
    );
    const stretch = pairs.slice(at, end < 0 ? undefined : end);
    const rights = stretch.flatMap(({ right }) => right ?? []);
    const places = new Set(stretch.flatMap(({ left }) => left?.command ?? []));
    for (const { left, right } of stretch) {
      if (left !== null) {
        const beside = rights.find((row) => row.command === left.command) ?? null;
        found.push({ left, right: beside });
      } else if (right !== null && !places.has(right.command)) found.push({ left, right });
    }
    const both = pairs[at + stretch.length];
    if (both !== undefined) found.push(both);
    at += stretch.length + 1;
  }
  return found;
}

/** `A SELECT 1 #2`: the second time that A says it. */
function namesOf(rows: readonly ScheduleRow[]): readonly string[] {
  const counts = new Map<string, number>();
  return rows.map(({ session, step }) => {
    const what = `${session ?? ""} ${stepText(step)}`;
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return `${what} #${count}`;
  });
}

function differenceOf({ left, right }: Pair): Difference | null {
  if (left === null || right === null || !isSame(left, right)) return "order";
  return outcomeOf({ left, right });
}

function isLevelAlone({ left, right }: Pair): boolean {
  const alone = left === null ? right : right === null ? left : null;
  return alone !== null && setsLevel(alone.step);
}

function isSame(left: ScheduleRow, right: ScheduleRow): boolean {
  return left.session === right.session && stepText(left.step) === stepText(right.step);
}

function outcomeOf({
  left,
  right,
}: {
  readonly left: ScheduleRow;
  readonly right: ScheduleRow;
}): "wait" | "result" | null {
  if (left.skipped !== right.skipped) return "wait";
  if (hasWaited(left) !== hasWaited(right)) return "wait";
  const [mine, other] = [left.statement?.outcome ?? null, right.statement?.outcome ?? null];
  return sayOf(mine) === sayOf(other) ? null : "result";
}

/** Whether the statement did not come to its end at once. */
export function hasWaited({ statement, end }: ScheduleRow): boolean {
  return statement !== null && (statement.endedAt === null || statement.endedAt >= end);
}

/** What the client got, without the ids and times that say nothing about the difference. */
function sayOf(outcome: Outcome | null): string {
  if (outcome === null) return "";
  switch (outcome.kind) {
    case "rows":
      return JSON.stringify([outcome.columns, outcome.rows, outcome.streamed ?? 0]);
    case "ok":
      return JSON.stringify([outcome.affected, outcome.info, outcome.warnings]);
    case "error":
      return `${outcome.errno} ${outcome.message}`;
    case "lost":
      return "lost";
  }
}
