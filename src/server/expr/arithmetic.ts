/**
 * + - * / DIV %, in integers, decimals or doubles as the operands' types say.
 *
 * MySQL: Item_num_op::set_numeric_type, Item_func_plus, Item_func_div, Item_func_mod and so on (sql/item_func.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import type { ArithmeticOperator } from "../../sql/ast_expression.ts";
import { type ErrorName, mysqlError, mysqlWarning } from "../errors.ts";
import { decimalOf, doubleOf, integerOf, type Present } from "../types/convert.ts";
import { addDecimal, divideDecimal, rescale } from "../types/decimal.ts";
import { dataProblem, divisionDigits, type EvalEnv, sqlMode } from "../types/eval_env.ts";
import {
  addWhole,
  divideWhole,
  multiplyWhole,
  negateWhole,
  remainderWhole,
  subtractWhole,
  type Whole,
} from "../types/integer.ts";
import {
  classOf,
  decimal,
  fixedDouble,
  fractionDigits,
  integerDigits,
  isUnsigned,
  SIGNED_MAX,
  SIGNED_MIN,
  type SqlType,
  scaleOf,
  textLength,
  UNSIGNED_MAX,
  whole,
  wholeOfDigits,
} from "../types/sql_type.ts";
import { bitsItem, bytesOperation } from "./bit_operators.ts";
import { type Item, makeItem, numericForm, onConverted, onValue, textSource } from "./item.ts";

export function arithmeticItem(
  operator: ArithmeticOperator,
  first: Item,
  second: Item,
  env: EvalEnv,
): Item {
  const bytes = bytesOperation(operator, first, second, env);
  if (bytes !== null) return bytes;
  const [left, right] = [numericForm(first), numericForm(second)];
  const sign = operator === "div" ? "DIV" : operator;
  const text = (): string => `(${left.text()} ${sign} ${right.text()})`;
  const item = computed(operator, left, right, text, env);
  const { shape } = item;
  return shape.kind === "other" ? { ...item, shape: { ...shape, isStrict: true } } : item;
}

function computed(
  operator: ArithmeticOperator,
  left: Item,
  right: Item,
  text: () => string,
  env: EvalEnv,
): Item {
  switch (operator) {
    case "+":
    case "-":
    case "*":
      return sum(operator, left, right, text, env);
    case "/":
      return quotient(left, right, text, env);
    case "div":
      return wholeQuotient(left, right, text, env);
    case "%":
      return remainder(left, right, text, env);
    default:
      return bitsItem(operator, left, right, text, env);
  }
}

type NumberKind = "int" | "decimal" | "double";

/** In what numbers an operand is computed with. */
function numberKind(type: SqlType): NumberKind {
  switch (classOf(type)) {
    case "int":
      return "int";
    case "decimal":
      return "decimal";
    case "temporal":
      return scaleOf(type) > 0 ? "decimal" : "int";
    default:
      return "double";
  }
}

function commonKind(a: SqlType, b: SqlType): NumberKind {
  const kinds = [numberKind(a), numberKind(b)];
  if (kinds.includes("double")) return "double";
  return kinds.includes("decimal") ? "decimal" : "int";
}

const WHOLE = { "+": addWhole, "-": subtractWhole, "*": multiplyWhole } as const;
const REAL = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
} as const;

function sum(
  operator: "+" | "-" | "*",
  left: Item,
  right: Item,
  text: () => string,
  env: EvalEnv,
): Item {
  switch (commonKind(left.type, right.type)) {
    case "int": {
      const unsigned = isUnsigned(left.type) || isUnsigned(right.type);
      const [first, second] = [integerDigits(left.type), integerDigits(right.type)];
      const digits = operator === "*" ? first + second : Math.max(first, second) + 1;
      const type = wholeOfDigits(digits, unsigned);
      const combine = WHOLE[operator];
      const check = wholeChecker(unsigned, text);
      const [a, b] = [integerOf(left.type, env), integerOf(right.type, env)];
      return makeItem(
        [left, right],
        onConverted<Whole>(left, right, a, b, (x, y) => check(combine(x, y))),
        {
          type,
          text,
        },
      );
    }
    case "decimal":
      return decimalSum(operator, left, right, text, env);
    case "double": {
      const combine = REAL[operator];
      const [a, b] = [doubleOf(left.type, env), doubleOf(right.type, env)];
      const check = doubleChecker(text);
      const digits = Math.max(fractionDigits(left.type), fractionDigits(right.type));
      return makeItem(
        [left, right],
        onConverted(left, right, a, b, (x, y) => check(combine(x, y))),
        {
          type: fixedDouble(digits),
          text,
        },
      );
    }
  }
}

