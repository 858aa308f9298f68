/**
 * A statement as one about tables: views in it are read, and what it names is listed in the order in which it is opened.
 *
 * MySQL: open_tables, parse_view_definition (the tables of a view follow it in the list); sql_derived.cc.
 */
import type { Delete, Insert, SelectStatement, Update } from "../../sql/ast.ts";
import type { Query, TableReference } from "../../sql/ast_query.ts";
import type { StoredView } from "../catalog/catalog.ts";
import { MysqlFailure } from "../context.ts";
import type { TableUse } from "../session/table_use.ts";
import { type ViewPlace, withoutViews } from "./expand_views.ts";
import { mergeableBlock } from "./merge_derived.ts";
import { tablesOf } from "./tables_of.ts";
import { changeOfTable } from "./view_changes.ts";

export type NamingStatement = SelectStatement | Insert | Update | Delete;

/** A statement as the definitions of the moment have it. */
export interface Reading<S> {
  /** It names no views. */
  readonly statement: S;
  /** Each view is followed by the tables that it is a view of. */
  readonly uses: readonly TableUse[];
  /** The views among them. */
  readonly views: readonly TableUse[];
  /** What it is refused with once all is open; null for nothing. */
  readonly failure: MysqlFailure | null;
}

/** Null where it names no view. */
export function readViews<S extends NamingStatement>(
  place: ViewPlace,
  statement: S,
): Reading<S> | null {
  if (!place.catalog.hasViews) return null;
  const { changed, failure } = changeThrough(place, statement);
  const read = withoutViews(place, changed?.statement ?? statement);
  const views = [...(changed?.uses ?? []), ...read.uses];
  if (views.length === 0 && failure === null) return null;
  const opened = new Opened(place, tablesOf(read.statement), statement.kind !== "select");
  for (const use of tablesOf(statement)) opened.add(use, null);
  return { statement: read.statement, uses: opened.uses, views, failure };
}

/** The same of any statement. */
export function readNames<S extends NamingStatement>(place: ViewPlace, statement: S): Reading<S> {
  const read = readViews(place, statement);
  return read ?? { statement, uses: tablesOf(statement), views: [], failure: null };
}

/** The query as a statement of its own. */
export function selecting(query: Query): SelectStatement {
  return { kind: "select", span: query.span, query };
}

function changeThrough<S extends NamingStatement>(place: ViewPlace, statement: S) {
  if (statement.kind === "select") return { changed: null, failure: null };
  try {
    const changed = changeOfTable(place, statement as Exclude<NamingStatement, SelectStatement>);
    return {
      changed: changed as { statement: S; uses: readonly TableUse[] } | null,
      failure: null,
    };
  } catch (failure) {
    if (!(failure instanceof MysqlFailure)) throw failure;
    return { changed: null, failure };
  }
}

/** Puts what a statement opens in order. */
class Opened {
  readonly uses: TableUse[] = [];
  readonly #place: ViewPlace;
  readonly #changes: boolean;
  /** What it wants of each table, not yet put in its place. */
  readonly #wanted: TableUse[];

  /** `changes`: of a change the tables of a view are locked as the view is. */
  constructor(place: ViewPlace, wanted: readonly TableUse[], changes: boolean) {
    this.#place = place;
    this.#changes = changes;
    this.#wanted = [...wanted];
  }

  /** `top`: the view that the statement names and that has led here; `isRead`: through a subquery of a view. */
  add(named: TableUse, top: NonNullable<TableUse["ofView"]> | null, isRead = false): void {
    const { catalog, database, isTemporary } = this.#place;
    const { name, alias, lock, lowPriority = false } = named;
    const opensFor = named.opensFor ?? named.changes;
    const schema = named.schema ?? database;
    const ofView = top === null ? {} : { ofView: top };
    const view = isTemporary(schema, name) ? null : catalog.view(schema, name);
    if (view === null) {
      const use = this.#take(schema, named);
      const isAsView = this.#changes && top !== null && !isRead;
      const opened = isAsView ? { ...use, lock, lowPriority, opensFor } : use;
      this.uses.push({ ...opened, alias, ...ofView });
      return;
    }
    const seen = { schema, name, alias, lock, lowPriority, readIsEnough: true, changes: [] };
    this.uses.push({ ...seen, ...ofView });
    const own = this.#changes && isMade(view) ? NOTHING : ownTables(view.query);
    for (const below of tablesOf(selecting(view.query))) {
      const reads = isRead || !own.has(below.alias);
      const as = reads && this.#changes ? below : { ...below, lock, lowPriority, opensFor };
      this.add(as, top ?? { schema, name }, reads);
    }
  }

  #take(schema: string, named: TableUse): TableUse {
    const at = this.#wanted.findIndex(
      (use) => (use.schema ?? this.#place.database) === schema && use.name === named.name,
    );
    return at < 0 ? named : (this.#wanted.splice(at, 1)[0] as TableUse);
  }
}

/** MySQL: is_mergeable: what is no row of a table is read, whatever a statement does with the view. */
function isMade({ how, query }: StoredView): boolean {
  return how.algorithm === "temptable" || mergeableBlock(query) === null;
}

const NOTHING: ReadonlySet<string> = new Set();

/** What stands in FROM itself, by alias: its subqueries only read, whatever a statement does with the view. */
function ownTables({ body }: Query): ReadonlySet<string> {
  const aliasesIn = (reference: TableReference): readonly string[] => {
    if (reference.kind === "join") return [reference.left, reference.right].flatMap(aliasesIn);
    if (reference.kind !== "table") return [];
    return [reference.alias?.text ?? reference.name.name.text];
  };
  return new Set(body.kind === "querySpecification" ? body.from.flatMap(aliasesIn) : []);
}
