/** DEFAULT(column) as an item. MySQL: Item_default_value. */
import type { BaseTable } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { type Item, literalItem } from "../expr/item.ts";
import { isGenerated } from "./generated.ts";
import type { StatementEnv } from "./statement_env.ts";

export function defaultItem(statement: StatementEnv, table: BaseTable, column: number): Item {
  const target = table.columns[column];
  if (target === undefined || target.default.kind === "none" || isGenerated(target)) {
    throw mysqlError("ER_NO_DEFAULT_FOR_FIELD", target?.name ?? "");
  }
  const { default: given, name, type } = target;
  const text = `default(\`${name}\`)`;
  if (given.kind === "literal") return literalItem(given.value, type, text);
  if (given.kind === "now") return literalItem(statement.ctx.nowText(given.fsp), type, text);
  throw mysqlError("ER_DEFAULT_AS_VAL_GENERATED");
}
