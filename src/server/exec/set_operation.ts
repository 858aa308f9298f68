/**
 * UNION, INTERSECT and EXCEPT.
 *
 * MySQL: Query_term_set_op, AppendIterator, MaterializeIterator (sql/query_term.h, composite_iterators.cc).
 */

import { settled } from "../../base/answer.ts";
import type { Datum } from "../../innodb/api.ts";
import type { QueryBody, SetOperation } from "../../sql/ast_query.ts";
import type { ColumnOrigin, Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { doNotMeet } from "../expr/collation_for.ts";
import { type Item, makeItem, type Slot } from "../expr/item.ts";
import type { Present } from "../types/convert.ts";
import { classOf, mergeTypes, type TypeClass } from "../types/sql_type.ts";
import { converterTo } from "../types/to_type.ts";
import { rowKey } from "./aggregates.ts";
import { type Explained, type ExplainRow, messageRow } from "./explain/explained.ts";
import type { TreeNode } from "./explain/tree.ts";
import { unionNode } from "./explain/tree_union.ts";
import type { MadeSize } from "./join/join_types.ts";
import type { OpenQuery, QueryColumn, QueryContext, ResultRow, RowSink } from "./query_types.ts";
import { operandType, resultType, type SelectedItem } from "./select_list.ts";

function* partTree(part: OpenQuery): Exec<TreeNode | null> {
  return part.explainTree === undefined ? null : yield* part.explainTree();
}

export function openSetOperation(
  node: SetOperation,
  left: OpenQuery,
  right: OpenQuery,
  context: QueryContext,
): OpenQuery {
  /** The rows of both in the types of `columns`. */
  const sidesIn = (columns: readonly QueryColumn[]): Sides => {
    for (const part of [left, right]) {
      const inner = part.asParts;
      if (inner !== undefined && isOneList(node, inner.node, part === left)) inner.retype(columns);
    }
    const fromLeft = rowConverter(left.columns, columns, context);
    const fromRight = rowConverter(right.columns, columns, context);
    return {
      columns,
      left,
      right,
      fromLeft,
      fromRight,
      keyOf: rowKey(columns.map((one) => one.type)),
    };
  };
  let sides = sidesIn(mergedColumns(left.columns, right.columns));
  let found = 0;
  return {
    get columns() {
      return sides.columns;
    },
    asParts: {
      node,
      retype: (columns) => {
        sides = sidesIn(columns);
      },
    },
    outerTables: left.outerTables | right.outerTables,
    estimate: left.estimate + right.estimate,
    *explainTree() {
      const [first, second] = [yield* partTree(left), yield* partTree(right)];
      return first === null || second === null ? null : unionNode(node, first, second);
    },
    *readConstants() {
      yield* readConstantsOf([left, right]);
    },
    *eachRow(sink) {
      found = 0;
      yield* readConstantsOf([left, right]);
      const counted: RowSink = (row) => {
        found += 1;
        return sink(row);
      };
      const passed = node.quantifier === "all" ? counted : onlyNew(sides.keyOf, counted);
      if (node.operator === "union") yield* appendSides(sides, passed);
      else yield* matchSides(node, sides, passed);
    },
    foundRows: () => found,
    *madeSize() {
      const sizes = [yield* sizeOf(left), yield* sizeOf(right)];
      const rows = sizes.reduce((sum, size) => sum + size.rows, 0);
      return { rows, isOneRow: rows <= 1 && sizes.every((size) => size.isOneRow) };
    },
    take: (condition, slot, isTrial) => {
      const isAlike = sides.columns.every(
        ({ type }, at) =>
          isOfClass(left.columns[at], classOf(type)) && isOfClass(right.columns[at], classOf(type)),
      );
      return (
        isAlike && [left, right].every((part) => part.take?.(condition, slot, isTrial) === true)
      );
    },
    *explain(selectType, tail) {
      const { explained, kind } = context.statement;
      const isOutermost = selectType === "SIMPLE" || selectType === "PRIMARY";
      const { operator } = node;
      const absorbs = operator === "union" && node.quantifier === "distinct";
      yield* left.explain(selectType === "SIMPLE" ? "PRIMARY" : selectType, {
        isAbsorbed: absorbs && node.left.kind === "setOperation" && node.left.operator === "union",
        isOrdered: false,
      });
      const isDependent = selectType.startsWith("DEPENDENT");
      yield* right.explain(`${isDependent ? "DEPENDENT " : ""}${operator.toUpperCase()}`);
      const isSent =
        operator === "union" &&
        node.quantifier === "all" &&
        !(tail?.isOrdered ?? false) &&
        !(kind === "insertSelect" && isOutermost);
      if (explained === undefined || isSent || tail?.isAbsorbed === true) return;
      explained.rows.push(resultRow(node, explained, tail?.isOrdered ?? false));
    },
  };
}

/**
 * Whether the parts of `inner` stand in one list with those of `node`, and have their types in common.
 * MySQL: Query_term_set_op merging in PT_set_operation::merge_descendants.
 */
function isOneList(node: SetOperation, inner: SetOperation, isLeft: boolean): boolean {
  if (node.operator !== inner.operator) return false;
  if (node.operator === "intersect") return true;
  if (node.operator === "except") return isLeft;
  return node.quantifier === "distinct" || inner.quantifier === "all";
}

interface Sides {
  readonly columns: readonly QueryColumn[];
  readonly left: OpenQuery;
  readonly right: OpenQuery;
  readonly fromLeft: (row: ResultRow) => ResultRow;
  readonly fromRight: (row: ResultRow) => ResultRow;
  readonly keyOf: (row: ResultRow) => string;
}

/** UNION: the left side's rows, then the right one's, until `passed` wants no more. */
function* appendSides({ left, right, fromLeft, fromRight }: Sides, passed: RowSink): Exec<void> {
  let wantsMore = true;
  const part = (convert: (row: ResultRow) => ResultRow): RowSink =>
    function* (row) {
      const answer = passed(convert(row));
      wantsMore = typeof answer === "boolean" ? answer : yield* answer;
      return wantsMore;
    };
  yield* settled(left.eachRow(part(fromLeft)));
  if (wantsMore) yield* settled(right.eachRow(part(fromRight)));
}

/** INTERSECT and EXCEPT: the left side's rows that the right side has, or has not; with ALL as often. */
function* matchSides(
  { operator, quantifier }: SetOperation,
  { left, right, fromLeft, fromRight, keyOf }: Sides,
  passed: RowSink,
): Exec<void> {
  // Without rows on the left the right side is not read at all.
  const rows: ResultRow[] = [];
  yield* settled(
    left.eachRow((row) => {
      rows.push(fromLeft(row));
      return true;
    }),
  );
  if (rows.length === 0) return;
  const counts = new Map<string, number>();
  yield* settled(
    right.eachRow((row) => {
      const key = keyOf(fromRight(row));
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return true;
    }),
  );
  for (const row of rows) {
    const key = keyOf(row);
    const remaining = counts.get(key) ?? 0;
    if (quantifier === "all" && remaining > 0) counts.set(key, remaining - 1);
    if (remaining > 0 !== (operator === "intersect")) continue;
    const wantsMore = passed(row);
    if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return;
  }
}

function* sizeOf(part: OpenQuery): Exec<MadeSize> {
  if (part.madeSize !== undefined) return yield* part.madeSize();
  return { rows: part.estimate, isOneRow: part.isOneRow ?? false };
}

function isOfClass(column: QueryColumn | undefined, wanted: TypeClass): boolean {
  return column !== undefined && classOf(column.type) === wanted;
}

/** "UNION RESULT | <union1,2>". */
function resultRow(node: SetOperation, explained: Explained, isOrdered: boolean): ExplainRow {
  const parts = partsOfUnion(node, node.operator).map((part) => explained.numberOf(part));
  const { operator } = node;
  return {
    ...messageRow(
      explained.numberOf(node),
      `${operator.toUpperCase()} RESULT`,
      isOrdered ? "Using temporary; Using filesort" : "Using temporary",
    ),
    table: `<${operator}${parts.join(",")}>`,
    type: "ALL",
  };
}

function partsOfUnion(body: QueryBody, operator: SetOperation["operator"]): readonly QueryBody[] {
  if (body.kind !== "setOperation" || body.operator !== operator) return [body];
  return [...partsOfUnion(body.left, operator), body.right];
}

function* readConstantsOf(queries: readonly OpenQuery[]): Exec<void> {
  for (const query of queries) {
    if (query.readConstants !== undefined) yield* query.readConstants();
  }
}

function onlyNew(keyOf: (row: ResultRow) => string, sink: RowSink): RowSink {
  const seen = new Set<string>();
  return (row) => {
    const { size } = seen;
    seen.add(keyOf(row));
    return seen.size > size ? sink(row) : true;
  };
}

/** Names of the left side, types that hold the values of both. 1222 when the numbers of columns differ. */
function mergedColumns(
  left: readonly QueryColumn[],
  right: readonly QueryColumn[],
): readonly QueryColumn[] {
  if (left.length !== right.length) throw mysqlError("ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT");
  return left.map((column, at) => {
    const other = right[at] as QueryColumn;
    const isImplicit = column.isImplicit === true || other.isImplicit === true;
    if (
      column.isImplicit === true &&
      other.isImplicit === true &&
      doNotMeet(column.type, other.type)
    )
      throw mysqlError("ER_CANT_AGGREGATE_NCOLLATIONS", "UNION");
    return {
      isImplicit,
      name: column.name,
      type: resultType(mergeTypes([operandType(column.type), operandType(other.type)])),
      nullable: column.nullable || other.nullable,
      origin: () => computedOrigin(column.name),
    };
  });
}

/** Of a column that was made, not read: only its own name is known. */
export function computedOrigin(orgName: string): ColumnOrigin {
  return { schema: "", table: "", orgTable: "", orgName, flags: 0 };
}

/** Rows of one side in the merged types. */
export function rowConverter(
  from: readonly QueryColumn[],
  to: readonly QueryColumn[],
  context: QueryContext,
): (row: ResultRow) => ResultRow {
  const { env } = context.statement;
  const converts = from.map(({ type }, at) => converterTo(type, (to[at] as QueryColumn).type, env));
  if (converts.every((convert) => convert === null)) return (row) => row;
  return (row) =>
    row.map((value, at): Datum => {
      const convert = converts[at] as ((value: Present) => Datum) | null;
      return convert === null || value === null ? value : convert(value);
    });
}

/** Items that read the columns of a row of values. */
export function columnItems(columns: readonly QueryColumn[], slot: Slot): SelectedItem[] {
  return columns.map(({ name, type, nullable }, at) => {
    const item: Item = makeItem(
      [],
      { eval: () => slot.row[at] ?? null, steps: null },
      {
        type,
        nullable,
        isConst: false,
        text: () => `\`${name}\``,
      },
    );
    return { item, name };
  });
}
