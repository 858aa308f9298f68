/**
 * A view's query as MySQL writes it: in SHOW CREATE VIEW without the schema that is the current one, in information_schema with all.
 *
 *     SELECT a, t.b + 1 AS c FROM t WHERE a > 1      select `t`.`a` AS `a`,(`t`.`b` + 1) AS `c` from `t` where (`t`.`a` > 1)
 *
 * MySQL: Query_expression::print, Query_block::print, Table_ref::print.
 * Departure: index hints stay in the order in which they are written.
 */
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import type {
  BaseTable,
  IndexHint,
  Limit,
  OrderItem,
  Query,
  QueryBody,
  QuerySpecification,
  SelectExpression,
  SetOperation,
  TableReference,
} from "../../sql/ast_query.ts";
import { sameName } from "../catalog/names.ts";
import { zeroText } from "../ddl/stored_expression.ts";
import { tableBlock } from "../exec/query.ts";
import { type PrintStyle, printCondition, printExpression, quotedText } from "../expr/print.ts";
import { windowText } from "../expr/print_window.ts";
import {
  columnsOf,
  columnsOfBody,
  columnsOfStar,
  equalities,
  hasAggregate,
  type Names,
  type Source,
  type SourceColumn,
  sourcesIn,
} from "./view_sources.ts";

interface Place extends Names {
  /** The schema that is not written; null: each is. */
  readonly hidden: string | null;
  /** The tables of the queries around, the nearest first. */
  readonly outer: readonly (readonly Source[])[];
  /** It stands for a value: names that nobody gave are not written. */
  readonly isValue: boolean;
}

export function viewQueryText(
  query: Query,
  names: Pick<Names, "catalog" | "schema">,
  hidden: string | null,
): string {
  return queryText(query, { ...names, hidden, common: new Map(), outer: [], isValue: false });
}

function queryText(query: Query, around: Place): string {
  const common = new Map(around.common);
  const place = { ...around, common };
  const inner = { ...place, isValue: false };
  const tables = (query.with?.tables ?? []).map((table) => {
    const given = table.columns.map(({ text }) => text);
    const key = table.name.text.toLowerCase();
    if (given.length > 0) common.set(key, given);
    const list = given.length > 0 ? ` (${given.map(quoted).join(",")})` : "";
    const text = `${quoted(table.name.text)}${list} as (${queryText(table.query, inner)})`;
    if (given.length === 0) common.set(key, columnsOf(table.query, place));
    return text;
  });
  const recursive = query.with?.recursive === true ? "recursive " : "";
  const first = tables.length === 0 ? "" : `with ${recursive}${tables.join(",")} `;
  return first + bodyText(query.body, query, place);
}

/** With the clauses that stand behind it. */
function bodyText(
  body: QueryBody,
  { orderBy, limit }: Pick<Query, "orderBy" | "limit">,
  place: Place,
): string {
  const end = limitText(limit);
  switch (body.kind) {
    case "querySpecification":
      return blockText(body, orderBy, place) + end;
    case "explicitTable":
      return blockText(tableBlock(body), orderBy, place) + end;
    case "valuesRows": {
      const style = styleOf([], place);
      const rows = body.rows.map(({ values }) => `row(${printList(values, style)})`);
      return `values ${rows.join(",")}${end}`;
    }
    case "setOperation":
      return `${setText(body, false, place)}${orderOfSet(body, orderBy, place)}${end}`;
    case "query": {
      const isPlain = orderBy.length === 0 && limit === null;
      return isPlain ? queryText(body, place) : `(${queryText(body, place)})${end}`;
    }
  }
}

/** Below a UNION that takes every row once, all do. */
function setText(node: SetOperation, isDistinct: boolean, place: Place): string {
  const { operator, quantifier } = node;
  const once = quantifier === "distinct" || (isDistinct && operator === "union");
  const arm = (body: QueryBody): string => {
    const only = body.kind === "query" && isPlainQuery(body) ? body.body : body;
    if (only.kind === "setOperation") {
      const isMerged = only.operator === "union" && operator === "union";
      const text = setText(only, once && isMerged, place);
      return isMerged || only === body ? text : `(${text})`;
    }
    return only.kind === "query"
      ? `(${queryText(only, place)})`
      : bodyText(only, { orderBy: [], limit: null }, place);
  };
  return `${arm(node.left)} ${operator}${once ? "" : " all"} ${arm(node.right)}`;
}

function isPlainQuery({ with: common, orderBy, limit }: Query): boolean {
  return common === null && orderBy.length === 0 && limit === null;
}

