/** CREATE VIEW, ALTER VIEW and DROP VIEW. */

import type { Identifier, Node, TableName } from "./ast.ts";
import type { Query } from "./ast_query.ts";

export interface CreateView extends Node {
  readonly kind: "createView";
  /** What is done where there is one of that name: "alter" demands it. */
  readonly present: "refuse" | "keep" | "replace" | "alter";
  readonly name: TableName;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

export interface DropView extends Node {
  readonly kind: "dropView";
  readonly ifExists: boolean;
  readonly names: readonly TableName[];
}
