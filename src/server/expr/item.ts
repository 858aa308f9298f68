/**
 * An expression after its names are resolved: its type, the tables it reads, and a closure that computes it from the
 * rows that stand in the tables' slots.
 *
 *     eval    the closure, where nothing in it can suspend the statement
 *     steps   its generator form otherwise (a subquery that may wait for a lock, SLEEP, GET_LOCK)
 * MySQL: Item and its val_* methods; `shape` is what the optimizer recognises (Item::type, Item_func::functype).
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { Answer, Exec, StatementContext } from "../context.ts";
import type { CompareOp } from "../optimizer/predicate.ts";
import type { Present, TextSource } from "../types/convert.ts";
import { DOUBLE, type SqlType } from "../types/sql_type.ts";
import type { GivenLiterals } from "./given_literals.ts";

/** Where the current row of one table stands while expressions are computed. */
export interface Slot {
  row: Row;
}

export type Eval = () => Datum;
export type EvalSteps = () => Exec<Datum>;

/** The two compiled forms; exactly one is there. */
export type Compiled =
  | { readonly eval: Eval; readonly steps: null }
  | { readonly eval: null; readonly steps: EvalSteps };

export interface ItemFacts {
  readonly type: SqlType;
  readonly nullable: boolean;
  /** Tables of its own query block, a bit for each; OUTER_ROWS for those of an enclosing one. */
  readonly tables: number;
  /** The same value all through the statement, known before any row is read. */
  readonly isConst: boolean;
  readonly shape: Shape;
  /** A text that date arithmetic made: read again, it is a date and time, however it looks. */
  readonly isMomentText?: boolean;
  /** Digits that the value of a DECIMAL has now, where its type has more. */
  readonly ownScale?: (() => number) | null;
  /** What it is as a text or a number, where that is not its value in its type converted: a CASE of several types. */
  readonly forms?: { readonly text: () => Item; readonly number: () => Item } | null;
  /** As MySQL prints it in messages: (`sim`.`t`.`c` - 1). */
  readonly text: () => string;
}

export type Item = ItemFacts & Compiled;

/** Bit of `Item.tables`: rows of an enclosing query block. */
export const OUTER_ROWS = 2 ** 30;

export type Shape =
  | {
      readonly kind: "column";
      readonly slot: Slot;
      readonly column: number;
      readonly table: number;
      /** `eval` of the item that is the column and nothing else: some stand for it and compute otherwise. */
      readonly read?: Eval;
      /** Named through a derived table or view that was merged: no equal column stands for it (MySQL: Item_view_ref). */
      readonly isReference?: boolean;
      /** Declared so; its table's row may be missing all the same. */
      readonly isNotNull?: boolean;
    }
  /**
   * `number`: what a hexadecimal or bit literal stands for among numbers; `given`: it has another value next time; `wasConverted`: a
   * text that was made a number to be compared with one, or what was made a TIME, or a number made a DATE; `wasBytes`: it is
   * such a number of a hexadecimal or bit literal; `wasColumn`: of a row that was read while planning.
   */
  | {
      readonly kind: "literal";
      readonly number?: Item;
      readonly given?: GivenLiterals;
      readonly wasConverted?: true;
      readonly wasBytes?: true;
      readonly wasColumn?: true;
    }
  /** `isRowList`: (a, b) IN ((1, 2), (3, 4)), which the storage engine is not given to check. */
  | { readonly kind: "and" | "or"; readonly args: readonly Item[]; readonly isRowList?: true }
  | { readonly kind: "not"; readonly arg: Item }
  /** `isOfNull`: `d IS NULL` of a date that cannot be NULL; nothing else learns from it. */
  | {
      readonly kind: "compare";
      readonly op: CompareOp;
      readonly left: Item;
      readonly right: Item;
      readonly isOfNull?: true;
    }
  | {
      readonly kind: "between";
      readonly operand: Item;
      readonly low: Item;
      readonly high: Item;
      readonly negated: boolean;
    }
  | {
      readonly kind: "in";
      readonly operand: Item;
      readonly items: readonly Item[];
      readonly negated: boolean;
    }
  | { readonly kind: "isNull"; readonly operand: Item; readonly negated: boolean }
  | {
      readonly kind: "like";
      readonly operand: Item;
      readonly pattern: Item;
      readonly escape: string;
      readonly negated: boolean;
    }
  /**
   * `isUserLock`: GET_LOCK() and friends, asked once before any row is read; `isRandom`: never the same; `isCache`: a value of
   * IN's left side; `isOfRows`: rows compared by their order, which the storage engine is not given to check; `derivation`: how
   * much its collation counts, where the parts do not tell.
   */
  | {
      readonly kind: "other";
      readonly args: readonly Item[];
      readonly isUserLock?: true;
      readonly isStored?: true;
      readonly isRandom?: true;
      /** ANY_VALUE(), which need not be one value per group. */
      readonly isAnyValue?: true;
      readonly isCache?: true;
      readonly isOfRows?: true;
      readonly derivation?: "implicit" | "explicit" | "coercible";
      /** NULL where an operand is NULL. */
      readonly isStrict?: true;
      readonly isSubquery?: true;
    };

