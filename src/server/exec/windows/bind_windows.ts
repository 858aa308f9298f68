/**
 * Window functions and windows of a query block, by their names.
 *
 * MySQL: Window::setup_windows1, resolve_reference, resolve_window_ordering, reorder_and_eliminate_sorts (sql/window.cc).
 */
import { unreachable } from "../../../base/assert.ts";
import type { Datum } from "../../../innodb/api.ts";
import type { Aggregate, Expression, Window, WindowFunction } from "../../../sql/ast_expression.ts";
import type { NamedWindow } from "../../../sql/ast_query.ts";
import { mysqlError } from "../../errors.ts";
import { bindExpression } from "../../expr/bind.ts";
import type { Binder } from "../../expr/binder.ts";
import { coalesceItem, inType } from "../../expr/case.ts";
import { type Item, makeItem } from "../../expr/item.ts";
import {
  BIGINT_UNSIGNED,
  classOf,
  DOUBLE,
  type SqlType,
  textLength,
  whole,
} from "../../types/sql_type.ts";
import { aggregateUse } from "../aggregates.ts";
import { holdsItem } from "../block.ts";
import { isSame } from "../join/multiple_equality.ts";
import type { SortKey } from "../sort_rows.ts";
import type { Partition, WindowPlan, WindowUse } from "./window.ts";
import { boundFrame } from "./window_frame.ts";
import { aggregated, framed, neighbour, rankOf } from "./window_functions.ts";

const UNNAMED = "<unnamed window>";

interface Called {
  readonly over: Window;
  readonly use: WindowUse;
}

/** Takes the calls of window functions while a block's names are looked up, and makes windows of them. */
export class WindowBinder {
  readonly #named: readonly NamedWindow[];
  readonly #calls: Called[] = [];

  constructor(named: readonly NamedWindow[]) {
    this.#named = named;
  }

  get isEmpty(): boolean {
    return this.#named.length === 0 && this.#calls.length === 0;
  }

  forget(): void {
    this.#calls.length = 0;
  }

  /** The item of a call; an expression that holds it asks for it while its row is in the cells. */
  bind(node: Aggregate | WindowFunction, binder: Binder): Item {
    const inside: Binder = { ...binder, overWindow: null, alias: null };
    const over = node.over as Window;
    const use =
      node.kind === "aggregate" ? boundAggregate(node, inside) : boundFunction(node, inside);
    this.#calls.push({ over, use });
    return use.item;
  }

  isIn(item: Item): boolean {
    return this.#calls.some(({ use }) => holdsItem(item, use.item));
  }

  /** The windows, in the order in which the rows go through them. Throws 1054, 3579 to 3592, 3595 and 3596. */
  windows(binder: Binder): readonly WindowPlan[] {
    if (this.isEmpty) return [];
    const known = this.#byName();
    const named = this.#named.map((node) => {
      const { name } = node;
      const bound = new BoundWindow(node.window, name.text, known, binder);
      return { key: name.text.toLowerCase(), bound };
    });
    const used = named.map(({ key, bound }) => {
      const calls = this.#calls.filter(({ over }) => referenceIn(over) === key);
      return bound.plan(calls.map(({ use }) => use));
    });
    const inline = this.#calls.flatMap(({ over, use }) => {
      const key = referenceIn(over);
      if (key === null) return [new BoundWindow(over, UNNAMED, known, binder).plan([use])];
      if (!known.has(key)) throw mysqlError("ER_WINDOW_NO_SUCH_WINDOW", over.name?.text ?? "");
      return [];
    });
    return withoutSorts([...used, ...inline].filter(({ uses }) => uses.length > 0));
  }

  #byName(): ReadonlyMap<string, Window> {
    const known = new Map<string, Window>();
    for (const node of this.#named) {
      const { name } = node;
      const key = name.text.toLowerCase();
      if (known.has(key)) throw mysqlError("ER_WINDOW_DUPLICATE_NAME", name.text);
      known.set(key, node.window);
    }
    return known;
  }
}

