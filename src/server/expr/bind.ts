/**
 * From the syntax tree of an expression to an {@link Item}: names resolved, types known, closures made.
 *
 * MySQL: Item::itemize, Item::fix_fields.
 */
import { unreachable } from "../../base/assert.ts";
import type { Datum } from "../../innodb/api.ts";
import type {
  Aggregate,
  ColumnReference,
  Expression,
  FunctionCall,
  Literal,
  UserVariableAssignment,
  WindowFunction,
} from "../../sql/ast_expression.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { MIRRORED } from "../optimizer/predicate.ts";
import { textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import {
  DOUBLE,
  INT,
  isTemporal,
  type SqlType,
  textLength,
  varchar,
  whole,
} from "../types/sql_type.ts";
import { arithmeticItem, negateItem } from "./arithmetic.ts";
import type { Binder } from "./binder.ts";
import { invertItem } from "./bit_operators.ts";
import { caseItem } from "./case.ts";
import { castItem, collateItem, convertItem } from "./cast.ts";
import { betweenItem, compareItem, inItem, type Operand } from "./comparison.ts";
import { dateArithmeticItem } from "./date_arithmetic.ts";
import { extractItem, timestampDiffItem } from "./date_difference.ts";
import { ASSIGNMENT_DEPRECATED, valuesDeprecated } from "./deprecated.ts";
import { functionItem } from "./function_call.ts";
import { regexpItem } from "./functions_regexp.ts";
import { evalItem, foldConstant, type Item, literalItem, makeItem } from "./item.ts";
import { jsonPathItem } from "./json_bind.ts";
import { literal } from "./literal.ts";
import { andItem, isNullItem, isTruthItem, orItem, xorItem } from "./logic.ts";
import { negatedItem } from "./negation.ts";
import { likeItem } from "./pattern.ts";
import { resolveColumn, type Scope } from "./scope.ts";
import {
  existsItem,
  inSubqueryItem,
  quantifiedItem,
  rowSubqueryItem,
  scalarSubquery,
} from "./subquery.ts";
import { trimItem } from "./trim.ts";
import { systemVariableItem, userVariableItem } from "./variables.ts";

/** An expression that gives one value; a row is error 1241. */
export function bindExpression(node: Expression, binder: Binder): Item {
  const operand = bindOperand(node, binder);
  if (Array.isArray(operand)) throw mysqlError("ER_OPERAND_COLUMNS", 1);
  return operand as Item;
}

/**
 * A condition, of which it only matters whether it is true: an IN in its ANDs and ORs need not tell NULL from false.
 *
 * MySQL: Item::apply_is_true, Item_in_subselect::abort_on_null.
 */
export function bindCondition(node: Expression, binder: Binder, isConjunct = true): Item {
  if (node.kind === "inSubquery" && !node.negated) {
    return inSubqueryItem(bindOperand(node.operand, binder), node, binder, true);
  }
  if (node.kind === "is" && node.test === "null" && !node.negated && isConjunct) {
    const zero = zeroDateTest(bindExpression(node.operand, binder), binder.env);
    if (zero !== null) return zero;
  }
  if (node.kind !== "logical" || node.operator === "xor")
    return notZero(bindExpression(node, binder), binder.env);
  const isAnd = node.operator === "and";
  const operands = node.operands.map((one) => bindCondition(one, binder, isConjunct && isAnd));
  const item =
    node.operator === "and" ? andItem(operands, binder.env) : orItem(operands, binder.env);
  const folded = foldConstant(item, binder.env.ctx);
  return binder.replaced === null ? folded : binder.replaced(folded);
}

/**
 * `d IS NULL` of a DATE or DATETIME that is declared NOT NULL finds the zero date, and the missing row of an outer join.
 * MySQL: Item_func_isnull::fix_fields.
 */
function zeroDateTest(item: Item, env: EvalEnv): Item | null {
  const { type, nullable, shape } = item;
  if (shape.kind !== "column" || shape.isNotNull !== true) return null;
  const zero = zeroDate(type);
  if (zero === null) return null;
  const test = compareItem("=", item, zero, env);
  if (test.shape.kind !== "compare") return test;
  const found: Item = { ...test, shape: { ...test.shape, isOfNull: true } };
  return nullable ? orItem([found, isNullItem(item, false)], env) : found;
}

function zeroDate(type: SqlType): Item | null {
  if (type.kind === "date") return literalItem("0000-00-00", type, "DATE'0000-00-00'");
  if (type.kind !== "datetime") return null;
  const zero = `0000-00-00 00:00:00${type.fsp === 0 ? "" : `.${"0".repeat(type.fsp)}`}`;
  return literalItem(zero, type, `TIMESTAMP'${zero}'`);
}

/** A column that stands for a condition is compared with 0, for which an index can be asked. MySQL: make_condition. */
function notZero(item: Item, env: EvalEnv): Item {
  return item.shape.kind === "column"
    ? compareItem("<>", literalItem(0, INT, "0"), item, env)
    : item;
}

/** An expression that may be a row: (a, b), or a subquery of several columns. */
export function bindOperand(node: Expression, binder: Binder): Operand {
  if (node.kind === "row") return node.items.map((item) => bindExpression(item, binder));
  const item = foldConstant(bindValue(node, binder), binder.env.ctx);
  return binder.replaced === null ? item : binder.replaced(item);
}

function bindValue(node: Exclude<Expression, { kind: "row" }>, binder: Binder): Item {
  switch (node.kind) {
    case "integer":
    case "decimal":
    case "float":
    case "hex":
    case "bit":
    case "string":
    case "boolean":
    case "null":
    case "temporal":
      return literal(node, binder.env);
    case "column":
      return binder.alias?.(node) ?? resolveIn(node, binder);
    default:
      return bindCompound(node, binder);
  }
}

/** What has parts, or an environment of its own. */
function bindCompound(
  node: Exclude<Expression, Literal | ColumnReference | { kind: "row" }>,
  binder: Binder,
): Item {
  const { env } = binder;
  const bind = (part: Expression): Item => bindExpression(part, binder);
  switch (node.kind) {
    case "parameter":
      throw notSupported("parameters outside prepared statements");
    case "userVariable":
      return userVariableItem(node, binder);
    case "userVariableAssignment":
      return assignmentItem(node, binder);
    case "systemVariable":
      return systemVariableItem(node, env);
    case "unary":
      return bindUnary(node.operator, bind(node.operand), binder);
    case "arithmetic":
      return arithmeticItem(node.operator, bind(node.left), bind(node.right), env);
    case "comparison": {
      const { operator, left, right } = node;
      if (left.kind === "row" && right.kind === "subquery")
        return rowSubqueryItem(operator, bindOperand(left, binder), right.query, binder);
      if (left.kind === "subquery" && right.kind === "row")
        return rowSubqueryItem(MIRRORED[operator], bindOperand(right, binder), left.query, binder);
      return compareItem(operator, bindOperand(left, binder), bindOperand(right, binder), env);
    }
    case "logical": {
      const operands = node.operands.map(bind);
      if (node.operator === "and") return andItem(operands, env);
      if (node.operator === "or") return orItem(operands, env);
      return operands.reduce((left, right) => xorItem(left, right, env));
    }
    case "is":
      if (node.test === "null" || node.test === "unknown") {
        return isNullItem(bind(node.operand), node.negated);
      }
      return isTruthItem(bind(node.operand), node.test, node.negated, env);
    case "like":
      return likeItem(node, bind);
    case "regexp":
      return regexpItem(bind(node.operand), bind(node.pattern), node.negated, env);
    case "inList":
      return inItem(
        bindOperand(node.operand, binder),
        node.items.map((item) => bindOperand(item, binder)),
        node.negated,
        env,
      );
    case "inSubquery":
      return inSubqueryItem(bindOperand(node.operand, binder), node, binder, false);
    case "between":
      return betweenItem(bind(node.operand), bind(node.low), bind(node.high), node.negated, env);
    case "quantified":
      return quantifiedItem(bind(node.left), node, binder);
    case "subquery":
      return scalarSubquery(node.query, binder);
    case "exists":
      return existsItem(node.query, binder);
    case "case":
      return caseItem(node, bind, env);
    case "collate":
      return collateItem(bind(node.operand), node.collation);
    case "cast":
      return castItem(bind(node.operand), node.type, nameOf(node, binder), env);
    case "convertUsing":
      return convertItem(bind(node.operand), node.charset, env);
    case "dateArithmetic":
      return dateArithmeticItem(node, bind(node.operand), bind(node.amount), env);
    case "extract":
      return extractItem(node.unit, bind(node.operand), env);
    case "timestampDiff":
      return timestampDiffItem(node.unit, bind(node.from), bind(node.to), env);
    case "trim":
      return trimItem(node, bind);
    case "insertedValue":
      env.ctx.warn(valuesDeprecated());
      if (binder.insertedValue === null) return nullOutsideInsert(bind(node.column));
      return binder.insertedValue(node.column);
    case "default":
      if (node.column === null) throw notSupported("DEFAULT here");
      return defaultItem(resolveIn(node.column, binder), binder.scope);
    case "function":
      return functionItem(node, () => argumentsOf(node, binder), binder);
    case "aggregate":
      if (node.over !== null) return windowItem(node, binder);
      if (binder.aggregate === null) throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
      return binder.aggregate(node, binder);
    case "windowFunction":
      return windowItem(node, binder);
    case "jsonPath":
      return jsonPathItem(node, bind(node.column), binder);
    case "memberOf":
      throw notSupported("some JSON functions");
    case "match":
      node.columns.forEach(bind);
      throw mysqlError("ER_FT_MATCHING_KEY_NOT_FOUND");
    case "unsupportedExpression":
      throw notSupported(node.feature);
    default:
      return unreachable(node);
  }
}

function windowItem(node: Aggregate | WindowFunction, binder: Binder): Item {
  if (binder.overWindow === null) {
    throw mysqlError("ER_WINDOW_INVALID_WINDOW_FUNC_USE", node.name);
  }
  return binder.overWindow(node, binder);
}

/** Arguments of functions that are no keywords have names: what is written. MySQL: udf_expr in sql_yacc.yy. */
function argumentsOf(node: FunctionCall, binder: Binder): Item[] {
  const { sql } = binder.env.ctx;
  const isPlain = !KEYWORD_FUNCTIONS.has(node.name);
  return node.args.map((expression) => {
    if (!isPlain) return bindExpression(expression, binder);
    const name = sql.slice(expression.span.start, expression.span.end);
    return bindExpression(expression, { ...binder, named: { expression, name } });
  });
}

/** Those whose arguments the grammar itself lists. */
const KEYWORD_FUNCTIONS: ReadonlySet<string> = new Set(
  "if coalesce format left mod month quarter repeat replace reverse right second time timestamp truncate week year hour minute microsecond date day ascii insert char interval adddate subdate".split(
    " ",
  ),
);

/** Only a whole select item, or an argument, has a name. MySQL: Item::item_name. */
function nameOf(node: Expression, { named }: Binder): string {
  return named?.expression === node ? named.name : "(null)";
}

/** DEFAULT(column); 1364 when it has none. */
function defaultItem(item: Item, scope: Scope): Item {
  const { shape } = item;
  for (let at: Scope | null = scope; at !== null && shape.kind === "column"; at = at.parent) {
    const table = at.tables.find(({ slot }) => slot === shape.slot);
    if (table?.defaultOf) return table.defaultOf(shape.column);
  }
  throw notSupported("DEFAULT of a column without a table");
}

function resolveIn(node: Extract<Expression, { kind: "column" }>, binder: Binder): Item {
  return resolveColumn(binder.scope, node, binder.clause, binder.env.ctx.database);
}

function bindUnary(
  operator: "-" | "+" | "~" | "not" | "binary",
  operand: Item,
  binder: Binder,
): Item {
  switch (operator) {
    case "-":
      return negateLiteral(operand) ?? negateItem(operand, binder.env);
    case "+":
      return operand;
    case "~":
      return invertItem(operand, binder.env);
    case "not":
      return negatedItem(operand, binder.env);
    case "binary":
      return collateItem(operand, "binary");
  }
}

/** -5 is a literal, not a computation; so is -9223372036854775808. */
function negateLiteral(operand: Item): Item | null {
  const { shape, type, eval: compute } = operand;
  if (shape.kind !== "literal" || compute === null) return null;
  const value = compute();
  if (typeof value !== "number" && value !== 2n ** 63n) return null;
  if (type.kind !== "int" && type.kind !== "decimal" && type.kind !== "double") return null;
  const negated: Datum =
    typeof value === "bigint" ? -value : value === 0 && type.kind !== "double" ? 0 : -value;
  const signed = type.kind === "int" ? whole(textLength(type) + Number(type.unsigned)) : type;
  return {
    ...operand,
    type: signed,
    eval: () => negated,
    steps: null,
    text: () => `-(${operand.text()})`,
  };
}

/** VALUES(c) outside ON DUPLICATE KEY UPDATE is NULL. */
function nullOutsideInsert(column: Item): Item {
  return {
    ...column,
    nullable: true,
    isConst: false,
    shape: { kind: "other", args: [] },
    eval: () => null,
    steps: null,
  };
}

/** SET @a = 1 comes here too, without `:=` in an expression. */
function isInsideExpression({ name, span }: UserVariableAssignment, sql: string): boolean {
  const text = sql.slice(span.start, span.end);
  return text.startsWith("@") && text.slice(name.length).includes(":=");
}

/** Variables know whole numbers, decimals, doubles and texts; a date is its text. */
function variableType(type: SqlType): ColumnType {
  if (type.kind === "null") return varchar(0);
  if (type.kind === "float") return DOUBLE;
  return isTemporal(type) ? varchar(textLength(type)) : type;
}

function assignmentItem(node: UserVariableAssignment, binder: Binder): Item {
  if (isInsideExpression(node, binder.env.ctx.sql)) binder.env.ctx.warn(ASSIGNMENT_DEPRECATED);
  const value = bindExpression(node.value, binder);
  const variables = binder.env.ctx.userVariables;
  const name = node.name.toLowerCase();
  const type = variableType(value.type);
  const convert = isTemporal(value.type) ? textOf(value.type) : null;
  const assign = (given: Datum): Datum => {
    const computed = given === null || convert === null ? given : convert(given);
    variables.set(name, { value: computed, type });
    return computed;
  };
  const compute = value.eval;
  const text = (): string => `(@\`${node.name}\`:=${value.text()})`;
  const own = { type, text, nullable: value.nullable, isConst: false };
  if (compute !== null) {
    return makeItem([value], { eval: () => assign(compute()), steps: null }, own);
  }
  return makeItem(
    [value],
    {
      eval: null,
      steps: function* () {
        return assign(yield* evalItem(value));
      },
    },
    own,
  );
}
