/**
 * The events of a part that decided its question: which they are depends on what was asked. None, where no event says
 * why: a reason that explains nothing is worse than no reason.
 */
import { unreachable } from "../../base/assert.ts";
import { intMapValues } from "../../base/int_map.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { VisibilityRule } from "../../trace/events_storage.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Question } from "./lesson_text.ts";
import { answersAfter } from "./questions.ts";
import type { Scene } from "./scene.ts";

const MOST = 4;

export function reasonsFor(question: Question, scene: Scene): readonly TraceEvent[] {
  const { events } = scene;
  switch (question.kind) {
    case "locks":
      return locksOf(question.session, question.index, scene);
    case "version":
      return lastWalk(events, question.session, question.table, question.key);
    case "sessions":
      switch (question.about.what) {
        case "victim":
          return events.filter(({ type }) => type === "deadlock.found").slice(-1);
        case "wakes":
          return woken(events, null).slice(0, MOST);
        case "blocks":
          return lastWait(events, question.about.session);
        default:
          return unreachable(question.about);
      }
    case "claim": {
      const [answer] = answersAfter(question, scene);
      if (answer === undefined) return [];
      const found = ofClaim(answer, scene);
      const isAboutWaiting = question.options.some(({ claim }) => / waits( |$)/.test(claim));
      if (found.length > 0 || !isAboutWaiting) return found.slice(0, MOST);
      return lockedAtOnce(events, answer.slice(0, 1));
    }
    default:
      return unreachable(question);
  }
}

// ---------------------------------------------------------------- by what was claimed

function ofClaim(claim: string, scene: Scene): readonly TraceEvent[] {
  const { events } = scene;
  const [first = "", second = "", ...rest] = claim.split(" ");
  const name = second as SessionName;
  switch (first) {
    case "lock":
      return rest.includes("@")
        ? locksOf(name, rest[0] ?? "", scene)
        : events.filter(
            (event) =>
              (event.type === "lock.granted" || event.type === "lock.waiting") &&
              event.lock.session === name &&
              !("rec" in event.lock) &&
              event.lock.tableName === rest[0] &&
              event.lock.mode === rest[1],
          );
    case "locks":
      return locksOf(name, "", scene);
    case "mdl":
      return events.filter(
        (event) =>
          (event.type === "mdl.granted" || event.type === "mdl.waiting") &&
          event.lock.session === name &&
          (event.lock.name ?? event.lock.namespace) === rest[0],
      );
    case "victim":
      return events.filter(({ type }) => type === "deadlock.found").slice(-1);
    case "view":
      return events.filter((event) => event.type === "readView.opened" && event.session === name);
    case "versions":
    case "history":
      return events
        .filter(({ type }) => type === "purge.ran" || type === "purge.heldBack")
        .slice(-2);
    default:
      return /^[A-H]$/.test(first) ? ofSession(first as SessionName, claim.slice(2), scene) : [];
  }
}

function ofSession(name: SessionName, claim: string, { events }: Scene): readonly TraceEvent[] {
  const own = (...types: readonly TraceEvent["type"][]) =>
    events.filter((event) => event.session === name && types.includes(event.type));
  const [verb = ""] = claim.split(" ");
  if (verb === "waits") return lastWait(events, name);
  if (verb === "error") return errors(events, name);
  if (verb === "gone") return own("session.closed");
  if (claim === "in transaction" || claim === "not in transaction") {
    const ends = own("trx.committed", "trx.rolledBack").slice(-1);
    if (claim === "not in transaction") return ends;
    return [...errors(events, name), ...ends, ...own("trx.started")].slice(0, 2);
  }
  if (claim === "has a trx id") return own("trx.idAssigned");
  if (verb === "rows" || verb === "gets") {
    const checks = reads(events, name);
    return [...woken(events, name), ...overwritten(events, checks), ...checks];
  }
  if (verb === "ok" || verb === "affected" || verb === "woken") return woken(events, name);
  return [];
}

function errors(events: readonly TraceEvent[], name: SessionName): readonly TraceEvent[] {
  const found = events.findLast(
    (event) => event.type === "deadlock.found" || event.type === "lock.timedOut",
  );
  const ended = events.findLast(
    (event) =>
      event.type === "statement.ended" && event.session === name && event.outcome.kind === "error",
  );
  if (ended?.type !== "statement.ended" || ended.outcome.kind !== "error") return [];
  const isOfLocks = ended.outcome.errno === 1205 || ended.outcome.errno === 1213;
  return isOfLocks && found !== undefined ? [found] : [ended];
}

// ---------------------------------------------------------------- waits

/** The request that the session stands at; of waits for other things, the wait itself. */
function lastWait(events: readonly TraceEvent[], name: SessionName): readonly TraceEvent[] {
  const request = events.findLast(
    (event) =>
      (event.type === "lock.waiting" || event.type === "mdl.waiting") &&
      event.lock.session === name,
  );
  const wait = events.findLast(
    (event) => event.type === "statement.waiting" && event.session === name,
  );
  const found = request ?? wait;
  return found === undefined ? [] : [found];
}