function decimalSum(
  operator: "+" | "-" | "*",
  left: Item,
  right: Item,
  text: () => string,
  env: EvalEnv,
): Item {
  const [scaleA, scaleB] = [summedScale(left.type), summedScale(right.type)];
  const whole = Math.max(integerDigits(left.type), integerDigits(right.type));
  const [a, b] = [decimalOf(left.type, scaleA, env), decimalOf(right.type, scaleB, env)];
  const isSigned = operator === "-" && sqlMode(env.ctx).includes("NO_UNSIGNED_SUBTRACTION");
  const unsigned = !isSigned && areUnsigned(left, right);
  if (operator === "*") {
    const full = scaleA + scaleB;
    const digits = integerDigits(left.type) + integerDigits(right.type);
    const type = decimal(digits + full, full, unsigned);
    const { scale } = type as { scale: number };
    const compute = (x: Whole, y: Whole): Datum => rescale(multiplyWhole(x, y), full, scale);
    return makeItem([left, right], onConverted(left, right, a, b, compute, true), { type, text });
  }
  const scale = Math.max(scaleA, scaleB);
  const type = decimal(whole + scale + 1, scale, unsigned);
  const compute = (x: Whole, y: Whole): Datum => {
    const result = addDecimal(x, scaleA, operator === "+" ? y : negateWhole(y), scaleB);
    if (result >= 0 || !unsigned) return result;
    throw mysqlError("ER_DATA_OUT_OF_RANGE", "DECIMAL UNSIGNED", text());
  };
  return makeItem([left, right], onConverted(left, right, a, b, compute, true), { type, text });
}

function areUnsigned(left: Item, right: Item): boolean {
  return isUnsigned(left.type) && isUnsigned(right.type);
}

/** A literal may have more digits than a DECIMAL that is computed. */
function summedScale(type: SqlType): number {
  return Math.min(scaleOf(type), 30);
}

function quotient(left: Item, right: Item, text: () => string, env: EvalEnv): Item {
  const noDivision = zeroDivisor(env);
  const added = divisionDigits(env.ctx);
  if (commonKind(left.type, right.type) === "double") {
    const [a, b] = [doubleOf(left.type, env), doubleOf(right.type, env)];
    const check = doubleChecker(text);
    const compute = (x: number, y: number): Datum => (y === 0 ? noDivision() : check(x / y));
    const compiled = onConverted(left, right, a, b, compute);
    const digits = Math.max(fractionDigits(left.type), fractionDigits(right.type));
    const type = fixedDouble(digits + added);
    return makeItem([left, right], compiled, { type, nullable: true, text });
  }
  const [scaleA, scaleB] = [scaleOf(left.type), scaleOf(right.type)];
  const scale = Math.min(scaleA + added, 30);
  const [a, b] = [decimalOf(left.type, scaleA, env), decimalOf(right.type, scaleB, env)];
  const unsigned = areUnsigned(left, right);
  const type = decimal(integerDigits(left.type) + scaleB + scale, scale, unsigned);
  const { ownScale } = left;
  const compute = (x: Whole, y: Whole): Datum => {
    if (y === 0) return noDivision();
    if (ownScale) {
      const digits = Math.min(dividedDigits(ownScale(), scaleB, added), scale);
      return rescale(divideDecimal(x, scaleA, y, scaleB, digits), digits, scale);
    }
    return rescale(divideDecimal(x, scaleA, y, scaleB, scale + 1), scale + 1, scale);
  };
  const compiled = onConverted(left, right, a, b, compute, true);
  return makeItem([left, right], compiled, { type, nullable: true, text });
}

const DIGITS_PER_WORD = 9;

/** Digits of a fraction that a division works out: whole words. MySQL: do_div_mod (strings/decimal.cc). */
function dividedDigits(scaleA: number, scaleB: number, added: number): number {
  const whole = (scale: number): number => Math.ceil(scale / DIGITS_PER_WORD) * DIGITS_PER_WORD;
  const spare = whole(scaleA) - scaleA + whole(scaleB) - scaleB;
  return whole(whole(scaleA) + whole(scaleB) + Math.max(added - spare, 0));
}

function wholeQuotient(left: Item, right: Item, text: () => string, env: EvalEnv): Item {
  const noDivision = zeroDivisor(env);
  const unsigned = isUnsigned(left.type) || isUnsigned(right.type);
  const check = wholeChecker(unsigned, text);
  const digits = integerDigits(left.type) + divisorDigits(right.type);
  const type = wholeOfDigits(Math.min(digits, BIGINT_DIGITS_MAX), unsigned);
  if (commonKind(left.type, right.type) === "int") {
    const [a, b] = [integerOf(left.type, env), integerOf(right.type, env)];
    const compute = (x: Whole, y: Whole): Datum =>
      y === 0 ? noDivision() : check(divideWhole(x, y));
    const compiled = onConverted<Whole>(left, right, a, b, compute);
    return makeItem([left, right], compiled, { type, nullable: true, text });
  }
  const scale = DIVIDED_SCALE;
  const read = (item: Item) => decimalOf(item.type, scale, env, textSource(item));
  const [a, b] = [read(left), read(right)];
  const compute = (x: Whole, y: Whole): Datum => {
    if (y === 0) return noDivision();
    const result = divideWhole(x, y);
    if (result > (unsigned ? UNSIGNED_MAX : SIGNED_MAX) || result < SIGNED_MIN) {
      dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DECIMAL", String(result));
    }
    return check(result);
  };
  const compiled = onConverted(left, right, a, b, compute, true);
  return makeItem([left, right], compiled, { type, nullable: true, text });
}

