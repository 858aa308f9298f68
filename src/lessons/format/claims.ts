/**
 * The language of claims: one line says one thing about what a part of a lesson did. The table below is the whole of
 * it; README.md tells it with examples.
 */
import { intMapValues } from "../../base/int_map.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { RecLockState, State, TableLockState } from "../../trace/state.ts";
import { isLockData, parsePointer, refOf, versionsOf } from "./pointer.ts";
import { lastOutcome, lastStatement, rowsText, type Scene } from "./scene.ts";

/** `got` says what is so instead; null where the claim itself says it. */
export interface Verdict {
  readonly holds: boolean;
  readonly got: string | null;
}

export type Claim = (scene: Scene) => Verdict;

type Form = readonly [pattern: RegExp, claim: (...parts: readonly string[]) => Claim];

const FORMS: readonly Form[] = [
  [/^([A-H]) ok$/, (name) => outcome(name, (kind) => kind === "ok" || kind === "rows")],
  [/^([A-H]) waits$/, (name) => waits(name, null)],
  [/^([A-H]) waits for ([A-H](?:, ?[A-H])*)$/, (name, others) => waits(name, others)],
  [/^([A-H]) error (\d+)$/, (name, errno) => equal(said(name), `error ${errno}`)],
  [/^([A-H]) lost$/, (name) => outcome(name, (kind) => kind === "lost")],
  [/^([A-H]) affected (\d+)$/, (name, count) => equal(said(name), `affected ${count}`)],
  [/^([A-H]) rows (.*)$/, (name, rows) => equal(said(name), `rows ${rows}`)],
  [/^([A-H]) gets (\d+) rows$/, (name, count) => equal(rowCount(name), count)],
  [/^([A-H]) reads (.+)$/, (name, text) => mentions(name, text)],
  [/^([A-H]) woken$/, (name) => woken(name)],
  [/^([A-H]) in transaction$/, (name) => session(name, "inTransaction", "true")],
  [/^([A-H]) not in transaction$/, (name) => session(name, "inTransaction", "false")],
  [/^([A-H]) gone$/, (name) => session(name, "status", "gone")],
  [/^([A-H]) level (.+)$/, (name, level) => session(name, "isolation", level)],
  [/^([A-H]) has a trx id$/, (name) => equal((scene) => trxId(scene.after, name), "id")],
  [/^([A-H]) has no trx id$/, (name) => equal((scene) => trxId(scene.after, name), "no id")],
  [/^locks ([A-H])(?: (\S+))? = (\d+)$/, (name, on, count) => equal(lockCount(name, on), count)],
  [
    /^lock ([A-H]) (\S+\.\S+) (\S+)( WAITING)? @ (.+)$/,
    (name, on, mode, waiting, key) => recLock(name, on, mode, waiting, key),
  ],
  [/^lock ([A-H]) (\S+) ([A-Z_]+)( WAITING)?$/, (...parts) => tableLock(parts)],
  [/^mdl ([A-H]) (\S+) ([A-Z_]+)( PENDING)?$/, (...parts) => mdl(parts)],
  [/^no mdl ([A-H]) (\S+)$/, (name, on) => equal(mdlCount(name, on), "0")],
  [/^victim ([A-H])$/, (name) => equal(victim, name)],
  [/^no deadlock$/, () => equal(victim, "nobody")],
  [/^view ([A-H])$/, (name) => equal(viewOf(name), "a read view")],
  [/^no view ([A-H])$/, (name) => equal(viewOf(name), "no read view")],
  [/^versions (\S+) (.+) = (\d+)$/, (table, key, count) => equal(versions(table, key), count)],
  [/^history = (\d+)$/, (count) => equal((scene) => String(scene.after.history.length), count)],
  [/^net ([A-H]) (\S+) (=|<=|>=) (\S+)$/, (...parts) => net(parts)],
  [/^plan ([A-H]) (\S+) (\S+)$/, (name, access, key) => equal(plan(name), `${access} ${key}`)],
];

