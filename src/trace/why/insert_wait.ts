/**
 * A wait for an insert intention lock: which statement puts an entry into the index, what covers the gap, and whether a reader
 * that passes locked rows by has left it behind.
 *
 *     UPDATE jobs SET status = 'done'    the entry of KEY (status) is not changed: another is put in, in its place of the order
 */
import { intMapGet } from "../../base/int_map.ts";
import { recLockKind, statementText } from "../explain/text.ts";
import type { SessionName, StatementId } from "../ids.ts";
import type { RecLockState, State } from "../state.ts";

/** What the words of such a wait differ by. */
export interface InsertCase {
  /** Null: the statement does not name the table itself (CALL, a trigger, a function, a view, ON UPDATE CASCADE). */
  readonly verb: "INSERT" | "REPLACE" | "UPDATE" | "DELETE" | null;
  /** No lock in its way holds a record as well. */
  readonly isGapOnly: boolean;
  /** Who got such a lock by SELECT ... SKIP LOCKED. */
  readonly skippers: readonly SessionName[];
}

/** `askedBy`: the statements that asked for the locks in the way. */
export function insertCase(
  lock: RecLockState,
  state: State,
  askedBy: readonly (StatementId | null)[],
): InsertCase {
  const own = state.sessions.find(({ name }) => name === lock.session)?.statement ?? null;
  const sql = textOf(own, state);
  const verb = /\b(insert|replace|update|delete)\b/i.exec(sql)?.[1]?.toUpperCase() ?? null;
  const isOfTable =
    verb === "DELETE" || wordsOf(sql).includes(wordsOf(lock.tableName).at(-1) ?? "");
  const skippers = askedBy.flatMap((id) =>
    SKIPS.test(textOf(id, state)) && id !== null
      ? (intMapGet(state.statements, id)?.session ?? [])
      : [],
  );
  return {
    verb: isOfTable ? (verb as InsertCase["verb"]) : null,
    isGapOnly: lock.blockers.every(({ lock: id }) => {
      const found = intMapGet(state.recLocks, id);
      return found === undefined || recLockKind(found) !== "nextKey";
    }),
    skippers: [...new Set(skippers)],
  };
}

export const SKIPS = /\bSKIP\s+LOCKED\b/i;

function textOf(id: StatementId | null, state: State): string {
  const sql = id === null ? undefined : intMapGet(state.statements, id)?.sql;
  return sql === undefined ? "" : statementText(sql);
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}_$]+/u);
}
