/**
 * @user and @@system variables.
 *
 * MySQL: Item_func_get_user_var, Item_func_get_system_var.
 */
import type { Datum } from "../../innodb/api.ts";
import type { SystemVariable, UserVariable } from "../../sql/ast_expression.ts";
import { textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import {
  BIGINT,
  BIGINT_UNSIGNED,
  DOUBLE,
  decimal,
  NULL_TYPE,
  type SqlType,
  scaleOf,
  varchar,
} from "../types/sql_type.ts";
import { converterTo } from "../types/to_type.ts";
import { refuseStructured } from "../variables/store.ts";
import type { Binder } from "./binder.ts";
import { warnOfVariable } from "./deprecated.ts";
import { type Item, literalItem, makeItem } from "./item.ts";

/** Its type is the one it has when the statement begins; a later value of another type is read as text. */
export function userVariableItem(node: UserVariable, binder: Binder): Item {
  const { userVariables } = binder.env.ctx;
  const name = node.name.toLowerCase();
  const now = userVariables.get(name);
  const type: SqlType = readType(now?.type, binder.assigned.has(name));
  const make = (wanted: SqlType): Item => {
    const compute = (): Datum => {
      const variable = userVariables.get(name);
      if (variable === undefined || variable.value === null) return null;
      const { value } = variable;
      if (variable.type === wanted) return value;
      if ("collation" in wanted) return textOf(variable.type)(value);
      const convert = converterTo(variable.type, wanted, binder.env);
      return convert === null ? value : convert(value);
    };
    return makeItem(
      [],
      { eval: compute, steps: null },
      {
        type: wanted,
        nullable: true,
        isConst: !binder.assigned.has(name),
        shape: { kind: "other", args: [], derivation: "implicit" },
        text: () => `(@\`${node.name}\`)`,
      },
    );
  };
  const item = make(type);
  if (type.kind !== "decimal") return item;
  const ownScale = (): number => scaleOf(userVariables.get(name)?.type ?? type);
  return {
    ...item,
    ownScale,
    forms: { text: () => make(varchar(67)), number: () => make(DOUBLE) },
  };
}

/** A DECIMAL may have any digits when it is read: it has all that there can be. */
function readType(stored: SqlType | undefined, isAssigned: boolean): SqlType {
  if (stored === undefined) return isAssigned ? varchar(255) : NULL_TYPE;
  if (stored.kind === "bit") return BIGINT_UNSIGNED;
  if (stored.kind === "int") return stored.unsigned ? BIGINT_UNSIGNED : BIGINT;
  return stored.kind === "decimal" ? decimal(65, 30) : stored;
}

export function systemVariableItem(node: SystemVariable, env: EvalEnv): Item {
  if (node.base !== null) refuseStructured(node.base, node.name);
  warnOfVariable(node.name, env.ctx);
  const scope = node.scope === "session" || node.scope === "global" ? node.scope : null;
  const value = env.ctx.systemVariable(scope, node.name);
  const written = node.scope === null ? `@@${node.name}` : `@@${node.scope}.${node.name}`;
  if (typeof value !== "number") {
    return literalItem(value, value === null ? NULL_TYPE : varchar(value.length), written);
  }
  return literalItem(value, Number.isInteger(value) ? BIGINT : DOUBLE, written);
}