/** Locks that came after a wait, of one session or of all. */
function woken(events: readonly TraceEvent[], name: SessionName | null): readonly TraceEvent[] {
  const granted = events.filter(
    (event) =>
      (event.type === "lock.grantedAfterWait" ||
        (event.type === "mdl.granted" && event.afterWait)) &&
      (name === null || event.lock.session === name),
  );
  if (granted.length > 0) return granted;
  return events.filter(
    (event) => event.type === "statement.resumed" && (name === null || event.session === name),
  );
}

// ---------------------------------------------------------------- locks

/** What it did not have to wait for: its record locks, and the table's before them. Nothing, when it locked no record. */
function lockedAtOnce(events: readonly TraceEvent[], name: string): readonly TraceEvent[] {
  const granted = events.filter(
    (event) => event.type === "lock.granted" && event.lock.session === name,
  );
  const isOfRecord = (event: TraceEvent) => event.type === "lock.granted" && "rec" in event.lock;
  return granted.some(isOfRecord) ? granted.slice(0, 3) : [];
}

/** Locks on the index (any, when it is empty) that are still held, then those that were given back for rows that do not match. */
function locksOf(name: SessionName, index: string, scene: Scene): readonly TraceEvent[] {
  const { events, after } = scene;
  const held = new Set(
    [...intMapValues(after.recLocks)]
      .filter(({ session, status }) => session === name && status === "granted")
      .map((lock) => `${lock.tableName}.${lock.indexName} ${lock.data} ${lock.modeText}`),
  );
  const granted = events.filter(
    (event) =>
      event.type === "lock.granted" &&
      "rec" in event.lock &&
      event.lock.session === name &&
      held.has(
        `${event.lock.tableName}.${event.lock.indexName} ${event.lock.data} ${event.lock.modeText}`,
      ),
  );
  const here = granted.filter(
    (event) =>
      event.type === "lock.granted" &&
      "rec" in event.lock &&
      (index === "" ||
        index === event.lock.tableName ||
        index === `${event.lock.tableName}.${event.lock.indexName}`),
  );
  const givenBack = events.filter(
    (event) =>
      event.type === "lock.released" &&
      event.session === name &&
      (event.why === "unlockRow" || event.why === "semiConsistent"),
  );
  const chosen = [...(here.length > 0 ? here : granted).slice(0, 3), ...givenBack.slice(0, 2)];
  return chosen.length > 0 ? chosen : lastWait(events, name);
}

// ---------------------------------------------------------------- snapshot reads

/** Visible without a look at the list of active ids. */
const AT_ONCE: ReadonlySet<VisibilityRule> = new Set(["belowUpLimit", "readUncommitted"]);

type Check = Extract<TraceEvent, { readonly type: "readView.checked" }>;

const isCheck = (event: TraceEvent): event is Check => event.type === "readView.checked";

/** From the version on the page down the chain, as the last read of this record went. */
function lastWalk(
  events: readonly TraceEvent[],
  name: SessionName,
  table: string,
  key: string,
): readonly Check[] {
  const checks = events
    .filter(isCheck)
    .filter((event) => event.session === name && event.tableName === table && event.key === key);
  const start = checks.findLastIndex(({ depth }) => depth === 0);
  return checks.slice(Math.max(start, 0)).slice(0, MOST + 1);
}

/**
 * Of the session's last statement: over a single record its whole walk; over more, the records whose newest version the
 * view had to be asked about. Where there are too many, what was said of the version on the page.
 */
function reads(events: readonly TraceEvent[], name: SessionName): readonly Check[] {
  const last = events.findLast(
    (event) => event.type === "statement.started" && event.session === name,
  );
  const checks = events
    .filter(isCheck)
    .filter((event) => event.session === name && event.seq > (last?.seq ?? 0));
  if (new Set(checks.map(({ rec }) => rec)).size === 1) return checks;
  const asked = new Set(
    checks.filter(({ visible, rule }) => !visible || !AT_ONCE.has(rule)).map(({ rec }) => rec),
  );
  const walks = checks.filter(({ rec }) => asked.has(rec));
  if (walks.length === 0) return newest(checks);
  if (walks.length <= MOST) return walks;
  const heads = walks.filter(({ depth }) => depth === 0);
  // One for each rule that was used, before a second of the same.
  const firsts = heads.filter(
    ({ rule }, at) => heads.findIndex((each) => each.rule === rule) === at,
  );
  return [...firsts, ...heads.filter((head) => !firsts.includes(head))]
    .slice(0, MOST)
    .sort((a, b) => a.seq - b.seq);
}

/** Of the one record that was read as it stands on the page: the last two changes, where one session wrote over another. */
function overwritten(
  events: readonly TraceEvent[],
  checks: readonly Check[],
): readonly TraceEvent[] {
  const [check, ...others] = checks;
  if (check === undefined || others.length > 0 || !check.visible) return [];
  const changes = events.filter(
    (event) => event.type === "rec.changed" && event.rec.id === check.rec && event.seq < check.seq,
  );
  const [one, other] = changes.slice(-2);
  return one !== undefined && other !== undefined && one.session !== other.session
    ? [one, other]
    : [];
}

/** Where all was visible at once: the version that was written last. None, where all are of one age. */
function newest(checks: readonly Check[]): readonly Check[] {
  const ids = checks.map(({ trxId }) => trxId);
  const last = checks.find(({ trxId }) => ids.every((id) => trxId >= id));
  return last === undefined || ids.every((id) => id === last.trxId) ? [] : [last];
}
