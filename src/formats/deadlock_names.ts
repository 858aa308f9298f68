/**
 * Which column of a statement stands at which place of a record: the one that it compares with what the record has there. An
 * UPDATE that waits for its place in an index has set one of that index's columns.
 *
 *     waits on PRIMARY (1, 200)                   WHERE tenant_id = 1 AND id = 200   tenant_id, id
 *     waits to insert into ix (mail, running)     SET status = 'running'             status is the second
 */
import type { Expression } from "../sql/ast_expression.ts";
import { parseStatement } from "../sql/parser.ts";
import { type DeadlockLog, type LogLock, locksOf } from "./deadlock_log.ts";
import { likelyText, text } from "./record_fields.ts";
import { conjuncts, tablesNamed } from "./statement_names.ts";

/** Undefined where no statement tells, or several tell different things. */
export type NameAt = (index: string, at: number) => string | undefined;

/** For one table's indexes. */
export function namesByValue(
  log: DeadlockLog,
  statements: readonly string[],
  table: string,
): NameAt {
  const votes = new Map<string, Map<string, number>>();
  const vote = (lock: LogLock, pairs: readonly (readonly [string, string])[]): void => {
    for (const { fields, isSupremum } of lock.records) {
      if (isSupremum) continue;
      for (const [at, field] of fields.entries()) {
        const value = likelyText(field);
        const place = `${lock.index}/${at}`;
        for (const [name, literal] of pairs) {
          if (literal !== value || field === null) continue;
          const names = votes.get(place) ?? new Map<string, number>();
          votes.set(place, names.set(name, (names.get(name) ?? 0) + 1));
        }
      }
    }
  };
  for (const [at, { waits }] of log.trxs.entries()) {
    const sql = statements[at] ?? "";
    const [named, other] = tablesNamed(sql);
    if (waits?.table !== table || named?.table !== table || other !== undefined) continue;
    const { found, set } = pairsOf(sql);
    if (waits.index === "PRIMARY") vote(waits, found);
    else if (!waits.isInsertIntention)
      vote(
        waits,
        found.filter((pair) => isAtOnePlace(waits, pair)),
      );
    if (!waits.isInsertIntention) continue;
    for (const lock of locksOf(log))
      if (lock.table === table && lock.index === waits.index) vote(lock, set);
  }
  return (index, at) => {
    const names = [...(votes.get(`${index}/${at}`) ?? [])].toSorted(([, a], [, b]) => b - a);
    const [[best, most] = [undefined, 0], [, second] = [undefined, 0]] = names;
    return most > second ? best : undefined;
  };
}

/** An entry of a secondary index has the primary key as well: what stands at both places may be meant by either. */
function isAtOnePlace({ records }: LogLock, [, literal]: readonly [string, string]): boolean {
  return records.every(
    ({ fields }) => fields.filter((field) => likelyText(field) === literal).length === 1,
  );
}

/** Of a statement on one table: what its WHERE finds, and what it sets. */
export function pairsOf(sql: string) {
  const parsed = parseStatement(sql);
  const { statement = null } = parsed.ok ? parsed : {};
  const pair = (column: string, value: Expression): readonly (readonly [string, string])[] => {
    if (value.kind === "string") return [[column, text(value.value).literal]];
    return value.kind === "integer" ? [[column, String(BigInt(value.text))]] : [];
  };
  const isOfOne = statement?.kind === "update" || statement?.kind === "delete";
  const where = isOfOne ? statement.where : null;
  const found = conjuncts(where).flatMap((one) =>
    one.kind === "comparison" && one.operator === "=" && one.left.kind === "column"
      ? pair(one.left.name.text, one.right)
      : [],
  );
  const assigned = statement?.kind === "update" ? statement.assignments : [];
  return { found, set: assigned.flatMap(({ column, value }) => pair(column.name.text, value)) };
}