function orderOfSet(body: SetOperation, orderBy: readonly OrderItem[], place: Place): string {
  if (orderBy.length === 0) return "";
  const names = columnsOfBody(body, place);
  const style = styleOf([], place);
  const items = orderBy.map(({ expression, direction }) => {
    const at = expression.kind === "integer" ? Number(expression.text) - 1 : -1;
    const named = expression.kind === "column" ? expression.name.text : names[at];
    const text = named === undefined ? printExpression(expression, style) : quoted(named);
    return text + (direction === "desc" ? " desc" : "");
  });
  return ` order by ${items.join(",")}`;
}

// ---------------------------------------------------------------- one block

const MODIFIERS: Readonly<Partial<Record<QuerySpecification["modifiers"][number], string>>> = {
  straightJoin: "straight_join ",
  highPriority: "high_priority ",
  sqlSmallResult: "sql_small_result ",
  sqlBigResult: "sql_big_result ",
  sqlBufferResult: "sql_buffer_result ",
  sqlCalcFoundRows: "sql_calc_found_rows ",
};

function blockText(block: QuerySpecification, orderBy: readonly OrderItem[], place: Place): string {
  const sources = sourcesIn(block.from, place);
  const style = styleOf(sources, place);
  const aliased = aliasedItems(block);
  const having = { ...style, column: withAliases(style, aliased, sources) };
  const print = (expression: Expression) => printExpression(expression, style);
  const parts = [
    "select ",
    block.distinct ? "distinct " : "",
    ...block.modifiers.map((modifier) => MODIFIERS[modifier] ?? ""),
    itemsText(block, style, place),
    block.from.length === 0 ? "" : ` from ${fromText(block.from, style, place)}`,
    block.where === null ? "" : ` where ${printCondition(block.where, style)}`,
  ];
  if (block.groupBy !== null) {
    const keys = block.groupBy.items.map((key) => {
      const at = itemAt(block, key);
      if (at !== null) return print(at.expression);
      return printExpression(key, having);
    });
    parts.push(` group by ${keys.join(",")}${block.groupBy.rollup ? " with rollup" : ""}`);
  }
  if (block.having !== null) parts.push(` having ${printCondition(block.having, having)}`);
  if (block.windows.length > 0) {
    const windows = block.windows.map(
      (one) => `${quoted(one.name.text)} AS ${windowText(one.window, print)}`,
    );
    parts.push(" window ", windows.join(","));
  }
  if (orderBy.length > 0) {
    const keys = orderBy.map(({ expression, direction }) => {
      const item = itemAt(block, expression) ?? itemNamed(aliased, expression);
      const isSum = item?.alias != null && hasAggregate(item.expression);
      const text = isSum ? quoted(item.columnName) : print(item?.expression ?? expression);
      return text + (direction === "desc" ? " desc" : "");
    });
    parts.push(` order by ${keys.join(",")}`);
  }
  return parts.join("");
}

function itemsText(block: QuerySpecification, style: PrintStyle, place: Place): string {
  return block.items
    .flatMap((item) => {
      if (item.kind === "selectStar") {
        return columnsOfStar(item, block.from, place).map(
          (column) =>
            columnText(column, place) + (place.isValue ? "" : ` AS ${quoted(column.name)}`),
        );
      }
      const isNamed = !place.isValue || item.alias !== null;
      const text = printExpression(item.expression, style);
      return [isNamed ? `${text} AS ${quoted(item.columnName)}` : text];
    })
    .join(",");
}

function aliasedItems(block: QuerySpecification): readonly SelectExpression[] {
  return block.items.flatMap((item) =>
    item.kind === "selectExpression" && item.alias !== null ? [item] : [],
  );
}

/** GROUP BY 2: the item at that place. */
function itemAt(block: QuerySpecification, key: Expression): SelectExpression | null {
  if (key.kind !== "integer") return null;
  const item = block.items[Number(key.text) - 1];
  return item?.kind === "selectExpression" ? item : null;
}

function itemNamed(
  aliased: readonly SelectExpression[],
  expression: Expression,
): SelectExpression | null {
  if (expression.kind !== "column" || expression.table !== null) return null;
  return aliased.find((item) => sameName(item.columnName, expression.name.text)) ?? null;
}

/** In HAVING and GROUP BY an alias stays one, unless a table has such a column. */
function withAliases(
  style: PrintStyle,
  aliased: readonly SelectExpression[],
  sources: readonly Source[],
): PrintStyle["column"] {
  return (reference) => {
    const item = itemNamed(aliased, reference);
    const isColumn = sources.some((source) => has(source, reference.name.text));
    return item === null || isColumn ? style.column(reference) : quoted(item.columnName);
  };
}

// ---------------------------------------------------------------- FROM

/** Tables with commas between them are joined one after the other. */
function fromText(from: readonly TableReference[], style: PrintStyle, place: Place): string {
  const [first = "", ...others] = from.map((reference) => referenceText(reference, style, place));
  if (place.hidden === null) return [first, ...others].join(" join ");
  return others.reduce((left, right) => `(${left} join ${right})`, first);
}

