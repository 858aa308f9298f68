/** CREATE VIEW, ALTER VIEW and DROP VIEW. */

import type { Identifier, Node, TableName } from "./ast.ts";
import type { Expression } from "./ast_expression.ts";
import type { Query } from "./ast_query.ts";

/** Which WHEREs a new row has to meet: none, the view's own, or those of the views below it as well. */
export type CheckOption = "none" | "local" | "cascaded";

/** `DEFINER = user@host` */
export interface Definer {
  readonly user: string;
  readonly host: string;
}

export interface CreateView extends Node {
  readonly kind: "createView";
  /** What is done where there is one of that name: "alter" demands it. */
  readonly present: "refuse" | "keep" | "replace" | "alter";
  readonly name: TableName;
  readonly columns: readonly Identifier[];
  readonly query: Query;
  readonly algorithm: "undefined" | "merge" | "temptable";
  /** Null: who creates it. */
  readonly definer: Definer | null;
  readonly security: "definer" | "invoker";
  readonly check: CheckOption;
}

export interface DropView extends Node {
  readonly kind: "dropView";
  readonly ifExists: boolean;
  readonly names: readonly TableName[];
}

/** What a view asks of the rows that are changed through it. */
export interface ThroughView {
  readonly schema: string;
  readonly name: string;
  /** CHECK OPTION: of those that are written. */
  readonly check: Expression | null;
  /** Of those that REPLACE deletes. */
  readonly shown: Expression | null;
  /** It has neither all columns of the table nor those of a unique key: which rows a LIMIT means is not told. */
  readonly lacksKey: boolean;
}