/** `OVER w`, which is the window itself: `OVER (w)` is another one that begins like it. */
function referenceIn({ name, span }: Window): string | null {
  return name !== null && name.span === span ? name.text.toLowerCase() : null;
}

/** A window with what it takes from those that it names. */
class BoundWindow {
  readonly #partition: readonly SortKey[];
  readonly #order: readonly SortKey[];
  readonly #frame: WindowPlan["frame"];

  constructor(node: Window, name: string, known: ReadonlyMap<string, Window>, binder: Binder) {
    const chain = [node, ...ancestors(node, known)];
    for (const [at, one] of chain.entries()) {
      const parent = chain[at + 1];
      if (parent === undefined) continue;
      const of = at === 0 ? name : (chain[at - 1]?.name?.text ?? UNNAMED);
      refuseInherited(one, of, parent);
    }
    const partition = chain.find(({ partitionBy }) => partitionBy.length > 0)?.partitionBy ?? [];
    const ordering = chain.find(({ orderBy }) => orderBy.length > 0)?.orderBy ?? [];
    const key = (expression: Expression, clause: Binder["clause"]): Item => {
      if (expression.kind === "integer") throw mysqlError("ER_WINDOW_ILLEGAL_ORDER_BY", name);
      const nested = () => {
        throw mysqlError("ER_WINDOW_NESTED_WINDOW_FUNC_USE_IN_WINDOW_SPEC", name);
      };
      return bindExpression(expression, { ...binder, clause, overWindow: nested, alias: null });
    };
    this.#partition = partition.map((expression) => ({
      item: key(expression, "window partition by"),
      desc: false,
    }));
    this.#order = ordering.map(({ expression, direction }) => ({
      item: key(expression, "window order by"),
      desc: direction === "desc",
    }));
    this.#frame = boundFrame(node.frame, this.#order, name, binder);
  }

  plan(uses: readonly WindowUse[]): WindowPlan {
    const [partition, order] = [this.#partition, this.#order];
    const sorts = partition.length + order.length > 0;
    return { partition, order, frame: this.#frame, sorts, uses };
  }
}

/** The windows that one begins like, nearest first. Throws 3579 and 3580. */
function ancestors(node: Window, known: ReadonlyMap<string, Window>): readonly Window[] {
  const found: Window[] = [];
  for (let at: Window = node; at.name !== null; ) {
    const next = known.get(at.name.text.toLowerCase());
    if (next === undefined) throw mysqlError("ER_WINDOW_NO_SUCH_WINDOW", at.name.text);
    if (next === node || found.includes(next)) {
      throw mysqlError("ER_WINDOW_CIRCULARITY_IN_WINDOW_GRAPH");
    }
    found.push(next);
    at = next;
  }
  return found;
}

/** `parent` may be named with more behind it. Throws 3581 to 3583. */
function refuseInherited(child: Window, name: string, parent: Window): void {
  const of = child.name?.text ?? "";
  if (child.partitionBy.length > 0) throw mysqlError("ER_WINDOW_NO_CHILD_PARTITIONING");
  if (parent.frame !== null) throw mysqlError("ER_WINDOW_NO_INHERIT_FRAME", of);
  if (parent.orderBy.length > 0 && child.orderBy.length > 0) {
    throw mysqlError("ER_WINDOW_NO_REDEFINE_ORDER_BY", name, of);
  }
}

/** Windows of one order follow each other, and only the first of them sorts. */
function withoutSorts(windows: readonly WindowPlan[]): readonly WindowPlan[] {
  const list = [...windows];
  for (let at = 0; at < list.length - 1; at += 1) {
    const one = list[at] as WindowPlan;
    const same = list.findIndex((other, place) => place > at && sortsAs(one, other));
    if (same < 0) continue;
    const moved = { ...(list[same] as WindowPlan), sorts: false };
    list[same] = list[at + 1] as WindowPlan;
    list[at + 1] = moved;
  }
  return list;
}

function sortsAs(a: WindowPlan, b: WindowPlan): boolean {
  const [one, other] = [
    [...a.partition, ...a.order],
    [...b.partition, ...b.order],
  ];
  return (
    one.length === other.length &&
    one.every(({ item, desc }, at) => {
      const key = other[at] as SortKey;
      return desc === key.desc && (isSame(item, key.item) || item.text() === key.item.text());
    })
  );
}

// ---------------------------------------------------------------- the functions

/** Throws 1235 for aggregates that are none over a window. */
function boundAggregate(node: Aggregate, inside: Binder): WindowUse {
  if (node.name === "group_concat") {
    throw mysqlError("ER_NOT_SUPPORTED_YET", "group_concat as window function");
  }
  if (node.distinct) {
    throw mysqlError("ER_NOT_SUPPORTED_YET", "<window function>(DISTINCT ..)");
  }
  const { type, use } = aggregateUse(node, inside);
  return called(node, type, node.name !== "count", use.args, aggregated(use.open));
}

/** Throws 1210 and 1235. */
function boundFunction(node: WindowFunction, inside: Binder): WindowUse {
  const { name } = node;
  if (node.ignoreNulls) throw mysqlError("ER_NOT_SUPPORTED_YET", "IGNORE NULLS");
  if (node.fromLast) throw mysqlError("ER_NOT_SUPPORTED_YET", "FROM LAST");
  const given = (at: number): Item => bindExpression(node.args[at] as Expression, inside);
  switch (name) {
    case "row_number":
    case "rank":
    case "dense_rank":
      return called(node, BIGINT_UNSIGNED, false, [], rankOf(name, 1));
    case "percent_rank":
    case "cume_dist":
      return called(node, DOUBLE, false, [], rankOf(name, 1));
    case "ntile": {
      const count = numberOf(node, 0, 1);
      return called(node, BIGINT_UNSIGNED, false, [], rankOf(name, count));
    }
    case "lead":
    case "lag": {
      const args = node.args.length > 2 ? [given(0), given(2)] : [given(0)];
      const type = widened(coalesceItem(name, args, inside.env).type);
      const converted = args.map((arg) => inType(arg, type, inside.env));
      const distance = node.args.length > 1 ? numberOf(node, 1, 0) : 1;
      const isNullable = args[1] === undefined || args.some(({ nullable }) => nullable);
      const compute = neighbour(name === "lead" ? distance : -distance);
      return called(node, type, isNullable, converted, compute);
    }
    case "first_value":
    case "last_value":
    case "nth_value": {
      const arg = given(0);
      const number = name === "nth_value" ? numberOf(node, 1, 1) : name === "last_value" ? -1 : 1;
      return called(node, widened(arg.type), true, [arg], framed(number));
    }
    default:
      return unreachable(name);
  }
}

/** Whole numbers are BIGINT. */
function widened(type: SqlType): SqlType {
  if (classOf(type) !== "int") return type;
  return whole(textLength(type), type.kind === "int" && type.unsigned);
}

function numberOf({ name, args }: WindowFunction, at: number, least: number): number {
  const node = args[at];
  // A parameter that has no value yet.
  if (node?.kind === "null") return least;
  const number = node?.kind === "integer" ? Number(node.text) : Number.NaN;
  if (!(number >= least)) throw mysqlError("ER_WRONG_ARGUMENTS", name);
  return number;
}

function called(
  { name, span }: Aggregate | WindowFunction,
  type: SqlType,
  nullable: boolean,
  args: readonly Item[],
  compute: (partition: Partition) => ReturnType<WindowUse["compute"]>,
): WindowUse {
  const cell: { value: Datum } = { value: null };
  const text = () => `${name}(${args.map((arg) => arg.text()).join(",")}) OVER ${span.start}`;
  const item = makeItem(
    args,
    { eval: () => cell.value, steps: null },
    { type, nullable, isConst: false, text },
  );
  return { item, args, cell, compute };
}
