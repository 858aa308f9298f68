/** Keys that say the same as another of their table, and hash indexes: warnings (MySQL: sql/sql_table.cc: check_if_duplicate_index, prepare_key). */
import type { StatementContext } from "../context.ts";
import { mysqlWarning } from "../errors.ts";
import { warnOfHash } from "./key_notes.ts";
import type { DraftKey, DraftTable } from "./table_definition.ts";

/** `before` are the keys that the table had: nothing is said of those. A unique key is no duplicate of the primary key. */
export function warnOfKeys(
  context: StatementContext,
  draft: DraftTable,
  before: readonly string[],
): void {
  const form = ({ name, unique, parts }: DraftKey) =>
    JSON.stringify([name === "PRIMARY", unique, parts]);
  for (const [at, key] of draft.keys.entries()) {
    if (key.isGenerated || before.includes(key.name)) continue;
    warnOfHash(context, draft, key);
    const others = draft.keys.slice(0, at).filter((other) => !other.isGenerated);
    if (!others.some((other) => form(other) === form(key))) continue;
    const { schema, name } = draft;
    context.warn(mysqlWarning("Warning", "ER_DUP_INDEX", key.name, schema, name));
  }
}
