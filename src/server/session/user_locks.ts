/**
 * GET_LOCK() and friends: user level locks, which are metadata locks with a name of the user's choice, exclusive, counted
 * by the session beside the one lock that it has, and kept until RELEASE_LOCK() or the end of the connection.
 *
 * MySQL: sql/item_func.cc: Item_func_get_lock, Item_func_release_lock, Item_func_is_free_lock, ...
 */
import { unreachable } from "../../base/assert.ts";
import type { Datum } from "../../innodb/api.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { MdlKey } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { failMdl } from "./mdl_failure.ts";
import type { Session } from "./session.ts";

/** A negative time-out waits this long (MySQL: INT_MAX32 seconds less one). */
const FOREVER_S = 2_147_483_647;

export type UserLockOperation = "get" | "release" | "releaseAll" | "isFree" | "isUsed";

export function* userLock(
  server: Server,
  session: Session,
  operation: UserLockOperation,
  name: string,
  timeoutS: number,
): Exec<Datum> {
  const key: MdlKey = { namespace: "USER LEVEL LOCK", schema: null, name: name.toLowerCase() };
  switch (operation) {
    case "get":
      return yield* getLock(server, session, key, timeoutS);
    case "release":
      return releaseLock(server, session, key);
    case "releaseAll":
      return releaseAllLocks(session);
    case "isFree":
      return ownerOf(server, key) === null ? 1 : 0;
    case "isUsed":
      return ownerOf(server, key);
    default:
      return unreachable(operation);
  }
}

function* getLock(server: Server, session: Session, key: MdlKey, timeoutS: number): Exec<Datum> {
  const name = key.name ?? "";
  const times = session.userLocks.get(name) ?? 0;
  if (times > 0) {
    session.userLocks.set(name, times + 1);
    return 1;
  }
  const seconds = timeoutS < 0 ? FOREVER_S : timeoutS;
  const untilMs = server.log.nowMs + Math.round(seconds * 1000);
  const outcome = yield* session.mdl.acquire(
    { key, mode: "EXCLUSIVE", duration: "EXPLICIT" },
    {
      doNotWait: seconds === 0,
      suspension: () => ({ kind: "userLock", name, untilMs }),
    },
  );
  switch (outcome) {
    case "granted":
      session.userLocks.set(name, 1);
      return 1;
    case "timeout":
      return 0;
    case "killed":
      return failMdl(outcome);
    case "deadlockVictim":
      throw mysqlError("ER_USER_LOCK_DEADLOCK");
    default:
      return unreachable(outcome);
  }
}

/** 1, 0 for somebody else's lock, NULL when there is none of that name. */
function releaseLock(server: Server, session: Session, key: MdlKey): Datum {
  const name = key.name ?? "";
  const times = session.userLocks.get(name) ?? 0;
  if (times === 0) return ownerOf(server, key) === null ? null : 0;
  if (times > 1) session.userLocks.set(name, times - 1);
  else {
    session.userLocks.delete(name);
    session.mdl.releaseOneExplicit(key);
  }
  return 1;
}

/** The number of locks released, a lock taken twice counted twice. */
function releaseAllLocks(session: Session): Datum {
  const names = session.mdl
    .explicitTickets()
    .filter((ticket) => ticket.lock.key.namespace === "USER LEVEL LOCK")
    .map((ticket) => ticket.lock.key);
  for (const key of names) session.mdl.releaseOneExplicit(key);
  const times = [...session.userLocks.values()].reduce((sum, count) => sum + count, 0);
  session.userLocks.clear();
  return times;
}

/** The connection id that holds the lock. */
function ownerOf(server: Server, key: MdlKey): number | null {
  const owner = server.mdl.lockOf(key).granted[0]?.owner.session;
  return owner === undefined ? null : (server.sessions.get(owner)?.connectionId ?? null);
}
