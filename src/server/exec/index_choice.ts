/**
 * USE, FORCE and IGNORE INDEX, for all that an index may do or for some of it.
 *
 * MySQL: Table_ref::process_index_hints (sql/table.cc).
 */
import type { IndexHint } from "../../sql/ast_query.ts";
import type { BaseTable } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { IndexHints, KeyChoice } from "../optimizer/plan_table.ts";
import type { SwitchedOff } from "../optimizer/switches.ts";

type Scope = "join" | "orderBy" | "groupBy";

/** `hidden`: indexes that are there and that nobody may use. */
export function indexChoice(
  hints: readonly IndexHint[],
  alias: string,
  { info }: BaseTable,
  hidden: readonly string[],
  off: SwitchedOff,
): IndexHints {
  const indexes = info.indexes.filter(({ name }) => !hidden.includes(name));
  for (const { indexes: names } of hints) {
    // The parser keeps the names of one hint from the last to the first.
    for (const { text } of names.toReversed()) {
      if (!indexes.some((index) => index.name.toLowerCase() === text.toLowerCase()))
        throw mysqlError("ER_KEY_DOES_NOT_EXITS", text, alias);
    }
  }
  const isForced = hints.some(({ action }) => action === "force");
  if (isForced && hints.some(({ action }) => action === "use"))
    throw mysqlError("ER_WRONG_USAGE", "USE INDEX", "FORCE INDEX");
  const choiceFor = (scope: Scope): KeyChoice => {
    const meant = hints.filter((hint) => hint.scope === null || hint.scope === scope);
    const namesOf = (isOf: (action: IndexHint["action"]) => boolean) =>
      meant
        .filter(({ action }) => isOf(action))
        .flatMap(({ indexes: names }) => names.map(({ text }) => text));
    const isLimited = meant.some(({ action }) => action !== "ignore");
    return {
      only: isLimited ? namesOf((action) => action !== "ignore") : null,
      // Whatever FORCE INDEX is for, the table is not scanned where an index will do.
      force: scope === "join" ? isForced : meant.some(({ action }) => action === "force"),
      ignore: [...hidden, ...namesOf((action) => action === "ignore")],
    };
  };
  const isScoped = hints.some(({ scope }) => scope !== null);
  const forOrder = isScoped ? choiceFor("orderBy") : null;
  const forGroup = isScoped ? choiceFor("groupBy") : null;
  return { ...choiceFor("join"), off, forOrder, forGroup, permits: null };
}
