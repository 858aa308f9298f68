/** HANDLER: a table read row by row, past the optimizer. */

import type { Identifier, Node, TableName } from "./ast.ts";
import type { Expression } from "./ast_expression.ts";
import type { Limit } from "./ast_query.ts";

/** `HANDLER table OPEN [[AS] alias]` */
export interface HandlerOpen extends Node {
  readonly kind: "handlerOpen";
  readonly table: TableName;
  readonly alias: Identifier | null;
}

/** `HANDLER alias CLOSE` */
export interface HandlerClose extends Node {
  readonly kind: "handlerClose";
  readonly alias: Identifier;
}

/** `HANDLER alias READ ... [WHERE ...] [LIMIT ...]` */
export interface HandlerRead extends Node {
  readonly kind: "handlerRead";
  readonly alias: Identifier;
  /** Null: the rows as they lie in the table. */
  readonly index: Identifier | null;
  readonly how: HandlerStep | HandlerKey;
  readonly where: Expression | null;
  readonly limit: Limit | null;
}

/** `FIRST`, `NEXT`, `PREV`, `LAST` */
export interface HandlerStep {
  readonly kind: "first" | "next" | "prev" | "last";
}

/** `>= (1, 'a')`: values of the first key parts, the bare word DEFAULT among them. */
export interface HandlerKey {
  readonly kind: "key";
  readonly operator: HandlerOperator;
  readonly values: readonly Expression[];
}

export type HandlerOperator = "=" | ">=" | "<=" | ">" | "<";

export type HandlerStatement = HandlerOpen | HandlerClose | HandlerRead;
