/**
 * @user and @@system variables.
 *
 * MySQL: Item_func_get_user_var, Item_func_get_system_var.
 */
import type { Datum } from "../../innodb/api.ts";
import type { SystemVariable, UserVariable } from "../../sql/ast_expression.ts";
import { textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BIGINT, DOUBLE, NULL_TYPE, type SqlType, varchar } from "../types/sql_type.ts";
import type { Binder } from "./binder.ts";
import { type Item, literalItem, makeItem } from "./item.ts";

/** Its type is the one it has when the statement begins; a later value of another type is read as text. */
export function userVariableItem(node: UserVariable, binder: Binder): Item {
  const { userVariables } = binder.env.ctx;
  const name = node.name.toLowerCase();
  const now = userVariables.get(name);
  const type: SqlType = now?.type ?? (binder.assigned.has(name) ? varchar(255) : NULL_TYPE);
  const compute = (): Datum => {
    const variable = userVariables.get(name);
    if (variable === undefined || variable.value === null) return null;
    if (variable.type === type || variable.type.kind === type.kind) return variable.value;
    return "collation" in type ? textOf(variable.type)(variable.value) : variable.value;
  };
  return makeItem(
    [],
    { eval: compute, steps: null },
    {
      type,
      nullable: true,
      isConst: !binder.assigned.has(name),
      text: () => `(@\`${node.name}\`)`,
    },
  );
}

export function systemVariableItem(node: SystemVariable, env: EvalEnv): Item {
  const scope = node.scope === "session" || node.scope === "global" ? node.scope : null;
  const value = env.ctx.systemVariable(scope, node.name);
  const written = node.scope === null ? `@@${node.name}` : `@@${node.scope}.${node.name}`;
  if (typeof value !== "number") {
    return literalItem(value, value === null ? NULL_TYPE : varchar(value.length), written);
  }
  return literalItem(value, Number.isInteger(value) ? BIGINT : DOUBLE, written);
}