/** The value now, in either form. */
export function* evalItem(item: Item): Exec<Datum> {
  return item.eval === null ? yield* item.steps() : item.eval();
}

/** Is the condition true (not false, not NULL)? */
export function* isTrue(item: Item): Exec<boolean> {
  const value = item.eval === null ? yield* item.steps() : item.eval();
  return value !== null && value !== 0;
}

/** The same, at once where it can be. */
export function truthOf(item: Item): Answer<boolean> {
  if (item.eval === null) return isTrue(item);
  const value = item.eval();
  return value !== null && value !== 0;
}

/** Compiles a function of already computed arguments; NULL reaches it too. */
export function onValues(args: readonly Item[], fn: (values: readonly Datum[]) => Datum): Compiled {
  const evals = plainForms(args);
  if (evals !== null) return { eval: () => fn(evals.map((one) => one())), steps: null };
  return {
    eval: null,
    steps: function* () {
      const values: Datum[] = [];
      for (const arg of args) values.push(yield* evalItem(arg));
      return fn(values);
    },
  };
}

/** Of one argument; NULL gives NULL without a call. */
export function onValue(arg: Item, fn: (value: Present) => Datum): Compiled {
  const one = arg.eval;
  if (one !== null) {
    return {
      eval: () => {
        const value = one();
        return value === null ? null : fn(value);
      },
      steps: null,
    };
  }
  return {
    eval: null,
    steps: function* () {
      const value = yield* evalItem(arg);
      return value === null ? null : fn(value);
    },
  };
}

/** Of two arguments; NULL on either side gives NULL. The right side is not computed when the left is NULL. */
export function onPair(a: Item, b: Item, fn: (x: Present, y: Present) => Datum): Compiled {
  const [left, right] = [a.eval, b.eval];
  if (left !== null && right !== null) {
    return {
      eval: () => {
        const x = left();
        if (x === null) return null;
        const y = right();
        return y === null ? null : fn(x, y);
      },
      steps: null,
    };
  }
  return {
    eval: null,
    steps: function* () {
      const x = yield* evalItem(a);
      if (x === null) return null;
      const y = yield* evalItem(b);
      return y === null ? null : fn(x, y);
    },
  };
}

/**
 * Of two arguments converted one after the other, as arithmetic does: what converting warns of is told for both, though
 * one be NULL. `stops`: a NULL on the left ends it, as with decimals.
 */
export function onConverted<A, B = A>(
  a: Item,
  b: Item,
  convertA: (value: Present) => A | null,
  convertB: (value: Present) => B,
  fn: (x: A, y: B) => Datum,
  stops = false,
): Compiled {
  const [left, right] = [a.eval, b.eval];
  if (left !== null && right !== null) {
    return {
      eval: () => {
        const x = left();
        const first = x === null ? null : convertA(x);
        if (first === null && stops) return null;
        const y = right();
        if (y === null) return null;
        const second = convertB(y);
        return first === null ? null : fn(first, second);
      },
      steps: null,
    };
  }
  return {
    eval: null,
    steps: function* () {
      const x = yield* evalItem(a);
      const first = x === null ? null : convertA(x);
      if (first === null && stops) return null;
      const y = yield* evalItem(b);
      if (y === null) return null;
      const second = convertB(y);
      return first === null ? null : fn(first, second);
    },
  };
}

/** The closures of all, or null when one of them may suspend. */
export function plainForms(items: readonly Item[]): readonly Eval[] | null {
  const evals: Eval[] = [];
  for (const item of items) {
    if (item.eval === null) return null;
    evals.push(item.eval);
  }
  return evals;
}

