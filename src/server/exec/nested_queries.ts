/**
 * Queries inside a query: subqueries in expressions, derived tables and common tables in FROM.
 *
 * MySQL: Item_subselect, Query_expression::optimize for derived tables, MaterializeIterator.
 */
import { settled } from "../../base/answer.ts";
import type { Datum, Row } from "../../innodb/api.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Binder, BoundSubquery } from "../expr/binder.ts";
import type { Clause, Scope } from "../expr/scope.ts";
import { RECURSIVE } from "./explain/explained.ts";
import { dependentTable } from "./join/lateral.ts";
import { findCte, type OpenQuery, type QueryColumn, type QueryContext } from "./query_types.ts";
import type { FromEnv, MadeTable } from "./resolve_from.ts";
import { sessionSwitches } from "./session_switches.ts";
import { testedSubquery } from "./tested_subquery.ts";

/** Binds a clause of a block: no aggregates, no aliases; who allows them copies it. */
export function binderIn(context: QueryContext, scope: Scope, clause: Clause): Binder {
  const { env, assigned } = context.statement;
  return {
    env,
    scope,
    clause,
    aggregate: null,
    overWindow: null,
    subquery: subqueryIn(context),
    insertedValue: null,
    alias: null,
    named: null,
    replaced: null,
    grouping: null,
    assigned,
  };
}

/** Opens the subqueries of one block's expressions. */
function subqueryIn(context: QueryContext): (query: Query, scope: Scope) => BoundSubquery {
  return (query, scope) => {
    const opened = context.open(query, scope, context);
    context.statement.explained?.add(scope, { query, opened, isDerived: false });
    return {
      columns: opened.columns,
      tables: opened.outerTables,
      isCacheable: opened.outerTables === 0,
      run: (max) => firstRows(opened, max),
      withTest: (operand, isTruth) =>
        testedSubquery(query, scope, context, opened, operand, isTruth),
    };
  };
}

function* firstRows(opened: OpenQuery, max: number): Exec<readonly (readonly Datum[])[]> {
  const rows: (readonly Datum[])[] = [];
  yield* settled(
    opened.eachRow((row) => {
      rows.push(row);
      return rows.length < max;
    }),
  );
  return rows;
}

/** Derived tables see what encloses the block, not the tables beside them, but for LATERAL ones those on the left. */
export function derivedTable(context: QueryContext, scope: Scope): FromEnv["derived"] {
  return (node, from) => {
    const { query, lateral: isLateral } = node;
    const names = node.columns.map(({ text }) => text);
    const alias = node.alias?.text ?? "";
    const { view } = node;
    const named = { query, names, alias, isLateral };
    const request = view === undefined ? named : { ...named, view };
    const merged = view?.isMade === true ? null : context.merge(request, from, context);
    if (merged !== null) return merged;
    const opened = context.open(query, isLateral ? scope : scope.parent, context);
    const columns = renamed(opened.columns, names);
    if (!isLateral) scope.outerTables |= opened.outerTables;
    const { estimate, isOneRow = false } = opened;
    const made = {
      columns,
      rows: madeOnce(opened),
      estimate,
      isOneRow,
      ...planOf(opened),
      ...(mayTake(from, alias) ? takerOf(opened, context) : {}),
      ...(opened.outerTables === 0 ? {} : dependentTable(opened, scope, isLateral)),
    };
    const { explained } = context.statement;
    explained?.add(scope, { query, opened, isDerived: true });
    if (explained === undefined) return made;
    return { ...made, block: explained.numberOf(query), isDistinctUnion: isDistinctUnion(query) };
  };
}

function isDistinctUnion({ body }: Query): boolean {
  return body.kind === "setOperation" && body.quantifier === "distinct";
}

/** How it is planned before the block that reads it, if it can be. MySQL: Table_ref::optimize_derived. */
export function planOf(opened: OpenQuery): Pick<MadeTable, "plan"> {
  const { madeSize } = opened;
  return madeSize === undefined ? {} : { plan: () => madeSize.call(opened) };
}

/** Whether it takes conditions; not where the statement assigns to variables. */
export function takerOf(opened: OpenQuery, { statement }: QueryContext): Pick<MadeTable, "take"> {
  const { take } = opened;
  if (take === undefined || statement.assigned.size > 0) return {};
  return { take: (...given) => take.apply(opened, given) };
}

/** MySQL: Table_ref::can_push_condition_to_derived. */
function mayTake({ statement, hints }: FromEnv, alias: string): boolean {
  const isOn = !sessionSwitches(statement.env.ctx).has("derived_condition_pushdown");
  return hints?.allows("DERIVED_CONDITION_PUSHDOWN", alias, isOn) ?? isOn;
}

/** The rows, kept when no enclosing row can change them. */
export function madeOnce(opened: OpenQuery): () => Exec<readonly Row[]> {
  let made: readonly Row[] | null = null;
  return function* () {
    if (made !== null) return made;
    const rows = yield* firstRows(opened, Number.POSITIVE_INFINITY);
    if (opened.outerTables === 0) made = rows;
    return rows;
  };
}

/** The columns under the names of a column list; 1353 when there are more or fewer, 1060 when two are the same. */
export function renamed(
  columns: readonly QueryColumn[],
  names: readonly string[],
): readonly QueryColumn[] {
  if (names.length > 0 && names.length !== columns.length) throw mysqlError("ER_VIEW_WRONG_LIST");
  const result = columns.map((column, at) => ({ ...column, name: names[at] ?? column.name }));
  const seen = new Set<string>();
  for (const { name } of result) {
    if (seen.has(name.toLowerCase())) throw mysqlError("ER_DUP_FIELDNAME", name);
    seen.add(name.toLowerCase());
  }
  return result;
}

export function commonTableOf(context: QueryContext): FromEnv["commonTable"] {
  return (name, alias, from) => {
    const definition = findCte(context.ctes, name);
    if (definition === null) return null;
    const { columns, rows, estimate, isOneRow = false, source, plan, take, made } = definition;
    const merged =
      source === undefined ? null : context.merge({ ...source, alias }, from, source.context);
    if (merged !== null) return merged;
    const table = {
      columns,
      rows,
      estimate,
      isOneRow,
      ...(plan === undefined ? {} : { plan }),
      ...(take === undefined || !mayTake(from, alias) ? {} : { take }),
    };
    const { explained } = context.statement;
    if (explained === undefined) return table;
    if (definition.isItself === true) return { ...table, block: RECURSIVE };
    if (made === undefined) return table;
    explained.add(from.scope, { ...made, isDerived: true, common: definition.name });
    const isDistinct = isDistinctUnion(made.query);
    return { ...table, block: explained.numberOf(made.query), isDistinctUnion: isDistinct };
  };
}
