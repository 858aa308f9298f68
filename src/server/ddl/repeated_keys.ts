/** Keys that say the same as another of their table: a warning (MySQL: sql/sql_table.cc: check_if_duplicate_index). */
import type { StatementContext } from "../context.ts";
import { mysqlWarning } from "../errors.ts";
import type { DraftKey, DraftTable } from "./table_definition.ts";

/** `before` are the keys that the table had: nothing is said of those. */
export function warnOfRepeatedKeys(
  context: StatementContext,
  draft: DraftTable,
  before: readonly string[],
): void {
  const form = ({ unique, parts }: DraftKey) => JSON.stringify([unique, parts]);
  for (const [at, key] of draft.keys.entries()) {
    if (key.isGenerated || before.includes(key.name)) continue;
    const others = draft.keys.slice(0, at).filter((other) => !other.isGenerated);
    if (!others.some((other) => form(other) === form(key))) continue;
    const { schema, name } = draft;
    context.warn(mysqlWarning("Warning", "ER_DUP_INDEX", key.name, schema, name));
  }
}
