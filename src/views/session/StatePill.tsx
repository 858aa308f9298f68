/** How a session stands, in a word or two: idle, in transaction, holding table locks, running, WAITS for whom and what, victim, gone. */
import type { ReactNode } from "react";
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import { lockKind } from "../../diagrams/lock_shapes.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { LockId, SessionName } from "../../trace/ids.ts";
import type { RecLockState, SessionState, State, TableLockState } from "../../trace/state.ts";
import { CrossIcon, HourglassIcon } from "../shell/Icons.tsx";
import type { Text } from "../text/en.ts";
import { useText } from "../text/use_text.ts";
import { shortTime } from "./short_time.ts";

/** Of a wait of days (lock_wait_timeout is a year at first) nobody waits for the end. */
const DAY_MS = 86_400_000;

type PillKind =
  | "new"
  | "idle"
  | "inTransaction"
  | "tables"
  | "globalReadLock"
  | "running"
  | "waiting"
  | "victim"
  | "gone";

/** `isAsking`: its request for a lock is in the queue, though its thread does not sleep yet, as when a deadlock is found. */
function pillKind(session: SessionState | null, isVictim: boolean, isAsking: boolean): PillKind {
  if (session === null) return "new";
  if (session.status === "gone") return "gone";
  if (session.status === "waiting" || isAsking) return "waiting";
  if (isVictim) return "victim";
  if (session.status === "running") return "running";
  if (session.unlocks !== null) return session.unlocks;
  return session.inTransaction ? "inTransaction" : "idle";
}

export function StatePill(props: {
  readonly session: SessionState | null;
  readonly isVictim: boolean;
}): ReactNode {
  const text = useText().state;
  const select = usePage((page) => page.select);
  const { session } = props;
  const asked = usePage(({ stateAtCursor }) => requestOf(stateAtCursor, session?.name));
  const kind = pillKind(session, props.isVictim, asked !== null);
  if (kind === "waiting") {
    return (
      <button
        type="button"
        className="pill"
        data-state={kind}
        title={text.whyWaits}
        onClick={() => session !== null && select({ kind: "session", id: session.name })}
      >
        <HourglassIcon />
        <WaitText session={session} asked={asked} text={text} />
      </button>
    );
  }
  return (
    <span className="pill" data-state={kind}>
      {kind === "victim" && <CrossIcon />}
      {text[kind]}
    </span>
  );
}

/** The lock that the session's transaction waits for. */
function requestOf(state: State, name: SessionName | undefined): LockId | null {
  if (name === undefined) return null;
  for (const trx of intMapValues(state.trxs)) {
    if (trx.session === name && trx.waitsFor !== null) return trx.waitsFor;
  }
  return null;
}

function requested(state: State, id: LockId | null): RecLockState | TableLockState | null {
  if (id === null) return null;
  return intMapGet(state.recLocks, id) ?? intMapGet(state.tableLocks, id) ?? null;
}

function WaitText(props: {
  readonly session: SessionState | null;
  readonly asked: LockId | null;
  readonly text: Text["state"];
}): ReactNode {
  const { asked, text } = props;
  const language = useLanguage();
  const wait = props.session?.wait ?? null;
  const leftMs = usePage(({ stateAtCursor }) =>
    wait === null || wait.untilMs === null ? null : wait.untilMs - stateAtCursor.clockMs,
  );
  const lock = usePage(({ stateAtCursor }) => requested(stateAtCursor, asked));
  const blockers = wait?.blockers ?? lock?.blockers.map((blocker) => blocker.session) ?? [];
  const whom = [...new Set(blockers)].join(text.and);
  const isRow = lock !== null && "shape" in lock;
  const kind = isRow ? lockKind(lock) : (wait?.reason.kind ?? "tableLock");
  return (
    <>
      <strong>{whom === "" ? text.waits : text.waitsFor(whom)}</strong>
      <span className="pill-what">{text[kind]}</span>
      {leftMs !== null && leftMs < DAY_MS && (
        <span className="pill-left">{text.left(shortTime(leftMs, language))}</span>
      )}
    </>
  );
}