/** An expression of parts, with what it does not say for itself taken from them. */
export function makeItem(
  args: readonly Item[],
  compiled: Compiled,
  own: Pick<ItemFacts, "type" | "text"> & Partial<ItemFacts>,
): Item {
  let tables = 0;
  let isConst = true;
  let nullable = false;
  for (const arg of args) {
    tables |= arg.tables;
    isConst &&= arg.isConst;
    nullable ||= arg.nullable;
  }
  // All items have their fields in one order, so that reading them stays fast.
  return {
    type: own.type,
    nullable: own.nullable ?? nullable,
    tables: own.tables ?? tables,
    isConst: own.isConst ?? isConst,
    shape: own.shape ?? { kind: "other", args },
    isMomentText: own.isMomentText ?? false,
    ownScale: own.ownScale ?? null,
    forms: own.forms ?? null,
    text: own.text,
    eval: compiled.eval,
    steps: compiled.steps,
  } satisfies Required<ItemFacts> & Pick<Compiled, "eval" | "steps"> as Item;
}

/** The item as arithmetic and comparisons with numbers take it. */
export function numericForm(item: Item): Item {
  if (item.isMomentText === true) return momentNumber(item);
  if (item.forms && "collation" in item.type) return item.forms.number();
  return item.shape.kind === "literal" ? (item.shape.number ?? item) : item;
}

/** Where the item's text comes from, for what reading it as a DECIMAL tells. */
export function textSource({ shape, type }: Item): TextSource {
  if (shape.kind === "literal") return "literal";
  return shape.kind === "column" && type.kind !== "text" ? "column" : "function";
}

/** The item as the client and functions of texts take it. */
export function textForm(item: Item): Item {
  return item.forms && item.type.kind === "decimal" ? item.forms.text() : item;
}

/** The digits of a date that date arithmetic made as a text. */
function momentNumber(item: Item): Item {
  const digits = (value: Present): Datum => Number(String(value).replace(/(?<!^)[- :]/g, ""));
  return makeItem([item], onValue(item, digits), { type: DOUBLE, text: item.text });
}

/** A fixed value. */
export function literalItem(value: Datum, type: SqlType, text: string): Item {
  return {
    type,
    nullable: value === null,
    tables: 0,
    isConst: true,
    shape: { kind: "literal" },
    text: () => text,
    eval: () => value,
    steps: null,
  };
}

/**
 * A constant expression computed at most once, when it is first wanted; one that warns warns for every row, unless it is
 * a constant that MySQL keeps converted (`ctx` null). MySQL: Item_cache, for the latter.
 */
export function foldConstant(item: Item, ctx: StatementContext | null): Item {
  if (!item.isConst || item.eval === null || item.shape.kind === "literal") return item;
  visitItem(item, ({ shape }) => {
    if (shape.kind === "literal") shape.given?.noteLook();
  });
  const compute = item.eval;
  let value: Datum = null;
  let isKnown = false;
  const evalOnce = (): Datum => {
    if (isKnown) return value;
    const before = ctx?.warningCount() ?? 0;
    value = compute();
    isKnown = (ctx?.warningCount() ?? 0) === before;
    return value;
  };
  return { ...item, eval: evalOnce, steps: null };
}

/** Walks an expression from the root down. */
export function visitItem(item: Item, visit: (item: Item) => void): void {
  visit(item);
  for (const arg of partsOf(item)) visitItem(arg, visit);
}

export function partsOf(item: Item): readonly Item[] {
  const { shape } = item;
  switch (shape.kind) {
    case "column":
    case "literal":
      return [];
    case "and":
    case "or":
    case "other":
      return shape.args;
    case "not":
      return [shape.arg];
    case "compare":
      return [shape.left, shape.right];
    case "between":
      return [shape.operand, shape.low, shape.high];
    case "in":
      return [shape.operand, ...shape.items];
    case "isNull":
      return [shape.operand];
    case "like":
      return [shape.operand, shape.pattern];
  }
}

/** The columns of one table that an expression reads. */
export function columnsOf(item: Item, bit: number): readonly number[] {
  if (item.shape.kind === "column") return item.tables === bit ? [item.shape.column] : [];
  return partsOf(item).flatMap((part) => columnsOf(part, bit));
}