/** Null when the line says nothing that can be checked. */
export function parseClaim(text: string): Claim | null {
  for (const [pattern, claim] of FORMS) {
    const found = pattern.exec(text.trim());
    if (found !== null) return claim(...found.slice(1).map((part) => part ?? ""));
  }
  return null;
}

// ---------------------------------------------------------------- what became of statements

function equal(found: (scene: Scene) => string, wanted: string | undefined): Claim {
  return (scene) => {
    const got = found(scene);
    return { holds: got === wanted, got };
  };
}

/** The session's last statement in the language of claims: "rows 3", "affected 1", "error 1213", "waits". */
export function outcomeText(state: State, name: string): string {
  const result = lastOutcome(state, name as SessionName);
  if (result === null) return isWaiting(state, name) ? "waits" : "nothing";
  switch (result.kind) {
    case "rows":
      return `rows ${rowsText(result.rows)}`;
    case "ok":
      return `affected ${result.affected}`;
    case "error":
      return `error ${result.errno}`;
    case "lost":
      return "lost";
  }
}

function said(name: string | undefined): (scene: Scene) => string {
  return (scene) => outcomeText(scene.after, name ?? "");
}

function outcome(name: string | undefined, fits: (kind: string) => boolean): Claim {
  return ({ after }) => ({
    holds: fits(lastOutcome(after, name as SessionName)?.kind ?? "none"),
    got: outcomeText(after, name ?? ""),
  });
}

function isWaiting(state: State, name: string): boolean {
  return state.sessions.some((each) => each.name === name && each.status === "waiting");
}

function waits(name: string | undefined, others: string | null | undefined): Claim {
  return ({ after }) => {
    const wait = after.sessions.find((each) => each.name === name)?.wait ?? null;
    if (wait === null) return { holds: false, got: outcomeText(after, name ?? "") };
    const blockers = [...wait.blockers].sort().join(",");
    const wanted = others?.split(/, ?/).sort().join(",") ?? blockers;
    return { holds: blockers === wanted, got: `waits for ${blockers || "nobody"}` };
  };
}

function rowCount(name: string | undefined): (scene: Scene) => string {
  return ({ after }) => {
    const program = after.net.find((each) => each.session === name)?.last ?? null;
    if (program !== null) return String(program.rows);
    const result = lastOutcome(after, name as SessionName);
    return result?.kind === "rows" ? String(result.rows.length) : "no result";
  };
}

/** Some cell of the session's last result holds the text. */
function mentions(name: string | undefined, text = ""): Claim {
  return ({ after }) => {
    const result = lastOutcome(after, name as SessionName);
    const cells = result?.kind === "rows" ? result.rows.flat() : [];
    const message = result?.kind === "error" || result?.kind === "lost" ? result.message : "";
    return {
      holds: cells.some((cell) => cell?.includes(text)) || message.includes(text),
      got: outcomeText(after, name ?? ""),
    };
  };
}

/** A statement that was open before the part ended in it. */
function woken(name: string | undefined): Claim {
  return ({ before, after }) => ({
    holds: isWaiting(before, name ?? "") && !isWaiting(after, name ?? ""),
    got: isWaiting(after, name ?? "") ? "waits" : outcomeText(after, name ?? ""),
  });
}

function session(
  name: string | undefined,
  field: "inTransaction" | "status" | "isolation",
  wanted: string | undefined,
): Claim {
  return equal(({ after }) => {
    const found = after.sessions.find((each) => each.name === name);
    return found === undefined ? "not connected" : String(found[field]);
  }, wanted);
}

function plan(name: string | undefined): (scene: Scene) => string {
  return ({ after }) => {
    const chosen = lastStatement(after, name as SessionName)?.plans[0];
    return chosen === undefined ? "no plan" : `${chosen.access} ${chosen.key ?? "-"}`;
  };
}

// ---------------------------------------------------------------- transactions and versions

function trxId(state: State, name: string | undefined): string {
  const trx = [...intMapValues(state.trxs)].find((each) => each.session === name);
  return trx === undefined ? "no transaction" : trx.id === 0 ? "no id" : "id";
}

