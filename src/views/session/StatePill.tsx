/** How a session stands, in a word or two: idle, in transaction, holding table locks, running, WAITS for whom and what, victim, gone. */
import type { ReactNode } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { SessionState } from "../../trace/state.ts";
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

function pillKind(session: SessionState | null, isVictim: boolean): PillKind {
  if (session === null) return "new";
  if (session.status === "gone") return "gone";
  if (session.status === "waiting") return "waiting";
  if (session.status === "running") return "running";
  if (isVictim) return "victim";
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
  const kind = pillKind(session, props.isVictim);
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
        <WaitText session={session} text={text} />
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

function WaitText(props: {
  readonly session: SessionState | null;
  readonly text: Text["state"];
}): ReactNode {
  const { text } = props;
  const language = useLanguage();
  const wait = props.session?.wait ?? null;
  const isForGap = usePage(({ stateAtCursor }) => {
    if (wait?.reason.kind !== "recLock") return false;
    const lock = intMapGet(stateAtCursor.recLocks, wait.reason.lock);
    return lock !== undefined && (lock.insertIntention || lock.shape === "gap");
  });
  const leftMs = usePage(({ stateAtCursor }) =>
    wait === null || wait.untilMs === null ? null : wait.untilMs - stateAtCursor.clockMs,
  );
  if (wait === null) return text.waits;
  const whom = wait.blockers.join(text.and);
  return (
    <>
      <strong>{whom === "" ? text.waits : text.waitsFor(whom)}</strong>
      <span className="pill-what">{text[isForGap ? "gapLock" : wait.reason.kind]}</span>
      {leftMs !== null && leftMs < DAY_MS && (
        <span className="pill-left">{text.left(shortTime(leftMs, language))}</span>
      )}
    </>
  );
}
