/**
 * The tables that a view's query reads, with the names of their columns: what its own columns are columns of.
 *
 * MySQL: Name_resolution_context, store_natural_using_join_columns.
 */
import type { Expression } from "../../sql/ast_expression.ts";
import type { Join, Query, QueryBody, SelectItem, TableReference } from "../../sql/ast_query.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn } from "../context.ts";
import { tableBlock } from "../exec/query.ts";

/** Where names are looked up. */
export interface Names {
  readonly catalog: Catalog;
  /** The schema of what has none: the view's. */
  readonly schema: string;
  /** Columns of the common tables by their names in small letters. */
  readonly common: ReadonlyMap<string, readonly string[]>;
}

/** A table of FROM. */
export interface Source {
  /** In front of its columns: its alias, or schema and name. */
  readonly path: readonly string[];
  readonly alias: string;
  readonly columns: readonly string[];
  /** Of a base table. */
  readonly definitions: readonly ServerColumn[];
}

export interface SourceColumn {
  readonly source: Source;
  readonly name: string;
}

export function sourcesIn(references: readonly TableReference[], names: Names): readonly Source[] {
  return references.flatMap((reference) =>
    reference.kind === "join"
      ? sourcesIn([reference.left, reference.right], names)
      : [sourceOf(reference, names)],
  );
}

function sourceOf(reference: Exclude<TableReference, Join>, names: Names): Source {
  switch (reference.kind) {
    case "unsupportedTable":
      return { path: [], alias: "", columns: [], definitions: [] };
    case "derivedTable": {
      const alias = reference.alias?.text ?? "";
      const given = reference.columns.map(({ text }) => text);
      const columns = given.length > 0 ? given : columnsOf(reference.query, names);
      return { path: [alias], alias, columns, definitions: [] };
    }
    case "table": {
      const { schema, name } = reference.name;
      const alias = reference.alias?.text ?? name.text;
      const common = schema === null ? names.common.get(name.text.toLowerCase()) : undefined;
      if (common !== undefined) return { path: [alias], alias, columns: common, definitions: [] };
      const place = schema?.text ?? names.schema;
      const definitions = names.catalog.table(place, name.text)?.columns ?? [];
      const visible = definitions.filter(({ isInvisible }) => isInvisible !== true);
      const columns =
        names.catalog.view(place, name.text)?.columns ?? visible.map((column) => column.name);
      const path = alias === name.text ? [place, name.text] : [alias];
      return { path, alias, columns, definitions };
    }
  }
}

/** The columns that a query gives. */
export function columnsOf(query: Query, names: Names): readonly string[] {
  const common = new Map(names.common);
  for (const table of query.with?.tables ?? []) {
    const given = table.columns.map(({ text }) => text);
    const own = { ...names, common };
    common.set(
      table.name.text.toLowerCase(),
      given.length > 0 ? given : columnsOf(table.query, own),
    );
  }
  return columnsOfBody(query.body, { ...names, common });
}

export function columnsOfBody(body: QueryBody, names: Names): readonly string[] {
  switch (body.kind) {
    case "query":
      return columnsOf(body, names);
    case "setOperation":
      return columnsOfBody(body.left, names);
    case "valuesRows":
      return (body.rows[0]?.values ?? []).map((_, at) => `column_${at}`);
    case "explicitTable":
      return columnsOfBody(tableBlock(body), names);
    case "querySpecification":
      return body.items.flatMap((item) =>
        item.kind === "selectStar"
          ? columnsOfStar(item, body.from, names).map(({ name }) => name)
          : [item.columnName],
      );
  }
}

/** `*`: columns that a join has in common once and first; `t.*`: all of the table. */
export function columnsOfStar(
  item: SelectItem & { readonly kind: "selectStar" },
  from: readonly TableReference[],
  names: Names,
): readonly SourceColumn[] {
  const { table } = item;
  if (table === null) return from.flatMap((reference) => columnsOfReference(reference, names));
  return sourcesIn(from, names)
    .filter(({ alias }) => sameName(alias, table.name.text))
    .flatMap(allOf);
}

function columnsOfReference(reference: TableReference, names: Names): readonly SourceColumn[] {
  if (reference.kind !== "join") return allOf(sourceOf(reference, names));
  const left = columnsOfReference(reference.left, names);
  const right = columnsOfReference(reference.right, names);
  const shared = sharedBy(reference, left, right);
  if (shared.length === 0) return [...left, ...right];
  const isShared = ({ name }: SourceColumn) => shared.some((one) => sameName(one.name, name));
  const [first, second] = reference.type === "right" ? [right, left] : [left, right];
  const common = first.filter(isShared);
  return [
    ...common,
    ...first.filter((one) => !isShared(one)),
    ...second.filter((one) => !isShared(one)),
  ];
}

/** The pairs of columns that NATURAL and USING make equal. */
export function equalities(
  join: Join,
  names: Names,
): readonly { readonly left: SourceColumn; readonly right: SourceColumn }[] {
  const left = columnsOfReference(join.left, names);
  const right = columnsOfReference(join.right, names);
  return sharedBy(join, left, right).flatMap((one) => {
    const other = right.find(({ name }) => sameName(name, one.name));
    return other === undefined ? [] : [{ left: one, right: other }];
  });
}

function sharedBy(
  { natural, using }: Join,
  left: readonly SourceColumn[],
  right: readonly SourceColumn[],
): readonly SourceColumn[] {
  if (natural) return left.filter((one) => right.some(({ name }) => sameName(name, one.name)));
  return using.flatMap(({ text }) => left.find(({ name }) => sameName(name, text)) ?? []);
}

function allOf(source: Source): readonly SourceColumn[] {
  return source.columns.map((name) => ({ source, name }));
}

/** Whether an aggregate stands in it, subqueries aside. */
export function hasAggregate(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(hasAggregate);
  const { kind } = node as Expression | { readonly kind?: undefined };
  if (kind === "aggregate") return (node as Expression & { kind: "aggregate" }).over === null;
  return Object.entries(node).some(
    ([key, part]) => key !== "span" && key !== "query" && hasAggregate(part),
  );
}
