/**
 * The base tables that a statement opens, in MySQL's order, with what it wants of each: the session layer takes their
 * metadata locks before anything runs (MySQL: the global table list, open_tables).
 */
import type { Statement } from "../../sql/ast.ts";
import type { BaseTable, Query, TableReference } from "../../sql/ast_query.ts";
import type { TableUse } from "../session/table_use.ts";

interface Walk {
  readonly uses: TableUse[];
  /** Common tables in reach, innermost first. */
  readonly common: CommonScope | null;
  /** False: expressions hold no queries, and need not be looked through. */
  readonly hasSubqueries: boolean;
}

/** A common table is opened where it is named, each time anew; one that nobody names is not opened. */
interface CommonScope {
  readonly name: string;
  readonly outer: CommonScope | null;
  readonly open: () => void;
}

/** `queries`: how many the whole statement holds, if that is known. */
export function tablesOf(
  statement: Statement,
  queries = Number.POSITIVE_INFINITY,
): readonly TableUse[] {
  const walk: Walk = {
    uses: [],
    common: null,
    hasSubqueries: queries > (statement.kind === "select" ? 1 : 0),
  };
  switch (statement.kind) {
    case "insert": {
      const changes: TableUse["changes"][number][] = ["insert"];
      if (statement.verb === "replace") changes.push("delete");
      if (statement.onDuplicateKeyUpdate !== null) changes.push("update");
      const { schema, name } = statement.table;
      walk.uses.push({
        schema: schema?.text ?? null,
        name: name.text,
        alias: name.text,
        lock: "write",
        lowPriority: statement.priority === null ? null : statement.priority === "low",
        changes,
      });
      if (!walk.hasSubqueries) break;
      visit(statement.source, walk);
      visit(statement.onDuplicateKeyUpdate, walk);
      break;
    }
    case "update":
      visitModified(statement, statement.tables, null, "update", walk);
      break;
    case "delete":
      visitModified(
        statement,
        statement.from,
        statement.targets?.map((target) => target.name.text) ?? null,
        "delete",
        walk,
      );
      break;
    case "select":
      visitQuery(statement.query, walk, READ);
      break;
    default:
      visit(statement, walk);
  }
  return walk.uses;
}

type Modification = Extract<Statement, { readonly kind: "update" | "delete" }>;

function visitModified(
  statement: Modification,
  references: readonly TableReference[],
  targets: readonly string[] | null,
  change: "update" | "delete",
  walk: Walk,
): void {
  const inner = withCommon(statement.with, walk);
  const assigned = statement.kind === "update" ? statement.assignments : [];
  const qualified = new Set(assigned.flatMap(({ column }) => column.table?.text ?? []));
  const bare = assigned.flatMap(({ column }) => (column.table === null ? [column.name.text] : []));
  const isSingle = references.length === 1 && references[0]?.kind === "table";
  for (const reference of references) {
    visitReference(reference, inner, (_table, alias) => {
      const isTarget =
        targets === null
          ? isSingle || change === "delete" || bare.length > 0 || qualified.has(alias)
          : targets.includes(alias);
      // UPDATE opens every table of its join for writing, before it knows which ones it changes.
      const lock = isTarget || change === "update" ? "write" : "read";
      const lowPriority = statement.lowPriority ? true : null;
      const changes: TableUse["changes"] = isTarget ? [change] : [];
      const opensFor: TableUse["changes"] = lock === "write" ? [change] : [];
      const use = { lock, lowPriority, changes, opensFor, readIsEnough: !isTarget } as const;
      return isSingle || bare.length === 0 || qualified.has(alias)
        ? use
        : { ...use, changedIfItHas: bare };
    });
  }
  if (!walk.hasSubqueries) return;
  for (const [key, value] of Object.entries(statement)) {
    if (key !== "tables" && key !== "from" && key !== "targets" && key !== "with")
      visit(value, inner);
  }
}

type LockOf = (table: BaseTable, alias: string) => Omit<TableUse, "schema" | "name" | "alias">;

const READ: LockOf = () => ({ lock: "read", changes: [] });

/** Any part of the tree: finds the queries in it. */
function visit(node: unknown, walk: Walk): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const part of node) visit(part, walk);
    return;
  }
  if (isNode(node, "query")) visitQuery(node as Query, walk, READ);
  else {
    for (const key in node) if (key !== "span") visit(node[key as keyof typeof node], walk);
  }
}

function visitQuery(query: Query, walk: Walk, outerLock: LockOf): void {
  const inner = withCommon(query.with, walk);
  const lockOf: LockOf = (table, alias) => {
    const clause = query.locking.find(
      ({ of }) => of.length === 0 || of.some(({ name }) => name.text === alias),
    );
    return clause === undefined
      ? outerLock(table, alias)
      : { lock: clause.strength === "update" ? "write" : "read", changes: [] };
  };
  visitBody(query.body, inner, lockOf);
  if (walk.hasSubqueries) for (const item of query.orderBy) visit(item, inner);
}

function visitBody(body: Query["body"], walk: Walk, lockOf: LockOf): void {
  switch (body.kind) {
    case "query":
      visitQuery(body, walk, lockOf);
      break;
    case "setOperation":
      // A locking clause behind it is the last query's.
      visitBody(body.left, walk, READ);
      visitBody(body.right, walk, lockOf);
      break;
    case "explicitTable":
      addTable(
        {
          kind: "table",
          name: body.table,
          alias: null,
          partitions: [],
          hints: [],
          span: body.span,
        },
        walk,
        lockOf,
      );
      break;
    case "querySpecification":
      for (const reference of body.from) visitReference(reference, walk, lockOf);
      if (!walk.hasSubqueries) break;
      for (const key in body) {
        if (key !== "from" && key !== "span") visit(body[key as keyof typeof body], walk);
      }
      break;
    case "valuesRows":
      visit(body.rows, walk);
      break;
  }
}

function visitReference(reference: TableReference, walk: Walk, lockOf: LockOf): void {
  switch (reference.kind) {
    case "table":
      addTable(reference, walk, lockOf);
      break;
    case "derivedTable":
      visitQuery(reference.query, walk, READ);
      break;
    case "join":
      visitReference(reference.left, walk, lockOf);
      visitReference(reference.right, walk, lockOf);
      if (walk.hasSubqueries) visit(reference.on, walk);
      break;
    case "unsupportedTable":
      break;
  }
}

function addTable(table: BaseTable, walk: Walk, lockOf: LockOf): void {
  const { schema, name } = table.name;
  if (schema === null) {
    const wanted = name.text.toLowerCase();
    for (let at = walk.common; at !== null; at = at.outer) {
      if (at.name !== wanted) continue;
      at.open();
      return;
    }
  }
  const alias = table.alias?.text ?? name.text;
  walk.uses.push({ schema: schema?.text ?? null, name: name.text, alias, ...lockOf(table, alias) });
}

/** The walk that knows the names of the common tables. */
function withCommon(clause: Query["with"], walk: Walk): Walk {
  if (clause === null) return walk;
  let inner = walk;
  for (const table of clause.tables) {
    const outer = inner;
    const name = table.name.text.toLowerCase();
    const itself = { name, outer: outer.common, open: () => {} };
    const body = {
      ...outer,
      common: clause.recursive ? itself : outer.common,
      hasSubqueries: true,
    };
    const open = (): void => visitQuery(table.query, body, READ);
    inner = { ...outer, common: { ...itself, open } };
  }
  return inner;
}

function isNode(node: object, kind: string): boolean {
  return "kind" in node && node.kind === kind;
}