function referenceText(reference: TableReference, style: PrintStyle, place: Place): string {
  switch (reference.kind) {
    case "unsupportedTable":
      return reference.feature;
    case "derivedTable": {
      const names = reference.columns.map(({ text }) => quoted(text)).join(",");
      const list = names === "" ? "" : ` (${names})`;
      const inner = queryText(reference.query, { ...place, isValue: false });
      return `(${inner}) ${quoted(reference.alias?.text ?? "")}${list}`;
    }
    case "table":
      return tableText(reference, place);
    case "join": {
      const isRight = reference.type === "right";
      const sides = [reference.left, reference.right].map((one) =>
        referenceText(one, style, place),
      );
      const [left, right] = isRight ? sides.reverse() : sides;
      const word = isRight || reference.type === "left" ? "left join" : JOIN[reference.type];
      const pairs = equalities(reference, place).map(
        (pair) => `(${columnText(pair.left, place)} = ${columnText(pair.right, place)})`,
      );
      const on = reference.on === null ? pairs : [printCondition(reference.on, style)];
      const text = on.length > 1 ? `(${on.join(" and ")})` : (on[0] ?? "");
      return `(${left} ${word} ${right}${text === "" ? "" : ` on(${text})`})`;
    }
  }
}

const JOIN = { inner: "join", straight: "straight_join", left: "left join" } as const;

function tableText(table: BaseTable, place: Place): string {
  const { schema, name } = table.name;
  const alias = table.alias?.text ?? name.text;
  const isCommon = schema === null && place.common.has(name.text.toLowerCase());
  const path = isCommon ? [name.text] : [schema?.text ?? place.schema, name.text];
  const hints = table.hints.map(hintText).join("");
  return `${pathText(path, place)}${alias === name.text ? "" : ` ${quoted(alias)}`}${hints}`;
}

const SCOPES = { join: " FOR JOIN", orderBy: " FOR ORDER BY", groupBy: " FOR GROUP BY" } as const;

function hintText({ action, scope, indexes }: IndexHint): string {
  const start = ` ${action.toUpperCase()} INDEX${scope === null ? "" : SCOPES[scope]}`;
  if (indexes.length === 0) return `${start} ()`;
  return indexes
    .map(({ text }) => (text.toUpperCase() === "PRIMARY" ? "PRIMARY" : quoted(text)))
    .map((name) => `${start} (${name})`)
    .join("");
}

function limitText(limit: Limit | null): string {
  if (limit === null) return "";
  const numbers = [limit.offset, limit.count].flatMap((value) =>
    value?.kind === "integer" ? [value.text] : [],
  );
  return ` limit ${numbers.join(",")}`;
}

// ---------------------------------------------------------------- names

function styleOf(sources: readonly Source[], place: Place): PrintStyle {
  const scopes = [sources, ...place.outer];
  const inner: Place = { ...place, outer: scopes, isValue: true };
  return {
    column: (reference) => {
      const source = sourceFor(reference, scopes);
      const known = source?.columns.find((name) => sameName(name, reference.name.text));
      const name = known ?? reference.name.text;
      return source === undefined ? quoted(name) : columnText({ source, name }, place);
    },
    string: ({ charset, value }) => `${charset === null ? "" : `_${charset}`}${quotedText(value)}`,
    zeroOf: (operand) => {
      const source = operand.kind === "column" ? sourceFor(operand, scopes) : undefined;
      return zeroText(operand, source?.definitions ?? []);
    },
    subquery: (query) => queryText(query, inner),
  };
}

function sourceFor(
  { schema, table, name }: ColumnReference,
  scopes: readonly (readonly Source[])[],
): Source | undefined {
  for (const scope of scopes) {
    const found = scope.find((source) => {
      if (table === null) return has(source, name.text);
      const isOfSchema =
        schema === null || source.path.length < 2 || source.path[0] === schema.text;
      return sameName(source.alias, table.text) && isOfSchema;
    });
    if (found !== undefined) return found;
  }
  // Of a table that is gone nobody knows the columns.
  return scopes[0]?.find(({ columns }) => columns.length === 0);
}

function has({ columns, definitions }: Source, name: string): boolean {
  return (
    columns.some((column) => sameName(column, name)) ||
    definitions.some((column) => sameName(column.name, name))
  );
}

function columnText({ source, name }: SourceColumn, place: Place): string {
  return `${pathText(source.path, place)}.${quoted(name)}`;
}

function pathText(path: readonly string[], { hidden }: Place): string {
  const shown = path.length > 1 && path[0] === hidden ? path.slice(1) : path;
  return shown.map(quoted).join(".");
}

function printList(items: readonly Expression[], style: PrintStyle): string {
  return items.map((item) => printExpression(item, style)).join(",");
}

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
