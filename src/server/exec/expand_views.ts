/**
 * Views in a statement: each becomes the derived table that its query is, and is merged or made as one. What a locking clause
 * says of a view it says of the view's tables.
 *
 *     SELECT v.a FROM v WHERE v.a = 5 FOR UPDATE   ─▶   SELECT v.a FROM (SELECT id AS a FROM t FOR UPDATE) v WHERE v.a = 5
 *
 * MySQL: sql/sql_view.cc: parse_view_definition; Table_ref::merge_underlying.
 * Departure: a view that is made, not merged, leaves its tables unlocked, as there; the view's own metadata lock is taken
 * before those of the tables beside it.
 */
import type { Statement } from "../../sql/ast.ts";
import type { BaseTable, DerivedTable, Locking, Query } from "../../sql/ast_query.ts";
import type { Catalog, StoredView } from "../catalog/catalog.ts";
import { mysqlError } from "../errors.ts";
import type { TableUse } from "../session/table_use.ts";
import { mergeableBlock } from "./merge_derived.ts";

/** What is known where a statement is read. */
export interface ViewPlace {
  readonly catalog: Catalog;
  readonly database: string;
  /** Hides a view of its name. */
  readonly isTemporary: (schema: string, name: string) => boolean;
}

export interface Expanded<T> {
  readonly statement: T;
  /** The views themselves, for their metadata locks. */
  readonly uses: readonly TableUse[];
}

const NO_LOCK: readonly Locking[] = [];

/** Throws 1462. */
export function withoutViews<T extends Statement | Query>(place: ViewPlace, node: T): Expanded<T> {
  const expander = new Expander(place);
  const statement = expander.read(node, [], NO_LOCK) as T;
  return { statement, uses: expander.uses };
}

export function viewNamed(
  { catalog, database, isTemporary }: ViewPlace,
  { schema, name }: BaseTable["name"],
): StoredView | null {
  const place = schema?.text ?? database;
  const view = catalog.view(place, name.text);
  return view === null || isTemporary(place, name.text) ? null : view;
}

class Expander {
  readonly uses: TableUse[] = [];
  readonly #place: ViewPlace;
  /** The views around, outermost first. */
  readonly #within: StoredView[] = [];

  constructor(place: ViewPlace) {
    this.#place = place;
  }

  /** `common`: names of common tables in reach; `locking`: what the query around says of its tables. */
  read(node: unknown, common: readonly string[], locking: readonly Locking[]): unknown {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) return node.map((part) => this.read(part, common, locking));
    const { kind } = node as { readonly kind?: string };
    if (kind === "table") return this.#table(node as BaseTable, common, locking);
    if (kind === "query") return this.#query(node as Query, common);
    const inside = kind === "derivedTable" ? NO_LOCK : locking;
    return this.#parts(node, common, inside);
  }

  #parts(node: object, common: readonly string[], locking: readonly Locking[]): object {
    const entries = Object.entries(node).map(([key, part]) => [
      key,
      key === "span" ? part : this.read(part, common, locking),
    ]);
    return Object.fromEntries(entries);
  }

  #query(query: Query, outer: readonly string[]): Query {
    const own = query.with?.tables.map(({ name }) => name.text.toLowerCase()) ?? [];
    const common = [...outer, ...own];
    const { locking } = query;
    const { uses } = this;
    const before = uses.length;
    const read = this.#parts({ ...query, locking: [] }, common, locking) as Query;
    const expanded = new Set(uses.slice(before).map(({ alias }) => alias));
    return { ...read, locking: locking.flatMap((clause) => withoutThose(clause, expanded)) };
  }

  #table(
    table: BaseTable,
    common: readonly string[],
    locking: readonly Locking[],
  ): BaseTable | DerivedTable {
    const { name, span } = table;
    const isCommon = name.schema === null && common.includes(name.name.text.toLowerCase());
    const view = isCommon ? null : viewNamed(this.#place, name);
    if (view === null) return table;
    const alias = table.alias ?? name.name;
    const clause = locking.find(
      ({ of }) => of.length === 0 || of.some((one) => one.name.text === alias.text),
    );
    const isWrite = clause?.strength === "update";
    const { schema, name: text } = view;
    const lock = isWrite ? "write" : "read";
    this.uses.push({ schema, name: text, alias: alias.text, lock, changes: [] });
    const isMade = view.how.algorithm === "temptable";
    const inner: Query =
      clause === undefined || isMade || mergeableBlock(view.query) === null
        ? view.query
        : { ...view.query, locking: [{ ...clause, of: [] }] };
    if (this.#within.includes(view)) throw mysqlError("ER_VIEW_RECURSIVE", schema, text);
    this.#within.push(view);
    const query = this.#query(inner, []);
    this.#within.pop();
    const columns = view.columns.map(
      (column) => ({ kind: "identifier", span, text: column }) as const,
    );
    const { isUpdatable } = view;
    const of = { schema, name: text, check: view.how.check, isUpdatable, isMade };
    return { kind: "derivedTable", span, query, alias, columns, lateral: false, view: of };
  }
}

/** A derived table stands in no OF. */
function withoutThose(clause: Locking, expanded: ReadonlySet<string>): readonly Locking[] {
  if (clause.of.length === 0) return [clause];
  const of = clause.of.filter(({ name }) => !expanded.has(name.text));
  return of.length === 0 ? [] : [{ ...clause, of }];
}
