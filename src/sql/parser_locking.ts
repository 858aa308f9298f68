/**
 * FOR UPDATE, FOR SHARE and LOCK IN SHARE MODE behind a query, and which tables they may name.
 *
 * MySQL: sql/parse_tree_nodes.cc: PT_query_block_locking_clause and PT_table_locking_clause::set_lock_for_tables.
 */
import { append } from "../base/lists.ts";
import type { Locking, Query, QueryBody, TableReference } from "./ast_query.ts";
import type { Cursor } from "./cursor.ts";

/** Reads the clauses behind `body`. Errors 3568 and 3569 are noted among the facts. */
export function lockingClauses(cursor: Cursor, body: QueryBody): readonly Locking[] {
  const clauses: Locking[] = [];
  while (cursor.at("FOR") || cursor.at("LOCK")) clauses.push(lockingClause(cursor));
  const isChecked = clauses.length > 0 && !cursor.explains;
  if (isChecked && !isPlain(body, clauses)) checkTables(cursor, body, clauses);
  return clauses;
}

/** One clause for all tables of one block: nothing can be wrong. */
function isPlain(body: QueryBody, clauses: readonly Locking[]): boolean {
  if (body.kind !== "querySpecification" || body.modifiers.length > 0) return false;
  return clauses.length === 1 && clauses[0]?.of.length === 0;
}

function lockingClause(cursor: Cursor): Locking {
  const start = cursor.start;
  if (cursor.accept("LOCK")) {
    for (const word of ["IN", "SHARE", "MODE"]) cursor.expect(word);
    const rest = { strength: "share", spelling: "lockInShareMode", of: [], wait: "wait" } as const;
    return { kind: "locking", span: cursor.span(start), ...rest };
  }
  cursor.expect("FOR");
  const strength = cursor.expectOne(["UPDATE", "SHARE"]) === "UPDATE" ? "update" : "share";
  const of = cursor.accept("OF") ? cursor.list((inner) => inner.tableName()) : [];
  const wait = waitPolicy(cursor);
  return { kind: "locking", span: cursor.span(start), strength, spelling: "for", of, wait };
}

function waitPolicy(cursor: Cursor): Locking["wait"] {
  if (cursor.accept("NOWAIT")) return "nowait";
  if (!cursor.accept("SKIP")) return "wait";
  cursor.expect("LOCKED");
  return "skipLocked";
}

/** A table is locked by one clause; HIGH_PRIORITY counts as one. */
function checkTables(cursor: Cursor, body: QueryBody, clauses: readonly Locking[]): void {
  const { block, inner } = lockedBlock(body);
  if (block.kind !== "querySpecification") return;
  const tables = tablesIn(block.from);
  const isHigh = block.modifiers.includes("highPriority");
  const locked = new Set(isHigh ? tables : []);
  const lock = (table: NamedTable, shown: string) => {
    if (table.isDerived || locked.has(table)) cursor.refuse(3569, shown);
    locked.add(table);
  };
  for (const { of } of [...inner, ...clauses]) {
    if (of.length === 0) {
      for (const table of tables) if (!table.isDerived) lock(table, table.alias);
    }
    for (const { name } of of) {
      const meant = tables.find(({ alias }) => alias === name.text);
      const shown = `\`${name.text}\``;
      if (meant === undefined) cursor.refuse(3568, shown);
      else lock(meant, shown);
    }
  }
}

/** Behind a set operation the clauses are those of its last block. */
function lockedBlock(body: QueryBody): {
  readonly block: Exclude<QueryBody, Query>;
  readonly inner: readonly Locking[];
} {
  const inner: Locking[] = [];
  let block = body;
  while (block.kind === "query" || block.kind === "setOperation") {
    if (block.kind === "query") append(inner, block.locking);
    block = block.kind === "query" ? block.body : block.right;
  }
  return { block, inner };
}

interface NamedTable {
  readonly alias: string;
  readonly isDerived: boolean;
}

function tablesIn(references: readonly TableReference[]): readonly NamedTable[] {
  return references.flatMap((reference): readonly NamedTable[] => {
    if (reference.kind === "join") return tablesIn([reference.left, reference.right]);
    if (reference.kind === "derivedTable")
      return [{ alias: reference.alias?.text ?? "", isDerived: true }];
    if (reference.kind !== "table") return [];
    return [{ alias: reference.alias?.text ?? reference.name.name.text, isDerived: false }];
  });
}
