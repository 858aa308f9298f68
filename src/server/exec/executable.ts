/** The statements that the executor runs, and what kind each is for the locks of its reads. */
import type { Delete, Insert, SelectStatement, Update } from "../../sql/ast.ts";
import type { BaseTable, TableReference } from "../../sql/ast_query.ts";
import type { StatementKind } from "./statement_env.ts";

export type Executable = SelectStatement | Insert | Update | Delete;

/** The one plain table of a single-table UPDATE or DELETE, else null. */
export function onlyTable(references: readonly TableReference[]): BaseTable | null {
  const [first] = references;
  return references.length === 1 && first?.kind === "table" ? first : null;
}

export function kindOf(node: Executable): StatementKind {
  switch (node.kind) {
    case "select":
      return "select";
    case "insert":
      return node.source.kind === "insertQuery" ? "insertSelect" : "insert";
    case "update":
      return onlyTable(node.tables) === null ? "multiUpdate" : "update";
    case "delete":
      return node.targets === null ? "delete" : "multiDelete";
  }
}