/** Digits that a divisor may add. */
function divisorDigits(type: SqlType): number {
  return classOf(type) === "string" ? integerDigits(type) : scaleOf(type);
}

/** MySQL: MY_INT64_NUM_DECIMAL_DIGITS. */
const BIGINT_DIGITS_MAX = 21;

/** Digits of a fraction that DIV looks at. */
const DIVIDED_SCALE = 30;

function remainder(left: Item, right: Item, text: () => string, env: EvalEnv): Item {
  const noDivision = zeroDivisor(env);
  const kind = commonKind(left.type, right.type);
  if (kind === "double") {
    const [a, b] = [doubleOf(left.type, env), doubleOf(right.type, env)];
    const compute = (x: number, y: number): Datum => (y === 0 ? noDivision() : x % y);
    const compiled = onConverted(left, right, a, b, compute);
    const type = fixedDouble(Math.max(fractionDigits(left.type), fractionDigits(right.type)));
    return makeItem([left, right], compiled, { type, nullable: true, text });
  }
  const scale = Math.max(scaleOf(left.type), scaleOf(right.type));
  const digits = Math.max(integerDigits(left.type), integerDigits(right.type));
  const unsigned = isUnsigned(left.type);
  const type =
    kind === "decimal"
      ? decimal(digits + scale + Number(unsigned), scale, unsigned)
      : whole(digits + 1, unsigned);
  const [a, b] = [decimalOf(left.type, scale, env), decimalOf(right.type, scale, env)];
  const compute = (x: Whole, y: Whole): Datum => (y === 0 ? noDivision() : remainderWhole(x, y));
  const compiled = onConverted(left, right, a, b, compute, kind === "decimal");
  return makeItem([left, right], compiled, { type, nullable: true, text });
}

/** Dividing by zero gives NULL and, as sql_mode has it, a warning or (changing rows) an error. */
function zeroDivisor(env: EvalEnv): () => null {
  return () => {
    if (!/ERROR_FOR_DIVISION_BY_ZERO|TRADITIONAL/i.test(sqlMode(env.ctx))) return null;
    if (env.strict) throw mysqlError("ER_DIVISION_BY_ZERO");
    env.ctx.warn(mysqlWarning("Warning", "ER_DIVISION_BY_ZERO"));
    return null;
  };
}

export function negateItem(operand: Item, env: EvalEnv): Item {
  const text = (): string => `-(${operand.text()})`;
  switch (numberKind(operand.type)) {
    case "int": {
      const asInteger = integerOf(operand.type, env);
      if (isBeyondSigned(operand)) {
        const negate = (value: Present): Datum => negateWhole(asInteger(value));
        return makeItem([operand], onValue(operand, negate), { type: decimal(20, 0), text });
      }
      const check = wholeChecker(false, text);
      const compute = (value: Present): Datum => check(negateWhole(asInteger(value)));
      const type = whole(Math.max(textLength(operand.type) + Number(isUnsigned(operand.type)), 2));
      return makeItem([operand], onValue(operand, compute), { type, text });
    }
    case "decimal": {
      const scale = scaleOf(operand.type);
      const asDecimal = decimalOf(operand.type, scale, env);
      const type = decimal(integerDigits(operand.type) + scale, scale);
      const compute = (value: Present): Datum => negateWhole(asDecimal(value));
      return makeItem([operand], onValue(operand, compute), { type, text });
    }
    case "double": {
      const asDouble = doubleOf(operand.type, env);
      const type = fixedDouble(fractionDigits(operand.type));
      return makeItem(
        [operand],
        onValue(operand, (value) => -asDouble(value)),
        { type, text },
      );
    }
  }
}

/** MySQL: Item_func_neg::resolve_type: a constant whose negative no BIGINT holds gives a DECIMAL. */
function isBeyondSigned({ isConst, eval: compute }: Item): boolean {
  const value = isConst && compute !== null ? compute() : null;
  return typeof value === "bigint" && (value > 2n ** 63n || value === -(2n ** 63n));
}

/** Throws 1690 outside BIGINT. */
function wholeChecker(unsigned: boolean, text: () => string): (value: Whole) => Whole {
  const name: ErrorName = "ER_DATA_OUT_OF_RANGE";
  if (unsigned) {
    return (value) => {
      if (value >= 0 && (typeof value === "number" || value <= UNSIGNED_MAX)) return value;
      throw mysqlError(name, "BIGINT UNSIGNED", text());
    };
  }
  return (value) => {
    if (typeof value === "number" || (value >= SIGNED_MIN && value <= SIGNED_MAX)) return value;
    throw mysqlError(name, "BIGINT", text());
  };
}

function doubleChecker(text: () => string): (value: number) => number {
  return (value) => {
    if (Number.isFinite(value)) return value;
    throw mysqlError("ER_DATA_OUT_OF_RANGE", "DOUBLE", text());
  };
}
