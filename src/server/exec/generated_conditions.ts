/**
 * An expression that a generated column is made by, compared with constants, is that column where an index holds it.
 *
 *   g AS (a + b), KEY (g)        a + b = 3 is g = 3
 *
 * MySQL: substitute_gc, Item_func::gc_subst_transformer, get_gc_for_expr (sql/sql_optimizer.cc, sql/item_func.cc).
 * Departure: in ORDER BY and GROUP BY the expression stays what it is.
 */
import { bindExpression } from "../expr/bind.ts";
import { betweenItem, compareItem, inItem } from "../expr/comparison.ts";
import type { Item } from "../expr/item.ts";
import { andItem, orItem } from "../expr/logic.ts";
import { columnItem, newScope, type ScopeColumn } from "../expr/scope.ts";
import { classOf } from "../types/sql_type.ts";
import { binderOf } from "./binding.ts";
import type { JoinTable } from "./join/join_types.ts";
import type { StatementEnv } from "./statement_env.ts";

interface Made {
  readonly column: Item;
  /** The expression as messages would print it: the same text is the same expression. */
  readonly text: string;
}

export function withGenerated(
  where: Item | null,
  tables: readonly JoinTable[],
  statement: StatementEnv,
): Item | null {
  const known = tables.filter(({ scope }) => scope.columns.some(isMade));
  return where === null || known.length === 0 ? where : byColumns(where, known, statement);
}

function isMade({ default: given }: ScopeColumn): boolean {
  return given?.kind === "generated";
}

function byColumns(where: Item, tables: readonly JoinTable[], statement: StatementEnv): Item {
  const made = tables.flatMap((table) => indexedColumns(table, statement));
  return made.length === 0 ? where : replaced(where, made, statement.env);
}

function indexedColumns({ scope, source }: JoinTable, statement: StatementEnv): readonly Made[] {
  if (source.kind !== "base") return [];
  const { indexes } = source.table.info;
  const isIndexed = (at: number) =>
    indexes.some(({ parts }) => parts.some((part) => part.column === at && part.prefix === null));
  const binder = binderOf(
    statement,
    { ...newScope(null), tables: [scope], visible: [scope] },
    "where clause",
  );
  const read = new Set(scope.used);
  const found = source.table.columns.flatMap(({ default: given }, at): readonly Made[] =>
    given.kind === "generated" && isIndexed(at)
      ? [{ column: columnItem(scope, at), text: bindExpression(given.expr, binder).text() }]
      : [],
  );
  for (const one of scope.used) if (!read.has(one)) scope.used.delete(one);
  return found;
}

function replaced(item: Item, made: readonly Made[], env: StatementEnv["env"]): Item {
  const { shape } = item;
  switch (shape.kind) {
    case "and":
    case "or": {
      const args = shape.args.map((arg) => replaced(arg, made, env));
      if (args.every((arg, at) => arg === shape.args[at])) return item;
      return shape.kind === "and" ? andItem(args, env) : orItem(args, env);
    }
    case "compare": {
      const { op, left, right } = shape;
      if (op === "<>" || op === "<=>") return item;
      const onLeft = columnFor(left, [right], made);
      if (onLeft !== null) return compareItem(op, onLeft, right, env);
      const onRight = columnFor(right, [left], made);
      return onRight === null ? item : compareItem(op, left, onRight, env);
    }
    case "between": {
      const { operand, low, high, negated } = shape;
      const column = columnFor(operand, [low, high], made);
      return column === null ? item : betweenItem(column, low, high, negated, env);
    }
    case "in": {
      const { operand, items, negated } = shape;
      const column = columnFor(operand, items, made);
      return column === null ? item : inItem(column, items, negated, env);
    }
    default:
      return item;
  }
}

/** The constants have to be of the column's kind, one and all. */
function columnFor(item: Item, values: readonly Item[], made: readonly Made[]): Item | null {
  if (item.isConst || item.shape.kind !== "other") return null;
  const text = item.text();
  const found = made.find((one) => one.text === text)?.column ?? null;
  if (found === null) return null;
  const kind = classOf(found.type);
  return values.every(({ isConst, type }) => isConst && classOf(type) === kind) ? found : null;
}