function viewOf(name: string | undefined): (scene: Scene) => string {
  return ({ after }) => {
    const pointer = parsePointer(`view ${name}`);
    const has = pointer !== null && refOf(pointer, after) !== null;
    return has ? "a read view" : "no read view";
  };
}

function versions(table = "", key = ""): (scene: Scene) => string {
  return ({ after }) => String(versionsOf(after, table, key).length);
}

/** Of the deadlock that happened in this part. */
export function victim({ before, after }: Scene): string {
  const deadlock = after.lastDeadlock;
  if (deadlock === null || deadlock.seq === before.lastDeadlock?.seq) return "nobody";
  return deadlock.cycle.find(({ trx }) => trx === deadlock.victim)?.session ?? "nobody";
}

// ---------------------------------------------------------------- locks

function recLocksOf(state: State, name: string | undefined, on: string): RecLockState[] {
  return [...intMapValues(state.recLocks)].filter(
    (lock) =>
      lock.session === name &&
      (on === "" || on === lock.tableName || on === `${lock.tableName}.${lock.indexName}`),
  );
}

/** Granted record locks; on a table, on an index of it, or in all. */
function lockCount(name: string | undefined, on = ""): (scene: Scene) => string {
  return ({ after }) =>
    String(recLocksOf(after, name, on).filter(({ status }) => status === "granted").length);
}

function recLock(name = "", on = "", mode = "", waiting = "", key = ""): Claim {
  const status = waiting === "" ? "granted" : "waiting";
  return ({ after }) => {
    const locks = recLocksOf(after, name, on);
    return {
      holds: locks.some(
        (lock) => isLockData(lock, key) && lock.modeText === mode && lock.status === status,
      ),
      got: locks.map(lockText).join("; ") || "no lock",
    };
  };
}

function lockText(lock: RecLockState): string {
  const waiting = lock.status === "waiting" ? " WAITING" : "";
  const data = lock.data.startsWith("supremum") ? "supremum" : lock.data;
  return `${lock.modeText}${waiting} @ ${data}`;
}

function tableLock([name = "", on = "", mode = "", waiting = ""]: readonly string[]): Claim {
  const status: TableLockState["status"] = waiting === "" ? "granted" : "waiting";
  return ({ after }) => {
    const locks = [...intMapValues(after.tableLocks)].filter(
      (lock) => lock.session === name && lock.tableName === on,
    );
    return {
      holds: locks.some((lock) => lock.mode === mode && lock.status === status),
      got: locks.map((lock) => `${lock.mode} ${lock.status}`).join("; ") || "no lock",
    };
  };
}

function mdlsOf(state: State, name: string, on: string) {
  return [...intMapValues(state.mdls)].filter(
    (lock) => lock.session === name && (lock.name ?? lock.namespace) === on,
  );
}

function mdl([name = "", on = "", mode = "", pending = ""]: readonly string[]): Claim {
  const status = pending === "" ? "GRANTED" : "PENDING";
  return ({ after }) => {
    const locks = mdlsOf(after, name, on);
    return {
      holds: locks.some((lock) => lock.mode === mode && lock.status === status),
      got: locks.map((lock) => `${lock.mode} ${lock.status}`).join("; ") || "no metadata lock",
    };
  };
}

function mdlCount(name = "", on = ""): (scene: Scene) => string {
  return ({ after }) => String(mdlsOf(after, name, on).length);
}

// ---------------------------------------------------------------- results on their way

/** A field of the stream's state by its path: "gauges.netBuffer <= 16384", "server.phase = waiting". */
function net([name = "", path = "", sign = "", wanted = ""]: readonly string[]): Claim {
  return ({ after }) => {
    const stream = after.net.find((each) => each.session === name);
    let found: unknown = stream;
    for (const field of path.split(".")) {
      found = (found as Readonly<Record<string, unknown>> | undefined)?.[field];
    }
    const got = String(found ?? "nothing");
    const holds =
      sign === "="
        ? got === wanted
        : typeof found === "number" &&
          (sign === "<=" ? found <= Number(wanted) : found >= Number(wanted));
    return { holds, got };
  };
}
