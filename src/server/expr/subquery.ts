/**
 * Subqueries as values: scalar, row, EXISTS, IN, ANY and ALL. What does not change is computed once.
 *
 * MySQL: Item_singlerow_subselect, Item_exists_subselect, Item_in_subselect (sql/item_subselect.cc).
 * Departure: IN and the quantified comparisons look through the subquery's rows instead of being rewritten to EXISTS
 * with the comparison pushed in, but for IN with a plain block (tested_subquery.ts).
 */
import type { Datum } from "../../innodb/api.ts";
import type { InSubquery, Quantified } from "../../sql/ast_expression.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { BIGINT, BOOLEAN, type SqlType } from "../types/sql_type.ts";
import type { Binder, BoundSubquery, TestedSubquery } from "./binder.ts";
import { kept } from "./compared_texts.ts";
import { compareItem, isRow, type Operand } from "./comparison.ts";
import { evalItem, type Item, makeItem } from "./item.ts";
import { blockOf } from "./scope.ts";

/** What messages and plans say for a subquery. */
export const SUBQUERY_TEXT = "(select ...)";

type Rows = readonly (readonly Datum[])[];

/** A value, or NULL without a row; 1242 with several. */
export function scalarSubquery(query: Query, binder: Binder): Item {
  const subquery = binder.subquery(query, binder.scope);
  const [column] = subquery.columns;
  if (subquery.columns.length !== 1 || column === undefined) {
    throw mysqlError("ER_OPERAND_COLUMNS", 1);
  }
  const rows = cached(subquery, 2);
  const own = { ...column, nullable: true };
  return subqueryItem(subquery, [], own, function* () {
    const found = yield* rows();
    if (found.length > 1) throw mysqlError("ER_SUBQUERY_NO_1_ROW");
    return found[0]?.[0] ?? null;
  });
}

export function existsItem(query: Query, binder: Binder): Item {
  const subquery = binder.subquery(query, binder.scope);
  const rows = cached(subquery, 1);
  return subqueryItem(subquery, [], { type: BOOLEAN, nullable: false }, function* () {
    return (yield* rows()).length > 0 ? 1 : 0;
  });
}

/** `isTruth`: NULL is as good as false. */
export function inSubqueryItem(
  operand: Operand,
  node: InSubquery,
  binder: Binder,
  isTruth: boolean,
): Item {
  const { subquery, matches, matchesKept, args } = rowTest("=", operand, node.query, binder);
  const [found, missing] = node.negated ? [0, 1] : [1, 0];
  const rows = cached(subquery, Number.POSITIVE_INFINITY);
  const tested = subquery.withTest(args, isTruth);
  if (tested !== null) blockOf(binder.scope).toPlan.push(tested.isChosen);
  return subqueryItem(subquery, args, { type: BOOLEAN, nullable: true }, function* () {
    if (tested !== null && (yield* tested.isChosen())) {
      const holds = yield* testedIn(tested, args, isTruth);
      return holds === null ? null : holds ? found : missing;
    }
    const all = yield* rows();
    let isUnknown = false;
    for (const row of all) {
      const holds = yield* matchesKept(row);
      isUnknown ||= holds === null;
      if (holds === null || holds === 0) continue;
      if (tested !== null) yield* matches(row);
      return found;
    }
    return isUnknown ? null : missing;
  });
}

/** Whether a row is equal to the values; null when only a NULL may be. */
function* testedIn(
  tested: TestedSubquery,
  args: readonly Item[],
  isTruth: boolean,
): Exec<boolean | null> {
  const values: Datum[] = [];
  for (const arg of args) values.push(yield* evalItem(arg));
  if (isTruth && values.includes(null)) return null;
  if (values.includes(null)) return (yield* tested.hasRow()) ? null : false;
  let holds: boolean | null = false;
  yield* tested.eachMatch(values, (row) => {
    holds = row.includes(null) ? null : true;
    return holds === null;
  });
  return holds;
}

/** A row compared with the row that a subquery gives: NULL without one, 1242 with several. */
export function rowSubqueryItem(
  operator: Quantified["operator"],
  row: Operand,
  query: Query,
  binder: Binder,
): Item {
  const { subquery, matches, args } = rowTest(operator, row, query, binder);
  const rows = cached(subquery, 2);
  return subqueryItem(subquery, args, { type: BOOLEAN, nullable: true }, function* () {
    const found = yield* rows();
    if (found.length > 1) throw mysqlError("ER_SUBQUERY_NO_1_ROW");
    return yield* matches(found[0] ?? args.map(() => null));
  });
}

/**
 * `> ALL` is compared with MAX() where that is one value, other comparisons with each row. ALL looks for a row that it does not
 * hold for (MySQL: Item_allany_subselect, Comp_creator::inverted).
 */
