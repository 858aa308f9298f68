/**
 * CASE, and the functions that are one underneath: IF, IFNULL, COALESCE, NULLIF. Only the branch taken is computed.
 *
 * MySQL: Item_func_case, Item_func_if, Item_func_coalesce, Item_func_nullif.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Case, Expression } from "../../sql/ast_expression.ts";
import { textOf } from "../types/convert.ts";
import { readNumber } from "../types/double.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import {
  classOf,
  DOUBLE,
  mergeTypes,
  NULL_TYPE,
  type SqlType,
  textLength,
  varchar,
} from "../types/sql_type.ts";
import { converterTo } from "../types/to_type.ts";
import { checkCollations } from "./collation_for.ts";
import { compareItem, plainEqual } from "./comparison.ts";
import {
  type Compiled,
  evalItem,
  type Item,
  literalItem,
  makeItem,
  onValue,
  textForm,
} from "./item.ts";
import { asTruth } from "./logic.ts";

export function caseItem(node: Case, bind: (node: Expression) => Item, env: EvalEnv): Item {
  const subject = node.subject === null ? null : bind(node.subject);
  const whens = node.branches.map(({ when }) => {
    const item = bind(when);
    return subject === null ? asTruth(item, env) : plainEqual(subject, item, env);
  });
  const thens = node.branches.map(({ then }) => bind(then));
  const otherwise = node.otherwise === null ? null : bind(node.otherwise);
  const values = otherwise === null ? thens : [...thens, otherwise];
  const type = mergeTypes(values.map((value) => value.type));
  const make = (results: readonly Item[], made: SqlType): Item => {
    const last = otherwise === null ? null : (results.at(-1) as Item);
    const branches = whens.map((when, at) => [when, results[at] as Item] as const);
    return makeItem([...whens, ...results], firstTrue(branches, last), {
      type: made,
      nullable: otherwise === null || values.some((value) => value.nullable),
      text: () => caseText(subject, node, whens, results),
    });
  };
  return withForms(values, type, env, make);
}

/**
 * An item that is one of several values, in their common type; as a text or number each of them is converted on its own,
 * so that a DECIMAL shows the digits that the value taken has.
 */
function withForms(
  values: readonly Item[],
  type: SqlType,
  env: EvalEnv,
  make: (results: readonly Item[], type: SqlType) => Item,
): Item {
  const of = (wanted: SqlType, isText = false): Item =>
    make(
      values.map((value) => inType(isText ? textForm(value) : value, wanted, env)),
      wanted,
    );
  const item = of(type);
  const isMixed = values.some((value) => value.forms || !isSameForm(value.type, type));
  if (!isMixed) return item;
  return {
    ...item,
    forms: { text: () => of(varchar(textLength(type)), true), number: () => of(DOUBLE) },
  };
}

function isSameForm(value: SqlType, type: SqlType): boolean {
  if (type.kind === "decimal") return value.kind === "decimal" && value.scale === type.scale;
  return value.kind === "null" || classOf(value) === classOf(type);
}

function caseText(
  subject: Item | null,
  node: Case,
  whens: readonly Item[],
  results: readonly Item[],
): string {
  const branches = whens.map(
    (when, at) => ` when ${when.text()} then ${(results[at] as Item).text()}`,
  );
  const end = node.otherwise === null ? "" : ` else ${(results.at(-1) as Item).text()}`;
  return `(case${subject === null ? "" : ` ${subject.text()}`}${branches.join("")}${end} end)`;
}

export function ifItem(condition: Item, then: Item, otherwise: Item, env: EvalEnv): Item {
  const type = mergeTypes([then.type, otherwise.type]);
  const test = asTruth(condition, env);
  return withForms([then, otherwise], type, env, (results, made) => {
    const [a, b] = results as [Item, Item];
    return makeItem([test, a, b], firstTrue([[test, a]], b), {
      type: made,
      nullable: then.nullable || otherwise.nullable,
      text: () => `if(${test.text()},${a.text()},${b.text()})`,
    });
  });
}

/** COALESCE, and IFNULL with two. */
export function coalesceItem(name: string, args: readonly Item[], env: EvalEnv): Item {
  const type = mergeTypes(args.map((arg) => arg.type));
  const values = args.map((arg) => inType(arg, type, env));
  const item = makeItem(values, firstPresent(values), {
    type,
    nullable: args.every((arg) => arg.nullable),
    text: () => `${name}(${values.map((value) => value.text()).join(",")})`,
  });
  return classOf(type) === "string" ? { ...item, forms: silentForms(item) } : item;
}

/** As a number the text is read without a word about what is left of it. MySQL: Item_func_numhybrid::val_real. */
function silentForms(item: Item): NonNullable<Item["forms"]> {
  const asText = textOf(item.type);
  const number = (): Item =>
    makeItem(
      [item],
      onValue(item, (value) => readNumber(asText(value)).value),
      { type: DOUBLE, text: item.text },
    );
  return { text: () => item, number };
}

export function nullIfItem(a: Item, b: Item, env: EvalEnv): Item {
  checkCollations([a, b], "nullif");
  const equal = compareItem("=", a, b, env);
  const nothing = literalItem(null, NULL_TYPE, "NULL");
  return makeItem([equal, a], firstTrue([[equal, nothing]], a), {
    type: a.type,
    nullable: true,
    text: () => `nullif(${a.text()},${b.text()})`,
  });
}

/** The item with its values in another type. */
export function inType(item: Item, type: SqlType, env: EvalEnv): Item {
  const convert = converterTo(item.type, type, env);
  if (convert === null) return item;
  return makeItem([item], onValue(item, convert), {
    type,
    text: item.text,
    nullable: item.nullable,
  });
}

function firstTrue(
  branches: readonly (readonly [when: Item, then: Item])[],
  otherwise: Item | null,
): Compiled {
  const plain = branches.map(([when, then]) => [when.eval, then.eval] as const);
  const rest = otherwise === null ? (): Datum => null : otherwise.eval;
  if (rest !== null && plain.every(([when, then]) => when !== null && then !== null)) {
    return {
      eval: () => {
        for (const [when, then] of plain) {
          const holds = (when as () => Datum)();
          if (holds !== null && holds !== 0) return (then as () => Datum)();
        }
        return rest();
      },
      steps: null,
    };
  }
  return {
    eval: null,
    steps: function* () {
      for (const [when, then] of branches) {
        const holds = yield* evalItem(when);
        if (holds !== null && holds !== 0) return yield* evalItem(then);
      }
      return otherwise === null ? null : yield* evalItem(otherwise);
    },
  };
}

function firstPresent(values: readonly Item[]): Compiled {
  if (values.every((value) => value.eval !== null)) {
    return {
      eval: () => {
        for (const value of values) {
          const present = (value.eval as () => Datum)();
          if (present !== null) return present;
        }
        return null;
      },
      steps: null,
    };
  }
  return {
    eval: null,
    steps: function* () {
      for (const value of values) {
        const present = yield* evalItem(value);
        if (present !== null) return present;
      }
      return null;
    },
  };
}
