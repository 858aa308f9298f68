/**
 * Truth with three values: AND, OR, XOR, NOT, and the IS tests. AND and OR stop at the first operand that decides.
 *
 * MySQL: Item_cond_and::val_int, Item_cond_or::val_int, Item_func_not, Item_func_truth.
 */
import type { Datum } from "../../innodb/api.ts";
import { truthOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BOOLEAN } from "../types/sql_type.ts";
import {
  type Compiled,
  evalItem,
  type Item,
  literalItem,
  makeItem,
  onPair,
  onValue,
  plainForms,
} from "./item.ts";

/** The item as 1, 0 or NULL; what already is stays as it is. */
export function asTruth(item: Item, env: EvalEnv): Item {
  if (isTruthValued(item)) return item;
  const truth = truthOf(item.type, env);
  const compiled = onValue(item, (value) => (truth(value) ? 1 : 0));
  return makeItem([item], compiled, { type: BOOLEAN, text: item.text });
}

const TRUTH_SHAPES = new Set(["and", "or", "not", "compare", "between", "in", "isNull", "like"]);

function isTruthValued(item: Item): boolean {
  return TRUTH_SHAPES.has(item.shape.kind) || item.type.kind === "int" || item.type.kind === "null";
}

export function andItem(operands: readonly Item[], env: EvalEnv): Item {
  const args = flattened(
    "and",
    operands.map((operand) => asTruth(operand, env)),
  );
  const only = args[0];
  if (args.length === 1 && only !== undefined) return only;
  return makeItem(args, junction(args, 0), {
    type: BOOLEAN,
    shape: { kind: "and", args },
    text: () => `(${args.map((arg) => arg.text()).join(" and ")})`,
  });
}

export function orItem(operands: readonly Item[], env: EvalEnv): Item {
  const args = flattened(
    "or",
    operands.map((operand) => asTruth(operand, env)),
  );
  const only = args[0];
  if (args.length === 1 && only !== undefined) return only;
  return makeItem(args, junction(args, 1), {
    type: BOOLEAN,
    shape: { kind: "or", args },
    text: () => `(${args.map((arg) => arg.text()).join(" or ")})`,
  });
}

function flattened(kind: "and" | "or", args: readonly Item[]): Item[] {
  return args.flatMap((arg) => {
    const { shape } = arg;
    // A list of rows stays one condition.
    return shape.kind === kind && shape.isRowList !== true ? [...shape.args] : [arg];
  });
}

/** `decides` 0 is AND (a 0 settles it), 1 is OR (anything but 0 and NULL settles it). */
function junction(args: readonly Item[], decides: 0 | 1): Compiled {
  const otherwise = 1 - decides;
  const settles = (value: Datum): boolean => value !== null && (value !== 0) === (decides === 1);
  const evals = plainForms(args);
  if (evals !== null) {
    return {
      eval: () => {
        let isUnknown = false;
        for (const one of evals) {
          const value = one();
          if (settles(value)) return decides;
          isUnknown ||= value === null;
        }
        return isUnknown ? null : otherwise;
      },
      steps: null,
    };
  }
  return {
    eval: null,
    steps: function* () {
      let isUnknown = false;
      for (const arg of args) {
        const value = yield* evalItem(arg);
        if (settles(value)) return decides;
        isUnknown ||= value === null;
      }
      return isUnknown ? null : otherwise;
    },
  };
}

export function xorItem(a: Item, b: Item, env: EvalEnv): Item {
  const [left, right] = [asTruth(a, env), asTruth(b, env)];
  const compiled = onXor(left, right);
  return makeItem([left, right], compiled, {
    type: BOOLEAN,
    text: () => `(${left.text()} xor ${right.text()})`,
  });
}

/** A NULL on the left settles it. */
function onXor(a: Item, b: Item): Compiled {
  return onPair(a, b, (x, y) => ((x !== 0) !== (y !== 0) ? 1 : 0));
}

export function notItem(operand: Item, env: EvalEnv): Item {
  const arg = asTruth(operand, env);
  return makeItem(
    [arg],
    onValue(arg, (value) => (value === 0 ? 1 : 0)),
    {
      type: BOOLEAN,
      shape: { kind: "not", arg },
      text: () => `(not(${arg.text()}))`,
    },
  );
}

/** What cannot be NULL is known not to be (MySQL: Item_func_isnull::update_used_tables). */
export function isNullItem(operand: Item, negated: boolean): Item {
  const isOfRow = operand.tables !== 0 && operand.eval !== null;
  if (!operand.nullable && isOfRow) {
    const text = `(${operand.text()} is ${negated ? "not " : ""}null)`;
    const shape = { kind: "isNull", operand, negated } as const;
    return { ...literalItem(negated ? 1 : 0, BOOLEAN, text), shape };
  }
  const [ifNull, ifNot] = negated ? [0, 1] : [1, 0];
  const one = operand.eval;
  let known: Datum | undefined;
  const compiled: Compiled =
    one !== null
      ? {
          // A constant is looked at once, so it warns once.
          eval: () => {
            if (negated || !operand.isConst) return one() === null ? ifNull : ifNot;
            known ??= one() === null ? ifNull : ifNot;
            return known;
          },
          steps: null,
        }
      : {
          eval: null,
          steps: function* () {
            return (yield* evalItem(operand)) === null ? ifNull : ifNot;
          },
        };
  return makeItem([operand], compiled, {
    type: BOOLEAN,
    nullable: false,
    shape: { kind: "isNull", operand, negated },
    text: () => `(${operand.text()} is ${negated ? "not " : ""}null)`,
  });
}

/** IS [NOT] TRUE and IS [NOT] FALSE. */
export function isTruthItem(
  operand: Item,
  wanted: "true" | "false",
  negated: boolean,
  env: EvalEnv,
): Item {
  const arg = asTruth(operand, env);
  const test = (value: Datum): Datum => {
    const holds = value !== null && (value !== 0) === (wanted === "true");
    return holds !== negated ? 1 : 0;
  };
  const one = arg.eval;
  const compiled: Compiled =
    one !== null
      ? { eval: () => test(one()), steps: null }
      : {
          eval: null,
          steps: function* () {
            return test(yield* evalItem(arg));
          },
        };
  return makeItem([arg], compiled, {
    type: BOOLEAN,
    nullable: false,
    text: () => `(${arg.text()} is ${negated ? "not " : ""}${wanted})`,
  });
}