export function quantifiedItem(left: Item, node: Quantified, binder: Binder): Item {
  const { operator, quantifier, query, span } = node;
  if (operator === (quantifier === "any" ? "=" : "<>")) {
    const test = { kind: "inSubquery", operand: node.left, query, span } as const;
    return inSubqueryItem(left, { ...test, negated: operator === "<>" }, binder, false);
  }
  const isAny = quantifier === "any";
  const sought = isAny ? operator : INVERTED[operator];
  const { subquery, matches, matchesKept, args } = rowTest(sought, left, query, binder);
  const isOfExtreme = operator !== "=" && operator !== "<>" && subquery.isCacheable;
  const test = isOfExtreme ? matches : matchesKept;
  const rows = cached(subquery, Number.POSITIVE_INFINITY);
  return subqueryItem(subquery, args, { type: BOOLEAN, nullable: true }, function* () {
    let isUnknown = false;
    for (const row of yield* rows()) {
      const holds = yield* test(row);
      if (holds === null) isUnknown = true;
      else if (holds !== 0) return isAny ? 1 : 0;
    }
    return isUnknown ? null : isAny ? 0 : 1;
  });
}

const INVERTED = {
  "<=>": "<=>",
  "=": "<>",
  "<>": "=",
  "<": ">=",
  ">": "<=",
  "<=": ">",
  ">=": "<",
} as const;

function isLimited({ limit, body }: Query): boolean {
  return limit !== null || (body.kind === "query" && isLimited(body));
}

/** The comparison of the operand, as it is or kept, with one row of the subquery. Throws 1235. */
function rowTest(
  operator: Quantified["operator"],
  operand: Operand,
  query: Query,
  binder: Binder,
): {
  readonly subquery: BoundSubquery;
  readonly args: readonly Item[];
  readonly matches: (row: readonly Datum[]) => Exec<Datum>;
  readonly matchesKept: (row: readonly Datum[]) => Exec<Datum>;
} {
  if (isLimited(query)) {
    throw mysqlError("ER_NOT_SUPPORTED_YET", "LIMIT & IN/ALL/ANY/SOME subquery");
  }
  const subquery = binder.subquery(query, binder.scope);
  const args = isRow(operand) ? operand : [operand];
  if (subquery.columns.length !== args.length) throw mysqlError("ER_OPERAND_COLUMNS", args.length);
  const cells: { value: Datum }[] = args.map(() => ({ value: null }));
  const values = subquery.columns.map((column, at) =>
    cellItem(cells[at] as { value: Datum }, column),
  );
  const compared = (items: readonly Item[]) => {
    const [left, right] = isRow(operand) ? [items, values] : [items[0] as Item, values[0] as Item];
    const test = compareItem(operator, left, right, binder.env);
    return function* (row: readonly Datum[]): Exec<Datum> {
      for (const [at, cell] of cells.entries()) cell.value = row[at] ?? null;
      return yield* evalItem(test);
    };
  };
  return { subquery, args, matches: compared(args), matchesKept: compared(args.map(kept)) };
}

/** A value that somebody else puts there. */
function cellItem(
  cell: { value: Datum },
  { type, nullable, isImplicit = false }: OfSubquery,
): Item {
  return makeItem(
    [],
    { eval: () => cell.value, steps: null },
    {
      type,
      nullable,
      isConst: false,
      shape: { kind: "other", args: [], ...(isImplicit && { derivation: "implicit" }) },
      text: () => "<cache>",
    },
  );
}

interface OfSubquery {
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly isImplicit?: boolean;
}

function subqueryItem(
  subquery: BoundSubquery,
  args: readonly Item[],
  { type, nullable, isImplicit = false }: OfSubquery,
  steps: () => Exec<Datum>,
): Item {
  const item = makeItem(
    args,
    { eval: null, steps },
    {
      type: type.kind === "null" ? BIGINT : type,
      nullable,
      isConst: subquery.isCacheable && args.every((arg) => arg.isConst),
      shape: {
        kind: "other",
        args,
        isSubquery: true,
        ...(isImplicit && { derivation: "implicit" }),
      },
      text: () => SUBQUERY_TEXT,
    },
  );
  return { ...item, tables: item.tables | subquery.tables };
}

/** The rows, computed once when nothing in the subquery depends on the enclosing rows. */
function cached(subquery: BoundSubquery, max: number): () => Exec<Rows> {
  let known: Rows | null = null;
  return function* () {
    if (known !== null) return known;
    const rows = yield* subquery.run(max);
    if (subquery.isCacheable) known = rows;
    return rows;
  };
}
